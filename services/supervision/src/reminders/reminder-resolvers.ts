import { isRefusal } from '@anjie/contracts';
import { listConnection } from '@anjie/service-kit/subgraph';
import type { MarkReminderReadResultResolvers, MutationResolvers, OfficialResolvers, QueryResolvers, ReminderResolvers } from '../generated/graphql';
import { dutyWords } from '../obligations/explanation-service';
import { asOfficial, asUnit } from '../obligations/obligation-resolvers';
import { refusalAnswer } from '../refusal-answer';
import { reminderText } from '../rules/reminder-text';
import { myReminderList } from './reminder-repository';

const Query: QueryResolvers = {
  myReminders: (_root, args, { sql, viewer }) => listConnection(sql, myReminderList(viewer, args), args),
};

const Mutation: MutationResolvers = {
  markReminderRead: async (_root, { input }, { services, loaders, viewer, requestId }) => {
    const answer = await services.reminders.markRead(input, { viewer, requestId });
    if (isRefusal(answer)) return refusalAnswer('ReminderRefusal', answer, viewer);
    return { __typename: 'MarkReminderReadPayload', reminder: await loaders.reminder.load(answer.reminderId) } as never;
  },
};

const MarkReminderReadResult: MarkReminderReadResultResolvers = {
  __resolveType: (result) => (result as { __typename: 'MarkReminderReadPayload' | 'ReminderRefusal' }).__typename,
};

const Reminder: ReminderResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.reminder.load(id),
  obligation: ({ obligationId }, _args, { loaders }) => loaders.obligation.load(obligationId),
  case: ({ caseId }) => (caseId ? { id: caseId } : null),
  recipient: ({ officialId, unitId }) => (officialId ? asOfficial(officialId) : asUnit(unitId ?? '')),
  text: (row, _args, { viewer }) =>
    reminderText({ dutyName: dutyWords(row, viewer.locale), basis: row.basis, dueOn: row.dueOn, on: row.createdOn }, viewer.locale),
};

const Official: OfficialResolvers = {
  reminders: ({ id }, args, { loaders }) => loaders.remindersUnder.official(id, args),
};

export const reminderResolvers = { Query, Mutation, MarkReminderReadResult, Reminder, Official };
