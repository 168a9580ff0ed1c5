import { openWorld, type World } from '../attacks/world';
import { fuzz, tellFuzz } from './fuzz';

/** `ANJIE_SECURITY_SEED` sends the same again. */
const seed = process.env['ANJIE_SECURITY_SEED'] ?? 'S14';
const COUNT = 5_000;

let world: World;
beforeAll(async () => void (world = await openWorld()), 300_000);
afterAll(() => world?.stop(), 60_000);

test(`${COUNT} malformed and mutated requests are told nothing`, async () => {
  const result = await fuzz(world, { seed, count: COUNT });
  tellFuzz(seed, result);
  expect(result.broken).toEqual([]);
  // something got through as well: a gateway that refuses everything would tell nothing either
  expect(result.outcomes['data'] ?? 0).toBeGreaterThan(COUNT / 20);
  expect(result.outcomes['BAD_USER_INPUT'] ?? 0).toBeGreaterThan(COUNT / 20);
}, 900_000);
