import { write } from '@anjie/service-kit/database';
import { viewers } from '@anjie/testing';
import type { Viewer } from '@anjie/access';
import { assign, count } from './asking';
import { haveOffices, otherTown } from './asking-responsibility';
import { openCases, people, place, register, type CasesWorld } from './world';

const { government } = place;
let world: CasesWorld;
beforeAll(async () => (world = await openCases()));
beforeEach(async () => {
  await world.reset();
  await haveOffices(world);
});
afterAll(() => world?.close());

interface Proposal {
  readonly territoryUnit: { id: string } | null;
  readonly lineUnit: { id: string } | null;
  readonly level: string | null;
  readonly direction: string | null;
  readonly reasons: { code: string; text: string; basis: string | null }[];
}
const propose = async (caseId: string, viewer: Viewer = people.county): Promise<Proposal | null> =>
  (await world.client.query<{ routingProposal: Proposal | null }>(
    viewer, 'query ($caseId: ID!) { routingProposal(caseId: $caseId) { territoryUnit { id } lineUnit { id } level direction reasons { code text basis } } }', { caseId },
  )).routingProposal;
const aCase = async (part: Record<string, unknown> = {}): Promise<string> => (await register(world, people.clerk, { contentCategory: 'civil-affairs.assistance', ...part })).case.id;

test('《信访工作条例》第二十二条第一款: the territory would resolve and the line department guide; the proposal changes nothing · row 67', async () => {
  const id = await aCase();
  const rows = async () => [await count(world, 'assignments'), await count(world, 'outbox_messages'), await count(world, 'cases', 'version = 1')];
  const before = await rows();
  expect(await propose(id)).toMatchObject({ territoryUnit: { id: government }, lineUnit: { id: place.civilAffairs }, level: 'COUNTY', direction: 'OWN_LEVEL' });
  expect(await rows()).toEqual(before);
});

test('the reasons speak the language of the reader and name their article', async () => {
  const id = await aCase();
  const [zh, en] = [await propose(id, { ...people.county, locale: 'zh-CN' }), await propose(id)];
  expect(zh?.reasons.map((reason) => reason.code)).toEqual(['LEVEL_BY_PLACE', 'TERRITORY', 'LINE', 'OWN_LEVEL']);
  expect([zh?.reasons[1]?.text, en?.reasons[1]?.text, en?.reasons[1]?.basis]).toEqual(['属地管理：问题发生地的单位。', 'The unit of the place itself.', '《信访工作条例》第二十二条第一款第二项']);
});

test('a category without a row in the table of lines proposes no department', async () => {
  expect(await propose(await aCase({ contentCategory: 'justice.household-registration' }))).toMatchObject({ lineUnit: null, territoryUnit: { id: government } });
});

test('《信访工作条例》第三十条第三款: a unit that is kept out of the case is not proposed, nor one below it', async () => {
  const id = await aCase();
  await write(world.db.manager, "INSERT INTO case_exclusions (case_id, party_kind, party_id) VALUES (?, 'UNIT', ?)", [id, place.civilAffairs]);
  expect(await propose(id)).toMatchObject({ lineUnit: null });
});

test('a unit that is closed is not proposed, the next level is', async () => {
  const id = await aCase();
  await write(world.db.manager, "UPDATE known_units SET valid_to = '2022-01-01' WHERE id = ?", [government]);
  expect(await propose(id)).toMatchObject({ territoryUnit: { id: place.cityGovernment }, level: 'CITY' });
});

test('who does not see the case gets no proposal', async () => {
  const id = await aCase();
  for (const viewer of [people.stranger, people.otherCounty, otherTown, viewers.admin()]) expect(await propose(id, viewer)).toBeNull();
  await assign(world, id);
  expect(await propose(id, people.housing)).not.toBeNull();
  expect(await propose('nothing')).toBeNull();
});
