import { assign, step } from '../lives';
import { idsOf, markOf } from '../known-cases';
import { TODAY } from '../ordinary-cases';
import { PERSONAS } from '../personas';
import { PLACES } from '../places';
import type { SecuritySystem } from '../security-system';
import { workCases, type Work, type WorkCases } from './assistance-cases';
import type { Before } from './at-work';
import { listPeople, signContracts } from './people-who-serve';
import { keepPlaces, reportIssues } from './places-and-issues';
import { referBoth, workTogether } from './referrals-together';
import { stepsOf } from './standing';
import { consult, explain, hear, mediate } from './talks';

/** Help, mediation, hearings and whoever serves in them. Texts carry no marks: whoever has a ground beside the case reads them. */
export async function assistanceAtWork(system: SecuritySystem, before: Before): Promise<void> {
  const cases = workCases(before);
  await assign(system, cases.passing, { lead: 'labour' });
  const [people, contractId, sent] = await Promise.all([listPeople(system), signContracts(system), referBoth(system, cases)]);
  await system.settled();
  const work: Work = { cases, serving: { ...people, contractId } };
  await Promise.all([mediate(system, work), hear(system, work), consult(system, work), explain(system, work), offer(system, work), actAsAgents(system, cases), giveAid(system, cases), keepPlaces(system), reportIssues(system, cases)]);
  await workTogether(system, sent);
  await passOn(system, cases);
  await system.settled();
}

/** Whoever is offered to serve; a unit that loses its part in the case, or is kept out, made an offer too. */
async function offer(system: SecuritySystem, { cases, serving }: Work): Promise<void> {
  const { begin, go } = stepsOf(system, { key: 'engagementId', shows: 'engagement' });
  const taken = await begin('leadHandler', 'offerService', { caseId: cases.plain.id, role: 'LAWYER', participantId: serving.lawyerId, contractId: serving.contractId });
  await go('leadHandler', 'answerServiceOffer', { ...taken, answer: 'ACCEPTED', answeredOn: TODAY });
  await begin('windowClerk', 'offerService', { caseId: cases.supported.id, role: 'LAWYER', participantId: serving.lawyerId });
  await begin('accusedHandler', 'offerService', { caseId: cases.supported.id, role: 'MEDIATOR' });
  await begin('referredHandler', 'offerService', { caseId: cases.passing.id, role: 'MEDIATOR' });
  await begin('neighbourHandler', 'offerService', { caseId: cases.next.id, role: 'COUNSELLOR' });
}

async function actAsAgents(system: SecuritySystem, { supported, next, passing, closed }: WorkCases): Promise<void> {
  const { begin, go } = stepsOf(system, { key: 'agencyTaskId', shows: 'agencyTask' });
  const [documentId] = await idsOf(system, 'SELECT id FROM cases.documents WHERE case_id = ? LIMIT 1', [closed.id]);
  const offered = await begin('leadHandler', 'offerAgencyTask', { caseId: closed.id, kind: 'FOLLOW_PROGRESS', level: 'COUNTY', officialId: PERSONAS.housingHead.id });
  const authorised = await go('leadHandler', 'authoriseAgencyTask', { ...offered, documentId, scope: '代为查询进展、领取材料', until: '2023-03-31' });
  await go('leadHandler', 'startAgencyTask', { ...authorised, finishBy: '2023-02-28' });
  await begin('referredHandler', 'offerAgencyTask', { caseId: passing.id, kind: 'BRING_PAPERS', level: 'TOWNSHIP', officialId: PERSONAS.taskForceMember.id });
  await begin('accusedHandler', 'offerAgencyTask', { caseId: supported.id, kind: 'BRING_PAPERS', level: 'COUNTY', officialId: PERSONAS.accusedHandler.id });
  await begin('neighbourHandler', 'offerAgencyTask', { caseId: next.id, kind: 'FILE_PETITION', level: 'VILLAGE' });
}

/** Help that a referral brought, granted and given; help that is only offered. */
async function giveAid(system: SecuritySystem, { supported, plain }: WorkCases): Promise<void> {
  const { begin, go } = stepsOf(system, { key: 'applicationId', shows: 'application' });
  const [referralId] = await idsOf(system, "SELECT id FROM assistance.referrals WHERE case_id = ? AND purpose = 'RELIEF' AND to_unit_id = ?", [supported.id, PLACES.civilAffairs.id]);
  const asked = await begin('supportHandler', 'submitAssistanceApplication', { caseId: supported.id, referralId, kind: 'HARDSHIP_HELP', unitId: PLACES.civilAffairs.id, need: '住房漏雨，需要临时安置。' });
  const granted = await go('supportHandler', 'decideAssistanceApplication', { ...asked, decision: 'APPROVE' });
  await go('supportHandler', 'recordAssistancePayment', { ...granted, paidOn: TODAY, evidenceRef: '安置单1号' });
  await begin('leadHandler', 'offerRelief', { caseId: plain.id, kind: 'PSYCHOLOGICAL_COUNSEL' });
}

/** The labour bureau plans a visit and then says that the matter is not its own: the visit goes along, what it offered stays its own. */
async function passOn(system: SecuritySystem, { passing }: WorkCases): Promise<void> {
  await system.act('referredHandler', 'planFollowUpVisit', { caseId: passing.id, kind: 'OTHER', plannedOn: '2023-01-10' });
  await step(system, 'referredHandler', ['objectToCase', passing.id, { reasons: `不属于本单位职责${markOf(passing.no)}` }]);
  await step(system, 'countyOffice', ['decideObjection', passing.id, { isConsented: true, toUnitId: PLACES.civilAffairs.id, note: `同意退回${markOf(passing.no)}` }]);
}
