import { openTestDatabase, eventually, rows, silent } from '@anjie/testing';
import { kitMigrations, kitTables } from '../src/database';
import { closeAll, type Closable } from '../src/runtime';
import { runPeriodically, type PeriodicTask } from '../src/upkeep';

let database: Awaited<ReturnType<typeof openTestDatabase>>;
const workers: Closable[] = [];
beforeAll(async () => void (database = await openTestDatabase({ service: 'kit_periodic', tables: kitTables, migrations: kitMigrations })));
beforeEach(() => database.truncate());
afterEach(() => closeAll(workers.splice(0)));
afterAll(() => database.close());

const start = (work: PeriodicTask['work'], when: PeriodicTask['when'] = { everyS: 3600 }) => {
  const worker = runPeriodically({ db: database.db, log: silent, tasks: [{ name: 'task', when, work }], everyMs: 20 });
  workers.push(worker);
  return worker;
};
const row = async () => (await rows<{ next_at: Date; argument: string | null; failure: string | null; claim_token: string | null; finished_at: Date | null }>(database.db, 'SELECT * FROM periodic_tasks'))[0];
const makeDue = () => database.db.query('UPDATE periodic_tasks SET next_at = UTC_TIMESTAMP(3)');
const listed = () => eventually('the task is listed', row);

test('what is due is done once, however many workers look, and is due again an interval later', async () => {
  let runs = 0;
  for (let i = 0; i < 4; i += 1) start(async () => void (runs += 1));
  await listed();
  expect(runs).toBe(0);
  await makeDue();
  const done = await eventually('it ran', async () => (await row())?.finished_at !== null && row());
  expect(runs).toBe(1);
  expect(done?.next_at.getTime()).toBeGreaterThan(Date.now() + 3_500_000);
});

test('work of a killed worker is taken by another when its lease is over, not before', async () => {
  await database.db.query(`INSERT INTO periodic_tasks (name, next_at, claim_token, lease_until) VALUES ('task', UTC_TIMESTAMP(3), UUID(), UTC_TIMESTAMP(3) + INTERVAL 1 HOUR)`);
  let looks = 0;
  let runs = 0;
  workers.push(runPeriodically({
    db: database.db, log: silent, everyMs: 20,
    tasks: [{ name: 'task', when: { everyS: 3600 }, work: async () => void (runs += 1) }, { name: 'other', when: { everyS: 0 }, work: async () => void (looks += 1) }],
  }));
  await eventually('the worker has looked', async () => looks >= 3);
  expect(runs).toBe(0);
  await database.db.query(`UPDATE periodic_tasks SET lease_until = UTC_TIMESTAMP(3) - INTERVAL 1 SECOND WHERE name = 'task'`);
  await eventually('it ran', async () => runs === 1);
});

test('work that failed says why and is tried again in five minutes; work that went well forgets it', async () => {
  let isBroken = true;
  start(() => (isBroken ? Promise.reject(new Error('the peer is away')) : Promise.resolve()));
  await listed();
  await makeDue();
  const failed = await eventually('it failed', async () => { const now = await row(); return now?.failure != null && now; });
  expect(failed.failure).toBe('the peer is away');
  expect(failed.next_at.getTime()).toBeLessThan(Date.now() + 310_000);
  expect(failed.next_at.getTime()).toBeGreaterThan(Date.now() + 200_000);
  isBroken = false;
  await makeDue();
  await eventually('it went well', async () => (await row())?.failure === null);
});

test('what is asked for while it runs is done afterwards, with what was asked', async () => {
  const asked: (string | null)[] = [];
  let go: () => void = () => undefined;
  start(async (argument) => {
    asked.push(argument);
    if (asked.length === 1) await new Promise<void>((resolve) => (go = resolve));
  });
  await listed();
  await makeDue();
  await eventually('the first run', async () => asked.length === 1);
  await database.db.query(`UPDATE periodic_tasks SET requested_at = UTC_TIMESTAMP(3), next_at = UTC_TIMESTAMP(3), argument = '2025-08-04'`);
  go();
  await eventually('the second run', async () => asked.length === 2);
  expect(asked).toEqual([null, '2025-08-04']);
  expect(await eventually('it rests', async () => { const now = await row(); return now?.claim_token === null && now; })).toMatchObject({ argument: null });
});

test('a worker that is told to end stops between steps and leaves the rest to the next one', async () => {
  let steps = 0;
  const first = start(async (_argument, signal) => {
    while (!signal.aborted && steps < 1_000) {
      steps += 1;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  });
  await listed();
  await makeDue();
  await eventually('it works', async () => steps > 2);
  await first.close();
  expect(steps).toBeLessThan(1_000);
  expect(await row()).toMatchObject({ claim_token: null, finished_at: null });
  let isTaken = false;
  start(async () => void (isTaken = true));
  await eventually('the next one takes it', async () => isTaken);
});
