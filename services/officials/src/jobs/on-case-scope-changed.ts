import type { EntityManager } from 'typeorm';
import { CaseScopeChanged } from '@anjie/contracts';
import { putCaseScope, type CaseScope } from '@anjie/service-kit/facts';
import { on } from '@anjie/service-kit/messaging';
import { caseFactsOf, lockCases } from '../readiness/case-facts-repository';
import { recount } from '../readiness/readiness-service';

/** Keeps the copy of the scope and brings the figures of the case to it: a ledger entered or left, a plan made. */
export async function keepCaseScope(tx: EntityManager, scope: CaseScope, version: number): Promise<void> {
  const added = await lockCases(tx, [scope.caseId]);
  await putCaseScope(tx, scope, version);
  // nobody records anything about a case before its row exists, so about a new one there is nothing to count
  if (added === 0) await recount(tx, await caseFactsOf(tx, [scope.caseId]));
}

export const onCaseScopeChanged = on(CaseScopeChanged, (tx, scope, message) => keepCaseScope(tx, scope, message.version));
