import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startRedis, startSemiSyncMariadb, type SemiSyncMariadb } from '@anjie/devtools';
import type { FaultEngines, StartEngines } from '../harness/engines';
import { openFloatingAddress } from './floating-address';

const STALLED_MS = 4_000;

/** While the replica stood still: whether the writer still insisted on it, what it committed meanwhile, and what ever without the replica. */
export interface Stall {
  readonly status: string;
  readonly committed: number;
  readonly unconfirmed: number;
}

export interface SemiSyncEngines extends FaultEngines {
  readonly pair: SemiSyncMariadb;
  /** Milliseconds from the death of a writer until the other one took writes, and until commits were confirmed again. */
  readonly failoverMs: { readonly promoted: number; readonly confirmed: number }[];
  readonly stalls: Stall[];
}

/** A writer and a semi-synchronous replica behind one address, which the services dial; one Redis. */
export const startSemiSyncEngines: StartEngines<SemiSyncEngines> = async (dir, binaries) => {
  const [pair, redis] = await Promise.all([startSemiSyncMariadb(binaries, join(dir, 'pair')), startRedis(binaries, { dir: join(dir, 'r') })]);
  const address = await openFloatingAddress(join(dir, 'address'), pair.writer().socketPath());
  const url = `mysql://root@localhost?socketPath=${address.socketPath}`;
  const failoverMs: { promoted: number; confirmed: number }[] = [];
  const stalls: Stall[] = [];
  return {
    databaseUrl: url, checkUrl: url, redisUrl: `unix://${redis.socketPath}`, pair, failoverMs, stalls,
    faults: [
      {
        kind: 'kill -9, the replica is promoted', target: 'mariadbd', weight: 1,
        async strike() {
          const startedAt = performance.now();
          await pair.writer().kill9();
          await pair.promote();
          address.moveTo(pair.writer().socketPath());
          const promoted = Math.round(performance.now() - startedAt);
          await pair.rejoin();
          failoverMs.push({ promoted, confirmed: Math.round(performance.now() - startedAt) });
        },
      },
      {
        kind: `SIGSTOP of the replica for ${STALLED_MS} ms`, target: 'mariadbd', weight: 1,
        async strike() {
          pair.replica().freeze();
          // what was confirmed before it stood still is committed in the first moment
          await sleep(500);
          const before = await committed(pair);
          await sleep(STALLED_MS - 500);
          stalls.push({ status: await pair.status('Rpl_semi_sync_master_status'), committed: (await committed(pair)) - before, unconfirmed: Number(await pair.status('Rpl_semi_sync_master_no_tx')) });
          pair.replica().thaw();
        },
      },
    ],
    async stop() {
      await address.close();
      await Promise.all([pair.stop(), redis.stop()]);
    },
  };
};

const committed = async (pair: SemiSyncMariadb): Promise<number> =>
  Number(await pair.status('Rpl_semi_sync_master_yes_tx')) + Number(await pair.status('Rpl_semi_sync_master_no_tx'));
