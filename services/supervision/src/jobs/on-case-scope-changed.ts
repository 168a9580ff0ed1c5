import { CaseScopeChanged } from '@anjie/contracts';
import { putCaseScopes } from '@anjie/service-kit/facts';
import { onMany, type Reaction } from '@anjie/service-kit/messaging';
import { lockCases } from '../case-facts';
import { recountFigures } from '../figures/figure-service';

/** Keeps the copies of who may see cases, then counts the obligations of those whose ledgers changed. */
export const onCaseScopeChanged: Reaction = onMany(CaseScopeChanged, async (tx, incoming) => {
  await lockCases(tx, incoming.map(({ payload }) => payload.caseId));
  await recountFigures(tx, await putCaseScopes(tx, incoming.map(({ payload, message }) => ({ scope: payload, version: message.version }))));
});
