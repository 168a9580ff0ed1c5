import type { CaseReadinessResolvers, CaseResolvers } from '../generated/graphql';
import { READINESS_BASIS, readinessOf } from '../rules/readiness';
import { readinessFactsOf, type CaseFacts } from './case-facts-repository';

const Case: Pick<CaseResolvers, 'readiness'> = {
  readiness: ({ id }, _args, { loaders }) => loaders.caseFacts.load(id),
};

const readiness = (facts: CaseFacts) => readinessOf(readinessFactsOf(facts));

const CaseReadiness: CaseReadinessResolvers = {
  slots: (facts) => [...readiness(facts).slots],
  isComplete: (facts) => readiness(facts).isComplete,
  missing: (facts) => [...readiness(facts).missing],
  leadUnit: ({ leadUnitId }, _args, { loaders }) => (leadUnitId ? loaders.unitById.load(leadUnitId) : null),
  basis: () => READINESS_BASIS,
};

export const readinessResolvers = { Case, CaseReadiness };
