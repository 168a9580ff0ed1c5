import { randomUUID } from 'node:crypto';
import { AgencyTaskMoved } from '@anjie/contracts';
import { putKnownUnits } from '@anjie/service-kit/facts';
import { hear } from './hearing';
import { aCaseInHandling, onDay } from './life';
import { portal, receiptOf, type Receipt } from './petitioner';
import { key, openCases, people, place, type CasesWorld } from './world';

let world: CasesWorld;
beforeAll(async () => (world = await openCases()));
beforeEach(() => world.reset());
afterAll(() => world?.close());

interface Told {
  readonly agencyTasks: { level: string; unit: string | null; state: string; since: string }[];
  readonly progressNotices: { on: string; unit: string | null; text: string }[];
}
const MATTER = 'query ($queryCode: String!, $secret: String!) { myMatter(queryCode: $queryCode, secret: $secret) { ... on MyMatter { agencyTasks { level unit state since } progressNotices { on unit text } } } }';
const told = async (receipt: Receipt, viewer = portal): Promise<Told> => (await world.client.query<{ myMatter: Told }>(viewer, MATTER, { ...receipt })).myMatter;

const GIVE = 'mutation ($input: GiveProgressNoticeInput!) { giveProgressNotice(input: $input) { __typename ... on GiveProgressNoticePayload { case { id progressNotices { totalCount nodes { text givenOn unit { id } } } } } ... on ProgressNoticeRefusal { code basis } } }';
const give = async (caseId: string, viewer = people.housing, part: object = {}) =>
  (await world.client.query<{ giveProgressNotice: { __typename: string; code?: string; case?: object } }>(viewer, GIVE, { input: { idempotencyKey: key(), caseId, text: '已完成现场勘查，预计下周出具意见', ...part } })).giveProgressNotice;

test('the handling unit tells the petitioner how far it is; it is read with query code and secret, with unit and day · row 106', async () => {
  const one = await aCaseInHandling(world);
  const receipt = await receiptOf(world, one.id);
  expect((await give(one.id)).case).toMatchObject({ progressNotices: { totalCount: 1, nodes: [{ unit: { id: place.housing } }] } });
  await onDay(world, '2022-10-20');
  await give(one.id, people.housing, { text: '意见正在会签' });
  expect((await told(receipt)).progressNotices.map(({ unit, text }) => [unit, text])).toEqual([['住建局', '已完成现场勘查，预计下周出具意见'], ['住建局', '意见正在会签']]);
});

test('a repeat with the same key is one notice; names, numbers and waivers are refused, and so is whoever has no part · row 106', async () => {
  const one = await aCaseInHandling(world);
  const idempotencyKey = key();
  await give(one.id, people.housing, { idempotencyKey });
  await give(one.id, people.housing, { idempotencyKey });
  expect(await give(one.id, people.housing, { text: '王先生请来电13812341234' })).toMatchObject({ code: 'IDENTITY_IN_TEXT' });
  expect(await give(one.id, people.housing, { text: '书面承诺不再信访后予以办理' })).toMatchObject({ code: 'WAIVER_IN_TEXT' });
  expect(await give(one.id, people.housing, { text: ' ' })).toMatchObject({ code: 'TEXT_LENGTH' });
  expect(await give(one.id, people.civilAffairs)).toMatchObject({ code: 'NOT_FOUND' });
  expect((await told(await receiptOf(world, one.id))).progressNotices).toHaveLength(1);
});

const agency = (caseId: string, agencyTaskId: string, version: number, part: object) =>
  hear(world, { event: AgencyTaskMoved, aggregateId: agencyTaskId, version, payload: { agencyTaskId, caseId, level: 'TOWNSHIP' as const, unitId: place.civilAffairs, state: 'OFFERED' as const, since: '2022-10-01', ...part } });

test('the petitioner sees who acts for them, at which level and how far, in their own language · row 84', async () => {
  const one = await aCaseInHandling(world);
  const receipt = await receiptOf(world, one.id);
  expect(await told(receipt)).toEqual({ agencyTasks: [], progressNotices: [] });
  const [first, second, far] = [randomUUID(), randomUUID(), randomUUID()];
  await putKnownUnits(world.db.manager, [{ unitId: far, code: '代办站', name: '掌政镇代办站', kind: 'TOWNSHIP', divisionCode: '640104', ancestorIds: [], headOfficialId: null, successorUnitId: null, validTo: null }]);
  await agency(one.id, first, 1, { unitId: far });
  await agency(one.id, first, 3, { unitId: far, state: 'UNDER_WAY', since: '2022-10-03' });
  await agency(one.id, second, 1, { level: 'VILLAGE', since: '2022-10-05' });
  expect((await told(receipt, { ...portal, locale: 'zh-CN' })).agencyTasks).toEqual([
    { level: '乡镇（街道）代办', unit: '掌政镇代办站', state: '正在代办', since: '2022-10-03' }, expect.objectContaining({ level: '村（社区）代办', state: '可以代办，待您书面授权' }),
  ]);
  expect((await told(receipt)).agencyTasks[0]).toMatchObject({ level: 'agency at the township', state: 'being done' });
});

test('第三十条第三款: of an accusation neither help nor progress is told · rows 84, 106', async () => {
  const one = await aCaseInHandling(world);
  await give(one.id);
  await agency(one.id, randomUUID(), 1, {});
  await world.db.query("UPDATE cases SET purpose = 'ACCUSATION', route = 'ART30' WHERE id = ?", [one.id]);
  expect(await told(await receiptOf(world, one.id))).toEqual({ agencyTasks: [], progressNotices: [] });
});
