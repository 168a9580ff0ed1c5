import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { viewers } from '@anjie/testing';
import { openKinds } from '../src/kinds';
import { actOn, departments, openStage, type Departments, type Stage } from './stage';

let stage: Stage;
let d: Departments;
beforeAll(async () => void (stage = await openStage()));
beforeEach(async () => {
  await stage.truncate();
  d = await departments(stage);
  await stage.itIs('2024-03-01');
});
afterAll(() => stage.close());

const CENTRE = '__typename ... on MediationCentrePayload { mediationCentre { id name level services openHours phone closedOn version kind { code } unit { id } division { code } } } ... on MediationCentreRefusal { code }';
interface CentreAnswer {
  readonly code?: string;
  readonly mediationCentre?: { id: string; level: string; services: string[]; version: number; closedOn: string | null };
}
const centre = (viewer: typeof d.sender, mutation: string, input: object) => actOn(stage, CENTRE)<CentreAnswer>(viewer, mutation, input);
const aCentre = (part: object = {}) => ({
  kind: 'TOWNSHIP_STATION', divisionCode: '640104100', name: '掌政镇矛盾纠纷调处化解站', services: ['RECEPTION', 'MEDIATION'], openHours: '工作日 9:00–17:00', address: '掌政镇政府一楼', phone: '0951-6012345', ...part,
});
const opened = async (part: object = {}): Promise<string> => (await centre(d.sender, 'openMediationCentre', aCentre(part))).mediationCentre?.id ?? '';

test('a unit opens a place at the level of its kind, changes and closes it; everybody in office finds it by place and level · rows 85, 94', async () => {
  const id = await opened();
  await opened({ kind: 'PEOPLE_HOME', name: '群众之家', services: ['RECEPTION', 'COUNSELLING'], divisionCode: '640104' });
  const { kind: _kind, divisionCode: _code, ...facts } = aCentre({ services: ['RECEPTION', 'AGENCY'] });
  const changed = await centre(d.sender, 'changeMediationCentre', { ...facts, centreId: id, expectedVersion: 1 });
  expect(changed.mediationCentre).toMatchObject({ level: 'TOWNSHIP', services: ['RECEPTION', 'AGENCY'], phone: '09516012345', version: 2 });
  const found = async (filter: string) => (await stage.client.query<{ mediationCentres: { nodes: { name: string }[] } }>(viewers.plain(), `{ mediationCentres(filter: { ${filter} }) { nodes { name } } }`)).mediationCentres.nodes.map(({ name }) => name);
  expect(await found('divisionCode: "640104"')).toEqual(['群众之家', '掌政镇矛盾纠纷调处化解站']);
  expect(await found('kinds: ["PEOPLE_HOME"]')).toEqual(['群众之家']);
  expect((await centre(d.sender, 'closeMediationCentre', { centreId: id, expectedVersion: 2 })).mediationCentre).toMatchObject({ closedOn: '2024-03-01' });
  expect(await found('isOpen: true')).toEqual(['群众之家']);
  expect(await centre(d.sender, 'closeMediationCentre', { centreId: id, expectedVersion: 3 })).toMatchObject({ code: 'ILLEGAL_STATE' });
});

test('refusals: another unit, an unknown kind, a service that such a place does not offer, nothing said · row 85', async () => {
  const id = await opened();
  expect(await centre(d.receiver, 'closeMediationCentre', { centreId: id, expectedVersion: 1 })).toMatchObject({ code: 'NOT_PERMITTED' });
  expect(await centre(viewers.plain(), 'openMediationCentre', aCentre())).toMatchObject({ code: 'NOT_PERMITTED' });
  expect(await centre(d.sender, 'openMediationCentre', aCentre({ kind: 'NO_SUCH' }))).toMatchObject({ code: 'KIND_UNKNOWN' });
  expect(await centre(d.sender, 'openMediationCentre', aCentre({ services: ['HEARING'] }))).toMatchObject({ code: 'SERVICE_INVALID' });
  expect(await centre(d.sender, 'openMediationCentre', aCentre({ openHours: ' ' }))).toMatchObject({ code: 'TEXT_MISSING' });
});

test('under units and divisions places are lists · rows 85, 94', async () => {
  await opened();
  const r = [{ __typename: 'Unit', id: d.lead }, { __typename: 'Division', code: '640104100' }];
  const data = await stage.client.query<{ _entities: unknown[] }>(d.stranger, 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Unit { mediationCentres { totalCount } } ... on Division { mediationCentres { totalCount } } } }', { r });
  expect(data._entities).toEqual([{ mediationCentres: { totalCount: 1 } }, { mediationCentres: { totalCount: 1 } }]);
});

const LIST = '__typename ... on StationChecklistPayload { checklist { id version isComplete kind { code } centre { id } items { code name isDone doneOn evidence } } } ... on StationChecklistRefusal { code }';
interface ListAnswer {
  readonly code?: string;
  readonly checklist?: { id: string; version: number; isComplete: boolean; items: { code: string; name: string; isDone: boolean; evidence: string | null }[] };
}
const list = (viewer: typeof d.sender, mutation: string, input: object) => actOn(stage, LIST)<ListAnswer>(viewer, mutation, input);

test('“六个一”: a station says what it has, item by item with evidence, until all is there; an item can be taken back · row 91', async () => {
  const started = (await list(d.sender, 'startStationChecklist', { kind: 'SIX_ONES', centreId: await opened() })).checklist;
  expect(started?.items.map(({ code, isDone }) => [code, isDone])).toEqual(['SIGN', 'TELEPHONE', 'RULES', 'REGISTER', 'SERVICE_CARD', 'TEAM', 'RECEPTION_ROOM'].map((code) => [code, false]));
  let version = 1;
  const fill = async (itemCode: string, part: object = {}) => {
    const answer = await list(d.sender, 'fillStationChecklistItem', { checklistId: started?.id, expectedVersion: version, itemCode, isDone: true, evidence: '照片2024-17', ...part });
    version = answer.checklist?.version ?? version;
    return answer;
  };
  for (const { code } of started?.items ?? []) await fill(code);
  expect((await fill('SIGN', { evidence: '照片2024-18' })).checklist).toMatchObject({ isComplete: true });
  expect((await fill('SIGN', { isDone: false, evidence: null })).checklist).toMatchObject({ isComplete: false });
  expect(await fill('NO_SUCH')).toMatchObject({ code: 'ITEM_UNKNOWN' });
  expect(await fill('SIGN', { evidence: ' ' })).toMatchObject({ code: 'TEXT_MISSING' });
  expect(await fill('SIGN', { doneOn: '2024-03-02' })).toMatchObject({ code: 'DATE_INVALID' });
});

test('“三清三同步” holds the items that the text names and no invented ones; it is of a unit · row 29', async () => {
  const started = await list({ ...d.sender, locale: 'zh-CN' }, 'startStationChecklist', { kind: 'THREE_CLEAR_THREE_SYNC' });
  expect(started.checklist?.items.map(({ name }) => name)).toEqual(['理清账务', '公开村务（三资）', '盘活集体资产']);
  expect(await list(d.sender, 'startStationChecklist', { kind: 'THREE_CLEAR_THREE_SYNC', centreId: await opened() })).toMatchObject({ code: 'CENTRE_INVALID' });
  expect(await list(d.sender, 'startStationChecklist', { kind: 'SIX_ONES' })).toMatchObject({ code: 'CENTRE_INVALID' });
});

test('a locality adds a list, and cannot replace a shipped one · rows 29, 91', () => {
  const folder = mkdtempSync(join(process.env['ANJIE_TEST_DIR'] ?? tmpdir(), 'kinds-'));
  mkdirSync(join(folder, 'assistance'));
  const local = (code: string) => writeFileSync(join(folder, 'assistance/station-checklists.yaml'), `kinds:\n  - { code: ${code}, zh: 本地清单, en: own list, forCentre: false, items: [{ code: ONE, zh: 一项, en: one }] }\n`);
  local('OWN_LIST');
  expect(openKinds(folder).stationChecklists.usable('OWN_LIST')?.items).toHaveLength(1);
  local('SIX_ONES');
  expect(() => openKinds(folder)).toThrow('cannot be replaced');
});

test('a list is for the unit and the joint office of the division · row 91', async () => {
  await list(d.sender, 'startStationChecklist', { kind: 'SIX_ONES', centreId: await opened() });
  const seen = async (viewer: typeof d.sender) => (await stage.client.query<{ stationChecklists: { totalCount: number } }>(viewer, '{ stationChecklists { totalCount } }')).stationChecklists.totalCount;
  expect([await seen(d.sender), await seen(d.jointOffice), await seen(d.stranger), await seen(viewers.jointOffice('330400', d.office))]).toEqual([1, 1, 0, 0]);
});

const PUBLICITY = '__typename ... on PublicityActivityPayload { activity { id month topic attendance materials rightsSheets centre { name } kind { code } } } ... on PublicityActivityRefusal { code basis }';
const hold = (input: object, viewer = d.sender) => actOn(stage, PUBLICITY)<{ code?: string; activity?: object }>(viewer, 'recordPublicityActivity', input);

test('普法宣传: counts of what a place did, one topic a month, rights information among it; nobody who came is noted · row 95', async () => {
  const centreId = await opened();
  await stage.itIs('2024-03-20');
  const held = { centreId, kind: 'RIGHTS_SHEET', topic: '信访人的权利', heldOn: '2024-03-10', attendance: 40, materials: 60, rightsSheets: 40 };
  expect(await hold(held)).toMatchObject({ activity: { month: '2024-03', attendance: 40, rightsSheets: 40 } });
  expect(await hold({ ...held, kind: 'LAW_TALK', topic: '民法典' })).toMatchObject({ code: 'TOPIC_DIFFERS' });
  expect(await hold({ ...held, kind: 'LAW_TALK', heldOn: '2024-03-20' })).toMatchObject({ activity: { topic: '信访人的权利' } });
  for (const heldOn of ['2024-03-21', '2024-02-01']) expect(await hold({ ...held, heldOn })).toMatchObject({ code: 'DATE_INVALID' });
  expect(await hold({ ...held, attendance: -1 })).toMatchObject({ code: 'COUNT_INVALID' });
  expect(await hold(held, d.receiver)).toMatchObject({ code: 'NOT_PERMITTED' });
  const seen = await stage.client.query<{ mediationCentre: { publicityActivities: { totalCount: number } }; publicityActivities: { nodes: unknown[] } }>(
    viewers.plain(), 'query ($id: ID!) { mediationCentre(id: $id) { publicityActivities(filter: { month: "2024-03" }) { totalCount } } publicityActivities(filter: { divisionCode: "640100" }) { nodes { heldOn } } }', { id: centreId },
  );
  expect(seen).toEqual({ mediationCentre: { publicityActivities: { totalCount: 2 } }, publicityActivities: { nodes: [{ heldOn: '2024-03-20' }, { heldOn: '2024-03-10' }] } });
});
