import { attackTests } from './attack-tests';
import { askAs, COP_CHECKS, findingsOf } from './graphql-cop';
import { GROUPS } from './groups';
import { openWorld, type World } from './world';

jest.setTimeout(180_000);
let world: World;
beforeAll(async () => void (world = await openWorld()), 300_000);
afterAll(() => world?.stop(), 60_000);

attackTests({ groups: GROUPS, world: () => world });

test.each(COP_CHECKS.map((check) => [check.title, check] as const))('graphql-cop: %s is not found', async (_title, { isFound }) => expect(await isFound(askAs(world))).toBe(false));
test('graphql-cop: the same checks find introspection and GraphiQL where the development issuer is on', async () => {
  expect(await findingsOf(askAs(world, world.system.url))).toEqual(expect.arrayContaining(['Introspection', 'GraphQL IDE']));
});
