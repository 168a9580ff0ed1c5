import type { EntityManager } from 'typeorm';
import { AppError } from '@anjie/contracts';
import { isId, updateVersion, type Actor, type Row } from '@anjie/service-kit/database';
import type { Kinds, MeetingKind } from '../kinds';
import { mayRun, meetingRefusals as no, type MeetingRefusal, type MeetingState } from '../rules/meetings';
import { visibleMeetings, type MeetingRow } from './meeting-repository';

export type MeetingAnswer = { readonly meetingId: string } | MeetingRefusal;

export interface MeetingDoing {
  readonly actor: Actor;
  readonly kinds: Pick<Kinds, 'meetings'>;
}
export interface OpenMeeting {
  readonly actor: Actor;
  readonly row: MeetingRow;
  readonly kind: MeetingKind;
}

/** The meeting as the viewer sees it, if the viewer runs it and it stands where the step begins. */
export async function openMeeting(
  tx: EntityManager, wish: { readonly meetingId: string; readonly expectedVersion: number; readonly state: MeetingState }, { actor, kinds }: MeetingDoing,
): Promise<OpenMeeting | MeetingRefusal> {
  const row = isId(wish.meetingId) ? (await visibleMeetings(tx, actor.viewer, [wish.meetingId]))[0] : undefined;
  if (!row) return no.notFound();
  const kind = kinds.meetings.of(row.kind);
  if (!mayRun(actor.viewer, kind, row.callingUnitId)) return no.notPermitted();
  if (row.version !== wish.expectedVersion) throw new AppError('CONFLICT', { currentVersion: row.version });
  return row.state === wish.state ? { actor, row, kind } : no.wrongState();
}

export async function moveMeeting(tx: EntityManager, { id, version }: MeetingRow, set: Row): Promise<void> {
  if (!(await updateVersion(tx, 'meetings', { id, version, set }))) throw new AppError('CONFLICT', { currentVersion: version + 1 });
}
