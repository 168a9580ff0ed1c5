import type { DataSource, EntityManager } from 'typeorm';
import { audit, businessTime, inTransaction, type Actor } from '@anjie/service-kit/database';
import { serviceViewer } from '@anjie/service-kit/messaging';
import { chunksOf, type Logger } from '@anjie/service-kit/runtime';
import { holdCase } from '../case-facts';
import { recountFigures } from '../figures/figure-service';
import { lockObligation, markOverdue } from '../obligations/obligation-repository';
import { remind } from '../reminders/reminder-service';
import { deadlineTarget, markFired, missedDeadlines, msUntilDue, type DeadlineTarget, type Firing, type MissedRow } from './deadline-repository';

/** GONE: it has fired, was cancelled or got another version; nothing is left to do. */
export type FireResult = { readonly result: 'FIRED' | 'GONE' } | { readonly result: 'EARLY'; readonly msLeft: number };

const actorOf = (deadlineId: string): Actor => ({ viewer: serviceViewer('supervision'), requestId: `dl-${deadlineId}` });

/**
 * Fires a deadline, whoever asks: alarm and sweeper run this same function, and the compare-and-set lets one of them
 * through, never before its time. Effects, audit and figures commit with it.
 */
export const fireDeadline = (db: DataSource, firing: Firing): Promise<FireResult> =>
  inTransaction(db, async (tx) => {
    const target = await deadlineTarget(tx, firing.id);
    if (!target) return { result: 'GONE' };
    await holdCase(tx, target.caseId);
    const obligation = await lockObligation(tx, target.obligationId);
    if (!obligation) return { result: 'GONE' };
    if (!(await markFired(tx, firing))) return whyNot(tx, firing);
    const effect = await takeEffect(tx, target, firing);
    await audit(tx, actorOf(firing.id), {
      action: 'deadline.fired', subjectType: 'Deadline', subjectId: firing.id, caseId: target.caseId,
      detail: { obligationId: target.obligationId, kind: target.kind, version: firing.version, by: firing.by, ...effect },
    });
    if (target.kind === 'OVERDUE') await recountFigures(tx, target.caseId, target.obligationId);
    return { result: 'FIRED' };
  });

async function whyNot(tx: EntityManager, { id, version }: Firing): Promise<FireResult> {
  const msLeft = await msUntilDue(tx, id, version);
  return msLeft !== undefined && msLeft > 0 ? { result: 'EARLY', msLeft } : { result: 'GONE' };
}

async function takeEffect(tx: EntityManager, target: DeadlineTarget, { id, version }: Firing): Promise<Readonly<Record<string, unknown>>> {
  const time = await businessTime(tx);
  if (target.kind === 'OVERDUE') return { isNewlyOverdue: await markOverdue(tx, target.obligationId, time.now) };
  return { recipients: await remind(tx, { deadlineId: id, deadlineVersion: version, obligationId: target.obligationId, kind: target.kind, time }) };
}

const BATCH = 200;
const AT_ONCE = 4;

/**
 * Fires straight from the database what no alarm has fired two seconds after its time: a lost or wiped queue costs
 * seconds, never a deadline. One row that fails is logged and tried at the next sweep; it does not hold up the others.
 */
export async function sweepDeadlines(db: DataSource, log: Logger): Promise<number> {
  let fired = 0;
  for (let after: MissedRow | null = null; ; ) {
    const rows: MissedRow[] = await missedDeadlines(db.manager, after, BATCH);
    for (const some of chunksOf(rows, AT_ONCE)) fired += (await Promise.all(some.map((row) => sweepOne(db, log, row)))).filter(Boolean).length;
    after = rows.at(-1) ?? null;
    if (rows.length < BATCH) return fired;
  }
}

async function sweepOne(db: DataSource, log: Logger, { id, version }: MissedRow): Promise<boolean> {
  try {
    return (await fireDeadline(db, { id, version, by: 'SWEEPER' })).result === 'FIRED';
  } catch (error) {
    log.error({ err: error, deadline: id }, 'a deadline could not be fired; the next sweep tries again');
    return false;
  }
}
