import { randomBytes } from 'node:crypto';
import { select } from '@anjie/service-kit/database';
import { createKeyEncryption, openVault, suiteNamed, vaultMigrations } from '@anjie/service-kit/vault';
import { readArguments, runCommand } from '../src/cli';
import { OFFICIALS, openOpsWorld, type OpsWorld } from './ops-world';

let world: OpsWorld;
const [old, next] = [randomBytes(32), randomBytes(32)];
beforeAll(async () => {
  world = await openOpsWorld();
  const runner = cases().createQueryRunner();
  const [done] = await select<{ n: string }>(cases().manager, "SELECT COUNT(*) AS n FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'key_rotations'");
  if (Number(done?.n) === 0) for (const Step of vaultMigrations) await new Step().up(runner);
  await runner.release();
});
beforeEach(async () => {
  await world.reset();
  await cases().query('DELETE FROM data_keys');
  await cases().query('DELETE FROM key_rotations');
});
afterAll(() => world.close());

const cases = () => world.system.db('cases');
const open = (current: Buffer, previous?: Buffer) => openVault({
  db: cases(), columns: {}, fileClasses: ['IDENTITY', 'PAPER'], secrets: { INDEX_PHONE: 'index/phone' }, suite: suiteNamed('AES-256-GCM'), variable: 'X',
  kek: { current: createKeyEncryption(current), previous: previous && createKeyEncryption(previous) },
});
const NAMES = ['--by', OFFICIALS.first, '--confirmed-by', OFFICIALS.second];
const run = (...args: string[]) => runCommand({ ...world.system, keyFiles: () => ({ current: next.toString('base64'), previous: old.toString('base64'), suite: 'SM4-CTR-HMAC-SM3' }) }, readArguments(['rotate', ...args]));

test('kek: every data key is wrapped by the new file, in the names of two officials, and the old file is said to be needed no more', async () => {
  await open(old);
  const { text, code } = await run('kek', ...NAMES);
  expect([text, code]).toEqual([expect.stringContaining('Wrapped anew: 3.'), 0]);
  expect(text).toContain('the previous file may go');
  await open(next);
  await expect(open(old)).rejects.toThrow('does not hold the key');
  expect((await select<{ action: string }>(cases().manager, 'SELECT action FROM audit_entries')).map(({ action }) => action)).toEqual(['KEYS_REWRAPPED']);
});

test('data and index: asked for once, seen in the status; unknown classes and a single official are refused', async () => {
  await open(old);
  expect((await run('data', '--class', 'ALL', ...NAMES)).text).toMatch(/IDENTITY +[0-9a-f-]{36}\nPAPER +[0-9a-f-]{36}/);
  expect((await run('data', '--class', 'PAPER', ...NAMES)).text).toContain('is under way already');
  expect((await run('index', ...NAMES)).text).toContain('SECRET_INDEX_PHONE');
  const status = await run('status');
  expect(status.code).toBe(0);
  for (const part of ['IDENTITY', 'REQUESTED', '3 data keys are wrapped by']) expect(status.text).toContain(part);
  await cases().query("UPDATE key_rotations SET state = 'BLOCKED' WHERE key_class = 'PAPER'");
  expect((await run('status', '--json')).code).toBe(1);
  await expect(run('data', '--class', 'NOTHING', ...NAMES)).rejects.toThrow('Known: IDENTITY, PAPER, ALL');
  await expect(run('kek', '--by', OFFICIALS.first)).rejects.toThrow('--confirmed-by');
  await expect(run('kek', '--by', OFFICIALS.first, '--confirmed-by', OFFICIALS.first)).rejects.toThrow('Two different officials');
  await expect(run('everything')).rejects.toThrow('rotate what?');
});
