import { expectKept } from '../harness/kept';
import type { LocalSystem } from '../harness/probes';
import { startLocalSystem } from '../harness/system';
import { gracefulStop } from './graceful-stop';
import { idempotency } from './idempotency';
import { lostUpdate } from './lost-update';
import { outOfOrder } from './out-of-order';
import { reconciliation } from './reconciliation';

let system: LocalSystem;
jest.setTimeout(900_000);
beforeAll(async () => void (system = await startLocalSystem()), 240_000);
afterAll(() => system.stop(), 60_000);

test('R11: the same mutation a hundred times, its answer lost, its process killed: done once, answered alike', () => expectKept(idempotency(system, { parallel: 100 })));
test('R12: two hundred clients change one case: none writes over another', () => expectKept(lostUpdate(system, { clients: 200, rounds: 3 })));
test('R17: told to stop twenty times under load: no job left behind, no request cut off', () => expectKept(gracefulStop(system, { stops: 20 })));
test('R23: snapshots of a hundred cases shuffled, late and twice: the newest stands', () => expectKept(outOfOrder(system, { cases: 100, changes: 4 })));
test('R24: ten messages deleted and ten never arrived: one comparison reports twenty and mends them', () => expectKept(reconciliation(system, { each: 10 })));
