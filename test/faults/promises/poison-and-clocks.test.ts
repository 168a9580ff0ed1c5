import { expectKept } from '../harness/kept';
import type { LocalSystem } from '../harness/probes';
import { startLocalSystem } from '../harness/system';
import { clockTrouble } from './clock-trouble';
import { longOutage } from './long-outage';
import { poison } from './poison';
import { wrongClockLibrary } from './wrong-clock-library';

let system: LocalSystem;
jest.setTimeout(900_000);
beforeAll(async () => void (system = await startLocalSystem()), 240_000);
afterAll(() => system.stop(), 60_000);

test('R9: a message that waited through a long outage of its sender is not put aside', () => expectKept(longOutage(system)));
test('R9: poisoned messages are put aside, the others go on, and a replay does them once', () => expectKept(poison(system, { others: 200, isDeadly: true, isFailing: true })));
test('R20: clocks a minute and two days wrong: nothing is early', async () =>
  expectKept(clockTrouble(system, { library: await wrongClockLibrary(), offsets: ['+60s', '-60s', '+2d', '-2d'], deadlines: 50 })));
