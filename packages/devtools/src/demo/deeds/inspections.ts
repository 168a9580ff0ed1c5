import { personas } from '../personas';
import { withWord, type Node } from './acts';
import { personOf, unitOf, type Scene, type World } from './world';

const REGION = 'province-office';
const OFFICE = 'district-office';
/** 石嘴山's joint office lends a member. */
const NEIGHBOUR = '640200';

interface Inspected extends Node {
  readonly findings: { readonly nodes: readonly (Node & { readonly text: string })[] };
}

/** 实地督查 by a team of the region that shares responsibility for 银川: two findings, one rectified and accepted. */
export async function* fieldInspection({ acts, caseId, regionalId }: World): Scene {
  const team = await acts.begin(REGION, 'formInspectionTeam', {
    kind: 'SUPERVISION', name: '自治区第一督导组', campaignId: regionalId, leaderId: personas[REGION]?.claims.sub, memberIds: [personOf('XLB', 0, NEIGHBOUR)],
    divisions: [{ divisionCode: '640100', sharesResponsibility: true }, { divisionCode: NEIGHBOUR, sharesResponsibility: false }],
  });
  const inspection = await acts.begin(REGION, 'planInspection', {
    kind: 'FIELD_INSPECTION', title: '三季度积案化解实地督查', teamId: team.id, unitId: unitOf('ZRJ'), caseId: caseId('land'), campaignId: regionalId, partnerUnitIds: [], plannedOn: '2022-09-06',
  });
  await inspection.next(REGION, 'startInspection');
  yield;
  await inspection.next(REGION, 'recordInspectionFinding', {
    unitId: unitOf('ZRJ'), ground: 'DELAY', text: '征地补偿积案卷宗内两年未见核算结论。', evidenceRef: '抽卷记录第2号', rectifyBy: '2022-10-28',
  });
  const found = await inspection.next<Inspected>(REGION, 'recordInspectionFinding', {
    unitId: unitOf('ZRJ'), ground: 'NOT_HANDLED_AS_REQUIRED', text: '受理告知书没有送达回证。', evidenceRef: '抽卷记录第3号', rectifyBy: '2022-09-30',
  });
  await inspection.next(REGION, 'reportInspection', { report: '抽查案卷六件，发现问题两项，均已移交责任单位限期整改；对长期未结的征地补偿积案建议纳入挂牌督办。' });
  const proof = acts.resume('InspectionFinding', withWord(found.findings.nodes, 'text', '送达'));
  yield;
  await proof.next('land-portal', 'reportRectification', { rectification: '已补办送达手续，并对在办案卷逐一核对。', evidenceRef: '送达回证补办登记' });
  await proof.next(REGION, 'decideRectification', { verdict: 'ACCEPT', note: '同意销号。' });
}

/** 电话督办 and 视频调度 by the district's own office. */
export async function* callsAndScreens({ acts, caseId, campaignId }: World): Scene {
  yield;
  const call = await acts.begin(OFFICE, 'planInspection', { kind: 'PHONE_SUPERVISION', title: '安置房交付进度电话督办', unitId: unitOf('ZJJ'), caseId: caseId('resettlement'), campaignId, partnerUnitIds: [], plannedOn: '2022-09-15' });
  await call.next(OFFICE, 'startInspection');
  await call.next(OFFICE, 'closeInspection', { note: '责任单位答复：一号楼已竣工验收，十月中旬分房。' });
  const screen = await acts.begin(OFFICE, 'planInspection', { kind: 'VIDEO_DISPATCH', title: '重点积案周调度', unitId: unitOf('ZJJ'), campaignId, partnerUnitIds: [], caseId: caseId('unfinished'), plannedOn: '2022-09-15' });
  await screen.next(OFFICE, 'startInspection');
  const found = await screen.next<Inspected>(OFFICE, 'recordInspectionFinding', { unitId: unitOf('ZJJ'), ground: 'DELAY', text: '续建协议文本尚未送审。', evidenceRef: '调度记录第4号', rectifyBy: '2022-09-26' });
  await screen.next(OFFICE, 'reportInspection', { report: '调度七件积案，六件按计划推进，一件需加快办理续建协议。' });
  const [draft] = found.findings.nodes;
  yield;
  if (draft) await acts.resume('InspectionFinding', draft).next('housing-portal', 'reportRectification', { rectification: '续建协议文本已送审，国庆节前签订。', evidenceRef: '送审表第11号' });
}
