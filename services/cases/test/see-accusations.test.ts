import { randomUUID } from 'node:crypto';
import type { Viewer } from '@anjie/access';
import { select } from '@anjie/service-kit/database';
import { viewers } from '@anjie/testing';
import { assign, createCampaign } from './asking';
import { accuse, actor, canary, official, placeUnits, progress, stagesFor, transfer, unit } from './sealed-world';
import { anIdNumber, aRegistration, openCases, people, register, REGISTER, type CasesWorld, type Registered } from './world';

let world: CasesWorld;
let open: Registered['registerPetition'];
beforeAll(async () => {
  world = await openCases();
});
beforeEach(async () => {
  await world.reset();
  await placeUnits(world);
  open = await register(world, actor.clerk, { title: '供水管网改造', summary: '小区供水管网改造进度' });
});
afterAll(() => world?.close());

/** Every way to a case or a petition of this service, as one viewer takes it. */
const LOOK = `query ($case: ID!, $petition: ID!, $r: [_Any!]!, $unit: ID!) {
  case(id: $case) { id title summary petitions(first: 5) { totalCount nodes { id title content } } claims { id } }
  petition(id: $petition) { id number title content petitioners { maskedName } }
  all: cases(first: 100) { totalCount nodes { id title summary number status } }
  found: cases(first: 100, filter: { search: "检举控告" }) { totalCount nodes { id } }
  party: cases(first: 100, filter: { partyId: $unit }) { totalCount nodes { id } }
  moved: cases(first: 100, filter: { status: TRANSFERRED }) { totalCount nodes { id } }
  petitions(first: 100) { totalCount nodes { id title case { id } } }
  _entities(representations: $r) { __typename ... on Case { id title } ... on Petition { id title } } }`;
interface Listed {
  readonly totalCount: number;
  readonly nodes: { readonly id: string }[];
}
interface Look {
  readonly case: object | null;
  readonly petition: object | null;
  readonly all: Listed;
  readonly found: Listed;
  readonly party: Listed;
  readonly moved: Listed;
  readonly petitions: Listed;
  readonly _entities: (object | null)[];
}
const look = (viewer: Viewer, { caseId, petitionId }: { caseId: string; petitionId: string }) => world.client.query<Look>(viewer, LOOK, {
  case: caseId, petition: petitionId, unit: unit.discipline, r: [{ __typename: 'Case', id: caseId }, { __typename: 'Petition', id: petitionId }],
});
const inList = (list: Listed, id: string): boolean => list.nodes.some((node) => node.id === id);

/** On how many of the paths the case is met: all, or none. */
async function paths(viewer: Viewer, sealed: { caseId: string; petitionId: string }): Promise<number> {
  const seen = await look(viewer, sealed);
  for (const list of [seen.all, seen.petitions]) expect(list.totalCount).toBe(list.nodes.length);
  const hits = [seen.case, seen.petition, inList(seen.all, sealed.caseId), inList(seen.petitions, sealed.petitionId), ...seen._entities];
  expect([seen.found.totalCount, seen.found.nodes]).toEqual([0, []]);
  return hits.filter(Boolean).length;
}
const ALL = 6;

const personas: readonly (readonly [who: string, viewer: Viewer, before: boolean, after: boolean, open: boolean])[] = [
  ['the window clerk that registered', actor.clerk, true, false, true],
  ['another clerk of that window', viewers.clerk(unit.hall), true, false, true],
  ['a handler of that unit', actor.colleague, true, false, true],
  ['the unit above that unit', viewers.handler(unit.government), false, false, true],
  ['an official of that unit without a role', viewers.plain(randomUUID(), unit.hall), false, false, false],
  ['the accused unit', actor.centre, false, false, false],
  ['the unit that heads the accused one', actor.bureau, false, false, false],
  ['the unit that heads that one', actor.cityBureau, false, false, false],
  ['the discipline office inside the line', viewers.handler(unit.inspection), false, false, false],
  ['the accused official at home', viewers.handler(unit.bureau, official.mole), false, false, false],
  ['the accused official moved to the window that registered', viewers.clerk(unit.hall, official.mole), false, false, true],
  ['the accused official moved to the receiving organ', viewers.handler(unit.discipline, official.mole), false, false, false],
  ['the accused official in a joint office', viewers.jointOffice('640104', unit.office, official.mole), false, false, true],
  ['the joint office of the county', actor.office, false, false, true],
  ['the joint office of the city', viewers.jointOffice('640100', randomUUID()), false, false, true],
  ['the joint office of the province', actor.province, false, false, true],
  ['the receiving discipline organ', actor.discipline, false, true, false],
  ['a joint office role at the receiving organ', viewers.jointOffice('640104', unit.discipline), false, true, true],
  ['a window clerk of the receiving organ', viewers.clerk(unit.discipline), false, false, false],
  ['the discipline organ above it', actor.cityDiscipline, false, false, false],
  ['the discipline organ of another county', viewers.handler(unit.otherDiscipline), false, false, false],
  ['a unit without any part', people.stranger, false, false, false],
  ['an administrator', viewers.admin(), false, false, false],
];

test.each(personas)('《信访工作条例》第三十条第三款: %s sees the accusation before the transfer: %#', async (_who, viewer, before, after, seesOpen) => {
  const done = await accuse(world);
  const sealed = { caseId: done.case.id, petitionId: done.petition.id };
  expect(await paths(viewer, sealed)).toBe(before ? ALL : 0);
  expect(await transfer(world, sealed.caseId)).toMatchObject({ __typename: 'TransferAccusationPayload' });
  expect(await paths(viewer, sealed)).toBe(after ? ALL : 0);
  const seen = await look(viewer, sealed);
  expect([inList(seen.party, sealed.caseId), inList(seen.moved, sealed.caseId)]).toEqual([after, after]);
  // the control: an ordinary case of the same window, seen as ever
  expect(await paths(viewer, { caseId: open.case.id, petitionId: open.petition.id })).toBe(seesOpen ? ALL : 0);
});

test('who may list it reads a neutral name in their language, and not a word of it', async () => {
  const done = await accuse(world);
  const sealed = { caseId: done.case.id, petitionId: done.petition.id };
  expect(await look(actor.clerk, sealed)).toMatchObject({
    case: { title: 'Accusation (sealed)', summary: 'Accusation (sealed)', petitions: { nodes: [{ title: 'Accusation (sealed)', content: null }] }, claims: [] },
    petition: { title: 'Accusation (sealed)', content: null },
  });
  expect(await look({ ...actor.clerk, locale: 'zh-CN' }, sealed)).toMatchObject({ case: { title: '检举控告件' }, petition: { title: '检举控告件' } });
});

/** The words and the person of the accusation, typed by somebody else at their own desk. */
const SAME_PERSON = `{ draft: { divisionCode: "640104", title: "${canary.title}", summary: "${canary.summary}", petitioners: [{ name: "马小明", idNumber: "${anIdNumber(7)}", phone: "13800000007" }] } }`;

/** What people ask all day, with nothing in it that is sealed. */
const DAILY: readonly string[] = [
  '{ cases(first: 100) { totalCount nodes { id number title summary status version leadUnit { id } } pageInfo { endCursor hasNextPage } } }',
  '{ cases(first: 1, sort: OLDEST_FIRST) { totalCount nodes { id } pageInfo { hasNextPage endCursor } } }',
  '{ cases(first: 100, filter: { search: "供水" }) { totalCount nodes { id } } }',
  '{ cases(first: 100, filter: { search: "检举" }) { totalCount nodes { id } } }',
  '{ cases(first: 100, filter: { status: TRANSFERRED }) { totalCount } }',
  '{ cases(first: 100, filter: { divisionCode: "640104", unresolved: true }) { totalCount } }',
  `{ cases(first: 100, filter: { partyId: "${unit.discipline}" }) { totalCount } }`,
  `{ cases(first: 100, filter: { leadUnitId: "${unit.discipline}" }) { totalCount } }`,
  '{ petitions(first: 100) { totalCount nodes { id number title registeredOn } pageInfo { endCursor } } }',
  '{ petitions(first: 100, filter: { channel: LETTER }) { totalCount } }',
  '{ campaigns(first: 100) { totalCount nodes { id code ledger(first: 10) { totalCount nodes { id } } rollup(divisionCode: "640104", asOf: "2022-09-27") { stock { value } resolved { value } gap { value } } } } }',
  '{ clusters(first: 100) { totalCount nodes { id } } coordinationRequests(first: 100) { totalCount nodes { id } } strikeOffsToDecide(first: 100) { totalCount nodes { id } } }',
  `{ repeatCandidates(input: ${SAME_PERSON}) { case { id } } }`,
  '{ accusationProgress { toTransfer transferred received underReview concluded } }',
];
const outsiders: readonly (readonly [string, Viewer])[] = [
  ['the accused unit', actor.centre], ['the unit above it', actor.bureau], ['the unit above that', actor.cityBureau], ['the accused official', viewers.handler(unit.bureau, official.mole)],
  ['the accused official, moved to the window', viewers.clerk(unit.hall, official.mole)], ['the joint office of the county', actor.office], ['the joint office of the province', actor.province],
  ['a stranger', people.stranger], ['the government above the window', viewers.handler(unit.government)],
];
const everything = async (viewer: Viewer): Promise<string[]> => Promise.all(DAILY.map(async (query) => JSON.stringify(await world.client.ask(viewer, query))));

test('《信访工作条例》第三十条第三款: the world with the accusation answers those outside byte for byte like the world without it', async () => {
  await createCampaign(world, {}, actor.office);
  const without = await Promise.all(outsiders.map(([, viewer]) => everything(viewer)));
  const control = await everything(actor.clerk);
  const done = await accuse(world);
  expect(await Promise.all(outsiders.map(([, viewer]) => everything(viewer)))).toEqual(without);
  expect(await everything(actor.clerk)).not.toEqual(control);
  await transfer(world, done.case.id);
  await progress(world, done.case.id);
  expect(await Promise.all(outsiders.map(([, viewer]) => everything(viewer)))).toEqual(without);
  expect(without.flat().some((answer) => answer.includes('供水管网'))).toBe(true);
});

test('what they try on it is answered like on a case that never was', async () => {
  const sealed = (await accuse(world)).case.id;
  const none = randomUUID();
  const tries = (id: string, viewer: Viewer) => Promise.all([
    assign(world, id, { leadUnitId: unit.centre }, viewer), transfer(world, id, {}, viewer), progress(world, id, {}, viewer),
    world.client.query(viewer, REGISTER, { input: aRegistration({ caseId: id }) }), world.client.query(viewer, 'query ($id: ID!) { case(id: $id) { id } }', { id }),
  ]);
  for (const [, viewer] of outsiders.slice(0, 8)) expect(JSON.stringify(await tries(sealed, viewer))).toBe(JSON.stringify(await tries(none, viewer)));
});

test('numbers tell nothing: an accusation takes none of the ordinary series', async () => {
  const serialOf = (number: string): number => Number(number.slice(-8, -1));
  await accuse(world);
  const next = await register(world, actor.clerk);
  const sealed = await accuse(world);
  expect(serialOf(next.case.number) - serialOf(open.case.number)).toBe(1);
  expect([sealed.case.number, sealed.petition.number].map((number) => number[0])).toEqual(['S', 'S']);
});

test('progress comes back as counts of the unit that registered, and to nobody else', async () => {
  const first = (await accuse(world)).case.id;
  await accuse(world);
  await transfer(world, first);
  expect(await stagesFor(world)).toEqual({ toTransfer: 1, transferred: 1, received: 0, underReview: 0, concluded: 0 });
  await progress(world, first, { stage: 'UNDER_REVIEW' });
  expect(await stagesFor(world)).toEqual({ toTransfer: 1, transferred: 0, received: 0, underReview: 1, concluded: 0 });
  const nothing = { toTransfer: 0, transferred: 0, received: 0, underReview: 0, concluded: 0 };
  for (const viewer of [actor.office, actor.province, actor.centre, actor.discipline, viewers.clerk(unit.hall, official.mole)]) expect(await stagesFor(world, viewer)).toEqual(nothing);
  expect([await stagesFor(world, viewers.admin()), await stagesFor(world, viewers.plain(randomUUID(), unit.hall))]).toEqual([null, null]);
});

test('when the tree changes later, the subtree of the accused follows it', async () => {
  const { id } = (await accuse(world, { accused: [{ unitId: unit.bureau }] })).case;
  await transfer(world, id);
  const sees = async () => (await world.client.query<{ case: object | null }>(actor.discipline, 'query ($id: ID!) { case(id: $id) { id } }', { id })).case !== null;
  expect(await sees()).toBe(true);
  await world.db.query('INSERT INTO unit_closure (descendant_id, ancestor_id) VALUES (?, ?)', [unit.discipline, unit.bureau]);
  expect(await sees()).toBe(false);
  expect((await select(world.db.manager, 'SELECT 1 FROM case_parties WHERE case_id = ?', [id])).length).toBe(1);
});
