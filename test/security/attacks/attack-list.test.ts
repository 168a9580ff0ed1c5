import { attackTests } from './attack-tests';
import { canCount, costOfDocuments } from './cost';
import { askAs, COP_CHECKS, DEVELOPERS_CHECKS, findingsOf } from './graphql-cop';
import { GROUPS } from './groups';
import { openWorld, type World } from './world';

jest.setTimeout(180_000);
let world: World;
beforeAll(async () => void (world = await openWorld()), 300_000);
afterAll(() => world?.stop(), 60_000);

attackTests({ groups: GROUPS, world: () => world });

test.each(COP_CHECKS.map((check) => [check.title, check] as const))('graphql-cop: %s is not found', async (_title, { isFound }) => expect(await isFound(askAs(world))).toBe(false));
test('graphql-cop: the same checks find introspection and GraphiQL where the development issuer is on', async () => {
  expect(await findingsOf(askAs(world, world.system.url), DEVELOPERS_CHECKS)).toEqual(['Introspection', 'GraphQL IDE']);
});

const COST_MS = 50;
(canCount() ? test : test.skip)('S13: a hostile document costs the gateway at most 50 ms of processor time', async () => {
  const costs = await costOfDocuments(world);
  console.log(`processor time of one hostile request: ${costs.slice(0, 5).map(([name, ms]) => `${name} ${ms.toFixed(1)} ms`).join('; ')}; middle ${costs[Math.floor(costs.length / 2)]?.[1].toFixed(1)} ms`);
  expect(costs.filter(([, ms]) => ms > COST_MS)).toEqual([]);
}, 300_000);
