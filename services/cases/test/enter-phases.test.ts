import type { Viewer } from '@anjie/access';
import { viewers } from '@anjie/testing';
import { count, createCampaign, type Answer } from './asking';
import { mutate } from './campaign-asking';
import { openCases, people, type CasesWorld } from './world';

let world: CasesWorld;
let campaignId: string;
beforeAll(async () => (world = await openCases()));
beforeEach(async () => {
  await world.reset();
  campaignId = (await createCampaign(world, {
    endsOn: '2023-08-31',
    phases: [
      { name: '安排部署', startsOn: '2020-10-26', endsOn: '2020-10-30', entryCriteria: '方案印发', exitCriteria: '交办清单下发' }, { name: '攻坚化解', startsOn: '2020-10-31', endsOn: '2022-12-31' },
      { name: '巩固提升', startsOn: '2023-01-01', endsOn: '2023-08-31' },
    ],
  })).campaign.id;
});
afterAll(() => world?.close());

interface Phase { readonly ordinal: number; readonly enteredOn: string | null; readonly entryDecision: string | null; readonly leftOn: string | null; readonly exitDecision: string | null }
type PhaseAnswer = Answer & { readonly campaign: { readonly phases: Phase[] } };
const FIELDS = '... on CampaignPayload { campaign { phases { ordinal entryCriteria exitCriteria enteredOn entryDecision leftOn exitDecision } } } ... on CampaignRefusal { code message }';
const enter = (ordinal: number, part: Record<string, unknown> = {}, viewer: Viewer = people.county) =>
  mutate<PhaseAnswer>(world, viewer, { name: 'enterPhase', fields: FIELDS, input: { campaignId, ordinal, decision: '联席会议决定进入本阶段', ...part } });
const leave = (part: Record<string, unknown> = {}, viewer: Viewer = people.county) =>
  mutate<PhaseAnswer>(world, viewer, { name: 'leavePhase', fields: FIELDS, input: { campaignId, decision: '联席会议决定结束本阶段', ...part } });

test('兴庆区方案 2020 §三个阶段: planned days and what really happened stand side by side; entering one leaves the one before · rows 5, 12', async () => {
  await enter(1, { on: '2020-10-26' });
  const { campaign } = await enter(2, { on: '2020-11-03', decision: '清单已下发，进入攻坚' });
  expect(campaign.phases).toMatchObject([
    { ordinal: 1, entryCriteria: '方案印发', exitCriteria: '交办清单下发', enteredOn: '2020-10-26', entryDecision: '联席会议决定进入本阶段', leftOn: '2020-11-03', exitDecision: '清单已下发，进入攻坚' },
    { ordinal: 2, enteredOn: '2020-11-03', leftOn: null, exitDecision: null }, { ordinal: 3, enteredOn: null, entryDecision: null },
  ]);
  expect((await enter(3)).campaign.phases[2]).toMatchObject({ enteredOn: '2022-09-27' });
  expect((await leave()).campaign.phases[2]).toMatchObject({ leftOn: '2022-09-27', exitDecision: '联席会议决定结束本阶段' });
  expect(await leave()).toMatchObject({ code: 'PHASE_UNKNOWN' });
  expect(await count(world, 'audit_entries', "action IN ('PHASE_ENTERED', 'PHASE_LEFT')")).toBe(4);
});

test.each<[string, number, Record<string, unknown>, string]>([
  ['the third before the second', 3, {}, 'PHASE_OUT_OF_ORDER'], ['the first again', 1, {}, 'PHASE_OUT_OF_ORDER'], ['a fourth', 4, {}, 'PHASE_UNKNOWN'], ['the second before the first began', 2, { on: '2020-10-25' }, 'DATE_OUT_OF_ORDER'],
  ['the second tomorrow', 2, { on: '2022-09-28' }, 'DATE_OUT_OF_ORDER'], ['a decision of four characters', 2, { decision: '同意进入' }, 'TEXT_LENGTH'], ['a decision of 501', 2, { decision: '决'.repeat(501) }, 'TEXT_LENGTH'],
])('%s is refused: %s', async (_what, ordinal, part, code) => {
  await enter(1, { on: '2020-10-26' });
  expect(await enter(ordinal, part)).toMatchObject({ code });
  expect(await count(world, 'campaign_phases', 'entered_on IS NOT NULL')).toBe(1);
});

test('a phase is not left before it was entered, nor in the future', async () => {
  expect(await leave()).toMatchObject({ code: 'PHASE_UNKNOWN' });
  await enter(1, { on: '2020-10-26' });
  for (const on of ['2020-10-25', '2022-09-28']) expect(await leave({ on })).toMatchObject({ code: 'DATE_OUT_OF_ORDER' });
  expect((await leave({ on: '2020-10-30' })).campaign.phases[0]).toMatchObject({ leftOn: '2020-10-30' });
});

test('five who enter the same phase at the same time enter it once', async () => {
  const answers = await Promise.all(Array.from({ length: 5 }, () => enter(1)));
  expect(answers.map((answer) => answer.code ?? 'done').sort()).toEqual(['PHASE_OUT_OF_ORDER', 'PHASE_OUT_OF_ORDER', 'PHASE_OUT_OF_ORDER', 'PHASE_OUT_OF_ORDER', 'done']);
});

test('only the joint office of the place, or one above it, decides about phases', async () => {
  for (const viewer of [people.otherCounty, people.housing, people.clerk, people.leader, viewers.admin()]) expect([(await enter(1, {}, viewer)).code, (await leave({}, viewer)).code]).toEqual(['NOT_FOUND', 'NOT_FOUND']);
  const above = (await createCampaign(world, { divisionCode: '640000' }, people.province)).campaign.id;
  await createCampaign(world, { parentId: above }, people.province);
  expect(await enter(1, { campaignId: above })).toMatchObject({ code: 'NOT_PERMITTED' });
  expect(await enter(1, {}, people.province)).toMatchObject({ campaign: { phases: [{ enteredOn: '2022-09-27' }, {}, {}] } });
});

test.each<[string, Record<string, unknown>]>([
  ['criteria of 1,001 characters', { phases: [{ name: '一', startsOn: '2020-07-01', endsOn: '2020-12-31', exitCriteria: '条'.repeat(1_001) }] }],
  ['targets of one base that fall', { targets: [{ dueOn: '2020-12-31', percent: 85, base: 'ALL' }, { dueOn: '2021-12-31', percent: 65, base: 'ALL' }] }],
  ['two targets of one base on a day', { targets: [{ dueOn: '2020-12-31', percent: 65 }, { dueOn: '2020-12-31', percent: 85 }] }],
])('%s are refused: DATES_INVALID', async (_what, part) => {
  expect(await createCampaign(world, part)).toMatchObject({ code: 'DATES_INVALID' });
});

test('two bases may have a target on the same day, each with its own share', async () => {
  const { campaign } = await createCampaign(world, { targets: [{ dueOn: '2020-12-31', percent: 85 }, { dueOn: '2020-12-31', percent: 65, base: 'ALL' }] });
  expect(campaign.targets).toHaveLength(2);
});
