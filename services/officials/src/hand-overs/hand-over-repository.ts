import { insertRows, select, selectIn, write, type Sql } from '@anjie/service-kit/database';
import { TODAY } from '../directory/business-day';

export type HandOverState = 'DUE' | 'DONE' | 'CANCELLED';

export interface HandOverRow {
  readonly id: string;
  readonly sponsorshipId: string;
  readonly caseId: string;
  readonly unitId: string | null;
  readonly headOfficialId: string | null;
  readonly state: HandOverState;
  readonly since: string;
  readonly dueOn: string;
  readonly doneOn: string | null;
  readonly note: string | null;
  readonly successorId: string | null;
}

const COLUMNS = `h.id, h.sponsorship_id AS sponsorshipId, h.case_id AS caseId, h.unit_id AS unitId, h.head_official_id AS headOfficialId, h.state, h.since_on AS since, h.due_on AS dueOn,
  h.done_on AS doneOn, h.note, h.successor_id AS successorId`;

/** Hand-overs of sponsorships that the viewer has been found to see. */
export const handOversOf = (sql: Sql, sponsorshipIds: readonly string[]): Promise<HandOverRow[]> =>
  selectIn<HandOverRow>(sql, `SELECT ${COLUMNS} FROM sponsor_hand_overs h WHERE h.sponsorship_id IN (?)`, sponsorshipIds);

/** Due ones, held until commit. */
export const dueHandOvers = (tx: Sql, sponsorshipIds: readonly string[]): Promise<HandOverRow[]> =>
  selectIn<HandOverRow>(tx, `SELECT ${COLUMNS} FROM sponsor_hand_overs h WHERE h.sponsorship_id IN (?) AND h.state = 'DUE' FOR UPDATE`, sponsorshipIds);

export interface LostSponsor {
  readonly sponsorshipId: string;
  readonly caseId: string;
  readonly officialId: string;
  readonly divisionCode: string;
  readonly unitId: string;
  readonly endedOn: string;
}

/** Posts in which the case was taken over. On the day of a move days alone do not tell which it was: the unit that was noted does. */
const AT_START = `p.official_id = sp.official_id AND p.started_on <= sp.started_on
        AND (p.ended_on IS NULL OR p.ended_on > sp.started_on OR (p.ended_on = sp.started_on AND p.unit_id = sp.unit_id))
        AND NOT (p.started_on = sp.started_on AND p.unit_id <> COALESCE(sp.unit_id, p.unit_id))`;
const OVER = `p.ended_on IS NOT NULL AND p.ended_on <= ${TODAY}`;

/**
 * Sponsors of open cases who hold none of the posts any more in which they took the case over, and whose hand-over nobody has noted.
 * Where several posts ended, the last one counts.
 */
export const lostSponsors = (tx: Sql, limit: number): Promise<LostSponsor[]> =>
  select<LostSponsor>(
    tx,
    `SELECT sp.id AS sponsorshipId, sp.case_id AS caseId, sp.official_id AS officialId, s.division_code AS divisionCode,
            (SELECT p.unit_id FROM posts p WHERE ${AT_START} AND ${OVER} ORDER BY p.ended_on DESC, p.id LIMIT 1) AS unitId,
            (SELECT MAX(p.ended_on) FROM posts p WHERE ${AT_START} AND ${OVER}) AS endedOn
       FROM sponsorships sp JOIN case_scopes s ON s.case_id = sp.case_id
      WHERE sp.active_case_id IS NOT NULL AND s.closed_on IS NULL
        AND EXISTS (SELECT 1 FROM posts p WHERE ${AT_START} AND ${OVER})
        AND NOT EXISTS (SELECT 1 FROM posts p WHERE ${AT_START} AND NOT (${OVER}))
        AND NOT EXISTS (SELECT 1 FROM sponsor_hand_overs h WHERE h.sponsorship_id = sp.id)
      ORDER BY sp.id LIMIT ?`,
    [limit],
  );

export const insertHandOvers = (tx: Sql, rows: readonly HandOverRow[]): Promise<void> =>
  insertRows(tx, 'sponsor_hand_overs', rows.map((row) => ({
    id: row.id, sponsorship_id: row.sponsorshipId, case_id: row.caseId, unit_id: row.unitId, head_official_id: row.headOfficialId, state: row.state, since_on: row.since, due_on: row.dueOn,
    done_on: row.doneOn, note: row.note, successor_id: row.successorId,
  })));

export const finishHandOver = (tx: Sql, id: string, { doneOn, note, successorId }: { doneOn: string; note: string | null; successorId: string }): Promise<number> =>
  write(tx, "UPDATE sponsor_hand_overs SET state = 'DONE', done_on = ?, note = ?, successor_id = ? WHERE id = ?", [doneOn, note, successorId, id]);

export const cancelHandOvers = async (tx: Sql, ids: readonly string[]): Promise<void> => {
  if (ids.length > 0) await write(tx, "UPDATE sponsor_hand_overs SET state = 'CANCELLED' WHERE id IN (?)", [ids]);
};

/** Sponsorships with something open in cases that are closed now. */
export const sponsorshipsOfClosedCases = async (tx: Sql, caseIds: readonly string[]): Promise<string[]> =>
  (await selectIn<{ id: string }>(
    tx,
    `SELECT DISTINCT sp.id FROM sponsorships sp JOIN case_scopes s ON s.case_id = sp.case_id
      WHERE sp.case_id IN (?) AND s.closed_on IS NOT NULL AND (EXISTS (SELECT 1 FROM sponsor_duties d WHERE d.sponsorship_id = sp.id AND d.state = 'OPEN')
        OR EXISTS (SELECT 1 FROM sponsor_hand_overs h WHERE h.sponsorship_id = sp.id AND h.state = 'DUE'))`,
    caseIds,
  )).map(({ id }) => id);
