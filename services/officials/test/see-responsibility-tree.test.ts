import { randomUUID } from 'node:crypto';
import type { Viewer } from '@anjie/access';
import { viewers } from '@anjie/testing';
import { openOfficials, type Officials } from './fixture';
import { entities, haveCase, mutate, setStage, sponsorIt, type Stage } from './stage';

let officials: Officials;
let stage: Stage;
beforeAll(async () => void (officials = await openOfficials()));
beforeEach(async () => void (stage = await setStage(officials)));
afterAll(() => officials?.close());

interface Node {
  readonly unit: { readonly name: string };
  readonly firstResponsible: { readonly name: string } | null;
  readonly directResponsible: readonly { readonly official: { readonly name: string } }[];
  readonly sponsoredCases: { readonly value: number };
  readonly openPromises: { readonly value: number };
}
const NODES = 'nodes { unit { name } parent { name } firstResponsible { name } directResponsible { since official { name } } sponsoredCases { value formula asOf } openPromises { value formula } }';
const tree = async (viewer: Viewer, divisionCode = '640104') =>
  (await officials.client.query<{ responsibilityTree: { nodes: Node[] } | null }>(viewer, `{ responsibilityTree(divisionCode: "${divisionCode}") { ${NODES} } }`)).responsibilityTree?.nodes ?? null;

test('the tree shows each unit with who answers for it, the cases that it sponsors and what it promised · rows 56, 66', async () => {
  const caseId = await haveCase(officials, stage);
  await sponsorIt(officials, stage.office, { caseId, officialId: stage.head });
  await mutate(officials, stage.handler, { name: 'appoint', type: 'AppointInput', fields: '', input: { kind: 'DIRECT_RESPONSIBLE', officialId: stage.deputy, unitId: stage.bureau } });
  const { activity } = await mutate<{ activity?: { id: string } }>(officials, stage.handler, {
    name: 'planActivity', type: 'PlanActivityInput', fields: '... on ActivityPayload { activity { id } }',
    input: { kind: 'REPORT_HEARD', unitId: stage.bureau, title: '听取汇报', plannedOn: '2026-06-30', participants: [{ officialId: stage.head, part: 'LEADER' }], caseIds: [caseId] },
  });
  const promises = [{ text: '镇里配合测绘', obligorUnitId: stage.town, dueOn: '2026-07-31' }, { text: '协调开发商', obligorOfficialId: stage.deputy, dueOn: '2026-07-31' }];
  await mutate(officials, stage.handler, { name: 'recordActivity', type: 'RecordActivityInput', fields: '', input: { activityId: activity?.id, expectedVersion: 1, outcome: '明确分工', promises } });
  const nodes = await tree(stage.office);
  const of = (name: string) => nodes?.find((node) => node.unit.name === name);
  expect(of('住建局')).toMatchObject({ firstResponsible: { name: '李局长' }, directResponsible: [{ since: '2026-06-30', official: { name: '王副局长' } }], sponsoredCases: { value: 1, asOf: '2026-06-30' }, openPromises: { value: 1 } });
  expect(of('掌政镇')).toMatchObject({ firstResponsible: { name: '赵镇长' }, sponsoredCases: { value: 0 }, openPromises: { value: 1 } });
  expect(of('联席办')).toMatchObject({ firstResponsible: null, directResponsible: [], openPromises: { value: 0 } });
  await mutate(officials, stage.handler, { name: 'appoint', type: 'AppointInput', fields: '', input: { kind: 'FIRST_RESPONSIBLE', officialId: stage.deputy, unitId: stage.bureau } });
  expect((await tree(stage.office))?.find((node) => node.unit.name === '住建局')?.firstResponsible).toEqual({ name: '王副局长' });
});

test('the tree is for whoever oversees the division, as far as villages, and costs the same for many units · rows 66, 140', async () => {
  await officials.unit({ code: 'VILLAGE', name: '春林村', kind: 'VILLAGE', divisionCode: '640104100', parentCode: 'TOWN' });
  expect((await tree(stage.office))?.map((node) => node.unit.name)).toEqual(['住建局', '联席办', '掌政镇', '春林村']);
  expect((await tree(viewers.jointOffice('640100', randomUUID()), '640104100'))?.map((node) => node.unit.name)).toEqual(['掌政镇', '春林村']);
  for (const viewer of [stage.elsewhere, stage.handler, viewers.plain(), viewers.admin()]) expect(await tree(viewer)).toBeNull();
  expect(await tree(stage.office, '64%')).toBeNull();
  const source = (code: string) => `{ division(code: "${code}") { responsibilityTree { ${NODES} } } }`;
  const cost = (code: string) => officials.statements(() => officials.client.query(stage.office, source(code)));
  expect(await cost('640104')).toBe(await cost('640104100') );
});

const AGENDA = '... on AgendaItemPayload { agendaItem { id version outcome decision decidedOn subject on paper body { name } case { id } campaign { id } } } ... on AgendaItemRefusal { code }';
test('a subject stands on the agenda of a leading body for a campaign or a case, and what became of it is recorded once · row 22', async () => {
  const committee = await officials.unit({ code: 'PARTY', name: '区委', kind: 'PARTY' });
  const caseId = await haveCase(officials, stage);
  const put = (viewer: Viewer, part: object = {}) => mutate<{ agendaItem?: { id: string; version: number } }>(officials, viewer, {
    name: 'putOnAgenda', type: 'PutOnAgendaInput', fields: AGENDA, input: { bodyId: committee, paper: 'MEETING', subject: '治理重复信访工作汇报', on: '2026-06-30', campaignId: stage.campaignId, caseId, ...part },
  });
  const decide = (id: string | undefined, part: object = {}) => mutate<{ agendaItem?: object }>(officials, stage.office, {
    name: 'decideAgendaItem', type: 'DecideAgendaItemInput', fields: AGENDA, input: { agendaItemId: id, expectedVersion: 1, isDecided: true, decision: '由区委常委分片包案。', ...part },
  });
  expect(await put(stage.handler)).toMatchObject({ code: 'NOT_PERMITTED' });
  expect(await put(stage.office, { caseId: randomUUID() })).toMatchObject({ code: 'NOT_FOUND' });
  const { agendaItem } = await put(viewers.jointOffice('640104', stage.officeUnit));
  expect(agendaItem).toMatchObject({ outcome: 'PENDING', body: { name: '区委' }, case: { id: caseId }, campaign: { id: stage.campaignId }, paper: 'MEETING' });
  expect(await decide(agendaItem?.id, { decision: null })).toMatchObject({ code: 'TEXT_NOT_ACCEPTABLE' });
  expect(await decide(agendaItem?.id)).toMatchObject({ agendaItem: { outcome: 'DECIDED', decision: '由区委常委分片包案。', decidedOn: '2026-06-30' } });
  expect(await decide(agendaItem?.id, { expectedVersion: 2 })).toMatchObject({ code: 'ALREADY_DECIDED' });
  for (const [type, id] of [['Case', caseId], ['Unit', committee], ['Campaign', stage.campaignId]] as const) {
    const [row] = await entities<{ agendaItems: { totalCount: number } }>(officials, stage.office, { type, ids: [id], fields: 'agendaItems { totalCount nodes { subject } }' });
    expect(row?.agendaItems.totalCount).toBe(1);
  }
  const [hidden] = await entities<{ agendaItems: { totalCount: number } }>(officials, viewers.plain(), { type: 'Unit', ids: [committee], fields: 'agendaItems { totalCount }' });
  expect(hidden?.agendaItems.totalCount).toBe(0);
});

const RESOURCE = '... on ResourceAllocationPayload { resource { id version kind name year planned actual actualOn unit { name } campaign { id } } } ... on ResourceAllocationRefusal { code }';
test('people, money and equipment for a campaign are exact amounts, planned and actual, seen by the unit and those above · row 142', async () => {
  const plan = (part: object, viewer: Viewer = stage.handler) => mutate<{ resource?: { id: string } }>(officials, viewer, {
    name: 'planResource', type: 'PlanResourceInput', fields: RESOURCE, input: { campaignId: stage.campaignId, unitId: stage.bureau, kind: 'MONEY', name: '接访场所改造', year: 2026, planned: '120000.50', ...part },
  });
  const record = (id: string | undefined, actual: string) => mutate<{ resource?: object }>(officials, stage.handler, { name: 'recordResource', type: 'RecordResourceInput', fields: RESOURCE, input: { resourceId: id, expectedVersion: 1, actual } });
  const { resource } = await plan({});
  expect(resource).toMatchObject({ kind: 'MONEY', planned: '120000.50', actual: null, unit: { name: '住建局' }, campaign: { id: stage.campaignId } });
  expect(await record(resource?.id, '99999.99')).toMatchObject({ resource: { actual: '99999.99', actualOn: '2026-06-30', version: 2 } });
  expect(await plan({ kind: 'PEOPLE', name: '抽调人员', planned: '1.5' })).toMatchObject({ code: 'AMOUNT_NOT_FIT' });
  expect(await plan({ kind: 'PEOPLE', name: '抽调人员', planned: '6' })).toMatchObject({ resource: { planned: '6.00' } });
  expect(await plan({}, viewers.handler(stage.town))).toMatchObject({ code: 'NOT_PERMITTED' });
  const listed = async (viewer: Viewer, fields: string) => (await entities<{ resources: { totalCount: number } }>(officials, viewer, { type: 'Campaign', ids: [stage.campaignId], fields }))[0]?.resources.totalCount;
  expect([await listed(stage.office, 'resources { totalCount }'), await listed(stage.office, 'resources(kind: PEOPLE) { totalCount nodes { planned } }'), await listed(viewers.plain(), 'resources { totalCount }')]).toEqual([2, 1, 0]);
});
