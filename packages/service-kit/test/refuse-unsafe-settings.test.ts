import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { openTestDatabase, testEngines } from '@anjie/testing';
import { kitMigrations, kitTables, setClockOffset, unsafeDatabaseSettings } from '../src/database';
import { openRedis } from '@anjie/redis';
import { unsafeRedisSettings } from '../src/messaging';
import { commonEnv, readEnv, type CommonEnv, type Logger } from '../src/runtime';
import { openService, refuseUnsafeSettings } from '../src/subgraph';

let database: { db: DataSource; close(): Promise<void> };
beforeAll(async () => (database = await openTestDatabase({ service: 'kit_safety', tables: kitTables, migrations: kitMigrations })));
afterEach(() => setClockOffset(database.db.manager, 0));
afterAll(() => database?.close());

test('a database that would lose an acknowledged change in a power cut is named, with what to set', async () => {
  // the engines of a test run are fast rather than durable
  expect(await unsafeDatabaseSettings(database.db, 'PRODUCTION')).toEqual(['set innodb_flush_log_at_trx_commit=1: an acknowledged change must survive a power cut']);
});

test('a business clock that was moved is refused in production and allowed in the demo', async () => {
  await setClockOffset(database.db.manager, 86_400);
  expect((await unsafeDatabaseSettings(database.db, 'PRODUCTION')).join()).toContain('business_clock holds an offset of 86400 s; set it to 0');
  expect((await unsafeDatabaseSettings(database.db, 'DEMO')).join()).not.toContain('business_clock');
});

test('a session in another time zone is named', async () => {
  const runner = database.db.createQueryRunner();
  try {
    await runner.query("SET SESSION time_zone = '+08:00'");
    const onThis = { ...database.db, manager: runner.manager } as unknown as DataSource;
    expect((await unsafeDatabaseSettings(onThis, 'PRODUCTION')).join()).toContain("default_time_zone='+00:00'");
  } finally {
    await runner.query("SET SESSION time_zone = '+00:00'");
    await runner.release();
  }
});

test('the Redis of a test run is safe; one that would drop jobs is named; one that is away is an error', async () => {
  const { redis } = testEngines();
  expect(await unsafeRedisSettings(redis)).toEqual([]);
  const client = openRedis(redis, 'QUESTION');
  await client.connect();
  try {
    await client.config('SET', 'maxmemory-policy', 'allkeys-lru');
    expect(await unsafeRedisSettings(redis)).toEqual(['set maxmemory-policy noeviction: "allkeys-lru" silently drops jobs']);
  } finally {
    await client.config('SET', 'maxmemory-policy', 'noeviction');
    client.disconnect();
  }
  await expect(unsafeRedisSettings('unix:///nowhere/redis.sock')).rejects.toThrow();
});

test('an environment that is not usable says which variables to change', () => {
  expect(() => readEnv(commonEnv, { APOLLO_TELEMETRY_DISABLED: '0', ANJIE_DATABASE_URL: 'postgres://x' })).toThrow(
    /ANJIE_DATABASE_URL[\s\S]*APOLLO_TELEMETRY_DISABLED: set APOLLO_TELEMETRY_DISABLED=1: nothing may phone home/,
  );
});

test('a service whose files cannot be kept does not start in production; in the demo it warns', async () => {
  const log = { warn: jest.fn() } as unknown as Logger;
  const open = (mode: 'PRODUCTION' | 'DEMO') => ({ db: database.db, env: { ANJIE_MODE: mode } as CommonEnv, log });
  const fault = 'make the bucket of ANJIE_STORAGE_URL: it does not exist';
  await expect(refuseUnsafeSettings(open('PRODUCTION'), 'HTTP', [fault])).rejects.toThrow(`  - ${fault}`);
  await refuseUnsafeSettings(open('DEMO'), 'HTTP', [fault]);
  expect(log.warn).toHaveBeenCalledWith({ settings: expect.arrayContaining([fault]) }, expect.any(String));
});

test('a service does not start with a local time limit that is wrong: file, row and field are named', async () => {
  const folder = mkdtempSync(join(process.env['ANJIE_TEST_DIR'] ?? '.', 'rulebooks-'));
  writeFileSync(join(folder, 'jiaxing.yaml'), 'rules:\n  - code: T8\n    amount: 45日\n');
  const env = readEnv(commonEnv, {
    APOLLO_TELEMETRY_DISABLED: '1', ANJIE_DATABASE_URL: 'mysql://nobody@localhost', ANJIE_REDIS_URL: 'redis://localhost', ANJIE_INTERNAL_KEYRING_FILE: 'k',
    ANJIE_INTERNAL_PRIVATE_KEY_FILE: 'k', ANJIE_MESSAGE_KEY_FILE: 'k', ANJIE_AUDIT_KEY_FILE: 'k', ANJIE_SUBGRAPH_URLS: '', ANJIE_LOG_LEVEL: 'silent', ANJIE_RULEBOOK_DIR: folder,
  });
  await expect(openService({ service: 'cases', env, tables: [], migrations: [] })).rejects.toThrow(/jiaxing\.yaml, row 1 \(T8, line 2\), amount: must be a whole number/);
});
