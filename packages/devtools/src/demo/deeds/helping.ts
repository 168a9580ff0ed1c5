import { settledRows } from '../story';
import type { Node, Part } from './acts';
import { openRow, personOf, unitOf, type Scene, type World } from './world';

const OFFICE = 'district-office';
const HOUSING = 'housing-portal';
const CIVIL = 'civil-affairs-portal';

/** 政策解释 and 服务团队: offered, accepted or declined, and nothing else is kept. */
export async function* talksAndTeams({ acts, caseId, serving }: World): Scene {
  const talk = await acts.begin(HOUSING, 'offerExplanation', { caseId: caseId('resettlement'), kind: 'POLICY_EXPLANATION', topic: '安置房面积差异的结算办法。' });
  const team = (who: string, role: string, part: Part) => acts.begin(who, 'offerService', { role, ...part });
  const lawyer = await team(HOUSING, 'LAWYER', { caseId: caseId('titles'), participantId: serving.lawyer });
  const counsel = await team('labour-portal', 'COUNSELLOR', { caseId: caseId('wages'), participantId: serving.counsellor });
  yield;
  await talk.next(HOUSING, 'answerExplanation', { answer: 'ACCEPTED', answeredOn: '2022-09-07', place: 'COMMUNITY' });
  await talk.next(HOUSING, 'holdExplanation', { heldOn: '2022-09-13', explained: '说明了安置协议约定的面积差异结算办法、复核面积的途径和期限。', documents: ['安置协议结算条款摘录', '面积复核申请须知'] });
  await lawyer.next(HOUSING, 'answerServiceOffer', { answer: 'ACCEPTED', answeredOn: '2022-09-09' });
  await counsel.next('labour-portal', 'answerServiceOffer', { answer: 'DECLINED', answeredOn: '2022-09-09' });
  yield;
  await team(HOUSING, 'MEDIATOR', { caseId: caseId('estate'), participantId: serving.mediator });
  await acts.begin(CIVIL, 'offerExplanation', { caseId: caseId('hardship'), kind: 'POLICY_EXPLANATION', topic: '低保核定的程序和复核途径。' });
}

/** 救助: paid in two parts; approved and paid in part; declined with its reason; counsel offered and declined. */
export async function* relief({ acts, caseId }: World): Scene {
  const apply = (who: string, part: Part) => acts.begin(who, 'submitAssistanceApplication', part);
  const need = '家庭基本生活出现暂时困难。';
  const paid = await apply(CIVIL, { caseId: caseId('hardship'), kind: 'TEMPORARY_AID', unitId: unitOf('MZJ'), requestedAmount: '3000.00', need });
  const part = await apply(HOUSING, { caseId: caseId('unfinished'), kind: 'PETITION_AID', unitId: unitOf('XLB'), requestedAmount: '5000.00', need: '在外租房时间较长，租金负担较重。' });
  const declined = await apply(HOUSING, { caseId: caseId('resettlement'), kind: 'CIVIL_AFFAIRS_AID', unitId: unitOf('MZJ'), requestedAmount: '2000.00', need });
  yield;
  await paid.next(CIVIL, 'decideAssistanceApplication', { decision: 'APPROVE', amount: '3000.00', publicisedOn: '2022-09-09' });
  await part.next(OFFICE, 'decideAssistanceApplication', { decision: 'APPROVE', amount: '4000.00' });
  await declined.next(CIVIL, 'decideAssistanceApplication', { decision: 'DECLINE', reason: '已按规定享受过渡期补助，本次不重复救助；符合临时救助条件的可另行申请。' });
  yield;
  await paid.next(CIVIL, 'recordAssistancePayment', { paidOn: '2022-09-19', amount: '2000.00', evidenceRef: '发放凭证2022-0911' });
  await paid.next(CIVIL, 'recordAssistancePayment', { paidOn: '2022-09-26', evidenceRef: '发放凭证2022-0934' });
  await part.next(OFFICE, 'recordAssistancePayment', { paidOn: '2022-09-23', amount: '1500.00', evidenceRef: '发放凭证2022-0928' });
  await apply('labour-portal', { caseId: caseId('wages'), kind: 'TEMPORARY_AID', unitId: unitOf('MZJ'), requestedAmount: '1800.00', need });
  const counsel = await acts.begin(HOUSING, 'offerRelief', { caseId: caseId('unfinished'), kind: 'PSYCHOLOGICAL_COUNSEL' });
  await counsel.next(HOUSING, 'answerReliefOffer', { answer: 'DECLINED', answeredOn: '2022-09-27' });
}

const AUTHORITY = '授权委托书（样张）';

/** The written authority on a case: put there once, however often the demo is loaded. */
async function authorityOn({ client, acts }: World, { who, caseId }: { who: string; caseId: string }): Promise<string> {
  const asked = await client.ask<{ case: { attachments: { nodes: (Node & { title: string })[] } } }>(who, 'query Demo($id: ID!) { case(id: $id) { attachments(first: 20) { nodes { id title } } } }', { id: caseId });
  const there = asked.case.attachments.nodes.find(({ title }) => title === AUTHORITY);
  if (there) return there.id;
  const content = Buffer.from(`授权委托书（样张，示例数据）\n委托事项：代为递交、领取材料。\n本委托不收取任何费用，可以随时撤回。\n事项：${caseId}\n`);
  const fileId = await client.upload(who, { name: '授权委托书.txt', content, purpose: 'CASE_ATTACHMENT', mediaType: 'text/plain; charset=utf-8' });
  return (await acts.begin(who, 'attachFile', { caseId, fileId, kind: 'AUTHORISATION', title: AUTHORITY })).id;
}

interface Agency {
  readonly who: string;
  readonly caseId: string;
  readonly kind: string;
  readonly level: string;
  readonly officialId: string;
}

/** 代办 by written authority: done, under way, and offered. */
export async function* agency(world: World): Scene {
  const { acts, caseId, ledger } = world;
  const offered = ({ who, ...part }: Agency) => acts.begin(who, 'offerAgencyTask', part);
  const village = settledRows.find(({ lead }) => lead === 'XZ2') ?? openRow('hardship');
  const titles: Agency = { who: HOUSING, caseId: caseId('titles'), kind: 'BRING_PAPERS', level: 'COUNTY', officialId: personOf('ZJJ', 1) };
  const wages: Agency = { who: 'labour-portal', caseId: caseId('wages'), kind: 'FOLLOW_PROGRESS', level: 'COUNTY', officialId: personOf('RSJ', 1) };
  const town: Agency = { who: 'town-office', caseId: ledger.of(village).id, kind: 'BRING_PAPERS', level: 'TOWNSHIP', officialId: personOf('XZ2', 1) };
  const begun = [];
  for (const one of [titles, wages, town]) {
    const task = await offered(one);
    await task.next(one.who, 'authoriseAgencyTask', { documentId: await authorityOn(world, one), scope: one.kind === 'BRING_PAPERS' ? '代为递交、领取办理材料。' : '代为查询、反馈办理进展。', until: '2022-11-30' });
    await task.next(one.who, 'startAgencyTask', { finishBy: one === wages ? '2022-10-31' : '2022-09-30' });
    begun.push(task);
  }
  yield;
  await begun[2]?.next('town-office', 'completeAgencyTask', { outcome: '已代为领取补贴核对结果通知书并送交。' });
  yield;
  await begun[0]?.next(HOUSING, 'completeAgencyTask', { outcome: '已代为递交首次登记材料并取回受理回执。' });
  await offered({ who: CIVIL, caseId: caseId('hardship'), kind: 'FOLLOW_PROGRESS', level: 'COUNTY', officialId: personOf('MZJ', 1) });
}

/** 回访 after cases were closed: three made, one declined, one whose day has passed. */
export async function* visitsMade({ acts, ledger }: World): Scene {
  const planned = [];
  for (const row of settledRows.slice(0, 4)) planned.push(await acts.begin(OFFICE, 'planFollowUpVisit', { caseId: ledger.of(row).id, kind: 'POST_CLOSE', plannedOn: '2022-09-15' }));
  yield;
  const [first, second, third, fourth] = planned;
  const made = (part: Part) => ({ outcome: 'DONE', doneOn: '2022-09-15', leftToDo: 'NOTHING_LEFT', ...part });
  await first?.next(OFFICE, 'recordFollowUpVisit', made({ place: 'OFFICE', summary: '“答应的事情都办了。”' }));
  await second?.next(OFFICE, 'recordFollowUpVisit', made({ place: 'REMOTE', summary: '“没有别的问题了。”' }));
  await third?.next(OFFICE, 'recordFollowUpVisit', made({ place: 'HOME', leftToDo: 'WORK_LEFT', summary: '“主要的解决了，还差一份书面材料。”' }));
  await fourth?.next(OFFICE, 'recordFollowUpVisit', { outcome: 'DECLINED' });
  const next = settledRows[4];
  if (next) await acts.begin(OFFICE, 'planFollowUpVisit', { caseId: ledger.of(next).id, kind: 'POST_CLOSE', plannedOn: '2022-09-22' });
}
