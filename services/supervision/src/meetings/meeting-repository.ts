import { inOwnUnits, scopeColumns, visibleCases, type SqlPredicate, type Viewer } from '@anjie/access';
import { insertRows, select, selectIn, write, type Row, type Sql } from '@anjie/service-kit/database';
import { overseesDivision } from '../oversight-facts';
import type { MeetingState } from '../rules/meetings';

export interface MeetingRow {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly callingUnitId: string;
  readonly calledById: string;
  readonly calledOn: string;
  readonly divisionCode: string;
  readonly campaignId: string | null;
  readonly plannedOn: string;
  readonly place: string | null;
  readonly state: MeetingState;
  readonly heldOn: string | null;
  readonly minutes: string | null;
  readonly minutesDueOn: string | null;
  readonly minutesObligationId: string | null;
  readonly callOffReason: string | null;
  readonly version: number;
}

export const MEETING_COLUMNS = `m.id, m.kind, m.title, m.calling_unit_id AS callingUnitId, m.called_by AS calledById, m.called_on AS calledOn,
  m.division_code AS divisionCode, m.campaign_id AS campaignId, m.planned_on AS plannedOn, m.place, m.state, m.held_on AS heldOn, m.minutes,
  m.minutes_due_on AS minutesDueOn, m.minutes_obligation_id AS minutesObligationId, m.call_off_reason AS callOffReason, m.version`;

/** Visible: to the office of its division and above, to whoever is called to it, and to whoever sees a case on its agenda. */
export function seesMeeting(viewer: Viewer): SqlPredicate {
  const office = overseesDivision(viewer, 'm.division_code');
  const unit = inOwnUnits(viewer, 'ma.party_id');
  const byCase = visibleCases(viewer, scopeColumns('ps'));
  return {
    sql: `${office.sql} OR EXISTS (SELECT 1 FROM meeting_attendees ma WHERE ma.meeting_id = m.id
        AND ((ma.party_kind = 'OFFICIAL' AND ma.party_id = ?) OR (ma.party_kind = 'UNIT' AND ${unit.sql})))
      OR EXISTS (SELECT 1 FROM meeting_points mp JOIN case_scopes ps ON ps.case_id = mp.case_id WHERE mp.meeting_id = m.id AND (${byCase.sql}))`,
    params: [...office.params, viewer.kind === 'OFFICIAL' ? viewer.subject : null, ...unit.params, ...byCase.params],
  };
}

export const visibleMeetings = (sql: Sql, viewer: Viewer, ids: readonly string[]): Promise<MeetingRow[]> => {
  const seen = seesMeeting(viewer);
  return selectIn<MeetingRow>(sql, `SELECT ${MEETING_COLUMNS} FROM meetings m WHERE m.id IN (?) AND (${seen.sql})`, ids, seen.params);
};

export interface AttendeeRow {
  readonly meetingId: string;
  readonly partyKind: 'UNIT' | 'OFFICIAL';
  readonly partyId: string;
  readonly isPresent: number | null;
}

export const attendeesOf = (sql: Sql, meetingIds: readonly string[]): Promise<AttendeeRow[]> =>
  selectIn<AttendeeRow>(
    sql, `SELECT meeting_id AS meetingId, party_kind AS partyKind, party_id AS partyId, is_present AS isPresent FROM meeting_attendees
           WHERE meeting_id IN (?) ORDER BY meeting_id, party_kind DESC, party_id`, meetingIds,
  );

export interface PointRow {
  readonly id: string;
  readonly meetingId: string;
  readonly ordinal: number;
  readonly title: string;
  readonly caseId: string | null;
  readonly candidateId: string | null;
  readonly record: string | null;
}

const POINT_COLUMNS = 'p.id, p.meeting_id AS meetingId, p.ordinal, p.title, p.case_id AS caseId, p.candidate_id AS candidateId, p.record';

/** Points of meetings that the viewer sees: one about a case goes with the case. */
export function visiblePoints(sql: Sql, viewer: Viewer, meetingIds: readonly string[]): Promise<PointRow[]> {
  const seen = visibleCases(viewer, scopeColumns('s'));
  return selectIn<PointRow>(
    sql,
    `SELECT ${POINT_COLUMNS} FROM meeting_points p LEFT JOIN case_scopes s ON s.case_id = p.case_id
      WHERE p.meeting_id IN (?) AND (p.case_id IS NULL OR (s.case_id IS NOT NULL AND (${seen.sql}))) ORDER BY p.meeting_id, p.ordinal`,
    meetingIds, seen.params,
  );
}

export const pointsOf = (tx: Sql, meetingId: string): Promise<PointRow[]> =>
  select<PointRow>(tx, `SELECT ${POINT_COLUMNS} FROM meeting_points p WHERE p.meeting_id = ? ORDER BY p.ordinal`, [meetingId]);

export const putMeeting = (tx: Sql, row: Row): Promise<void> => insertRows(tx, 'meetings', [row]);
export const putPoints = (tx: Sql, rows: readonly Row[]): Promise<void> => insertRows(tx, 'meeting_points', rows);

export const putAttendees = (tx: Sql, meetingId: string, { unitIds, officialIds }: { unitIds: readonly string[]; officialIds: readonly string[] }): Promise<void> =>
  insertRows(tx, 'meeting_attendees', [
    ...[...new Set(unitIds)].map((id) => ({ meeting_id: meetingId, party_kind: 'UNIT', party_id: id })),
    ...[...new Set(officialIds)].map((id) => ({ meeting_id: meetingId, party_kind: 'OFFICIAL', party_id: id })),
  ]);

/** Who came; everybody else who was called did not. */
export const notePresence = (tx: Sql, meetingId: string, presentIds: readonly string[]): Promise<number> =>
  write(tx, `UPDATE meeting_attendees SET is_present = ${presentIds.length > 0 ? 'party_id IN (?)' : '0'} WHERE meeting_id = ?`, presentIds.length > 0 ? [presentIds, meetingId] : [meetingId]);

export async function noteRecords(tx: Sql, meetingId: string, records: readonly { readonly pointId: string; readonly record: string }[]): Promise<void> {
  for (const { pointId, record } of records) await write(tx, 'UPDATE meeting_points SET record = ? WHERE id = ? AND meeting_id = ?', [record.trim(), pointId, meetingId]);
}
