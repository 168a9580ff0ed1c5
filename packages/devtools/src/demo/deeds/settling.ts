import type { Node, Part } from './acts';
import { personOf, unitOf, type Scene, type World } from './world';

const HOUSING = 'housing-portal';
const LABOUR = 'labour-portal';
const LAND = 'land-portal';

interface Agreed extends Node {
  readonly items: readonly (Node & { readonly seq: number })[];
}

/** 调解: one agreed, performed in part and brought to court for confirmation; one declined; one at the table. */
export async function* mediations({ acts, caseId, serving }: World): Scene {
  const propose = (who: string, part: Part) => acts.begin(who, 'proposeMediation', part);
  const consent = (side: string, answeredOn: string) => ({ side, answer: 'CONSENTED', answeredOn, toldFreeOn: answeredOn });
  const estate = await propose(HOUSING, { caseId: caseId('estate'), kind: 'PEOPLES_MEDIATION', mediatorParticipantId: serving.mediator, dispute: '物业服务、水泵维修费用分担和账目公示。' });
  await estate.next(HOUSING, 'answerMediation', consent('PETITIONER', '2022-09-05'));
  await estate.next(HOUSING, 'answerMediation', consent('RESPONDENT', '2022-09-05'));
  await estate.next(HOUSING, 'startMediation');
  const land = await propose(LAND, { caseId: caseId('land'), kind: 'ADMINISTRATIVE_MEDIATION', mediatorOfficialId: personOf('ZRJ'), respondentUnitId: unitOf('XZ2'), dispute: '补偿面积和标准的差额。' });
  yield;
  const agreed = await estate.next<Agreed>(HOUSING, 'concludeMediation', {
    outcome: 'AGREED',
    agreement: {
      reference: '兴人调〔2022〕18号', effectiveOn: '2022-09-14',
      items: [
        { obligorUnitId: unitOf('ZJJ'), promise: '督促物业企业九月二十三日前修复水泵，并由物业企业承担首次维修费用。', dueOn: '2022-09-23' },
        { obligorUnitId: unitOf('XZ1'), promise: '指导小区十一月底前成立业主委员会。', dueOn: '2022-11-30' },
      ],
    },
  });
  await land.next(LAND, 'answerMediation', { side: 'PETITIONER', answer: 'DECLINED', answeredOn: '2022-09-15' });
  const wages = await propose(LABOUR, { caseId: caseId('wages'), kind: 'PEOPLES_MEDIATION', mediatorParticipantId: serving.mediator, dispute: '欠付工资的数额和支付期次。' });
  yield;
  const pump = agreed.items.find(({ seq }) => seq === 1);
  await acts.resume('AgreementItem', { id: pump?.id ?? '' }).next(HOUSING, 'recordAgreementPerformance', { doneOn: '2022-09-22', evidenceRef: '水泵维修验收单' });
  await estate.next(HOUSING, 'recordCourtConfirmation', { appliedOn: '2022-09-20' });
  await wages.next(LABOUR, 'answerMediation', consent('PETITIONER', '2022-09-19'));
  await wages.next(LABOUR, 'answerMediation', consent('RESPONDENT', '2022-09-20'));
  await wages.next(LABOUR, 'startMediation');
}

/** 听证: one held with a panel and concluded, one noticed for October. */
export async function* hearings({ acts, caseId, serving }: World): Scene {
  const panel = [{ isChair: true, officialId: personOf('XLB', 1) }, { isChair: false, expertId: serving.property }, { isChair: false, participantId: serving.deputy }];
  const place = '区信访联席办听证室';
  const titles = await acts.begin(HOUSING, 'openHearing', { caseId: caseId('titles'), kind: 'HEARING', trigger: 'WIDE_EFFECT', isRequested: true, subject: '首次登记未办的责任和办理期限。' });
  await titles.next(HOUSING, 'answerHearing', { answer: 'CONSENTED', answeredOn: '2022-09-05' });
  await titles.next(HOUSING, 'noticeHearing', { scheduledOn: '2022-09-14', place, panel, interestedUnitIds: [unitOf('ZRJ')] });
  yield;
  await titles.next(HOUSING, 'holdHearing', { heldOn: '2022-09-14' });
  await titles.next(HOUSING, 'concludeHearing', {
    opinion: 'SUPPORTED', suggestion: 'SETTLE', minutesRef: '听证笔录〔2022〕6号', opinionText: '诉求属实。建议先行办理首次登记，欠缴税费由主管部门向企业追缴，不由业主承担。',
  });
  const resettlement = await acts.begin(HOUSING, 'openHearing', { caseId: caseId('resettlement'), kind: 'HEARING_AND_EVALUATION', trigger: 'UNIT_SEES_NEED', isRequested: false, subject: '安置房面积差异的结算依据。' });
  yield;
  await resettlement.next(HOUSING, 'answerHearing', { answer: 'CONSENTED', answeredOn: '2022-09-21' });
  await resettlement.next(HOUSING, 'noticeHearing', { scheduledOn: '2022-10-12', place, panel, interestedUnitIds: [unitOf('XZ1')] });
}

/** 专家意见: one delivered by the county's pool, one that the city's pool takes over. */
export async function* consultations({ acts, caseId, serving }: World): Scene {
  const land = await acts.begin(LAND, 'requestLegalOpinion', { caseId: caseId('land'), poolDivisionCode: '640104', question: '补偿标准调整前后交叉的地块，应当适用哪一标准？' });
  await land.next('district-office', 'sendExperts', { expertIds: [serving.welfare], dueOn: '2022-09-20' });
  const wages = await acts.begin(LABOUR, 'requestLegalOpinion', { caseId: caseId('wages'), poolDivisionCode: '640104', question: '劳务分包合同无效时，总包企业的清偿范围如何确定？' });
  yield;
  await land.next('district-office', 'deliverLegalOpinion', {
    documentRef: '法审〔2022〕4号', qualification: '征收补偿标准适用争议。', facts: '征收公告发布于标准调整之前，部分地块交付于调整之后。',
    law: '《中华人民共和国土地管理法》第四十八条。', advice: '以公告确定的标准为基础，对交付迟延的部分按调整后标准核算差额。',
  });
  await wages.next('district-office', 'askHigherPool', { toDivisionCode: '640100', reason: '本级专家近期承办相关案件，宜由市级提供意见。' });
  yield;
  await wages.next('city-office', 'answerHigherPool', { answer: 'ACCEPTED' });
  await wages.next('city-office', 'sendExperts', { expertIds: [serving.ofCity], dueOn: '2022-10-14' });
}
