import { createHash, randomUUID } from 'node:crypto';
import { select } from '@anjie/service-kit/database';
import { setBusinessNow, viewers } from '@anjie/testing';
import { aCampaign, count, createCampaign, CREATE_CAMPAIGN, freeze, type CampaignAnswer } from './asking';
import { aLedgerRow, importLedger } from './workbooks';
import { openCases, people, place, type CasesWorld } from './world';

let world: CasesWorld;
beforeAll(async () => (world = await openCases()));
beforeEach(() => world.reset());
afterAll(() => world?.close());

const rows = (many: number) => Array.from({ length: many }, (_unused, i) => aLedgerRow(i));
const codesSeenBy = async (viewer: typeof people.county): Promise<string[]> =>
  (await world.client.query<{ campaigns: { totalCount: number; nodes: { code: string }[] } }>(viewer, '{ campaigns(first: 100) { totalCount nodes { code } } }')).campaigns.nodes.map((node) => node.code);

test('a joint office sets up a campaign with phases and dated targets; the cohort is open and the counts are not fixed yet · rows 1, 2, 4–6', async () => {
  const { campaign } = await createCampaign(world, { code: 'XQ-2020' });
  expect(campaign).toMatchObject({
    code: 'XQ-2020', basisDocuments: ['中央信访工作联席会议〔2020〕'], goals: ['有合理诉求和实际困难的，依法及时解决', '过高诉求的，耐心解释政策'], cohortFrozenOn: null, cohortHash: null, cohortSize: null, parent: null, phases: [{ ordinal: 1, name: '动员部署' }, { ordinal: 2, name: '集中攻坚' }],
    targets: [{ dueOn: '2020-12-31', percent: 65, minimum: null }, { dueOn: '2021-12-31', percent: 85, minimum: null }],
  });
});

test('兴庆区方案 2020: 95 cases assigned from above freeze to 62 by the end of 2020 and 81 by the end of 2021, under a hash that anybody can recompute · row 6', async () => {
  const { campaign } = await createCampaign(world);
  await importLedger(world, campaign.id, rows(95));
  const frozen = (await freeze(world, campaign.id)).campaign;
  expect(frozen).toMatchObject({ cohortFrozenOn: '2022-09-27', cohortSize: 95, targets: [{ percent: 65, minimum: 62 }, { percent: 85, minimum: 81 }] });
  const ids = (await select<{ id: string }>(world.db.manager, 'SELECT case_id AS id FROM ledger_entries')).map((row) => row.id).sort();
  expect(frozen.cohortHash).toBe(createHash('sha256').update(ids.join('\n')).digest('hex'));
});

test('底数 is fixed once: it freezes once, also when two freeze at the same time', async () => {
  const { campaign } = await createCampaign(world);
  await importLedger(world, campaign.id, rows(3));
  const answers = await Promise.all(Array.from({ length: 5 }, () => freeze(world, campaign.id)));
  expect(answers.map((answer) => answer.code ?? 'done').sort()).toEqual(['ALREADY_FROZEN', 'ALREADY_FROZEN', 'ALREADY_FROZEN', 'ALREADY_FROZEN', 'done']);
  await setBusinessNow(world.db, new Date('2022-10-08T09:00:00+08:00'));
  expect(await freeze(world, campaign.id)).toMatchObject({ code: 'ALREADY_FROZEN' });
  expect(await count(world, 'audit_entries', "action = 'COHORT_FROZEN'")).toBe(1);
});

test('an empty cohort freezes to targets of 0', async () => {
  const { campaign } = await createCampaign(world);
  expect((await freeze(world, campaign.id)).campaign).toMatchObject({ cohortSize: 0, targets: [{ minimum: 0 }, { minimum: 0 }] });
});

test('a code is given once, in whatever order two offices ask, and a repeated request is the same campaign', async () => {
  const answers = await Promise.all([people.county, people.province, people.county].map((viewer) => createCampaign(world, { code: 'XQ-2020' }, viewer)));
  expect(answers.map((answer) => answer.code ?? 'done').sort()).toEqual(['CODE_TAKEN', 'CODE_TAKEN', 'done']);
  const input = aCampaign();
  const repeated = await Promise.all([1, 2, 3].map(() => world.client.query<{ createCampaign: CampaignAnswer }>(people.county, CREATE_CAMPAIGN, { input })));
  expect(new Set(repeated.map((answer) => answer.createCampaign.campaign.id)).size).toBe(1);
});

test.each<[string, string, Record<string, unknown>]>([
  ['an end before the start', 'DATES_INVALID', { endsOn: '2020-06-01' }], ['a share that falls', 'DATES_INVALID', { targets: [{ dueOn: '2020-12-31', percent: 85 }, { dueOn: '2021-12-31', percent: 65 }] }],
  ['phases that overlap', 'DATES_INVALID', { phases: [{ name: '一', startsOn: '2020-07-01', endsOn: '2020-12-31' }, { name: '二', startsOn: '2020-12-31', endsOn: '2021-12-31' }] }],
  ['a blank name', 'DATES_INVALID', { name: ' ' }], ['a name of 201', 'DATES_INVALID', { name: '专'.repeat(201) }], ['a code with a blank', 'DATES_INVALID', { code: 'XQ 2020' }],
  ['a phase name of 101', 'DATES_INVALID', { phases: [{ name: '段'.repeat(101), startsOn: '2020-07-01', endsOn: '2020-12-31' }] }],
  ['a blank phase name', 'DATES_INVALID', { phases: [{ name: ' ', startsOn: '2020-07-01', endsOn: '2020-12-31' }] }],
  ['a goal about kinds of people', 'DATES_INVALID', { goals: ['减少重点人员上访'] }], ['11 goals', 'DATES_INVALID', { goals: Array.from({ length: 11 }, () => '目标') }],
  ['a basis of 301 characters', 'DATES_INVALID', { basisDocuments: ['文'.repeat(301)] }], ['21 documents', 'DATES_INVALID', { basisDocuments: Array.from({ length: 21 }, () => '文') }],
  ['another county', 'DIVISION_UNKNOWN', { divisionCode: '640121' }], ['the city above', 'DIVISION_UNKNOWN', { divisionCode: '640100' }], ['a place that is not known', 'DIVISION_UNKNOWN', { divisionCode: '110101' }],
  ['a wildcard', 'DIVISION_UNKNOWN', { divisionCode: '64%' }], ['a parent that does not exist', 'NOT_FOUND', { parentId: randomUUID() }], ['a parent that is not even an id', 'NOT_FOUND', { parentId: 'x' }],
])('%s is refused: %s', async (_what, code, part) => {
  expect(await createCampaign(world, part)).toMatchObject({ __typename: 'CampaignRefusal', code });
  expect([await count(world, 'campaigns'), await count(world, 'campaign_ancestors')]).toEqual([0, 0]);
});

test('a campaign stands below one of the same place or a wider one, never below a narrower one · row 3', async () => {
  const county = await createCampaign(world, {}, people.province);
  expect(await createCampaign(world, { parentId: county.campaign.id, divisionCode: '640100' }, people.province)).toMatchObject({ code: 'DIVISION_UNKNOWN' });
  expect(await createCampaign(world, { parentId: county.campaign.id, divisionCode: '640121' }, people.province)).toMatchObject({ code: 'DIVISION_UNKNOWN' });
  expect(await createCampaign(world, { parentId: county.campaign.id }, people.province)).toMatchObject({ campaign: { parent: { code: county.campaign.code } } });
});

test('only a joint office of the place freezes; who takes part below may see the campaign but not freeze it', async () => {
  const above = await createCampaign(world, { divisionCode: '640000', code: 'NX' }, people.province);
  const { campaign } = await createCampaign(world, { parentId: above.campaign.id }, people.province);
  expect(await freeze(world, above.campaign.id)).toMatchObject({ code: 'NOT_PERMITTED' });
  for (const viewer of [people.otherCounty, people.housing, people.clerk, people.leader, viewers.admin()]) expect(await freeze(world, campaign.id, viewer)).toMatchObject({ code: 'NOT_FOUND' });
  for (const viewer of [people.housing, people.clerk, people.leader, viewers.admin()]) expect(await createCampaign(world, {}, viewer)).toMatchObject({ code: 'NOT_PERMITTED' });
});

test('each sees the campaigns of its place, those above that it takes part in, and those that count a case it sees', async () => {
  const above = await createCampaign(world, { divisionCode: '640000', code: 'A-NX' }, people.province);
  const own = await createCampaign(world, { code: 'B-XQ', parentId: above.campaign.id }, people.province);
  await createCampaign(world, { divisionCode: '640121', code: 'C-YN' }, people.province);
  await createCampaign(world, { divisionCode: '640100', code: 'D-YC' }, people.province);
  expect(await codesSeenBy(people.housing)).toEqual([]);
  await importLedger(world, own.campaign.id, [aLedgerRow(1, { 责任单位: '住建局' })]);
  expect(await codesSeenBy(people.province)).toEqual(['A-NX', 'B-XQ', 'C-YN', 'D-YC']);
  expect(await codesSeenBy(viewers.jointOffice('640100', randomUUID()))).toEqual(['A-NX', 'B-XQ', 'C-YN', 'D-YC']);
  expect(await codesSeenBy(people.county)).toEqual(['A-NX', 'B-XQ']);
  expect(await codesSeenBy(people.otherCounty)).toEqual(['C-YN']);
  expect(await codesSeenBy(people.housing)).toEqual(['A-NX', 'B-XQ']);
  for (const viewer of [people.civilAffairs, people.stranger, people.leader, viewers.admin()]) expect(await codesSeenBy(viewer)).toEqual([]);
});

test('campaigns are found by place and by the campaign above, and list their children', async () => {
  const above = await createCampaign(world, { divisionCode: '640000', code: 'A-NX' }, people.province);
  await createCampaign(world, { code: 'B-XQ', parentId: above.campaign.id }, people.province);
  await createCampaign(world, { divisionCode: '640121', code: 'C-YN', parentId: above.campaign.id }, people.province);
  const answer = await world.client.query<Record<string, { totalCount: number; nodes: { code: string }[] }> & { campaign: { children: object } }>(people.province, `query ($id: ID!) {
    ofParent: campaigns(filter: { parentId: $id }) { totalCount nodes { code } } ofCity: campaigns(filter: { divisionCode: "640100" }) { totalCount nodes { code } }
    campaign(id: $id) { children(first: 1) { totalCount nodes { code } pageInfo { hasNextPage } } } }`, { id: above.campaign.id });
  expect(answer['ofParent']).toEqual({ totalCount: 2, nodes: [{ code: 'B-XQ' }, { code: 'C-YN' }] });
  expect(answer['ofCity']).toEqual({ totalCount: 2, nodes: [{ code: 'B-XQ' }, { code: 'C-YN' }] });
  expect(answer.campaign.children).toEqual({ totalCount: 2, nodes: [{ code: 'B-XQ' }], pageInfo: { hasNextPage: true } });
  expect(place.county).toBe('640104');
});
