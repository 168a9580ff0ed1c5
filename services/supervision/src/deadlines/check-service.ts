import type { DataSource, EntityManager } from 'typeorm';
import { audit, businessTime, inTransaction, type Actor } from '@anjie/service-kit/database';
import { serviceViewer } from '@anjie/service-kit/messaging';
import { groupBy, officeCalendar, type Logger } from '@anjie/service-kit/runtime';
import { holdCase } from '../case-facts';
import { lockObligation, openObligationsAfter, type ObligationRow } from '../obligations/obligation-repository';
import { plannedDeadlines } from '../rules/deadline-plan';
import { missingDeadlines, type DeadlineRepair } from '../rules/deadline-repair';
import { endCheckRound, endCheckTurn, takeCheckTurn, type CheckTurn } from './check-repository';
import { applyDeadlineChanges, deadlinesOf, type DeadlineRow } from './deadline-repository';

const PAGE = 500;

/**
 * Looks at the deadlines of every open obligation, a page at a time, and puts back what is missing. What a fault, a
 * hand in the database or an older plan has lost is noticed within a day.
 * @returns true when another page is waiting
 */
export async function checkDeadlines(db: DataSource, log: Logger): Promise<boolean> {
  const turn = await takeCheckTurn(db.manager);
  if (!turn) return false;
  const page = await openObligationsAfter(db.manager, turn.afterId, PAGE);
  const broken = await brokenOnes(db.manager, page);
  let repaired = 0;
  for (const row of broken) repaired += await repairOne(db, log, row);
  const checked = { checked: turn.checked + page.length, repaired: turn.repaired + repaired };
  if (page.length === PAGE) return endCheckTurn(db.manager, turn, { checked: page.length, repaired, lastId: page.at(-1)?.id ?? null });
  if (await endRound(db, turn, checked)) log.info(checked, 'the deadlines of all open obligations were checked');
  return false;
}

/** Without a lock: what looks broken is looked at again under one. */
async function brokenOnes(sql: EntityManager, page: readonly ObligationRow[]): Promise<ObligationRow[]> {
  const { now } = await businessTime(sql);
  const known = groupBy(await deadlinesOf(sql, page.map((row) => row.id)), (row) => row.obligationId);
  return page.filter((row) => !isWhole(missingOf(row, known.get(row.id) ?? [], now)));
}

const missingOf = (row: ObligationRow, known: readonly DeadlineRow[], now: Date): DeadlineRepair =>
  missingDeadlines(plannedDeadlines(row, { calendar: officeCalendar(), now }), { known, isOverdue: row.overdueAt !== null });

const isWhole = ({ add, rearm }: DeadlineRepair): boolean => add.length + rearm.length === 0;

const actorOf = (requestId: string): Actor => ({ viewer: serviceViewer('supervision'), requestId });

/** One that cannot be repaired is logged and met again tomorrow; it does not hold up the others. */
async function repairOne(db: DataSource, log: Logger, { id, caseId }: ObligationRow): Promise<number> {
  try {
    const repair = await inTransaction(db, (tx) => putBack(tx, id, caseId));
    if (!repair) return 0;
    log.warn({ obligation: id, ...repair }, 'deadlines of an obligation were missing and were put back');
    return 1;
  } catch (error) {
    log.error({ err: error, obligation: id }, 'the deadlines of an obligation could not be repaired; the next check tries again');
    return 0;
  }
}

async function putBack(tx: EntityManager, id: string, caseId: string | null) {
  if (caseId !== null) await holdCase(tx, caseId);
  const row = await lockObligation(tx, id);
  if (row?.state !== 'OPEN') return null;
  const { now } = await businessTime(tx);
  const missing = missingOf(row, await deadlinesOf(tx, [id]), now);
  if (isWhole(missing)) return null;
  await applyDeadlineChanges(tx, [{ obligationId: id, caseId, changes: { ...missing, cancel: [] } }]);
  const detail = {
    added: missing.add.map(({ kind, step, dueAt }) => `${kind} ${step} ${dueAt.toISOString()}`),
    setAgain: missing.rearm.map(({ kind, dueAt }) => `${kind} ${dueAt.toISOString()}`),
  };
  await audit(tx, actorOf(`check-${id}`), { action: 'deadline.repaired', subjectType: 'Obligation', subjectId: id, caseId, detail });
  return detail;
}

const endRound = (db: DataSource, turn: CheckTurn, counts: Readonly<Record<string, number>>): Promise<boolean> =>
  inTransaction(db, async (tx) => {
    if (!(await endCheckRound(tx, turn))) return false;
    await audit(tx, actorOf(`check-${turn.holder}`), { action: 'deadline.checked', subjectType: 'DeadlineCheck', subjectId: turn.holder, detail: counts });
    return true;
  });
