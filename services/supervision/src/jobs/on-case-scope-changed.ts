import { CaseScopeChanged } from '@anjie/contracts';
import { putCaseScope } from '@anjie/service-kit/facts';
import { on, type Reaction } from '@anjie/service-kit/messaging';
import { recountFigures } from '../figures/figure-service';

/** Keeps the copy of who may see a case, then counts its obligations in the ledgers that count it now. */
export const onCaseScopeChanged: Reaction = on(CaseScopeChanged, async (tx, scope, message) => {
  await putCaseScope(tx, scope, message.version);
  await recountFigures(tx, scope.caseId);
});
