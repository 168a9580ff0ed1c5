import { listConnection } from '@anjie/service-kit/subgraph';
import type { CaseResolvers, ObligationResolvers, ObligorResolvers, OfficialResolvers, QueryResolvers, UnitResolvers } from '../generated/graphql';
import { caseIfSeen } from '../references';
import { dutyWords, explainAsked, explainObligation } from './explanation-service';
import { obligationList } from './obligation-list';

const Query: QueryResolvers = {
  obligation: (_root, { id }, { loaders }) => loaders.obligation.load(id),
  obligations: (_root, args, { sql, viewer }) => listConnection(sql, obligationList(viewer, args), args),
  explainDue: (_root, args, { viewer }) => explainAsked(args, viewer.locale),
};

/** An obligor is tagged where it is made, so that one id never has to be guessed as unit or official. */
export const asUnit = (id: string) => ({ __typename: 'Unit' as const, id });
export const asOfficial = (id: string) => ({ __typename: 'Official' as const, id });

const Obligor: ObligorResolvers = {
  __resolveType: (obligor) => (obligor as ReturnType<typeof asUnit | typeof asOfficial>).__typename,
};

const Obligation: ObligationResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.obligation.load(id),
  obligor: ({ obligorOfficialId, obligorUnitId }) => (obligorOfficialId ? asOfficial(obligorOfficialId) : asUnit(obligorUnitId ?? '')),
  obligorUnit: ({ obligorUnitId }) => (obligorUnitId ? { id: obligorUnitId } : null),
  case: caseIfSeen,
  subject: ({ subjectType, subjectId }) => ({ type: subjectType, id: subjectId }),
  dutyName: (row, _args, { viewer }) => dutyWords(row, viewer.locale),
  state: ({ state, overdueAt }) => (state === 'OPEN' && overdueAt ? 'OVERDUE' : state),
  isProvisional: ({ isProvisional }) => Boolean(isProvisional),
  explainDeadline: (row, _args, { viewer }) => explainObligation(row, viewer.locale),
  isMetLate: ({ metOn, dueOn }) => metOn !== null && metOn > dueOn,
  deadlines: ({ id }, _args, { loaders }) => loaders.deadlinesOfObligation.load(id),
  reminders: ({ id }, args, { loaders }) => loaders.remindersUnder.obligation(id, args),
};

const Case: CaseResolvers = {
  obligations: async ({ id }, args, { loaders }) => ((await loaders.visibleCase.load(id)) ? loaders.obligationsUnder.case(id, args) : null),
  nextDueOn: async ({ id }, _args, { loaders }) => ((await loaders.visibleCase.load(id)) ? ((await loaders.nextDueOfCase.load(id))?.dueOn ?? null) : null),
};

const Unit: UnitResolvers = {
  __resolveReference: ({ id }) => ({ id }),
  obligations: ({ id }, args, { loaders }) => loaders.obligationsUnder.unit(id, args),
};

const Official: OfficialResolvers = {
  __resolveReference: ({ id }) => ({ id }),
  obligations: ({ id }, args, { loaders }) => loaders.obligationsUnder.official(id, args),
};

export const obligationResolvers = { Query, Obligor, Obligation, Case, Unit, Official };
