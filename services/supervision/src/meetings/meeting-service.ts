import type { DataSource, EntityManager } from 'typeorm';
import { isRefusal } from '@anjie/contracts';
import { audit, runMutation, type Actor } from '@anjie/service-kit/database';
import { releaseCandidates } from '../coordination/coordination-candidate-repository';
import type { AddMeetingPointInput, CallMeetingInput, CallOffMeetingInput, HoldMeetingInput, RecordMeetingMinutesInput } from '../generated/graphql';
import type { Kinds } from '../kinds';
import { settleOwn } from '../obligations/own-obligation';
import { areNamed, todayOf } from '../oversight-facts';
import { isOfficeText } from '../rules/assigned-date';
import { isRecord, isTooMany, meetingRefusals as no, type MeetingRefusal, type MeetingState } from '../rules/meetings';
import { agendaPoint } from './agenda';
import { callMeeting, putAgenda } from './call-meeting';
import { holdMeeting } from './hold-meeting';
import { attendeesOf, pointsOf } from './meeting-repository';
import { moveMeeting, openMeeting, type MeetingAnswer, type MeetingDoing, type OpenMeeting } from './open-meeting';

type Work<Input> = (tx: EntityManager, input: Input, doing: MeetingDoing) => Promise<MeetingAnswer>;
interface OfMeeting {
  readonly idempotencyKey: string;
  readonly meetingId: string;
  readonly expectedVersion: number;
}

/** 会议: called with an agenda, held with decisions, or called off. */
export function createMeetingService({ db, kinds }: { db: DataSource; kinds: Pick<Kinds, 'meetings'> }) {
  const mutation = <Input extends { idempotencyKey: string }>(operation: string, work: Work<Input>) => (input: Input, actor: Actor): Promise<MeetingAnswer> =>
    runMutation<MeetingAnswer>(db, { actor, operation, key: input.idempotencyKey, input, work: (tx) => work(tx, input, { actor, kinds }) });
  return {
    call: mutation<CallMeetingInput>('callMeeting', callMeeting),
    addPoint: mutation<AddMeetingPointInput>('addMeetingPoint', from('CALLED', addPoint)),
    callOff: mutation<CallOffMeetingInput>('callOffMeeting', from('CALLED', callOff)),
    hold: mutation<HoldMeetingInput>('holdMeeting', from('CALLED', holdMeeting)),
    recordMinutes: mutation<RecordMeetingMinutesInput>('recordMeetingMinutes', from('HELD', recordMinutes)),
  };
}
export type MeetingService = ReturnType<typeof createMeetingService>;

/** A step that begins in one state of a meeting that the viewer runs. */
const from = <Input extends OfMeeting>(state: MeetingState, step: (tx: EntityManager, input: Input, open: OpenMeeting) => Promise<MeetingAnswer>): Work<Input> =>
  async (tx, input, doing) => {
    const open = await openMeeting(tx, { meetingId: input.meetingId, expectedVersion: input.expectedVersion, state }, doing);
    return isRefusal(open) ? (open as MeetingRefusal) : step(tx, input, open);
  };

async function addPoint(tx: EntityManager, input: AddMeetingPointInput, { row, kind, actor }: OpenMeeting): Promise<MeetingAnswer> {
  const onAgenda = await pointsOf(tx, row.id);
  if (isTooMany('points', onAgenda.length + 1)) return no.tooMany();
  const point = await agendaPoint(tx, input.point, { viewer: actor.viewer, kind, onAgenda });
  if (isRefusal(point)) return point as MeetingRefusal;
  const called = await attendeesOf(tx, [row.id]);
  const idsOf = (partyKind: 'UNIT' | 'OFFICIAL'): string[] => called.filter((one) => one.partyKind === partyKind).map((one) => one.partyId);
  if (point.caseId && (await areNamed(tx, [point.caseId], { unitIds: idsOf('UNIT'), officialIds: idsOf('OFFICIAL') }))) return no.partyNamed();
  await moveMeeting(tx, row, { state: 'CALLED' });
  await putAgenda(tx, row.id, { points: [point], after: onAgenda.length });
  await audit(tx, actor, { action: 'meeting.pointAdded', subjectType: 'Meeting', subjectId: row.id, caseId: point.caseId, detail: { candidateId: point.candidateId } });
  return { meetingId: row.id };
}

async function callOff(tx: EntityManager, input: CallOffMeetingInput, { row, actor }: OpenMeeting): Promise<MeetingAnswer> {
  if (!isOfficeText(input.reason, { most: 1_000 })) return no.badText();
  await moveMeeting(tx, row, { state: 'CALLED_OFF', call_off_reason: input.reason.trim() });
  await releaseCandidates(tx, row.id);
  await audit(tx, actor, { action: 'meeting.calledOff', subjectType: 'Meeting', subjectId: row.id });
  return { meetingId: row.id };
}

async function recordMinutes(tx: EntityManager, input: RecordMeetingMinutesInput, { row, actor }: OpenMeeting): Promise<MeetingAnswer> {
  if (row.minutes !== null) return no.wrongState();
  if (!isRecord(input.minutes, 1)) return no.badText();
  const today = await todayOf(tx);
  await moveMeeting(tx, row, { minutes: input.minutes.trim() });
  await audit(tx, actor, { action: 'meeting.minutesRecorded', subjectType: 'Meeting', subjectId: row.id });
  if (row.minutesObligationId) await settleOwn(tx, row.minutesObligationId, { state: 'MET', metOn: today, version: row.version + 1, actor });
  return { meetingId: row.id };
}
