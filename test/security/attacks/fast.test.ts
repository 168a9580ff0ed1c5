import { attackTests } from './attack-tests';
import { askAs, DEVELOPERS_CHECKS, findingsOf } from './graphql-cop';
import { FAST_GROUPS } from './groups';
import { openWorld, type World } from './world';
import { fuzz, tellFuzz } from '../fuzz/fuzz';

jest.setTimeout(120_000);
let world: World;
beforeAll(async () => void (world = await openWorld()), 300_000);
afterAll(() => world?.stop(), 60_000);

attackTests({ groups: FAST_GROUPS, isFast: true, world: () => world });

test('the checks of graphql-cop find nothing', async () => expect(await findingsOf(askAs(world))).toEqual([]));
test('the same checks find introspection and GraphiQL where the development issuer is on', async () => {
  expect(await findingsOf(askAs(world, world.system.url), DEVELOPERS_CHECKS)).toEqual(['Introspection', 'GraphQL IDE']);
});

test('300 malformed and mutated requests are told nothing', async () => {
  const result = await fuzz(world, { seed: 'fast', count: 300 });
  tellFuzz('fast', result);
  expect(result.broken).toEqual([]);
  expect(result.outcomes['data'] ?? 0).toBeGreaterThan(8);
});
