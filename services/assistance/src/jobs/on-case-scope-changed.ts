import { CaseScopeChanged } from '@anjie/contracts';
import { putCaseScopes } from '@anjie/service-kit/facts';
import { onMany } from '@anjie/service-kit/messaging';
import { casesThatCount } from '../figures/figure-repository';
import { recountCase } from '../figures/figure-service';

/** Keeps the copies of who may see cases; where a case's ledgers changed, what it counts for changes with them. */
export const onCaseScopeChanged = onMany(CaseScopeChanged, async (tx, incoming) => {
  // holds the scope rows, which is what whoever adds a referral or a visit waits for
  await putCaseScopes(tx, incoming.map(({ payload, message }) => ({ scope: payload, version: message.version })));
  for (const caseId of await casesThatCount(tx, incoming.map(({ payload }) => payload.caseId))) await recountCase(tx, caseId);
});
