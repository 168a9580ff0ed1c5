import type { EntityManager } from 'typeorm';
import { CaseScopeChanged } from '@anjie/contracts';
import { businessTime } from '@anjie/service-kit/database';
import { knownCases, putCaseScopes, type CaseScope, type KnownCase } from '@anjie/service-kit/facts';
import { onMany } from '@anjie/service-kit/messaging';
import type { DutyService } from '../duties/duty-service';
import { dropOpenOfClosedCases } from '../hand-overs/hand-over-moves';
import { caseFactsOf, lockCases } from '../readiness/case-facts-repository';
import { recount } from '../readiness/readiness-service';

/** Keeps the copies of scopes and brings the figures of their cases to them: a ledger entered or left, a plan made. */
export async function keepCaseScopes(tx: EntityManager, versions: readonly { readonly scope: CaseScope; readonly version: number }[]): Promise<void> {
  const ids = versions.map(({ scope }) => scope.caseId);
  const areAllNew = (await lockCases(tx, ids)) === new Set(ids).size;
  const before = new Map((areAllNew ? [] : await knownCases(tx, ids)).map((known) => [known.caseId, known]));
  const moved = new Set(await putCaseScopes(tx, versions));
  // a crew may be known before the scope is; of a case that is new altogether and in no ledger there is nothing to count
  const concerned = versions.filter(({ scope }) => {
    const known = before.get(scope.caseId);
    return moved.has(scope.caseId) || (known ? isOtherwise(scope, known) : !areAllNew);
  });
  await recount(tx, await caseFactsOf(tx, concerned.map(({ scope }) => scope.caseId)));
}

/** Of what a scope says beside its ledgers, only these count for sponsors, task forces and readiness. */
const isOtherwise = (scope: CaseScope, before: KnownCase): boolean =>
  scope.leadUnitId !== before.leadUnitId || scope.leadSince !== before.leadSince || scope.planSince !== before.planSince || scope.closedOn !== before.closedOn;

export const onCaseScopeChanged = (duties: DutyService) =>
  onMany(CaseScopeChanged, async (tx, incoming) => {
    await keepCaseScopes(tx, incoming.map(({ payload, message }) => ({ scope: payload, version: message.version })));
    const closed = incoming.filter(({ payload }) => payload.closedOn !== null).map(({ payload }) => payload.caseId);
    if (closed.length === 0) return;
    const { today } = await businessTime(tx);
    await dropOpenOfClosedCases(tx, { duties, today, requestId: incoming[0]?.message.requestId ?? '' }, closed);
  });
