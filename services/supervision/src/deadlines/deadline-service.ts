import type { DataSource } from 'typeorm';
import { inTransaction, isDatabaseOutage } from '@anjie/service-kit/database';
import type { Logger } from '@anjie/service-kit/runtime';
import { laterFirst } from '../rules/coalesce';
import type { Trigger } from './deadline-repository';
import { deadlineTargets, missedDeadlines, type DueRow, type Firing } from './firing-repository';
import { fireVolley, type FireReport, type FireResult } from './volley';

/**
 * Fires deadlines, whoever asks: alarm and sweeper run this same function, and the compare-and-set lets one of them
 * through, never before its time. Together in one transaction; when anything is wrong with one of them, each on its
 * own, so that a poisoned row holds up nobody.
 */
export async function fireDeadlines(db: DataSource, by: Trigger, firings: readonly Firing[]): Promise<FireReport> {
  const together = await inTransaction(db, (tx) => fireVolley(tx, { by, firings, withSiblings: true }), 2).catch(unlessOutage);
  if (together) return together;
  const results = new Map<Firing, FireResult>();
  for (const firing of await latestFirst(db, firings)) results.set(firing, await fireAlone(db, by, firing));
  return {
    results: firings.map((firing) => results.get(firing) ?? { result: 'GONE' }),
    fired: [...results.values()].filter(({ result }) => result === 'FIRED').length,
  };
}

/** A database that is away fails all of them alike; asking it again for each would only take time. */
function unlessOutage(error: unknown): undefined {
  if (isDatabaseOutage(error)) throw error;
}

/** On their own the latest goes first, so that an earlier reminder of the same duty knows that its words have been said. */
async function latestFirst(db: DataSource, firings: readonly Firing[]): Promise<Firing[]> {
  const targets = new Map((await deadlineTargets(db.manager, firings.map((one) => one.id))).map((one) => [one.id, one]));
  const momentOf = ({ id }: Firing) => {
    const target = targets.get(id);
    return { deadlineId: id, kind: target?.kind ?? 'OVERDUE', dueAt: target?.dueAt ?? new Date(0) };
  };
  return firings.toSorted((a, b) => laterFirst(momentOf(a), momentOf(b)));
}

async function fireAlone(db: DataSource, by: Trigger, firing: Firing): Promise<FireResult> {
  try {
    const { results } = await inTransaction(db, (tx) => fireVolley(tx, { by, firings: [firing], withSiblings: false }), 2);
    return results[0] ?? { result: 'GONE' };
  } catch (error) {
    unlessOutage(error);
    return { result: 'FAILED', error };
  }
}

const BATCH = 250;

/**
 * Fires straight from the database what no alarm has fired two seconds after its time: a lost or wiped queue costs
 * seconds, never a deadline. Every missed row is reached however many there are; what fails is logged and tried at the
 * next sweep.
 */
export async function sweepDeadlines(db: DataSource, log: Logger): Promise<number> {
  let fired = 0;
  for (let after: DueRow | null = null; ; ) {
    const rows: DueRow[] = await missedDeadlines(db.manager, after, BATCH);
    if (rows.length > 0) fired += await fireMissed(db, log, rows);
    after = rows.at(-1) ?? null;
    if (rows.length < BATCH) return fired;
  }
}

async function fireMissed(db: DataSource, log: Logger, rows: readonly DueRow[]): Promise<number> {
  const { fired, results } = await fireDeadlines(db, 'SWEEPER', rows);
  for (const [i, one] of results.entries()) {
    if (one.result === 'FAILED') log.error({ err: one.error, deadline: rows[i]?.id }, 'a deadline could not be fired; the next sweep tries again');
  }
  return fired;
}
