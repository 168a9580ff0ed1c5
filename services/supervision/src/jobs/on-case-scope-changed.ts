import { CaseScopeChanged } from '@anjie/contracts';
import { putCaseScopes } from '@anjie/service-kit/facts';
import { onMany, type Reaction } from '@anjie/service-kit/messaging';
import { recountFigures } from '../figures/figure-service';
import { casesWithObligations } from '../obligations/obligation-repository';

/** Keeps the copies of who may see cases, then counts their obligations in the ledgers that count them now. */
export const onCaseScopeChanged: Reaction = onMany(CaseScopeChanged, async (tx, incoming) => {
  await putCaseScopes(tx, incoming.map(({ payload, message }) => ({ scope: payload, version: message.version })));
  for (const caseId of await casesWithObligations(tx, incoming.map(({ payload }) => payload.caseId))) await recountFigures(tx, caseId);
});
