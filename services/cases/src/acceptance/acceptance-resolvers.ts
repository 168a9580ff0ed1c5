import type { CaseResolvers, ObjectionResolvers } from '../generated/graphql';

const Case: Pick<CaseResolvers, 'procedure' | 'objections'> = {
  procedure: ({ procedureKind }) => procedureKind,
  objections: ({ id }, _args, { loaders }) => loaders.objectionsOfCase.load(id),
};

const Objection: ObjectionResolvers = {
  isDispute: ({ kind }) => kind === 'DISPUTE',
  unit: ({ unitId }) => ({ id: unitId }),
  decidedUnit: ({ decidedUnitId }) => (decidedUnitId ? { id: decidedUnitId } : null),
};

export const acceptanceResolvers = { Case, Objection };
