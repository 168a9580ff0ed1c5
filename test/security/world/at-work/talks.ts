import { TODAY } from '../ordinary-cases';
import { PERSONAS } from '../personas';
import { PLACES } from '../places';
import type { SecuritySystem } from '../security-system';
import type { Work } from './assistance-cases';
import { stepsOf, type Standing } from './standing';

const CONSENT = { answer: 'CONSENTED', answeredOn: TODAY, toldFreeOn: TODAY };
const agreed = (items: readonly object[]) => ({ outcome: 'AGREED', agreement: { reference: '调解〔2022〕1号', effectiveOn: TODAY, items } });

/** A unit, an official and a person of the directory mediate; what was agreed is owed by units and by an official who has no part in the case. */
export async function mediate(system: SecuritySystem, { cases, serving }: Work): Promise<void> {
  const { begin, go } = stepsOf(system, { key: 'mediationId', shows: 'mediation' });
  const between = await begin('leadHandler', 'proposeMediation', { caseId: cases.supported.id, kind: 'NEGOTIATION', respondentUnitId: PLACES.landReserve.id, mediatorUnitId: PLACES.civilAffairs.id, dispute: '安置面积差的补偿' });
  const asked = await go('leadHandler', 'answerMediation', { ...between, side: 'PETITIONER', ...CONSENT });
  const both = await go('accusedHandler', 'answerMediation', { ...asked, side: 'RESPONDENT', ...CONSENT });
  const conclude = async (who: 'leadHandler' | 'neighbourHandler', row: Standing, items: readonly object[]): Promise<unknown> => go(who, 'concludeMediation', { ...(await go(who, 'startMediation', row)), ...agreed(items) });
  await conclude('leadHandler', both, [{ obligorUnitId: PLACES.landReserve.id, promise: '支付面积差补偿', dueOn: '2023-02-28' }, { obligorUnitId: PLACES.housing.id, promise: '办理首次登记', dueOn: '2023-06-30' }]);
  const privately = async (who: 'leadHandler' | 'neighbourHandler', input: object): Promise<Standing> => {
    const proposed = await begin(who, 'proposeMediation', { dispute: '交付延期的补偿', ...input });
    return go(who, 'answerMediation', { ...(await go(who, 'answerMediation', { ...proposed, side: 'PETITIONER', ...CONSENT })), side: 'RESPONDENT', ...CONSENT });
  };
  const byOfficial = await privately('leadHandler', { caseId: cases.plain.id, kind: 'ADMINISTRATIVE_MEDIATION', mediatorOfficialId: PERSONAS.taskForceMember.id });
  await conclude('leadHandler', byOfficial, [{ obligorOfficialId: PERSONAS.sponsorOfAccused.id, promise: '每周查看一次进度', dueOn: '2023-02-28' }]);
  const byPerson = await privately('neighbourHandler', { caseId: cases.next.id, kind: 'PEOPLES_MEDIATION', mediatorParticipantId: serving.mediatorId });
  await conclude('neighbourHandler', byPerson, [{ obligorUnitId: PLACES.neighbourBureau.id, promise: '发放过渡费', dueOn: '2023-01-31' }]);
  await begin('accusedHandler', 'proposeMediation', { caseId: cases.ofAccused.id, kind: 'REASONING', mediatorUnitId: PLACES.government.id, dispute: '地价的计算' });
}

/** Noticed with a panel of all three sorts and units that are invited; the others are asked for. */
export async function hear(system: SecuritySystem, { cases, serving }: Work): Promise<void> {
  const { begin, go } = stepsOf(system, { key: 'hearingId', shows: 'hearing' });
  const opening = { kind: 'HEARING', trigger: 'OTHER_NEED', subject: '办证责任与期限' };
  const proposed = await begin('leadHandler', 'openHearing', { caseId: cases.supported.id, isRequested: false, ...opening });
  const agreedTo = await go('leadHandler', 'answerHearing', { ...proposed, answer: 'CONSENTED', answeredOn: TODAY });
  await go('leadHandler', 'noticeHearing', {
    ...agreedTo, scheduledOn: '2023-01-10', place: '区听证室', interestedUnitIds: [PLACES.labour.id, PLACES.landReserve.id],
    panel: [{ isChair: true, officialId: PERSONAS.taskForceMember.id }, { isChair: false, expertId: serving.countyExpertId }, { isChair: false, participantId: serving.lawyerId }],
  });
  await begin('accusedHandler', 'openHearing', { caseId: cases.ofAccused.id, isRequested: true, ...opening });
  await begin('neighbourHandler', 'openHearing', { caseId: cases.next.id, isRequested: true, ...opening });
}

/** One answered by the county's pool with experts, one that goes up to the city's, one of a unit that is kept out afterwards. */
export async function consult(system: SecuritySystem, { cases, serving }: Work): Promise<void> {
  const { begin, go } = stepsOf(system, { key: 'consultationId', shows: 'consultation' });
  const asked = await begin('leadHandler', 'requestLegalOpinion', { caseId: cases.plain.id, poolDivisionCode: '640104', question: '开发商欠缴税费时能否先行办证？' });
  await go('countyOffice', 'sendExperts', { ...asked, expertIds: [serving.countyExpertId], dueOn: '2023-01-15' });
  const beyond = await begin('neighbourHandler', 'requestLegalOpinion', { caseId: cases.next.id, poolDivisionCode: '640105', question: '过渡费的计算期间如何确定？' });
  await go('neighbourOffice', 'askHigherPool', { ...beyond, toDivisionCode: '640100', reason: '本县没有相应专家' });
  await begin('accusedHandler', 'requestLegalOpinion', { caseId: cases.supported.id, poolDivisionCode: '640104', question: '面积差如何结算？' });
}

/** Of units with a part in the case, of one that loses it, and of one that never had any, by an official of its own. */
export async function explain(system: SecuritySystem, { cases }: Work): Promise<void> {
  const { begin } = stepsOf(system, { key: 'explanationId', shows: 'explanation' });
  const topic = '不动产首次登记的条件与程序';
  await begin('governmentHandler', 'offerExplanation', { caseId: cases.plain.id, kind: 'LAW_AND_REASON', unitId: PLACES.landBureau.id, officialId: PERSONAS.sponsorOfAccused.id, topic });
  await begin('leadHandler', 'offerExplanation', { caseId: cases.supported.id, kind: 'POLICY_EXPLANATION', topic });
  await begin('accusedHandler', 'offerExplanation', { caseId: cases.supported.id, kind: 'CONTINUED_TALK', topic });
  await begin('referredHandler', 'offerExplanation', { caseId: cases.passing.id, kind: 'CONTINUED_TALK', topic });
  await begin('neighbourHandler', 'offerExplanation', { caseId: cases.next.id, kind: 'CONTINUED_TALK', topic });
}
