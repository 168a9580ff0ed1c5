import type { CaseResolvers, ClaimResolvers, QueryResolvers } from '../generated/graphql';
import { listCases } from './case-list';

const unit = (id: string | null) => (id ? { id } : null);

const Query: QueryResolvers = {
  case: (_root, { id }, { loaders }) => loaders.caseById.load(id),
  cases: (_root, args, { sql, viewer }) => listCases(sql, viewer, args),
};

const Case: CaseResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.caseById.load(id),
  division: ({ divisionCode }) => ({ code: divisionCode }),
  registeredBy: ({ registeredUnitId }) => unit(registeredUnitId),
  leadUnit: ({ leadUnitId }) => unit(leadUnitId),
  supportUnits: async ({ id }, _args, { loaders }) => (await loaders.supportsOfCase.load(id)).map((row) => ({ id: row.unitId })),
  assignments: ({ id }, args, { loaders }) => loaders.assignmentsOfCase(id, args),
  petitions: ({ id }, args, { loaders }) => loaders.petitionsOfCase(id, args),
  claims: ({ id }, _args, { loaders }) => loaders.claimsOfCase.load(id),
  plan: ({ id }, _args, { loaders }) => loaders.planOfCase.load(id),
  ledgerEntries: ({ id }, _args, { loaders }) => loaders.entriesOfCase.load(id),
  version: ({ version }) => Number(version),
};

const Claim: ClaimResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.claimById.load(id),
};

export const caseResolvers = { Query, Case, Claim };
