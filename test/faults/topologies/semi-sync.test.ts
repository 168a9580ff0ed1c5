import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { checkoutPaths, connect, findOrFetchEngines, startSemiSyncMariadb, until, type SemiSyncMariadb } from '@anjie/devtools';
import { openFloatingAddress, type FloatingAddress } from './floating-address';

let dir: string;
let pair: SemiSyncMariadb;
let address: FloatingAddress;
jest.setTimeout(300_000);
beforeAll(async () => {
  const paths = checkoutPaths(__dirname);
  mkdirSync(join(paths.state, 't'), { recursive: true });
  dir = mkdtempSync(join(paths.state, 't', 'semi-'));
  pair = await startSemiSyncMariadb(await findOrFetchEngines({ cacheDir: paths.cacheDir, log: () => undefined }), dir);
  address = await openFloatingAddress(join(dir, 'a'), pair.writer().socketPath());
  await pair.writer().query("CREATE DATABASE drill");
  await pair.writer().query('CREATE TABLE drill.notes (id INT PRIMARY KEY)');
});
afterAll(async () => {
  await address?.close();
  await pair?.stop();
  rmSync(dir, { recursive: true, force: true });
});

test('pair', async () => {
  const acked: number[] = [];
  let next = 0;
  let stopped = false;
  let longest = 0;
  let last = performance.now();
  const clerk = async (): Promise<void> => {
    while (!stopped) {
      try {
        const db = await connect(`mysql://root@localhost?socketPath=${address.socketPath}`, 'drill');
        db.on('error', () => undefined);
        while (!stopped) {
          const id = (next += 1);
          await db.query('INSERT INTO notes VALUES (?)', [id]);
          acked.push(id);
          longest = Math.max(longest, performance.now() - last);
          last = performance.now();
        }
        db.destroy();
      } catch {
        await sleep(50);
      }
    }
  };
  const clerks = Promise.all(Array.from({ length: 4 }, clerk));
  await until('200', 30_000, async () => acked.length > 200);
  // frozen
  pair.replica().freeze();
  await sleep(1000);
  const frozenAt = acked.length;
  await sleep(4000);
  const duringFreeze = acked.length - frozenAt;
  const status = await pair.status('Rpl_semi_sync_master_status');
  pair.replica().thaw();
  await until('more', 30_000, async () => acked.length > frozenAt + 100);
  const longestFrozen = longest;
  longest = 0;
  const killedAt = performance.now();
  await pair.writer().kill9();
  const ackedThen = acked.slice();
  await pair.promote();
  const promotedMs = performance.now() - killedAt;
  const there = new Set((await pair.writer().query<{ id: number }>('SELECT id FROM drill.notes')).map(({ id }) => id));
  const missing = ackedThen.filter((id) => !there.has(id));
  address.moveTo(pair.writer().socketPath());
  await pair.rejoin();
  const rejoinedMs = performance.now() - killedAt;
  await until('more', 30_000, async () => acked.length > ackedThen.length + 100);
  stopped = true;
  await clerks;
  console.log({ duringFreeze, status, longestFrozen, ackedThen: ackedThen.length, missing, promotedMs, rejoinedMs, longest, acked: acked.length });
});
