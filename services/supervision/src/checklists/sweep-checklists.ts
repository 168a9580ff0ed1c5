import type { NoticeKind } from '@anjie/contracts';
import type { DataSource, EntityManager } from 'typeorm';
import { businessTime, inTransaction, insertRows, newId, select, write } from '@anjie/service-kit/database';
import { addFigures } from '@anjie/service-kit/figures';
import type { Notice } from '@anjie/service-kit/messaging';
import { officeCalendar } from '@anjie/service-kit/runtime';
import type { Kinds } from '../kinds';
import { notifyOwn } from '../notifications/notify';
import { checklistDue, firstPeriod, periodAfter } from '../rules/checklist-rules';
import { ASSIGNMENT_COLUMNS, type AssignmentRow } from './checklist-repository';
import { CHECKLISTS_OVERDUE } from './checklist-service';

const BATCH = 200;

/** Opens the checklists whose period has begun, marks those whose day has passed, tells of both that and the day itself. @returns true when more are waiting */
export async function sweepChecklists(db: DataSource, kinds: Kinds): Promise<boolean> {
  const opened = await inTransaction(db, (tx) => openDue(tx, kinds));
  const marked = await inTransaction(db, markOverdue);
  const reminded = await inTransaction(db, remindDue);
  return opened > 0 || marked === BATCH || reminded === BATCH;
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

interface DueRow {
  readonly id: string;
  readonly unitId: string;
  readonly campaignId: string | null;
  readonly divisionCode: string;
}
const DUE = "SELECT id, unit_id AS unitId, campaign_id AS campaignId, division_code AS divisionCode FROM checklists WHERE state = 'OPEN' AND overdue_on IS NULL";
const SOME = `ORDER BY id LIMIT ${BATCH} FOR UPDATE SKIP LOCKED`;

const told = (kind: NoticeKind, rows: readonly DueRow[]): Notice[] =>
  rows.map(({ id, unitId }) => ({ kind, recipient: { kind: 'UNIT', id: unitId }, caseId: null, subjectId: id, occasion: kind }));

/** The figure is dated with the day on which it was found missing. */
async function markOverdue(tx: EntityManager): Promise<number> {
  const { today } = await businessTime(tx);
  const late = await select<DueRow>(tx, `${DUE} AND due_on < ? ${SOME}`, [today]);
  if (late.length === 0) return 0;
  await write(tx, 'UPDATE checklists SET overdue_on = ?, version = version + 1 WHERE id IN (?)', [today, late.map(({ id }) => id)]);
  await notifyOwn(tx, told('CHECKLIST_MISSING', late));
  await addFigures(tx, late.flatMap(({ campaignId, divisionCode }) => (campaignId === null ? [] : [{ campaignId, figure: CHECKLISTS_OVERDUE, divisionCode, on: today, delta: 1 }])));
  return late.length;
}

/** In the digest of its last day; a period whose last day nobody's worker saw is told as missing. */
async function remindDue(tx: EntityManager): Promise<number> {
  const { today } = await businessTime(tx);
  const due = await select<DueRow>(tx, `${DUE} AND due_on = ? AND reminded_on IS NULL ${SOME}`, [today]);
  if (due.length === 0) return 0;
  await write(tx, 'UPDATE checklists SET reminded_on = ? WHERE id IN (?)', [today, due.map(({ id }) => id)]);
  await notifyOwn(tx, told('CHECKLIST_DUE_TODAY', due));
  return due.length;
}
