import type { Viewer } from '@anjie/access';
import { insertRows, select, selectIn, write, type Row, type Sql } from '@anjie/service-kit/database';
import { listConnection, listConnectionsByParent, type Connection, type PageArgs } from '@anjie/service-kit/subgraph';
import { seenCases } from '../cases/case-repository';
import { divisionsUpwards } from '../rules/places';
import type { PlaceKind, ProposedResponsibility, ResponsibilityRole } from '../rules/responsibility';
import { excludedUnits } from '../successions/succession-repository';

export interface RequestRow {
  readonly id: string;
  readonly caseId: string;
  readonly state: 'OPEN' | 'DECIDED' | 'WITHDRAWN';
  readonly requestedUnitId: string;
  readonly requestedOn: string;
  readonly ground: string;
  readonly superiorDivisionCode: string;
  readonly officeUnitId: string;
  readonly dueOn: string | null;
  readonly decidedOn: string | null;
  readonly decisionGround: string | null;
  readonly minutesNumber: string | null;
}
const COLUMNS = `q.id, q.case_id AS caseId, q.state, q.requested_unit_id AS requestedUnitId, q.requested_on AS requestedOn, q.ground,
  q.superior_division_code AS superiorDivisionCode, q.office_unit_id AS officeUnitId, q.due_on AS dueOn, q.decided_on AS decidedOn,
  q.decision_ground AS decisionGround, q.minutes_number AS minutesNumber`;
const FROM = 'coordination_requests q JOIN cases c ON c.id = q.case_id';
const NEWEST_FIRST = [{ column: 'q.requested_on', descending: true }, { column: 'q.id' }];

/** A request is visible with its case. */
export function requestsByIds(sql: Sql, viewer: Viewer, ids: readonly string[]): Promise<RequestRow[]> {
  const seen = seenCases(viewer);
  return selectIn<RequestRow>(sql, `SELECT ${COLUMNS} FROM ${FROM} WHERE q.id IN (?) AND (${seen.sql})`, ids, seen.params);
}

/** Requests of cases that the caller has already checked to be visible. */
export const requestPages = (sql: Sql, page: { parents: readonly string[]; args: PageArgs }): Promise<Connection<RequestRow>[]> =>
  listConnectionsByParent<RequestRow>(sql, { columns: COLUMNS, from: 'coordination_requests q', where: { sql: 'TRUE', params: [] }, sort: NEWEST_FIRST, parent: 'q.case_id' }, page);

export interface RequestArgs extends PageArgs {
  readonly state?: string | null;
}
export function listRequests(sql: Sql, viewer: Viewer, { state, ...page }: RequestArgs): Promise<Connection<RequestRow>> {
  const seen = seenCases(viewer);
  const wanted = state ? { sql: `(${seen.sql}) AND q.state = ?`, params: [...seen.params, state] } : seen;
  return listConnection<RequestRow>(sql, { columns: COLUMNS, from: FROM, where: wanted, sort: NEWEST_FIRST }, page);
}

/** As it stands now, read after its case was locked. */
export const requestNow = async (tx: Sql, id: string): Promise<RequestRow | undefined> =>
  (await selectIn<RequestRow>(tx, `SELECT ${COLUMNS} FROM coordination_requests q WHERE q.id IN (?) FOR UPDATE`, [id]))[0];

export const hasOpenRequest = async (tx: Sql, caseId: string): Promise<boolean> =>
  (await select(tx, 'SELECT id FROM coordination_requests WHERE open_case_id = ?', [caseId])).length > 0;

export async function insertRequest(tx: Sql, row: Row & { readonly id: string }, proposal: readonly ProposedResponsibility[]): Promise<void> {
  await insertRows(tx, 'coordination_requests', [row]);
  await insertRows(tx, 'coordination_proposals', proposal.map((one, i) => ({
    request_id: row.id, ordinal: i + 1, unit_id: one.unitId, role: one.role, place_kind: one.placeKind, ground: one.ground,
  })));
}

export interface RequestEnd {
  readonly state: 'DECIDED' | 'WITHDRAWN';
  readonly on: string;
  readonly by: string;
  readonly ground: string;
  readonly minutesNumber: string | null;
}
/** Ends an open request. False when somebody was faster. */
export const endRequest = async (tx: Sql, id: string, { state, on, by, ground, minutesNumber }: RequestEnd): Promise<boolean> =>
  (await write(
    tx,
    `UPDATE coordination_requests SET state = ?, open_case_id = NULL, decided_on = ?, decided_by = ?, decision_ground = ?, minutes_number = ?
      WHERE id = ? AND state = 'OPEN'`,
    [state, on, by, ground, minutesNumber, id],
  )) === 1;

export interface ProposalRow {
  readonly requestId: string;
  readonly unitId: string;
  readonly role: ResponsibilityRole;
  readonly placeKind: PlaceKind | null;
  readonly ground: string;
}
export const proposalsOf = (sql: Sql, requestIds: readonly string[]): Promise<ProposalRow[]> =>
  selectIn<ProposalRow>(
    sql,
    `SELECT request_id AS requestId, unit_id AS unitId, role, place_kind AS placeKind, ground FROM coordination_proposals
      WHERE request_id IN (?) ORDER BY request_id, ordinal`,
    requestIds,
  );

export interface DecidingOffice {
  readonly unitId: string;
  readonly divisionCode: string;
}
/** The joint office of a division, or of the next one above that has one which is not kept out of the case. */
export async function officeAbove(sql: Sql, caseId: string, division: string): Promise<DecidingOffice | undefined> {
  const upwards = divisionsUpwards(division);
  const offices = await selectIn<DecidingOffice>(
    sql,
    "SELECT id AS unitId, division_code AS divisionCode FROM known_units WHERE division_code IN (?) AND kind = 'JOINT_OFFICE' AND valid_to IS NULL ORDER BY code",
    upwards,
  );
  const excluded = await excludedUnits(sql, caseId, offices.map((office) => office.unitId));
  const free = offices.filter((office) => !excluded.has(office.unitId));
  return upwards.flatMap((code) => free.find((office) => office.divisionCode === code) ?? [])[0];
}
