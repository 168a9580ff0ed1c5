import type { EntityManager } from 'typeorm';
import { AppError, isRefusal } from '@anjie/contracts';
import { audit, isId, newId } from '@anjie/service-kit/database';
import { knownUnit } from '@anjie/service-kit/facts';
import type { Notice } from '@anjie/service-kit/messaging';
import { takeCandidates } from '../coordination/coordination-candidate-repository';
import type { CallMeetingInput } from '../generated/graphql';
import type { MeetingKind } from '../kinds';
import { notifyOwn } from '../notifications/notify';
import { areKnown, areNamed, todayOf } from '../oversight-facts';
import { isOfficeText } from '../rules/assigned-date';
import { isTitle, isTooMany, mayCall, meetingRefusals as no, type MeetingRefusal } from '../rules/meetings';
import { textOrNull } from '../rules/plain-text';
import { agendaPoint, type NewPoint } from './agenda';
import { putAttendees, putMeeting, putPoints } from './meeting-repository';
import type { MeetingAnswer, MeetingDoing } from './open-meeting';

/** 召集: units and officials are called together with an agenda. */
export async function callMeeting(tx: EntityManager, input: CallMeetingInput, { actor, kinds }: MeetingDoing): Promise<MeetingAnswer> {
  const { viewer } = actor;
  const kind = kinds.meetings.usable(input.kind);
  if (!kind) return no.badKind();
  if (!mayCall(viewer, kind) || !viewer.unitId) return no.notPermitted();
  const objection = await callObjection(tx, input, viewer.unitId);
  if (objection) return objection;
  const points = await pointsFor(tx, input, { actor, kind });
  if (isRefusal(points)) return points as MeetingRefusal;
  const today = await todayOf(tx);
  if (input.plannedOn < today) return no.badDate();
  const divisionCode = viewer.divisionCode ?? (await knownUnit(tx, viewer.unitId))?.divisionCode;
  if (!divisionCode) throw new AppError('FACTS_NOT_YET_HERE', { field: 'unitId' });
  const id = newId();
  await putMeeting(tx, {
    id, kind: kind.code, title: input.title.trim(), calling_unit_id: viewer.unitId, called_by: viewer.subject, called_on: today, division_code: divisionCode,
    campaign_id: input.campaignId ?? null, planned_on: input.plannedOn, place: textOrNull(input.place), state: 'CALLED', version: 1,
  });
  await putAttendees(tx, id, { unitIds: [viewer.unitId, ...input.unitIds], officialIds: input.officialIds });
  await putAgenda(tx, id, { points, after: 0 });
  await audit(tx, actor, { action: 'meeting.called', subjectType: 'Meeting', subjectId: id, detail: { kind: kind.code, plannedOn: input.plannedOn, caseIds: points.flatMap((one) => one.caseId ?? []) } });
  await notifyOwn(tx, [...new Set(input.unitIds)].filter((unitId) => unitId !== viewer.unitId).map((unitId) => calledTo(id, { kind: 'UNIT', id: unitId })));
  await notifyOwn(tx, [...new Set(input.officialIds)].map((officialId) => calledTo(id, { kind: 'OFFICIAL', id: officialId })));
  return { meetingId: id };
}

const calledTo = (subjectId: string, recipient: Notice['recipient']): Notice => ({ kind: 'MEETING_CALLED', recipient, caseId: null, subjectId, occasion: 'called' });

async function callObjection(tx: EntityManager, input: CallMeetingInput, unitId: string): Promise<MeetingRefusal | null> {
  if (!isTitle(input.title) || !isOfficeText(input.place, { least: 0, most: 200 })) return no.badText();
  if (isTooMany('points', input.points.length) || isTooMany('parties', input.unitIds.length + input.officialIds.length)) return no.tooMany();
  if (input.campaignId != null && !isId(input.campaignId)) return no.notFound();
  return (await areKnown(tx, { unitIds: [unitId, ...input.unitIds], officialIds: input.officialIds })) ? null : no.partyUnknown();
}

/** The agenda as it may stand: each case once, seen by the caller, not sealed, and nobody called whom its report names. */
async function pointsFor(tx: EntityManager, input: CallMeetingInput, { actor: { viewer }, kind }: { actor: MeetingDoing['actor']; kind: MeetingKind }): Promise<NewPoint[] | MeetingRefusal> {
  const points: NewPoint[] = [];
  for (const wish of input.points) {
    const point = await agendaPoint(tx, wish, { viewer, kind, onAgenda: points });
    if (isRefusal(point)) return point as MeetingRefusal;
    points.push(point);
  }
  const caseIds = points.flatMap((one) => one.caseId ?? []);
  if (kind.needsCase && caseIds.length === 0) return no.caseNeeded();
  const isNamed = await areNamed(tx, caseIds, { unitIds: viewer.unitId ? [viewer.unitId, ...input.unitIds] : input.unitIds, officialIds: input.officialIds });
  return isNamed ? no.partyNamed() : points;
}

/** Appends points; the disputes among them wait no longer. */
export async function putAgenda(tx: EntityManager, meetingId: string, { points, after }: { readonly points: readonly NewPoint[]; readonly after: number }): Promise<void> {
  await putPoints(tx, points.map((one, i) => ({ id: newId(), meeting_id: meetingId, ordinal: after + i + 1, title: one.title, case_id: one.caseId, candidate_id: one.candidateId })));
  await takeCandidates(tx, meetingId, points.flatMap((one) => one.candidateId ?? []));
}
