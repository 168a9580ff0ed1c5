import type { EntityManager } from 'typeorm';
import { CaseRelapsed } from '@anjie/contracts';
import { newId, type Actor } from '@anjie/service-kit/database';
import type { Outbox } from '@anjie/service-kit/messaging';
import { noteRelapse } from '../campaigns/ledger-outcomes';
import type { CaseRow } from '../cases/case-repository';
import { finishStep } from '../life/step';
import { isWithinWatch } from '../rules/closing';
import { revokeEnds } from './end-repository';

export interface Relapse {
  readonly row: CaseRow;
  readonly actor: Actor;
  readonly petitionId: string;
  readonly today: string;
}

/**
 * 复发: a petition about a closed case. Whatever level received it, the case reopens, 化解 is taken back with its figures, and
 * the unit's handling is traced back (责任倒查). Nothing is noted about who petitioned.
 */
export async function reopenByRepeat(tx: EntityManager, { outbox }: { outbox: Outbox }, { row, actor, petitionId, today }: Relapse): Promise<void> {
  const withinWatch = isWithinWatch(row.relapseUntil, today);
  await revokeEnds(tx, { caseId: row.id, kinds: ['RESOLVED', 'RECOGNISED'], on: today, ground: 'REPEATED_AFTER_CLOSING' });
  await noteRelapse(tx, actor, { caseId: row.id, on: today, ground: null });
  const unitId = row.leadUnitId ?? row.registeredUnitId;
  if (unitId) {
    const relapseId = newId();
    await outbox.announce(tx, CaseRelapsed, {
      aggregateId: relapseId, version: 1, requestId: actor.requestId,
      payload: { relapseId, caseId: row.id, divisionCode: row.divisionCode, unitId, closedOn: row.closedOn ?? today, repeatedOn: today, petitionId, isWithinWatch: withinWatch },
    });
  }
  await finishStep(tx, { outbox }, {
    row, actor, act: 'REOPEN',
    outcome: { event: 'RELAPSED', basis: '《信访工作条例》第二十七条', set: { closed_on: null, relapse_until: null }, detail: { petitionId, isWithinWatch: withinWatch } },
  });
}

/**
 * The same facts again after re-review of a closed case: it is not taken on again (第三十六条第三款), but it was not settled
 * either, so 化解 is taken back and the duty to explain and help goes on (第三十七条).
 */
export async function followAfterFinal(tx: EntityManager, { outbox }: { outbox: Outbox }, { row, actor, petitionId, today, documentId }: Relapse & { readonly documentId: string | null }): Promise<void> {
  await revokeEnds(tx, { caseId: row.id, kinds: ['RESOLVED'], on: today, ground: 'REPEATED_AFTER_CLOSING' });
  await noteRelapse(tx, actor, { caseId: row.id, on: today, ground: null });
  await finishStep(tx, { outbox }, {
    row, actor, act: row.status === 'FOLLOW_UP' ? null : 'FOLLOW_UP',
    outcome: { event: 'REPEATED_AFTER_FINAL', basis: '《信访工作条例》第三十六条第三款、第三十七条', documentId, detail: { petitionId } },
  });
}
