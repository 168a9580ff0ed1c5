import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fetch } from 'undici';
import { parse } from 'yaml';
import { openTestDatabase, silent, testEngines } from '@anjie/testing';
import { kitMigrations, kitTables, newMessageId } from '../src/database';
import { openQueue, openWorker } from '../src/messaging';
import { closeAll, type Closable } from '../src/runtime';
import { serveHealth } from '../src/subgraph';
import { METRICS } from '../src/upkeep';

let database: Awaited<ReturnType<typeof openTestDatabase>>;
const parts: Closable[] = [];
beforeAll(async () => void (database = await openTestDatabase({ service: 'kit_metrics', tables: kitTables, migrations: kitMigrations })));
beforeEach(() => database.truncate());
afterEach(() => closeAll(parts.splice(0)));
afterAll(() => database.close());

const ALERTS = join(__dirname, '../../../infra/prometheus/alerts.yaml');

/** Value by `name{labels}` without the label `service`. */
async function scrape(redisUrl = testEngines().redis): Promise<ReadonlyMap<string, number>> {
  const env = { ANJIE_HOST: '127.0.0.1', ANJIE_PORT: 0, ANJIE_REDIS_URL: redisUrl };
  const server = await serveHealth({ service: 'supervision', db: database.db, env, log: silent }, [{ name: 'anjie_deadline_oldest_unfired_seconds', read: async () => 12.5 }, { name: 'anjie_readings_most_in_hour', read: async () => 3 }]);
  parts.push(server);
  const response = await fetch(`http://127.0.0.1:${server.port}/metrics`);
  expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
  const lines = (await response.text()).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  expect(lines.every((line) => line.includes('service="supervision"'))).toBe(true);
  return new Map(lines.map((line) => {
    const at = line.lastIndexOf(' ');
    return [line.slice(0, at).replace(/,?service="supervision"/, '').replace('{}', ''), Number(line.slice(at + 1))] as const;
  }));
}

async function haveTrouble(): Promise<void> {
  const message = (state: string, age: number) => [newMessageId(Date.now() - age * 1000), 'cases', 'closing', 't', randomUUID(), 1, 1, '{}', Buffer.alloc(32), 'r', state, new Date(), new Date(Date.now() - age * 1000)];
  await database.db.query(
    'INSERT INTO outbox_messages (id, dest, concern, topic, aggregate_id, aggregate_version, schema_version, payload, payload_mac, request_id, state, next_at, created_at) VALUES ?',
    [[message('PENDING', 70), message('PENDING', 5), message('PUBLISHED', 10), message('DEAD', 500), message('ACKED', 900)]],
  );
  await database.db.query(`INSERT INTO dead_letters (id, queue, job_id, reason, failed_at, settled_at) VALUES (?, 'q', '1', 'r', UTC_TIMESTAMP(3), NULL), (?, 'q', '2', 'r', UTC_TIMESTAMP(3), UTC_TIMESTAMP(3))`, [randomUUID(), randomUUID()]);
  await database.db.query(`INSERT INTO reconciliations VALUES (UTC_DATE(), 'cases', 3, 2, REPEAT('a', 32), REPEAT('b', 32), 4, 1, 2, 0, 3, UTC_TIMESTAMP(3) - INTERVAL 90 SECOND)`);
  await database.db.query(`INSERT INTO periodic_tasks (name, next_at, failure) VALUES ('retention', UTC_TIMESTAMP(3), 'no')`);
}

test('a worker tells what waits, what was refused, what did not agree, and how full its queues and Redis are', async () => {
  await haveTrouble();
  const queue = openQueue(testEngines().redis, 'supervision', 'obligations');
  await queue.waitUntilReady();
  await queue.add('later', {}, { delay: 3_600_000, jobId: 'later' });
  const told = await scrape();
  await queue.remove('later');
  await queue.close();
  expect(Object.fromEntries(told)).toMatchObject({
    'anjie_outbox_messages{state="PENDING"}': 2, 'anjie_outbox_messages{state="CLAIMED"}': 0, 'anjie_outbox_messages{state="PUBLISHED"}': 1, 'anjie_outbox_messages{state="DEAD"}': 1,
    anjie_dead_letters_open: 1, anjie_reconciliation_bad_runs: 3, 'anjie_reconciliation_findings{kind="missing"}': 4, 'anjie_reconciliation_findings{kind="phantom"}': 1,
    'anjie_reconciliation_findings{kind="mismatched"}': 2, 'anjie_periodic_task_failed{task="retention"}': 1, anjie_deadline_oldest_unfired_seconds: 12.5,
    'anjie_queue_jobs{queue="supervision.obligations",state="delayed"}': 1, 'anjie_part_up{part="database"}': 1, 'anjie_part_up{part="redis"}': 1,
  });
  expect(told.get('anjie_outbox_oldest_unacked_seconds')).toBeGreaterThanOrEqual(70);
  expect(told.get('anjie_outbox_oldest_unacked_seconds')).toBeLessThan(130);
  expect(told.get('anjie_reconciliation_age_seconds')).toBeGreaterThanOrEqual(90);
  expect(Math.abs(told.get('anjie_clock_skew_seconds') ?? 9)).toBeLessThan(2);
  expect(told.get('anjie_redis_memory_ratio')).toBeGreaterThan(0);
  expect([...told.keys()].some((name) => name.startsWith('nodejs_eventloop_lag_seconds'))).toBe(true);
});

test('without Redis the database\'s part is told, what is not known is left out, and the part is marked', async () => {
  const told = await scrape('unix:///nowhere/redis.sock');
  expect([told.get('anjie_part_up{part="database"}'), told.get('anjie_part_up{part="redis"}'), told.get('anjie_outbox_oldest_unacked_seconds')]).toEqual([1, 0, 0]);
  expect([...told.keys()].filter((name) => name.startsWith('anjie_redis') || name.startsWith('anjie_queue') || name === 'anjie_reconciliation_age_seconds')).toEqual([]);
});

test('every metric that an alert names is exported, and every metric of ours that means trouble has an alert', async () => {
  await haveTrouble();
  const worker = openWorker({ redisUrl: testEngines().redis, service: 'supervision', concern: 'kit-metrics', log: silent }, async () => undefined);
  parts.push({ close: () => worker.close() });
  const exported = new Set([...(await scrape()).keys()].map((name) => name.replace(/\{.*/, '')));
  const { groups } = parse(readFileSync(ALERTS, 'utf8')) as { groups: { rules: { alert: string; expr: string; annotations: { summary: string; action: string } }[] }[] };
  const rules = groups.flatMap((group) => group.rules);
  const named = new Set(rules.flatMap(({ expr }) => expr.match(/\banjie_\w+/g) ?? []));
  expect([...named].filter((name) => !exported.has(name))).toEqual([]);
  expect(Object.keys(METRICS).filter((name) => !named.has(name))).toEqual(['anjie_reconciliation_findings', 'anjie_queue_jobs']);
  expect([...exported].filter((name) => name.startsWith('anjie_')).sort()).toEqual(Object.keys(METRICS).sort());
  for (const { annotations } of rules) expect(annotations).toMatchObject({ summary: expect.stringMatching(/./) as unknown, action: expect.stringMatching(/./) as unknown });
});
