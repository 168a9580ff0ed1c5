import { CaseScopeChanged, DivisionChanged, OfficialChanged, UnitChanged } from '@anjie/contracts';
import { onMany, type Reaction } from '../messaging';
import { putCaseScopes } from './case-scopes';
import { putKnownDivisions, putKnownOfficials, putKnownUnits } from './directory';

/** The reactions that keep copies of the directory; for every service but officials. */
export const directoryReactions: readonly Reaction[] = [
  onMany(DivisionChanged, async (tx, incoming) => void (await putKnownDivisions(tx, incoming.map(({ payload }) => payload)))),
  onMany(UnitChanged, (tx, incoming) => putKnownUnits(tx, incoming.map(({ payload }) => payload))),
  onMany(OfficialChanged, (tx, incoming) => putKnownOfficials(tx, incoming.map(({ payload }) => payload))),
];

/** Keeps the copy of who may see a case; for every service but cases. */
export const caseScopeReaction: Reaction = onMany(CaseScopeChanged, async (tx, incoming) =>
  void (await putCaseScopes(tx, incoming.map(({ payload, message }) => ({ scope: payload, version: message.version })))),
);
