import type { EntityManager } from 'typeorm';
import { CaseScopeChanged } from '@anjie/contracts';
import { businessTime } from '@anjie/service-kit/database';
import { putCaseScopes, type CaseScope } from '@anjie/service-kit/facts';
import { onMany } from '@anjie/service-kit/messaging';
import type { DutyService } from '../duties/duty-service';
import { dropOpenOfClosedCases } from '../hand-overs/hand-over-moves';
import { caseFactsOf, lockCases } from '../readiness/case-facts-repository';
import { recount } from '../readiness/readiness-service';

/** Keeps the copies of scopes and brings the figures of their cases to them: a ledger entered or left, a plan made. */
export async function keepCaseScopes(tx: EntityManager, versions: readonly { readonly scope: CaseScope; readonly version: number }[]): Promise<void> {
  const ids = versions.map(({ scope }) => scope.caseId);
  const added = await lockCases(tx, ids);
  await putCaseScopes(tx, versions);
  // of a case that is new and in no ledger there is nothing to count
  if (added < new Set(ids).size || versions.some(({ scope }) => scope.ledgers.length > 0)) await recount(tx, await caseFactsOf(tx, ids));
}

export const onCaseScopeChanged = (duties: DutyService) =>
  onMany(CaseScopeChanged, async (tx, incoming) => {
    await keepCaseScopes(tx, incoming.map(({ payload, message }) => ({ scope: payload, version: message.version })));
    const closed = incoming.filter(({ payload }) => payload.closedOn !== null).map(({ payload }) => payload.caseId);
    if (closed.length === 0) return;
    const { today } = await businessTime(tx);
    await dropOpenOfClosedCases(tx, { duties, today, requestId: incoming[0]?.message.requestId ?? '' }, closed);
  });
