import { setTimeout as sleep } from 'node:timers/promises';
import type { Connection } from 'mysql2/promise';
import { connect } from '../stack/index';
import { BENCH_STEP, fillDeadlines, OBLIGATIONS_PER_CASE } from './data/deadlines-data';
import { loadData } from './data/load';
import type { BenchStep } from './index';
import { openReferralLoad, type Latency, type ReferralLoad } from './referral-load';
import { onWholeSystem, rowsOf, type QueueBench, type WholeSystem } from './whole-system';

const QUIET_S = 30;
const PER_SECOND = 10;
/** Seconds between setting the instant and the instant: every alarm is armed by then. */
const AHEAD_S = 60;
/** Reminders fall due at the beginning of a working day and overdue marks at its end: two days have no more instants. */
const INSTANTS = 4;

/** `npm run bench -- deadlines [--rows 100000]`: how long alarms take to be set again, and a burst to be fired; answers markdown. */
export function benchDeadlines(bench: QueueBench): Promise<string> {
  const { step } = bench;
  const rows = rowsOf(bench.args, 100_000);
  const cases = Math.ceil(rows / OBLIGATIONS_PER_CASE);
  return onWholeSystem(bench, async (system) => {
    await step(`loading ${cases.toLocaleString('en')} cases`, (progress) => loadData({ databaseUrl: system.databaseUrl, cases, progress }));
    const supervision = await connect(system.databaseUrl, 'supervision');
    await step(`making ${rows.toLocaleString('en')} deadlines`, () => fillDeadlines(supervision, rows));
    const referrals = await openReferralLoad(system);
    const lines = [...(await benchRebuild(system, supervision, step)), ...(await benchBurst(supervision, referrals, { rows, step }))];
    await Promise.all([supervision.end(), referrals.close()]);
    return [`### ${rows.toLocaleString('en')} deadlines`, '', '| what | measured | goal |', '|---|--:|--:|', ...lines];
  });
}

interface Run {
  readonly rows: number;
  readonly step: BenchStep;
}

const row = (what: string, measured: string, goal = ''): string => `| ${what} | ${measured} | ${goal} |`;
const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;

async function one<Row>(sql: Connection, text: string, params: readonly unknown[] = []): Promise<Row> {
  const [[found]] = (await sql.query(text, params as unknown[])) as unknown as [[Row]];
  return found;
}

function isDeadlock(error: unknown): false {
  if ((error as { errno?: number }).errno === 1213) return false;
  throw error;
}

/** Asks ten times a second, so ask for one row by an index: a count of all rows would take the system's share of the machine. */
async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 600_000; !(await isSo()); await sleep(100)) if (Date.now() > end) throw new Error(`not within ten minutes: ${what}`);
}

async function benchRebuild(system: WholeSystem, sql: Connection, step: BenchStep): Promise<string[]> {
  const epoch = async () => one<{ epoch: string; at: Date }>(sql, 'SELECT epoch, changed_at AS at FROM alarm_epoch');
  const isArmed = async (): Promise<boolean> => {
    const { epoch: current } = await epoch();
    const without = (epochs: string): string => `EXISTS (SELECT 1 FROM deadlines WHERE state = 'ARMED' AND armed_epoch ${epochs})`;
    const { n } = await one<{ n: number }>(sql, `SELECT ${without('IS NULL')} OR ${without('< ?')} OR ${without('> ?')} AS n`, [current, current]);
    return Number(n) === 0;
  };
  const inRedis = async (): Promise<string> => Number((await system.redis('ZCARD {supervision}:supervision.deadlines:delayed')).slice(1)).toLocaleString('en');
  const rebuild = async (command: string) => {
    const before = await epoch();
    const began = Date.now();
    await system.redis(command);
    await until('a new epoch', async () => (await epoch()).epoch !== before.epoch);
    const noticed = Date.now();
    await until('every alarm', isArmed);
    return { noticedMs: noticed - began, armedMs: Date.now() - noticed, alarms: await inRedis() };
  };
  await step('waiting until every alarm is set', () => until('every alarm', isArmed));
  const wiped = await step('FLUSHALL, and waiting for every alarm', () => rebuild('FLUSHALL'));
  const again = await step('a second rebuild', () => rebuild('DEL {supervision}:alarm:epoch'));
  await step(`the same at ${INSTANTS} instants`, async () => {
    await until('the instants', () => sql.query(`UPDATE deadlines SET due_at = UTC_TIMESTAMP() + INTERVAL 20 + MOD(CRC32(id), ${INSTANTS}) HOUR, version = version + 1, armed_epoch = NULL WHERE step = ? ORDER BY id`, [BENCH_STEP]).then(() => true, isDeadlock));
    await until('every alarm', isArmed);
  });
  const usual = await step('FLUSHALL once more', () => rebuild('FLUSHALL'));
  return [
    row('FLUSHALL: noticed after', seconds(wiped.noticedMs), '≤ 5 s'),
    row(`all set again, each at an instant of its own (${wiped.alarms} alarms)`, seconds(wiped.armedMs), '≤ 10 s'),
    row(`once more without a loss (${again.alarms} alarms)`, seconds(again.armedMs), 'adds 0'),
    row(`all set again, at ${INSTANTS} instants (${usual.alarms} alarms)`, seconds(usual.armedMs), '≤ 10 s'),
  ];
}

async function benchBurst(sql: Connection, referrals: ReferralLoad, { rows, step }: Run): Promise<string[]> {
  const quietEnd = Date.now() + QUIET_S * 1_000;
  const quiet = await step('measuring referrals while nothing is due', () => referrals.measure(PER_SECOND, () => Date.now() > quietEnd));
  const { at } = await one<{ at: Date }>(sql, `SELECT UTC_TIMESTAMP(3) + INTERVAL ${AHEAD_S} SECOND AS at`);
  // in the order of the key, as whoever sets alarms: one statement over all rows may still lose to it
  await until('the same instant for all', () => sql.query('UPDATE deadlines SET due_at = ?, version = version + 1, armed_epoch = NULL WHERE step = ? ORDER BY id', [at, BENCH_STEP]).then(() => true, isDeadlock));
  await step('waiting for the instant', () => sleep(Math.max(0, at.getTime() - Date.now())));
  let isOver = false;
  const burst = step('everything is due', async () => {
    await until('every effect', async () => Number((await one<{ n: number }>(sql, "SELECT EXISTS (SELECT 1 FROM deadlines WHERE state = 'ARMED' AND due_at <= ?) AS n", [at])).n) === 0);
    isOver = true;
    return Date.now() - at.getTime();
  });
  const [busy, tookMs] = await Promise.all([referrals.measure(PER_SECOND, () => isOver), burst]);
  return [...(await burstLines(sql, { rows, tookMs })), ...otherQueue(quiet, busy)];
}

async function burstLines(sql: Connection, { rows, tookMs }: { rows: number; tookMs: number }): Promise<string[]> {
  const late = async (share: number): Promise<string> => {
    const { ms } = await one<{ ms: string }>(
      sql, 'SELECT TIMESTAMPDIFF(MICROSECOND, due_at, fired_at) / 1000 AS ms FROM deadlines WHERE step = ? ORDER BY fired_at LIMIT 1 OFFSET ?', [BENCH_STEP, Math.min(rows - 1, Math.floor(rows * share))],
    );
    return seconds(Number(ms));
  };
  const counts = await one<{ alarms: string; early: string; effects: string; reminders: string; overdue: string }>(
    sql,
    `SELECT SUM(d.fired_by = 'ALARM') AS alarms, SUM(d.fired_at < d.due_at) AS early, COUNT(e.deadline_id) AS effects,
            SUM(e.outcome = 'REMINDED') AS reminders, SUM(e.outcome = 'OVERDUE') AS overdue
       FROM deadlines d LEFT JOIN deadline_effects e ON e.deadline_id = d.id WHERE d.step = ?`,
    [BENCH_STEP],
  );
  return [
    row('all due at one instant: time until the last effect', seconds(tookMs), '≤ 120 s'),
    row('lateness p50 / p99 / max', `${await late(0.5)} / ${await late(0.99)} / ${await late(1)}`),
    row('fired by alarm / by the sweep', `${counts.alarms} / ${rows - Number(counts.alarms)}`),
    row('effects · early · reminded · marked overdue', `${counts.effects} · ${counts.early} · ${counts.reminders} · ${counts.overdue}`, `${rows} · 0`),
  ];
}

function otherQueue(quiet: Latency, busy: Latency): string[] {
  const ms = ({ referrals, p50, p99, max, unanswered }: Latency): string =>
    `${p50.toFixed(0)} / ${p99.toFixed(0)} / ${max.toFixed(0)} ms (${referrals}${unanswered > 0 ? `, ${unanswered} unanswered` : ''})`;
  return [
    row('a referral meanwhile, quiet: p50 / p99 / max', ms(quiet)),
    row('a referral meanwhile, during the burst', ms(busy)),
    row('ratio of its p99', `${(busy.p99 / quiet.p99).toFixed(2)} ×`, '≤ 2 ×'),
  ];
}
