import { CaseScopeChanged, DivisionChanged, OfficialChanged, UnitChanged } from '@anjie/contracts';
import { on, onMany, type Reaction } from '../messaging';
import { putCaseScopes } from './case-scopes';
import { putKnownDivision, putKnownOfficial, putKnownUnit } from './directory';

/** The reactions that keep copies of the directory; for every service but officials. */
export const directoryReactions: readonly Reaction[] = [
  on(DivisionChanged, (tx, division) => putKnownDivision(tx, division)),
  on(UnitChanged, (tx, unit) => putKnownUnit(tx, unit)),
  on(OfficialChanged, (tx, official) => putKnownOfficial(tx, official)),
];

/** Keeps the copy of who may see a case; for every service but cases. */
export const caseScopeReaction: Reaction = onMany(CaseScopeChanged, (tx, incoming) =>
  putCaseScopes(tx, incoming.map(({ payload, message }) => ({ scope: payload, version: message.version }))),
);
