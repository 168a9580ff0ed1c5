import type { DataSource, EntityManager } from 'typeorm';
import { businessTime, inTransaction, insertRows, newId, select, write } from '@anjie/service-kit/database';
import { addFigures } from '@anjie/service-kit/figures';
import { officeCalendar } from '@anjie/service-kit/runtime';
import type { Kinds } from '../kinds';
import { checklistDue, firstPeriod, periodAfter } from '../rules/checklist-rules';
import { ASSIGNMENT_COLUMNS, type AssignmentRow } from './checklist-repository';
import { CHECKLISTS_OVERDUE } from './checklist-service';

const BATCH = 200;

/** Opens the checklists whose period has begun and marks those whose day has passed. @returns true when more are waiting */
export async function sweepChecklists(db: DataSource, kinds: Kinds): Promise<boolean> {
  const opened = await inTransaction(db, (tx) => openDue(tx, kinds));
  const marked = await inTransaction(db, markOverdue);
  return opened > 0 || marked === BATCH;
}

/** One period of each assignment at a time: a worker that was away catches up in order. */
async function openDue(tx: EntityManager, kinds: Kinds): Promise<number> {
  const { today } = await businessTime(tx);
  const due = await select<AssignmentRow>(
    tx, `SELECT ${ASSIGNMENT_COLUMNS} FROM checklist_assignments a WHERE a.ended_on IS NULL AND a.next_from <= ? ORDER BY a.next_from, a.id LIMIT ${BATCH} FOR UPDATE SKIP LOCKED`, [today],
  );
  const calendar = officeCalendar();
  for (const row of due) {
    const kind = kinds.checklists.of(row.kindCode);
    const period = firstPeriod(kind, row.nextFrom, calendar);
    await insertRows(tx, 'checklists', [{
      id: newId(), assignment_id: row.id, kind: row.kindCode, unit_id: row.unitId, division_code: row.divisionCode, campaign_id: row.campaignId, period_from: period.from,
      period_to: period.to, due_on: checklistDue(kind, period, calendar), state: 'OPEN', version: 1,
    }]);
    await write(tx, 'UPDATE checklist_assignments SET next_from = ? WHERE id = ?', [periodAfter(kind, period, calendar).from, row.id]);
  }
  return due.length;
}

/** The figure is dated with the day on which it was found missing. */
async function markOverdue(tx: EntityManager): Promise<number> {
  const { today } = await businessTime(tx);
  const late = await select<{ id: string; campaignId: string | null; divisionCode: string }>(
    tx,
    `SELECT id, campaign_id AS campaignId, division_code AS divisionCode FROM checklists WHERE state = 'OPEN' AND due_on < ? AND overdue_on IS NULL
      ORDER BY id LIMIT ${BATCH} FOR UPDATE SKIP LOCKED`,
    [today],
  );
  if (late.length === 0) return 0;
  await write(tx, 'UPDATE checklists SET overdue_on = ?, version = version + 1 WHERE id IN (?)', [today, late.map(({ id }) => id)]);
  await addFigures(tx, late.flatMap(({ campaignId, divisionCode }) => (campaignId === null ? [] : [{ campaignId, figure: CHECKLISTS_OVERDUE, divisionCode, on: today, delta: 1 }])));
  return late.length;
}
