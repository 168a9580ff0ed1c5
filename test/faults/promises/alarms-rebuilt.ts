import { holdDown, jobsIn, msUntil, until, type LocalSystem } from '../harness/probes';
import { createRandom } from '../harness/random';
import { judge, type Verdict } from '../harness/verdict';
import { registerCases } from '../harness/world';
import { plantDeadlines } from '../load/deadline-load';

const HOUR_MS = 3_600_000;
const REBUILT_WITHIN_MS = 10_000;

/** R4: an empty Redis gets every alarm back out of the database, and asking again adds none. */
export async function alarmsRebuilt(system: LocalSystem, { deadlines }: { deadlines: number }): Promise<Verdict> {
  const sums = judge('R4 alarms are rebuilt');
  const caseIds = await registerCases(system, 8);
  await plantDeadlines(system, { count: deadlines, caseIds, random: createRandom('alarms'), firstAfterMs: HOUR_MS, spreadMs: 40 * HOUR_MS });
  const alarms = async (): Promise<number> => new Set((await jobsIn(system, 'supervision.deadlines', 'delayed')).filter((id) => id.startsWith('at-'))).size;
  await until('every alarm is set', async () => (await alarms()) >= deadlines, 60_000);
  const before = await alarms();
  await system.engines.redis('FLUSHALL');
  sums.atMost('ms until rebuilt after FLUSHALL', await msUntil(async () => (await alarms()) >= before, 2 * REBUILT_WITHIN_MS), REBUILT_WITHIN_MS);
  sums.equal('alarms after FLUSHALL', await alarms(), before);

  // a crash between setting the alarms and noting it in the database: all are set once more, under the same ids
  const bringBack = await holdDown(system, 'supervision-worker');
  await system.rows('UPDATE supervision.deadlines SET armed_epoch = NULL, armed_version = 0');
  await bringBack();
  await until('every alarm is noted again', async () => (await system.rows<{ n: string }>("SELECT COUNT(*) AS n FROM supervision.deadlines WHERE state = 'ARMED' AND armed_version = version")).every(({ n }) => Number(n) >= before), 60_000);
  sums.equal('alarms after a second rebuilding', await alarms(), before);

  await system.engines.killRedis();
  system.engines.eraseRedis();
  await system.engines.restartRedis();
  sums.atMost('ms until rebuilt on an empty folder', await msUntil(async () => (await alarms()) >= before, 2 * REBUILT_WITHIN_MS), REBUILT_WITHIN_MS);
  await system.rows("UPDATE supervision.deadlines SET state = 'CANCELLED', version = version + 1 WHERE state = 'ARMED' AND obligation_id IN (SELECT id FROM supervision.obligations WHERE calendar_version = 'test')");
  return sums.verdict();
}
