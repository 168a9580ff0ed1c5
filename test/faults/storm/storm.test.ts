import { randomBytes } from 'node:crypto';
import { expectKept } from '../harness/kept';
import { startLocalSystem } from '../harness/system';
import { storm } from '../storm';

const CHOSEN = process.env['ANJIE_FAULTS_SEED'];
const SEEDS = CHOSEN === undefined ? Array.from({ length: 3 }, () => randomBytes(4).toString('hex')) : [CHOSEN];

jest.setTimeout(900_000);

test.each(SEEDS)('R1, R3, seed %s: 10,000 referrals and 2,000 deadlines through 50 faults: none lost, none twice, none early', async (seed) => {
  const system = await startLocalSystem();
  try {
    await expectKept(storm(system, { seed, referrals: 10_000, deadlines: 2_000, faults: 50, overMs: 200_000, hasSecondWorker: true }));
  } finally {
    await system.stop();
  }
});
