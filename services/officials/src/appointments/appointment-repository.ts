import { besideCase, inOwnUnits, scopeColumns, visibleCases, type SqlPredicate, type Viewer } from '@anjie/access';
import { insertRows, isId, select, selectIn, updateVersion, write, type Row, type Sql } from '@anjie/service-kit/database';
import { listConnection, listConnectionsByParent, type Connection, type ListQuery, type PageArgs } from '@anjie/service-kit/subgraph';
import { TODAY } from '../directory/business-day';
import type { AppointmentFilter } from '../generated/graphql';
import type { Slot } from '../rules/appointing';

export interface AppointmentRow {
  readonly id: string;
  readonly kind: string;
  readonly officialId: string;
  readonly homeUnitId: string | null;
  readonly unitId: string;
  readonly divisionCode: string;
  readonly caseId: string | null;
  readonly campaignId: string | null;
  readonly callInMinutes: number | null;
  readonly qualification: string | null;
  readonly note: string | null;
  readonly startsOn: string;
  readonly endsOn: string | null;
  readonly endReason: string | null;
  readonly successorId: string | null;
  /** 0 or 1 */
  readonly isCurrent: number;
  readonly version: number;
}

const CURRENT = `ap.starts_on <= ${TODAY} AND (ap.ends_on IS NULL OR ap.ends_on > ${TODAY})`;
const COLUMNS = `ap.id, ap.kind, ap.official_id AS officialId, ap.home_unit_id AS homeUnitId, ap.unit_id AS unitId, ap.division_code AS divisionCode, ap.case_id AS caseId,
  ap.campaign_id AS campaignId, ap.call_in_minutes AS callInMinutes, ap.qualification, ap.note, ap.starts_on AS startsOn, ap.ends_on AS endsOn, ap.end_reason AS endReason,
  ap.successor_id AS successorId, (${CURRENT}) AS isCurrent, ap.version`;
const FROM = 'appointments ap LEFT JOIN case_scopes s ON s.case_id = ap.case_id';
const NEWEST_FIRST = [{ column: 'ap.starts_on', descending: true }, { column: 'ap.id' }];
const typed = (rows: readonly AppointmentRow[]): AppointmentRow[] => rows.map((row) => ({ ...row, version: Number(row.version) }));

/** Roles in units and campaigns are office information; one in a case is seen with the case, by its holder and the unit. */
function seesAppointment(viewer: Viewer): SqlPredicate {
  if (viewer.kind === 'SERVICE') return { sql: 'TRUE', params: [] };
  const cases = visibleCases(viewer, scopeColumns('s'));
  const own = inOwnUnits(viewer, 'ap.unit_id');
  const beside = besideCase(viewer, scopeColumns('s'));
  return {
    sql: `(ap.case_id IS NULL OR (${cases.sql}) OR ((ap.official_id = ? OR ${own.sql}) AND (${beside.sql})))`,
    params: [...cases.params, viewer.subject, ...own.params, ...beside.params],
  };
}

export const appointmentsByIds = async (sql: Sql, viewer: Viewer, ids: readonly string[]): Promise<AppointmentRow[]> => {
  const seen = seesAppointment(viewer);
  return typed(await selectIn<AppointmentRow>(sql, `SELECT ${COLUMNS} FROM ${FROM} WHERE ap.id IN (?) AND ${seen.sql}`, ids, seen.params));
};

export const lockAppointment = async (tx: Sql, id: string): Promise<AppointmentRow | undefined> =>
  typed(await selectIn<AppointmentRow>(tx, `SELECT ${COLUMNS} FROM appointments ap WHERE ap.id IN (?) FOR UPDATE`, [id]))[0];

const equal = (column: string, id: string | null | undefined): SqlPredicate[] => (id == null ? [] : [isId(id) ? { sql: `${column} = ?`, params: [id] } : { sql: 'FALSE', params: [] }]);

export interface AppointmentArgs extends PageArgs {
  readonly filter?: AppointmentFilter | null | undefined;
}

function listOf(viewer: Viewer, { filter }: AppointmentArgs): ListQuery {
  const { kinds, on, unitId, officialId, caseId, campaignId } = filter ?? {};
  const parts: SqlPredicate[] = [
    seesAppointment(viewer),
    ...(kinds ? [kinds.length > 0 ? { sql: 'ap.kind IN (?)', params: [kinds] } : { sql: 'FALSE', params: [] }] : []),
    ...(on ? [{ sql: 'ap.starts_on <= ? AND (ap.ends_on IS NULL OR ap.ends_on > ?)', params: [on, on] }] : []),
    ...equal('ap.unit_id', unitId), ...equal('ap.official_id', officialId), ...equal('ap.case_id', caseId), ...equal('ap.campaign_id', campaignId),
  ];
  const where = { sql: parts.map((part) => part.sql).join(' AND '), params: parts.flatMap((part) => part.params) };
  return { columns: COLUMNS, from: FROM, where, sort: NEWEST_FIRST };
}

export const listAppointments = (sql: Sql, viewer: Viewer, args: AppointmentArgs): Promise<Connection<AppointmentRow>> => listConnection<AppointmentRow>(sql, listOf(viewer, args), args);

const PARENTS = { CASE: 'ap.case_id', UNIT: 'ap.unit_id', OFFICIAL: 'ap.official_id', CAMPAIGN: 'ap.campaign_id' } as const;
export type AppointmentParentKind = keyof typeof PARENTS;

export const appointmentsUnder = (sql: Sql, viewer: Viewer, { by, parents, args }: { by: AppointmentParentKind; parents: readonly string[]; args: AppointmentArgs }): Promise<Connection<AppointmentRow>[]> =>
  listConnectionsByParent<AppointmentRow>(sql, { ...listOf(viewer, args), parent: PARENTS[by] }, { parents, args });

export interface SlotRow extends Slot {
  readonly appointmentId: string;
}
export const slotsOf = (sql: Sql, appointmentIds: readonly string[]): Promise<SlotRow[]> =>
  selectIn<SlotRow>(
    sql, 'SELECT appointment_id AS appointmentId, weekday, starts_at AS startsAt, ends_at AS endsAt FROM appointment_slots WHERE appointment_id IN (?) ORDER BY appointment_id, weekday, starts_at',
    appointmentIds,
  );

export interface SeatRow {
  readonly kind: string;
  readonly officialId: string;
  readonly homeUnitId: string | null;
  readonly startsAt: string | null;
  readonly endsAt: string | null;
  readonly callInMinutes: number | null;
}

/** Who has a seat at the windows of a unit on a day: without hours the whole day, with hours those of the weekday. */
export const seatsOf = (sql: Sql, { unitId, on, weekday, kinds }: { unitId: string; on: string; weekday: number; kinds: readonly string[] }): Promise<SeatRow[]> =>
  selectIn<SeatRow>(
    sql,
    `SELECT ap.kind, ap.official_id AS officialId, ap.home_unit_id AS homeUnitId, sl.starts_at AS startsAt, sl.ends_at AS endsAt, ap.call_in_minutes AS callInMinutes
       FROM appointments ap LEFT JOIN appointment_slots sl ON sl.appointment_id = ap.id
      WHERE ap.kind IN (?) AND ap.unit_id = ? AND ap.starts_on <= ? AND (ap.ends_on IS NULL OR ap.ends_on > ?) AND (sl.weekday IS NULL OR sl.weekday = ?)
      ORDER BY ap.call_in_minutes IS NOT NULL, sl.starts_at, ap.kind, ap.official_id`,
    kinds, [unitId, on, on, weekday],
  );

export async function insertAppointment(tx: Sql, row: Row, slots: readonly Slot[]): Promise<void> {
  await insertRows(tx, 'appointments', [row]);
  await insertRows(tx, 'appointment_slots', slots.map((slot) => ({ appointment_id: row['id'] ?? null, weekday: slot.weekday, starts_at: slot.startsAt, ends_at: slot.endsAt })));
}

export const saveAppointment = (tx: Sql, change: { id: string; version: number; set: Row }): Promise<boolean> => updateVersion(tx, 'appointments', change);

/** Is the role held? One whose planned end has passed gives its place free first. */
export async function isRoleHeld(tx: Sql, activeKey: string): Promise<boolean> {
  await write(tx, `UPDATE appointments SET active_key = NULL WHERE active_key = ? AND ends_on <= ${TODAY}`, [activeKey]);
  return (await select(tx, 'SELECT 1 FROM appointments WHERE active_key = ?', [activeKey])).length > 0;
}

/** Roles in a case that an official holds, held until commit. */
export const caseRolesOf = async (tx: Sql, caseId: string, officialId: string): Promise<AppointmentRow[]> =>
  typed(await select<AppointmentRow>(
    tx, `SELECT ${COLUMNS} FROM appointments ap WHERE ap.case_id = ? AND ap.official_id = ? AND ap.end_reason IS NULL AND (ap.ends_on IS NULL OR ap.ends_on > ${TODAY}) FOR UPDATE`, [caseId, officialId],
  ));
