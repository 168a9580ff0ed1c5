import type { LocalSystem } from '../harness/probes';
import { expectKept } from '../harness/kept';
import { startLocalSystem } from '../harness/system';
import { alarmsRebuilt } from './alarms-rebuilt';
import { frozenWorker } from './frozen-worker';
import { killedAgain, killedWorker } from './killed-worker';
import { lostReplies } from './lost-replies';
import { queueWiped } from './queue-wiped';

let system: LocalSystem;
jest.setTimeout(360_000);
beforeAll(async () => void (system = await startLocalSystem()), 240_000);
afterAll(() => system.stop(), 60_000);

test('R2: a full queue is wiped: each message is received, once', () => expectKept(queueWiped(system, { messages: 500 })));
test('R4: an empty Redis gets every alarm back', () => expectKept(alarmsRebuilt(system, { deadlines: 3_000 })));
test('R6: a worker is killed in the middle of a job: it comes back within 15 s', () => expectKept(killedWorker(system, { times: 3 })));
test('R7: a job whose worker is killed six times is done, once', () => expectKept(killedAgain(system, { times: 6 })));
test('R8: a frozen worker that wakes up late does nothing twice', () => expectKept(frozenWorker(system)));
test('R10: a thousand adds whose replies were lost are a thousand jobs', () => expectKept(lostReplies(system, { messages: 1_000 })));
