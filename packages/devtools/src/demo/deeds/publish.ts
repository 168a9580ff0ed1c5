import { campaignCode, parentCampaign } from '../campaigns';
import { DISTRICT, PROVINCE } from '../divisions';
import type { GraphClient } from '../graph-client';
import { campaignOf, type KnownCampaigns } from '../load-campaigns';
import type { Tell } from '../tell';
import { createActs, type Acts, type Node, type Part } from './acts';
import { fillChecklists } from './checklists';
import { unitOf } from './world';

const OFFICE = 'district-office';
const REGION = 'province-office';

export interface PublishTask {
  readonly known: KnownCampaigns;
  readonly tell: Tell;
  readonly runTask: (service: string, task: string) => Promise<void>;
}
export const PUBLISH_STEPS = 4;

/** What is counted from everything before it: the daily watch, the year's assessment, the bulletins. */
export async function publish(client: GraphClient, { known, tell, runTask }: PublishTask): Promise<void> {
  const acts = createActs(client);
  await fillChecklists(client);
  tell('checklists filled in');
  await runTask('supervision', 'watch-ladders');
  await runTask('supervision', 'check-formalism');
  tell('the daily watch has run');
  await assess(acts);
  tell('the year is assessed');
  await bulletins(acts, { district: campaignOf(known, campaignCode(DISTRICT)).id, region: campaignOf(known, parentCampaign.code).id });
  tell('bulletins');
}

interface Assessment extends Node {
  readonly results: { readonly nodes: readonly (Node & { readonly unit: { readonly id: string } })[] };
}

/** 年度考核 of the year that still runs: computed, and open for the comments of units. */
async function assess(acts: Acts): Promise<void> {
  const { node } = await acts.begin<Assessment>(OFFICE, 'computeAssessment', { scheme: 'ANNUAL_UNIT', divisionCode: DISTRICT, year: 2022 });
  const own = node.results.nodes.find(({ unit }) => unit.id === unitOf('ZJJ'));
  await acts.begin('housing-portal', 'commentOnAssessment', { resultId: own?.id, expectedVersion: 1, comment: '办证类事项涉及税费追缴，部分办理时限受外部程序影响，建议核对后再定。' });
}

/** 月通报 of the region and of 兴庆区, 周反馈 of the week before; a note says why the month is told early. */
async function bulletins(acts: Acts, { district, region }: { district: string; region: string }): Promise<void> {
  await issue(acts, REGION, {
    bulletin: { kind: 'MONTHLY', divisionCode: PROVINCE.code, campaignId: region, periodOn: '2022-09-01' },
    notes: [{ text: '国庆假期临近，本期数据截至九月二十七日；假期期间各地保持接访和值守。' }],
  });
  await issue(acts, OFFICE, { bulletin: { kind: 'MONTHLY', divisionCode: DISTRICT, periodOn: '2022-09-01' }, notes: [{ text: '本月第三次联席会议议定三项，各责任单位应按期报告落实情况。' }] });
  await issue(acts, OFFICE, { bulletin: { kind: 'WEEKLY', divisionCode: DISTRICT, campaignId: district, periodOn: '2022-09-19' } });
}

async function issue(acts: Acts, who: string, { bulletin: part, notes = [] }: { bulletin: Part; notes?: readonly Part[] }): Promise<void> {
  const bulletin = await acts.begin(who, 'draftBulletin', part);
  for (const note of notes) await bulletin.next(who, 'addBulletinNote', note);
  await bulletin.next(who, 'publishBulletin');
}
