import { CaseScopeChanged } from '@anjie/contracts';
import { caseScopeReaction } from '@anjie/service-kit/facts';
import { on } from '@anjie/service-kit/messaging';
import { recountCase } from '../figures/figure-service';

/** Keeps the copy of who may see a case; when its ledgers changed, what it counts for changes with them. */
export const onCaseScopeChanged = on(CaseScopeChanged, async (tx, scope, message) => {
  await caseScopeReaction.effect(tx, scope, message);
  await recountCase(tx, scope.caseId);
});
