import { eventually } from '@anjie/testing';
import { handlerOf } from '../cast';
import type { KnownCase } from '../known-cases';
import type { PersonaName } from '../personas';
import { PLACES, type PlaceName } from '../places';
import { inParallel, type SecuritySystem } from '../security-system';
import type { Before } from './at-work';
import { watchWork } from './form-only';
import { inquire } from './inquiries';
import { madeOf, writeLetters } from './letters';
import { subjectsOf, type Subjects } from './subjects';

/** Letters up the ladder, lists, findings and inquiries. */
export async function instrumentsAtWork(system: SecuritySystem, before: Before): Promise<void> {
  const subjects = subjectsOf(before);
  await Promise.all([writeLetters(system, subjects), inquire(system, before, subjects), reportUrgently(system, subjects), disputeReferrals(system, subjects)]);
  await system.settled();
  await focus(system);
  await watchWork(system, subjects);
}

/** Units whose letters found no progress are looked after for a time; one not any more. */
async function focus(system: SecuritySystem): Promise<void> {
  const begin = async (who: PersonaName, place: PlaceName) => madeOf(await system.act(who, 'beginFocusManagement', { unitId: PLACES[place].id, untilOn: '2023-06-30', reason: '多次督办仍无进展。' }), 'focus');
  await begin('countyOffice', 'landReserve');
  await begin('neighbourOffice', 'neighbourBureau');
  const over = await begin('countyOffice', 'housing');
  await system.act('countyOffice', 'endFocusManagement', { focusId: over.id, expectedVersion: over.version, reason: '督办事项已有进展。' });
}

interface Telling {
  readonly who: PersonaName;
  readonly to: readonly PlaceName[];
  readonly about?: KnownCase;
}

/** 第二十五条: told upwards and to the departments concerned; whoever got it says so. */
async function reportUrgently(system: SecuritySystem, { shared, climbed, next }: Subjects): Promise<void> {
  const tellings: readonly Telling[] = [
    { who: 'leadHandler', to: ['government', 'civilAffairs'], about: climbed }, { who: 'leadHandler', to: ['countyOffice', 'landReserve'], about: shared },
    { who: 'accusedHandler', to: ['countyOffice', 'landBureau'] }, { who: 'windowClerk', to: ['countyOffice'] }, { who: 'neighbourHandler', to: ['neighbourGovernment'], about: next },
  ];
  const sent = await inParallel(tellings, async ({ who, to, about }) => madeOf(await system.act(who, 'sendUrgentReport', {
    kind: 'SITUATION_REPORT', level: 'GENERAL', receiverUnitIds: to.map((place) => PLACES[place].id), issue: '安置房小区供水中断', content: '供水中断一天，供水单位正在抢修，街道已经送水。', ...(about ? { caseId: about.id } : {}),
  }), 'report'));
  await system.act('governmentHandler', 'acknowledgeUrgentReport', { reportId: sent[0]?.id });
}

interface Dispute {
  readonly one: KnownCase;
  readonly from: PlaceName;
  readonly to: PlaceName;
}

/** 第二十四条第一款: who got a referral wants it back, who sent it does not consent; one stands on an agenda. */
async function disputeReferrals(system: SecuritySystem, { shared, climbed, next }: Subjects): Promise<void> {
  const disputes: readonly Dispute[] = [
    { one: climbed, from: 'housing', to: 'labour' }, { one: shared, from: 'housing', to: 'landReserve' }, { one: next, from: 'neighbourBureau', to: 'civilAffairs' },
  ];
  await inParallel(disputes, (dispute) => disagree(system, dispute));
  const candidates = (): Promise<{ id: string; caseId: string }[]> => system.rows("SELECT id, case_id AS caseId FROM supervision.coordination_candidates WHERE state = 'WAITING'");
  await eventually('the disputes wait for coordination', async () => {
    const waiting = new Set((await candidates()).map(({ caseId }) => caseId));
    return disputes.every(({ one }) => waiting.has(one.id));
  }, 60_000);
  const taken = (await candidates()).find(({ caseId }) => caseId === climbed.id);
  await system.act('countyOffice', 'callMeeting', {
    kind: 'OFFICE_COORDINATION', title: '转办争议协调会', plannedOn: '2023-01-05', unitIds: [PLACES.housing.id, PLACES.labour.id], officialIds: [], points: [{ title: '转办由谁办理', candidateId: taken?.id }],
  });
}

async function disagree(system: SecuritySystem, { one, from, to }: Dispute): Promise<void> {
  const sent = madeOf(await system.act(handlerOf(from), 'sendReferral', { caseId: one.id, toUnitId: PLACES[to].id, purpose: 'JOINT_HANDLING', request: '请协同核查并反馈意见。' }), 'referral');
  const delivered = (): Promise<{ version: string }[]> => system.rows("SELECT version FROM assistance.referrals WHERE id = ? AND state = 'DELIVERED'", [sent.id]);
  await eventually(`a referral of case ${one.no} is delivered`, async () => (await delivered()).length > 0, 60_000);
  const [row] = await delivered();
  const returned = madeOf(await system.act(handlerOf(to), 'requestReferralReturn', { referralId: sent.id, expectedVersion: Number(row?.version), reason: '不属于本单位职责，请收回。' }), 'referral');
  await system.act(handlerOf(from), 'refuseReferralReturn', { referralId: sent.id, expectedVersion: returned.version, reason: '涉及贵单位职责，请协同办理。' });
}
