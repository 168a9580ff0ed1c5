import { isRefusal, NOTICE_KINDS, noticeKind } from '@anjie/contracts';
import { listConnection } from '@anjie/service-kit/subgraph';
import type {
  DigestCountResolvers, DigestResolvers, MarkNotificationsReadResultResolvers, MutationResolvers, NotificationKindResolvers, NotificationResolvers, QueryResolvers,
} from '../generated/graphql';
import { dutyWords } from '../obligations/explanation-service';
import { asOfficial, asUnit } from '../obligations/obligation-resolvers';
import { caseIfSeen } from '../references';
import { refusalAnswer } from '../refusal-answer';
import type { Locale } from '../rules/duties';
import { letterNumber } from '../rules/letters';
import { noticeName, noticeText } from '../rules/notice-text';
import { digestList } from './digest-repository';
import { countUnread, notificationList, type NotificationRow } from './notification-repository';

const Query: QueryResolvers = {
  myNotifications: (_root, args, { sql, viewer }) => listConnection(sql, notificationList(viewer, args), args),
  notification: (_root, { id }, { loaders }) => loaders.notification.load(id),
  unreadNotificationCount: (_root, _args, { sql, viewer }) => countUnread(sql, viewer),
  myDigests: (_root, args, { sql, viewer }) => listConnection(sql, digestList(viewer), args),
  digest: (_root, { id }, { loaders }) => loaders.digest.load(id),
  notificationKinds: () => Object.keys(NOTICE_KINDS),
};

const Mutation: MutationResolvers = {
  markNotificationsRead: async (_root, { input }, { services, sql, viewer, requestId }) => {
    const answer = await services.notifications.markRead(input, { viewer, requestId });
    if (isRefusal(answer)) return refusalAnswer('NotificationRefusal', answer, viewer);
    return { __typename: 'MarkNotificationsReadPayload', markedCount: answer.markedCount, unreadCount: await countUnread(sql, viewer) } as never;
  },
};

const MarkNotificationsReadResult: MarkNotificationsReadResultResolvers = {
  __resolveType: (result) => (result as { __typename: 'MarkNotificationsReadPayload' | 'NotificationRefusal' }).__typename,
};

/** The code alone stands behind the type. */
const NotificationKind: NotificationKindResolvers = {
  code: (code) => code,
  name: (code, _args, { viewer }) => noticeName(code, viewer.locale),
  urgency: (code) => noticeKind(code).urgency,
  subjectType: (code) => noticeKind(code).subject,
};

const recipientOf = ({ officialId, unitId }: { officialId: string | null; unitId: string | null }) => (officialId ? asOfficial(officialId) : asUnit(unitId ?? ''));

const Notification: NotificationResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.notification.load(id),
  recipient: recipientOf,
  case: caseIfSeen,
  subject: ({ subjectType, subjectId }) => ({ type: subjectType, id: subjectId }),
  obligation: ({ subjectType, subjectId }, _args, { loaders }) => (subjectType === 'Obligation' ? loaders.obligation.load(subjectId) : null),
  letter: ({ subjectType, subjectId }, _args, { loaders }) => (subjectType === 'SupervisionLetter' ? loaders.letter.load(subjectId) : null),
  digest: ({ digestId }, _args, { loaders }) => (digestId ? loaders.digest.load(digestId) : null),
  text: (row, _args, { viewer }) => textOf(row, viewer.locale),
};

function textOf(row: NotificationRow, locale: Locale): string {
  const { kind, dutyCode, ruleCode, basis, dueOn, letterYear, letterSerial } = row;
  const isDuty = dutyCode !== null && ruleCode !== null && basis !== null && dueOn !== null;
  return noticeText({
    kind,
    duty: isDuty ? { dutyName: dutyWords({ dutyCode, ruleCode }, locale), basis, dueOn, on: row.createdOn } : null,
    letterNumber: letterYear !== null && letterSerial !== null ? letterNumber(letterYear, letterSerial) : null,
    letterReplyDueOn: kind === 'LETTER_ISSUED' ? row.replyDueOn : null,
  }, locale);
}

const Digest: DigestResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.digest.load(id),
  recipient: recipientOf,
  counts: ({ id }, _args, { loaders }) => loaders.countsOfDigest.load(id),
  items: ({ id }, args, { loaders }) => loaders.notificationsUnderDigest(id, args),
};

const DigestCount: DigestCountResolvers = { count: ({ count }) => Number(count) };

export const notificationResolvers = { Query, Mutation, MarkNotificationsReadResult, NotificationKind, Notification, Digest, DigestCount };
