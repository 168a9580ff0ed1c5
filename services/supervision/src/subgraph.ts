import { join } from 'node:path';
import { buildSubgraph, scalarResolvers } from '@anjie/service-kit/subgraph';
import { figureResolvers } from './figures/figure-resolvers';
import type { CaseResolvers } from './generated/graphql';
import { letterResolvers } from './letters/letter-resolvers';
import { obligationResolvers } from './obligations/obligation-resolvers';
import { reminderResolvers } from './reminders/reminder-resolvers';

const Case: CaseResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.visibleCase.load(id),
  ...obligationResolvers.Case,
  ...letterResolvers.Case,
};

/** schema/ + resolvers. Each noun's resolvers bring their own Query, Mutation and types. */
export const buildSupervisionSchema = () =>
  buildSubgraph(join(__dirname, '../schema'), {
    ...scalarResolvers,
    Query: { ...obligationResolvers.Query, ...reminderResolvers.Query, ...letterResolvers.Query },
    Mutation: { ...reminderResolvers.Mutation, ...letterResolvers.Mutation },
    Obligor: obligationResolvers.Obligor,
    Obligation: obligationResolvers.Obligation,
    Reminder: reminderResolvers.Reminder,
    MarkReminderReadResult: reminderResolvers.MarkReminderReadResult,
    SupervisionLetter: letterResolvers.SupervisionLetter,
    SupervisionLetterResult: letterResolvers.SupervisionLetterResult,
    Unit: obligationResolvers.Unit,
    Official: { ...obligationResolvers.Official, ...reminderResolvers.Official },
    ...figureResolvers,
    Case,
  });
