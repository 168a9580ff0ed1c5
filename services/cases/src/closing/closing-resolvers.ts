import { required } from '@anjie/service-kit/subgraph';
import type { CaseEndResolvers, CaseEndsResolvers, CaseResolvers, ClosingResolvers } from '../generated/graphql';
import type { EndKind } from '../rules/closing';
import { gateOf } from './close-gate';
import type { Reservation } from './closing-repository';
import type { EndRow } from './end-repository';

const Case: Pick<CaseResolvers, 'ends' | 'relapseWatchUntil' | 'closeGate' | 'closings'> = {
  ends: async ({ id }, _args, { loaders }) => ({ all: await loaders.endsOfCase.load(id) }),
  relapseWatchUntil: ({ relapseUntil }) => relapseUntil,
  closeGate: async (row, { track, proposedEnd }, { loaders, viewer }) => {
    const last = (await loaders.closingsOfCase.load(row.id)).at(-1);
    const items = gateOf(row, required(await loaders.gateOfCase.load(row.id)), { track, proposedEnd, evidence: last?.evidence ?? '' });
    return items.map(({ code, isMet, zh, en, basis }) => ({ code, isMet, text: viewer.locale === 'en' ? en : zh, basis }));
  },
  closings: ({ id }, _args, { loaders }) => loaders.closingsOfCase.load(id),
};

const inForce = (kind: EndKind) => ({ all }: { readonly all: readonly EndRow[] }) => all.find((end) => end.activeKind === kind) ?? null;

const CaseEnds: CaseEndsResolvers = {
  handled: inForce('HANDLED'),
  terminated: inForce('TERMINATED'),
  recognised: inForce('RECOGNISED'),
  resolved: inForce('RESOLVED'),
};

const CaseEnd: CaseEndResolvers = {
  on: ({ endedOn }) => endedOn,
  isInTime: ({ isInTime }) => (isInTime === null ? null : Boolean(isInTime)),
  document: ({ documentId }, _args, { loaders }) => (documentId ? loaders.documentById.load(documentId) : null),
  unit: ({ unitId }) => (unitId ? { id: unitId } : null),
};

const Closing: ClosingResolvers = {
  unit: ({ unitId }) => ({ id: unitId }),
  reservations: ({ reservations }) => JSON.parse(reservations) as Reservation[],
  document: async ({ documentId }, _args, { loaders }) => required(await loaders.documentById.load(documentId)),
  reasonCodes: ({ reasonCodes }) => JSON.parse(reasonCodes) as string[],
};

export const closingResolvers = { Case, CaseEnds, CaseEnd, Closing };
