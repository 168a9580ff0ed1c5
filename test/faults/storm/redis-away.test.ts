import { expectKept } from '../harness/kept';
import type { LocalSystem } from '../harness/probes';
import { startLocalSystem } from '../harness/system';
import { redisDown } from '../promises/redis-down';

// here and not beside other promises: it compares times, and a neighbour's work would be in one of them
let system: LocalSystem;
jest.setTimeout(360_000);
beforeAll(async () => void (system = await startLocalSystem()), 240_000);
afterAll(() => system?.stop(), 60_000);

test('R5: Redis is away for a minute and a half: mutations and deadlines go on', () => expectKept(redisDown(system, { downMs: 90_000, perSecond: 4 })));
