import { randomUUID } from 'node:crypto';
import type { Viewer } from '@anjie/access';
import { viewers } from '@anjie/testing';
import { figureRows, openOfficials, type Officials } from './fixture';
import { entities, haveCase, mutate, setStage, sponsorIt, type Stage } from './stage';

let officials: Officials;
let stage: Stage;
beforeAll(async () => void (officials = await openOfficials()));
beforeEach(async () => void (stage = await setStage(officials)));
afterAll(() => officials?.close());

interface Coverage {
  readonly openCases: { readonly value: number; readonly formula: string; readonly asOf: string };
  readonly casesWithoutSponsor: { readonly totalCount: number; readonly nodes: readonly { readonly id: string }[] };
}
const LIST = '{ totalCount nodes { id } }';
const coverage = async (viewer: Viewer, divisionCode = '640104') => (await officials.client.query<{ sponsorshipCoverage: Coverage | null }>(
  viewer, `{ sponsorshipCoverage(campaignId: "${stage.campaignId}", divisionCode: "${divisionCode}") { rule { code leastLevelIfHard untilClosed } openCases { value formula asOf } withoutSponsor { value }
    hardBelowLevel { value } pastLimitWithoutPlan { value } casesWithoutSponsor ${LIST} hardCasesBelowLevel ${LIST} casesPastLimitWithoutPlan ${LIST} } }`,
)).sponsorshipCoverage;

test('every ledger case has a sponsor, the hardest have the top leaders: what is missing is told as figures and as cases · rows 49, 62', async () => {
  const bare = await haveCase(officials, stage);
  const hard = await haveCase(officials, stage, { isHard: true });
  const fine = await haveCase(officials, stage, { isHard: true });
  await haveCase(officials, stage, { closedOn: '2026-05-01' });
  await haveCase(officials, stage, { ledgers: [] });
  await sponsorIt(officials, stage.office, { caseId: hard, officialId: stage.mayor });
  await sponsorIt(officials, stage.office, { caseId: fine, officialId: stage.head });
  expect(await coverage(stage.office)).toMatchObject({
    rule: { code: 'GENERAL', leastLevelIfHard: 'COUNTY', untilClosed: true },
    openCases: { value: 3, asOf: '2026-06-30', formula: expect.stringContaining('neither struck off nor closed') }, withoutSponsor: { value: 1 }, hardBelowLevel: { value: 1 }, pastLimitWithoutPlan: { value: 0 },
    casesWithoutSponsor: { totalCount: 1, nodes: [{ id: bare }] }, hardCasesBelowLevel: { nodes: [{ id: hard }] }, casesPastLimitWithoutPlan: { nodes: [] },
  });
  expect(await coverage(viewers.jointOffice('640100', randomUUID()), '640100')).toMatchObject({ openCases: { value: 3 } });
  expect([await coverage(stage.elsewhere), await coverage(stage.handler), await coverage(viewers.plain()), await coverage(stage.office, '640100')]).toEqual([null, null, null, null]);
  const [campaign] = await entities<{ sponsorshipCoverage: Coverage | null }>(officials, stage.office, { type: 'Campaign', ids: [stage.campaignId], fields: 'sponsorshipCoverage(divisionCode: "640104") { openCases { value } }' });
  expect(campaign?.sponsorshipCoverage).toMatchObject({ openCases: { value: 3 } });
});

test('a case past its campaign limit whose plan was made before it needs a new one, and is listed until it has one · row 55', async () => {
  const late = await haveCase(officials, stage, { limitOn: '2026-05-31', planSince: '2026-03-01', planOn: '2026-03-01' });
  const bare = await haveCase(officials, stage, { limitOn: '2026-05-31' });
  await haveCase(officials, stage, { limitOn: '2026-06-30', planOn: '2026-03-01', planSince: '2026-03-01' });
  const listed = async () => (await coverage(stage.office) as unknown as { casesPastLimitWithoutPlan: { nodes: { id: string }[] } }).casesPastLimitWithoutPlan.nodes.map(({ id }) => id).sort();
  expect(await listed()).toEqual([late, bare].sort());
  await haveCase(officials, stage, { caseId: late, limitOn: '2026-05-31', planSince: '2026-03-01', planOn: '2026-06-10' }, 2);
  expect(await listed()).toEqual([bare]);
});

const suggest = async (viewer: Viewer, caseId: string) => (await officials.client.query<{ sponsorSuggestions: { official: { name: string }; level: string; activeCases: number; reachesLevel: boolean; reasons: string[] }[] | null }>(
  viewer, `{ sponsorSuggestions(caseId: "${caseId}") { official { name } level activeCases reachesLevel reasons } }`,
)).sponsorSuggestions;

test('sponsors are suggested by level, load and difficulty with reasons, to whoever names them; nothing is named by itself · row 49', async () => {
  await officials.unit({ code: 'CITY', name: '市政府', kind: 'GOVERNMENT', divisionCode: '640100' });
  await officials.official('CITY', { name: '周市长', isHead: true });
  const busy = await haveCase(officials, stage);
  await sponsorIt(officials, stage.office, { caseId: busy, officialId: stage.head });
  const hard = await haveCase(officials, stage, { isHard: true, divisionCode: '640104100' });
  const names = (await suggest(stage.office, hard))?.map((one) => [one.official.name, one.level, one.activeCases, one.reachesLevel]);
  expect(names).toEqual([['周市长', 'CITY', 0, true], ['李局长', 'COUNTY', 1, true], ['赵镇长', 'TOWNSHIP', 0, false]]);
  const [first] = (await suggest({ ...stage.office, locale: 'zh-CN' }, hard)) ?? [];
  expect(first?.reasons).toEqual(['市级领导，疑难案件规则要求不低于县级：符合', '现有包案0件，规则建议不超过8件']);
  expect((await suggest(stage.office, busy))?.map((one) => one.official.name)).not.toContain('李局长');
  expect([await suggest(stage.handler, hard), await suggest(stage.elsewhere, hard), await suggest(stage.office, randomUUID())]).toEqual([null, null, null]);
  const [row] = await entities<{ sponsorship: object | null }>(officials, stage.office, { type: 'Case', ids: [hard], fields: 'sponsorship { id }' });
  expect(row?.sponsorship).toBeNull();
});

test('who is excluded from a case, or recused, is not suggested · rows 49, 76', async () => {
  const caseId = await haveCase(officials, stage, { excluded: [{ kind: 'UNIT', id: stage.bureau }] });
  expect((await suggest(stage.office, caseId))?.map((one) => one.official.name)).not.toContain('李局长');
});

test('who is appointed directly responsible may be suggested beside heads of units · rows 49, 56', async () => {
  const caseId = await haveCase(officials, stage);
  expect((await suggest(stage.office, caseId))?.map((one) => one.official.name)).not.toContain('王副局长');
  await mutate(officials, stage.handler, { name: 'appoint', type: 'AppointInput', fields: '', input: { kind: 'DIRECT_RESPONSIBLE', officialId: stage.deputy, unitId: stage.bureau } });
  expect((await suggest(stage.office, caseId))?.map((one) => one.official.name)).toContain('王副局长');
});

test('the rollup tells ledger cases without a sponsor as of any day, and rules are told in order · rows 49, 62', async () => {
  const caseId = await haveCase(officials, stage);
  const other = await haveCase(officials, stage);
  await sponsorIt(officials, stage.office, { caseId, officialId: stage.head, startOn: '2026-04-01' });
  expect(await figureRows(officials.db, ['CASES_WITHOUT_SPONSOR'])).toEqual(['CASES_WITHOUT_SPONSOR 640104 2026-03-01 2', 'CASES_WITHOUT_SPONSOR 640104 2026-04-01 -1']);
  await haveCase(officials, stage, { caseId: other, closedOn: '2026-05-05' }, 2);
  const rolled = async (asOf: string) => (await officials.client.query<{ _entities: { casesWithoutSponsor: { value: number } }[] }>(
    stage.office, 'query($r: [_Any!]!) { _entities(representations: $r) { ... on DivisionRollup { casesWithoutSponsor { value formula asOf } activitiesHeld { value formula } openPromises { value formula } } } }',
    { r: [{ __typename: 'DivisionRollup', campaignId: stage.campaignId, divisionCode: '640104', asOf }] },
  ))._entities[0]?.casesWithoutSponsor.value;
  expect([await rolled('2026-02-28'), await rolled('2026-03-01'), await rolled('2026-04-01'), await rolled('2026-05-05')]).toEqual([0, 2, 1, 0]);
  const { sponsorshipRules } = await officials.client.query<{ sponsorshipRules: object[] }>(viewers.plain(), '{ sponsorshipRules { code name basis leastLevel mostCases division { code } isRetired catalogueRows } }');
  expect(sponsorshipRules).toEqual([expect.objectContaining({ code: 'GENERAL', leastLevel: 'TOWNSHIP', mostCases: 8, division: null, isRetired: false })]);
});
