import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from '@anjie/devtools';
import type { Random } from '../harness/random';
import type { FaultSystem } from '../harness/system';
import { DISTRICT, TODAY, UNITS } from '../harness/world';

/** The steps that one obligation can have; a row's key is obligation, kind and step. */
const STEPS = [['REMIND_BEFORE', 7], ['REMIND_BEFORE', 3], ['REMIND_BEFORE', 1], ['REMIND_DUE', 0], ['REMIND_AFTER', 1], ['REMIND_AFTER', 3], ['REMIND_AFTER', 7], ['OVERDUE', 0]] as const;

/** Versions of a deadline as they were planned: the last one must fire, once, at its time; an earlier one at most before it was replaced. */
export interface PlannedFiring {
  readonly id: string;
  readonly version: number;
  readonly kind: string;
  readonly obligationId: string;
  /** Milliseconds of business time. */
  readonly dueAt: number;
}

/** What was planned and then moved; the checks hold the databases against it. */
export interface DeadlineBook {
  readonly firings: readonly PlannedFiring[];
  /** Versions that were replaced while they waited: they must never fire. */
  readonly replaced: readonly PlannedFiring[];
}

export interface DeadlineLoadOptions {
  readonly count: number;
  readonly caseIds: readonly string[];
  readonly random: Random;
  /** The first is due after this, the last at the end of `spreadMs`. */
  readonly firstAfterMs: number;
  readonly spreadMs: number;
}

const sqlTime = (ms: number): string => new Date(ms).toISOString().replace('T', ' ').replace('Z', '');

export const businessNowMs = async (system: Pick<FaultSystem, 'rows'>): Promise<number> => {
  const [row] = await system.rows<{ ms: string }>('SELECT CAST(UNIX_TIMESTAMP(UTC_TIMESTAMP(3) + INTERVAL offset_seconds SECOND) * 1000 AS SIGNED) AS ms FROM supervision.business_clock');
  return Number(row?.ms);
};

/** Obligations and deadlines in the shape in which supervision writes them, due one after the other during the run. */
export async function plantDeadlines(system: FaultSystem, options: DeadlineLoadOptions): Promise<PlannedFiring[]> {
  const { count, caseIds, random, firstAfterMs, spreadMs } = options;
  const now = await businessNowMs(system);
  const obligations = Array.from({ length: Math.ceil(count / STEPS.length) }, (_, index) => ({ id: randomUUID(), caseId: caseIds[index % caseIds.length] ?? '' }));
  const slots = random.shuffle(Array.from({ length: count }, (_, index) => Math.round(now + firstAfterMs + (spreadMs * index) / count)));
  const firings = slots.map((dueAt, index): PlannedFiring & { caseId: string; step: number } => {
    const [kind, step] = STEPS[index % STEPS.length] ?? STEPS[0];
    const obligation = obligations[Math.floor(index / STEPS.length)] ?? { id: '', caseId: '' };
    return { id: randomUUID(), version: 1, kind, step, obligationId: obligation.id, caseId: obligation.caseId, dueAt };
  });
  const root = await connect(system.engines.checkUrl, 'supervision');
  try {
    // the daily check (03:00) would move these, whose times are the test's own, to where the law has them
    const nextYear = 'UTC_TIMESTAMP(3) + INTERVAL 1 YEAR';
    await root.query(`INSERT INTO deadline_checks (id, next_at) VALUES (1, ${nextYear}) ON DUPLICATE KEY UPDATE next_at = ${nextYear}`);
    await root.query(
      `INSERT INTO obligations (id, case_id, duty_code, state, obligor_unit_id, subject_type, subject_id, start_on, due_raw, due_on, is_provisional,
         rule_code, rule_version, calendar_version, jurisdiction_code, basis, source, declared_version, version) VALUES ?`,
      [obligations.map(({ id, caseId }) => [id, caseId, 'T4', 'OPEN', UNITS.housing.id, 'Case', caseId, TODAY, '2022-11-25', '2022-11-25', 0, 'T4', '2022-05-01', 'test', DISTRICT, '《信访工作条例》第三十四条', 'cases', 1, 1])],
    );
    await root.query('INSERT INTO deadlines (id, obligation_id, case_id, kind, step, due_at, state, version) VALUES ?', [
      firings.map((one) => [one.id, one.obligationId, one.caseId, one.kind, one.step, sqlTime(one.dueAt), 'ARMED', 1]),
    ]);
  } finally {
    await root.end();
  }
  return firings;
}

export interface ExtensionOptions {
  readonly random: Random;
  readonly percent: number;
  /** When the extending begins and how long it goes on. */
  readonly afterMs: number;
  readonly spreadMs: number;
  /** How much later they become due. */
  readonly byMs: number;
}

/** Moves some deadlines while they wait, as the service does it: a new time and the next version in one statement. */
export async function extendDeadlines(system: FaultSystem, firings: readonly PlannedFiring[], options: ExtensionOptions): Promise<DeadlineBook> {
  const { random, percent, afterMs, spreadMs, byMs } = options;
  const chosen = random.shuffle(firings).slice(0, Math.round((firings.length * percent) / 100));
  const moved = new Map<string, PlannedFiring>();
  await sleep(afterMs);
  for (const one of chosen) {
    const later: PlannedFiring = { ...one, version: one.version + 1, dueAt: one.dueAt + byMs };
    if (await move(system, later)) moved.set(one.id, later);
    await sleep(spreadMs / chosen.length);
  }
  return { firings: firings.map((one) => moved.get(one.id) ?? one), replaced: firings.filter(({ id }) => moved.has(id)) };
}

/** Tried until the database answers: an attempt whose answer was lost is told by the row's version. */
async function move(system: FaultSystem, { id, version, dueAt }: PlannedFiring): Promise<boolean> {
  for (;;) {
    try {
      await system.rows(`UPDATE supervision.deadlines SET due_at = ?, version = version + 1, armed_epoch = NULL, fired_at = NULL, fired_by = NULL WHERE id = ? AND version = ? AND state = 'ARMED'`, [sqlTime(dueAt), id, version - 1]);
      const [row] = await system.rows<{ version: number }>('SELECT version FROM supervision.deadlines WHERE id = ?', [id]);
      return row?.version === version;
    } catch {
      await sleep(200);
    }
  }
}
