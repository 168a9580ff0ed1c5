import type { EntityManager } from 'typeorm';
import { addDays } from '@anjie/calendar';
import { isRefusal } from '@anjie/contracts';
import { audit, newId } from '@anjie/service-kit/database';
import { knownUnit } from '@anjie/service-kit/facts';
import type { Notice } from '@anjie/service-kit/messaging';
import { officeCalendar, officeRules } from '@anjie/service-kit/runtime';
import { holdCases } from '../case-facts';
import { settleCandidates } from '../coordination/settle-candidates';
import type { HoldMeetingInput, MeetingDecisionInput } from '../generated/graphql';
import { notifyOwn } from '../notifications/notify';
import { declareAllOwn, type OwnDuty } from '../obligations/own-obligation';
import { areKnown, areNamed, casesSeen, todayOf } from '../oversight-facts';
import { assignedTerms, type Terms } from '../rules/assigned-date';
import { DECISION_DUTY, decisionObjection, isHeldDay, isRecord, isTooMany, mayBring, meetingRefusals as no, MINUTES_DUTY, type MeetingRefusal } from '../rules/meetings';
import { textOrNull } from '../rules/plain-text';
import { putDecisions } from './decision-repository';
import { attendeesOf, notePresence, noteRecords, pointsOf, type PointRow } from './meeting-repository';
import { moveMeeting, type MeetingAnswer, type OpenMeeting } from './open-meeting';

const sources = () => ({ rules: officeRules(), calendar: officeCalendar() });

interface Decided {
  readonly wish: MeetingDecisionInput;
  readonly point: PointRow;
  readonly id: string;
  /** Null where decisions of this kind bind nobody. */
  readonly bound: { readonly terms: Terms; readonly obligationId: string; readonly jurisdictionCode: string } | null;
}

/** 召开: attendance, records and decisions at once; what binds becomes obligations, and disputes that were decided are settled. */
export async function holdMeeting(tx: EntityManager, input: HoldMeetingInput, open: OpenMeeting): Promise<MeetingAnswer> {
  const { row, kind, actor } = open;
  const today = await todayOf(tx);
  const points = await pointsOf(tx, row.id);
  const objection = await holdObjection(tx, input, { open, points, today });
  if (objection) return objection;
  const decided = await decisionsOf(tx, input, { open, points, today });
  if (isRefusal(decided)) return decided as MeetingRefusal;
  await holdCases(tx, [...new Set(points.flatMap((one) => one.caseId ?? []))]);
  const minutes = minutesTerms(input, { open, today });
  await moveMeeting(tx, row, {
    state: 'HELD', held_on: input.heldOn, minutes: textOrNull(input.minutes), minutes_due_on: minutes?.terms.due.dueEffective ?? null, minutes_obligation_id: minutes?.obligationId ?? null,
  });
  await notePresence(tx, row.id, [...input.presentUnitIds, ...input.presentOfficialIds]);
  await noteRecords(tx, row.id, input.records);
  await putDecisions(tx, decided.map((one, i) => decisionColumns(one, { meetingId: row.id, ordinal: i + 1, today })));
  await audit(tx, actor, { action: 'meeting.held', subjectType: 'Meeting', subjectId: row.id, detail: { kind: kind.code, heldOn: input.heldOn, decisionIds: decided.map((one) => one.id) } });
  const minutesDuty = minutes ? [{ ...minutes.duty, obligationId: minutes.obligationId, due: minutes.terms.due, basis: minutes.terms.basis }] : [];
  await declareAllOwn(tx, [...decided.flatMap((one) => dutyOf(one, open)), ...minutesDuty], actor);
  await notifyOwn(tx, decided.flatMap(givenTo));
  await settleCandidates(tx, { meetingId: row.id, decidedIds: decided.flatMap((one) => one.point.candidateId ?? []), today, actor });
  return { meetingId: row.id };
}

interface At {
  readonly open: OpenMeeting;
  readonly points: readonly PointRow[];
  readonly today: string;
}

async function holdObjection(tx: EntityManager, input: HoldMeetingInput, { open: { row, kind, actor }, points, today }: At): Promise<MeetingRefusal | null> {
  if (!isHeldDay(input.heldOn, { calledOn: row.calledOn, today })) return no.badDate();
  if (isTooMany('decisions', input.decisions.length)) return no.tooMany();
  if (![input.minutes, ...input.records.map((one) => one.record)].every((text) => isRecord(text))) return no.badText();
  const pointIds = new Set(points.map((one) => one.id));
  if (![...input.records, ...input.decisions].every(({ pointId }) => pointIds.has(pointId))) return no.notFound();
  const called = new Set((await attendeesOf(tx, [row.id])).map((one) => one.partyId));
  if (![...input.presentUnitIds, ...input.presentOfficialIds].every((id) => called.has(id))) return no.partyUnknown();
  const caseIds = points.flatMap((one) => one.caseId ?? []);
  const seen = await casesSeen(tx, actor.viewer, caseIds);
  // it may have been sealed, gone from sight, or gone to another division, since it was put on the agenda: then nothing is recorded on it
  const written = new Set([...input.records, ...input.decisions].map((one) => one.pointId));
  const about = points.flatMap((one) => (written.has(one.id) && one.caseId !== null ? [one.caseId] : []));
  const open = new Map(seen.filter((one) => Number(one.isSealed) === 0).map((one) => [one.id, one.divisionCode]));
  if (about.some((caseId) => !open.has(caseId))) return no.sealed();
  return about.every((caseId) => mayBring(actor.viewer, kind, open.get(caseId) ?? '')) ? null : no.notPermitted();
}

async function decisionsOf(tx: EntityManager, input: HoldMeetingInput, { open, points, today }: At): Promise<Decided[] | MeetingRefusal> {
  const decided: Decided[] = [];
  for (const wish of input.decisions) {
    const objection = decisionObjection(wish, open.kind);
    if (objection) return objection;
    const point = points.find((one) => one.id === wish.pointId);
    if (!point) return no.notFound();
    const obligor = { unitIds: wish.obligorUnitId ? [wish.obligorUnitId] : [], officialIds: wish.obligorOfficialId ? [wish.obligorOfficialId] : [] };
    if (!(await areKnown(tx, obligor))) return no.partyUnknown();
    if (point.caseId && (await areNamed(tx, [point.caseId], obligor))) return no.partyNamed();
    const bound = open.kind.decisionsBecomeObligations ? await boundBy(tx, wish, { open, today }) : null;
    if (isRefusal(bound)) return bound as MeetingRefusal;
    decided.push({ wish, point, id: newId(), bound });
  }
  return decided;
}

async function boundBy(tx: EntityManager, wish: MeetingDecisionInput, { open, today }: Omit<At, 'points'>): Promise<Decided['bound'] | MeetingRefusal> {
  const jurisdictionCode = (wish.obligorUnitId ? (await knownUnit(tx, wish.obligorUnitId))?.divisionCode : undefined) ?? open.row.divisionCode;
  const terms = assignedTerms({ code: DECISION_DUTY, startOn: today, jurisdictionCode }, wish.dueOn, sources());
  return terms ? { terms, jurisdictionCode, obligationId: newId() } : no.badDate();
}

const decisionColumns = ({ wish, point, id, bound }: Decided, { meetingId, ordinal, today }: { meetingId: string; ordinal: number; today: string }) => ({
  id, meeting_id: meetingId, point_id: point.id, ordinal, case_id: point.caseId, text: wish.text.trim(), obligor_unit_id: wish.obligorUnitId ?? null,
  obligor_official_id: wish.obligorOfficialId ?? null, decided_on: today, due_on: bound?.terms.due.dueEffective ?? null, obligation_id: bound?.obligationId ?? null,
  state: bound ? 'OPEN' : 'NOTED', version: 1,
});

const dutyOf = ({ wish, point, id, bound }: Decided, { row }: OpenMeeting): OwnDuty[] =>
  bound
    ? [{
        obligationId: bound.obligationId, caseId: point.caseId, campaignId: row.campaignId, dutyCode: DECISION_DUTY, obligorUnitId: wish.obligorUnitId ?? null,
        obligorOfficialId: wish.obligorOfficialId ?? null, subject: { type: 'MeetingDecision', id }, due: bound.terms.due, basis: bound.terms.basis, jurisdictionCode: bound.jurisdictionCode,
      }]
    : [];

/** What the calling unit owes when the minutes did not come with the meeting: as many days as the kind names, local practice. */
function minutesTerms(input: HoldMeetingInput, { open: { row, kind }, today }: Omit<At, 'points'>) {
  if (textOrNull(input.minutes) !== null || kind.minutesDueDays === undefined) return null;
  const terms = assignedTerms({ code: MINUTES_DUTY, startOn: today, jurisdictionCode: row.divisionCode }, addDays(today, kind.minutesDueDays), sources());
  if (!terms) return null;
  const duty = { caseId: null, campaignId: null, dutyCode: MINUTES_DUTY, obligorUnitId: row.callingUnitId, subject: { type: 'Meeting', id: row.id }, jurisdictionCode: row.divisionCode };
  return { terms, obligationId: newId(), duty };
}

/** Whoever is bound hears of it at once. */
function givenTo({ wish, point, id, bound }: Decided): Notice[] {
  const recipient = wish.obligorUnitId ? { kind: 'UNIT' as const, id: wish.obligorUnitId } : wish.obligorOfficialId ? { kind: 'OFFICIAL' as const, id: wish.obligorOfficialId } : null;
  return bound && recipient ? [{ kind: 'MEETING_DECISION_GIVEN', recipient, caseId: point.caseId, subjectId: id, occasion: 'given' }] : [];
}
