import type { EntityManager } from 'typeorm';
import { CaseScopeChanged } from '@anjie/contracts';
import { putCaseScopes, type CaseScope } from '@anjie/service-kit/facts';
import { onMany } from '@anjie/service-kit/messaging';
import { caseFactsOf, lockCases } from '../readiness/case-facts-repository';
import { recount } from '../readiness/readiness-service';

/** Keeps the copies of scopes and brings the figures of their cases to them: a ledger entered or left, a plan made. */
export async function keepCaseScopes(tx: EntityManager, versions: readonly { readonly scope: CaseScope; readonly version: number }[]): Promise<void> {
  const ids = versions.map(({ scope }) => scope.caseId);
  const added = await lockCases(tx, ids);
  await putCaseScopes(tx, versions);
  // nobody records anything about a case before its row exists, so about new ones there is nothing to count
  if (added < new Set(ids).size) await recount(tx, await caseFactsOf(tx, ids));
}

export const onCaseScopeChanged = onMany(CaseScopeChanged, (tx, incoming) =>
  keepCaseScopes(tx, incoming.map(({ payload, message }) => ({ scope: payload, version: message.version }))),
);
