import { AppError } from '@anjie/contracts';
import { businessTime } from '@anjie/service-kit/database';
import type { CaseEventResolvers, CaseResolvers, CaseStandingResolvers } from '../generated/graphql';

const unit = (id: string | null) => (id ? { id } : null);

const Case: Pick<CaseResolvers, 'history' | 'asOf'> = {
  history: ({ id }, args, { loaders }) => loaders.historyOfCase(id, args),
  asOf: async ({ id }, { on }, { loaders, sql }) => {
    if (on > (await businessTime(sql)).today) throw new AppError('BAD_USER_INPUT', { field: 'on', rule: 'not after today' });
    const lastEvent = await loaders.stateOnDay.load({ caseId: id, on });
    return lastEvent && { on, lastEvent };
  },
};

const CaseEvent: CaseEventResolvers = {
  at: ({ recordedAt }) => recordedAt,
  on: ({ occurredOn }) => occurredOn,
  official: ({ actorKind, actor }) => (actorKind === 'OFFICIAL' ? { id: actor } : null),
  unit: ({ actorUnitId }) => unit(actorUnitId),
  document: ({ documentId }, _args, { loaders }) => (documentId ? loaders.documentById.load(documentId) : null),
};

const CaseStanding: CaseStandingResolvers = {
  status: ({ lastEvent }) => lastEvent.status,
  leadUnit: ({ lastEvent }) => unit(lastEvent.leadUnitId),
  route: ({ lastEvent }) => lastEvent.route,
  closedOn: ({ lastEvent }) => lastEvent.closedOn,
};

export const historyResolvers = { Case, CaseEvent, CaseStanding };
