import { oneOfEach } from './faults/fault-schedule';
import { chooseSeed, createRandom } from './harness/random';
import type { LocalEngines } from './harness/engines';
import { startLocalSystem, type FaultSystem } from './harness/system';
import { tell } from './harness/verdict';
import { storm } from './storm';

let system: FaultSystem<LocalEngines>;
jest.setTimeout(300_000);
beforeAll(async () => void (system = await startLocalSystem()), 240_000);
afterAll(() => system.stop(), 60_000);

/** Both engines die, Redis forgets everything, a worker and an HTTP process die, and a worker stands still. */
const SIX = [['kill -9', /^mariadbd$/], ['kill -9', /^redis$/], ['FLUSHALL', /redis/], ['kill -9', /-worker$/], ['kill -9', /^(gateway|cases|officials|supervision|assistance)$/], ['SIGSTOP', /-worker$/]] as const;

test('R1, R3 in small: 1,000 referrals and 200 deadlines through 6 faults: none lost, none twice, none early', async () => {
  const seed = chooseSeed();
  const verdict = await storm(system, { seed, referrals: 1_000, deadlines: 200, faults: 6, overMs: 15_000, hasSecondWorker: true, exactly: (all) => oneOfEach(all, SIX, createRandom(`${seed} six`)) });
  tell(verdict);
  expect(verdict.broken).toEqual([]);
});
