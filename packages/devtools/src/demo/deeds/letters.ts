import type { Part, Thread } from './acts';
import { unitOf, type Scene, type World } from './world';

const OFFICE = 'district-office';
/** Writes what the head of the office approves: two pairs of eyes. */
const DEPUTY = 'district-deputy';

const issued = ({ acts }: World, part: Part): Promise<Thread> => acts.begin(OFFICE, 'issueSupervisionLetter', part);

async function approved({ acts }: World, { reference, ...part }: Part): Promise<Thread> {
  const draft = await acts.begin(DEPUTY, 'issueSupervisionLetter', part);
  await draft.next(OFFICE, 'decideSupervisionLetterDraft', { decision: 'APPROVE', reference });
  return draft;
}

const WITHOUT = { hasProgress: false };

/** The case that is late since last year goes up the ladder: 督办函, 电话提醒, 通报; then its plate, and 重点管理 of the unit. */
export async function* upTheLadder(world: World): Scene {
  const about = { caseId: world.caseId('land'), toUnitId: unitOf('ZRJ'), ground: 'DELAY' };
  const letter = await issued(world, { ...about, kind: 'SUPERVISION_LETTER', replyDueOn: '2022-09-13', body: '该件化解时限已过八个月。请说明补偿差额核算情况，明确完成时间，书面回复。' });
  yield;
  await letter.next('land-portal', 'replyToSupervisionLetter', { reply: '正在与财政部门研究核算口径。' });
  await letter.next(OFFICE, 'closeSupervisionLetter', WITHOUT);
  const reminder = await issued(world, { ...about, kind: 'PHONE_REMINDER', replyDueOn: '2022-09-21', body: '回复没有实质内容。请局主要负责人过问，一周内报核算结果。' });
  yield;
  await reminder.next(OFFICE, 'closeSupervisionLetter', WITHOUT);
  const evidence = '督查记录〔2022〕7号、电话提醒登记';
  const circular = await approved(world, { ...about, kind: 'CIRCULAR', evidence, replyDueOn: '2022-10-11', body: '经督办和电话提醒，该件仍无实质进展，予以通报，限期报送整改情况。', reference: '区信联办〔2022〕19号' });
  await circular.next('land-portal', 'replyToSupervisionLetter', { reply: '诚恳接受通报。已抽调两人专门核算，十月十日前报告结果。' });
  const decision = await approved(world, { ...about, kind: 'LISTING_DECISION', evidence, replyDueOn: '2022-12-30', body: '该件久拖未决、群众反映强烈，决定挂牌督办。', reference: '区信联会〔2022〕5号' });
  const listing = await world.acts.begin(OFFICE, 'listSupervision', { letterId: decision.id, deadlineOn: '2022-12-30', reason: '跨年积案，多次督办没有实质进展。' });
  await world.acts.begin('land-portal', 'reportListingProgress', { listingId: listing.id, text: '已调齐征地批文和补偿台账，正与村集体逐户核对。' });
  await world.acts.begin(OFFICE, 'beginFocusManagement', { unitId: unitOf('ZRJ'), untilOn: '2022-12-31', reason: '有超期义务、无进展函件和挂牌事项，每周调度一次。' });
}

/** Letters outside the ladder: one answered and done, one that nobody answered, two suggestions. */
export async function* otherLetters(world: World): Scene {
  await issued(world, { kind: 'URGE_NOTE', caseId: world.caseId('resettlement'), toUnitId: unitOf('ZJJ'), ground: 'NOT_HANDLED_AS_REQUIRED', replyDueOn: '2022-09-14', body: '请报送安置房交付倒排计划，不得以办理过程代替办理结果。' });
  const opinion = await approved(world, {
    kind: 'SUPERVISION_OPINION', caseId: world.caseId('wages'), toUnitId: unitOf('RSJ'), ground: 'DELAY', replyDueOn: '2022-09-14', body: '对总包企业的清偿责任应当依法作出处理决定，并将结果书面告知。', reference: '区信联办〔2022〕15号',
  });
  const improve = await issued(world, { kind: 'IMPROVEMENT_SUGGESTION', toUnitId: unitOf('ZJJ'), ground: 'OTHER', body: '近两年物业维修资金类诉求较多，建议建立账目定期公示制度。' });
  yield;
  await opinion.next('labour-portal', 'replyToSupervisionLetter', { reply: '已责令总包企业限期清偿，首批工资已支付到账。' });
  await improve.next('housing-portal', 'replyToSupervisionLetter', { reply: '拟先在十个小区试行季度公示。', adoption: 'PARTLY', adoptionReason: '全面推行尚需物业企业完成账目清理。' });
  yield;
  await opinion.next(OFFICE, 'closeSupervisionLetter', { hasProgress: true });
  await approved(world, { kind: 'POLICY_SUGGESTION', caseId: world.caseId('titles'), toUnitId: unitOf('ZF'), ground: 'OTHER', body: '建议对历史遗留办证问题出台“证缴分离”办理办法，先办登记，欠缴税费另行追缴。', reference: '区信联办〔2022〕20号' });
}
