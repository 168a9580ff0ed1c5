import type { Viewer } from '@anjie/access';
import { insertRows, newId, select, selectIn, write, type Sql } from '@anjie/service-kit/database';
import { listConnectionsByParent, type Connection, type PageArgs } from '@anjie/service-kit/subgraph';
import { CASE_COLUMNS, seenCases, type CaseRow } from '../cases/case-repository';
import type { MergedCase } from '../rules/merging';

export interface DecisionRow {
  readonly id: string;
  readonly state: 'CONFIRMED' | 'REFUSED' | 'UNDONE';
  readonly caseId: string;
  readonly intoCaseId: string;
  readonly petitionId: string | null;
  readonly reason: string;
  readonly decidedOn: string;
  readonly decidedBy: string;
  readonly undoReason: string | null;
  readonly undoneOn: string | null;
}
const COLUMNS = `l.id, l.state, l.case_id AS caseId, l.into_case_id AS intoCaseId, l.petition_id AS petitionId, l.reason, l.decided_on AS decidedOn,
  l.decided_by AS decidedBy, l.undo_reason AS undoReason, l.undone_on AS undoneOn`;

/** Visible means: both cases are. */
export function decisionsByIds(sql: Sql, viewer: Viewer, ids: readonly string[]): Promise<DecisionRow[]> {
  const seen = seenCases(viewer);
  const isSeen = (column: string): string => `EXISTS (SELECT 1 FROM cases c WHERE c.id = ${column} AND (${seen.sql}))`;
  return selectIn<DecisionRow>(
    sql, `SELECT ${COLUMNS} FROM case_links l WHERE l.id IN (?) AND ${isSeen('l.case_id')} AND ${isSeen('l.into_case_id')}`, ids, [...seen.params, ...seen.params],
  );
}

/** Decisions about cases that the caller has already checked, where the other case is visible too; newest first. */
export function decisionPages(sql: Sql, viewer: Viewer, page: { parents: readonly string[]; args: PageArgs }): Promise<Connection<DecisionRow>[]> {
  const from = `(SELECT a.*, a.case_id AS own_id, a.into_case_id AS other_id FROM case_links a UNION ALL SELECT b.*, b.into_case_id, b.case_id FROM case_links b) l
    JOIN cases c ON c.id = l.other_id`;
  return listConnectionsByParent<DecisionRow>(sql, { columns: COLUMNS, from, where: seenCases(viewer), sort: [{ column: 'l.seq', descending: true }], parent: 'l.own_id' }, page);
}

/** Visible cases that were merged into others, oldest link first. */
export const mergedCasePages = (sql: Sql, viewer: Viewer, page: { parents: readonly string[]; args: PageArgs }): Promise<Connection<CaseRow>[]> =>
  listConnectionsByParent<CaseRow>(
    sql,
    { columns: CASE_COLUMNS, from: 'case_links l JOIN cases c ON c.id = l.active_case_id', where: seenCases(viewer), sort: [{ column: 'l.seq' }], parent: 'l.into_case_id' },
    page,
  );

export interface MergeRow {
  readonly caseId: string;
  readonly intoCaseId: string;
}
export const mergesOf = (sql: Sql, caseIds: readonly string[]): Promise<MergeRow[]> =>
  selectIn<MergeRow>(sql, 'SELECT l.active_case_id AS caseId, l.into_case_id AS intoCaseId FROM case_links l WHERE l.active_case_id IN (?)', caseIds);

export interface LockedCase extends MergedCase {
  readonly version: string;
  readonly closedOn: string | null;
}

/** Two visible cases, locked in the order of their ids so that two people never wait for each other crosswise; undefined unless both are visible. */
export async function lockPair(tx: Sql, viewer: Viewer, ids: readonly [string, string]): Promise<readonly [LockedCase, LockedCase] | undefined> {
  const seen = seenCases(viewer);
  const rows = await selectIn<CaseRow>(tx, `SELECT ${CASE_COLUMNS} FROM cases c WHERE c.id IN (?) AND (${seen.sql}) ORDER BY c.id FOR UPDATE`, ids, seen.params);
  const into = new Map((await mergesOf(tx, rows.map((row) => row.id))).map((row) => [row.caseId, row.intoCaseId]));
  const [one, other] = ids.map((id) => rows.find((row) => row.id === id.toLowerCase()));
  return one && other && [{ ...one, intoCaseId: into.get(one.id) ?? null }, { ...other, intoCaseId: into.get(other.id) ?? null }];
}

/** The decision in force about a pair, in either direction. Both cases are locked by the caller. */
export const decisionAbout = async (tx: Sql, one: string, other: string): Promise<DecisionRow | undefined> =>
  (await select<DecisionRow>(
    tx, `SELECT ${COLUMNS} FROM case_links l WHERE l.state <> 'UNDONE' AND l.petition_id IS NULL AND ((l.case_id = ? AND l.into_case_id = ?) OR (l.case_id = ? AND l.into_case_id = ?))`,
    [one, other, other, one],
  ))[0];

export interface NewDecision {
  readonly state: 'CONFIRMED' | 'REFUSED';
  readonly caseId: string;
  readonly intoCaseId: string;
  readonly petitionId: string | null;
  readonly reason: string;
  readonly decidedOn: string;
  readonly decidedBy: string;
}

export async function insertDecision(tx: Sql, decision: NewDecision): Promise<string> {
  const id = newId();
  const isMerge = decision.state === 'CONFIRMED' && !decision.petitionId;
  await insertRows(tx, 'case_links', [{
    id, kind: 'SAME_MATTER', state: decision.state, case_id: decision.caseId, into_case_id: decision.intoCaseId, petition_id: decision.petitionId,
    active_case_id: isMerge ? decision.caseId : null, reason: decision.reason, decided_on: decision.decidedOn, decided_by: decision.decidedBy,
  }]);
  return id;
}

/** False when somebody took it back before. */
export const undoDecision = async (tx: Sql, id: string, undo: { reason: string; on: string; by: string }): Promise<boolean> =>
  (await write(
    tx, "UPDATE case_links SET state = 'UNDONE', active_case_id = NULL, undo_reason = ?, undone_on = ?, undone_by = ? WHERE id = ? AND state <> 'UNDONE'",
    [undo.reason, undo.on, undo.by, id],
  )) === 1;

/** Petitions of a case, locked by their case's lock. */
export const petitionIdsOf = async (tx: Sql, caseId: string): Promise<string[]> =>
  (await select<{ id: string }>(tx, 'SELECT id FROM petitions WHERE case_id = ?', [caseId])).map((row) => row.id);

/** Is somebody kept out of `from` who would see `to`? A unit is kept out by one above it; an official by name only, since posts change. Both cases are locked by the caller. */
export const letsIn = async (tx: Sql, { from, to }: { from: string; to: string }): Promise<boolean> =>
  (await select(
    tx,
    `SELECT 1 FROM case_exclusions e WHERE e.case_id = ? AND NOT EXISTS (SELECT 1 FROM case_exclusions k WHERE k.case_id = ?
       AND (k.party_id = e.party_id OR k.party_id IN (SELECT c.ancestor_id FROM unit_closure c WHERE c.descendant_id = e.party_id))) LIMIT 1`,
    [from, to],
  )).length > 0;

/** Moving a petition is moving its pointer; false when it points elsewhere by now. */
export const pointPetition = async (tx: Sql, petitionId: string, { from, to }: { from: string; to: string }): Promise<boolean> =>
  (await write(tx, 'UPDATE petitions SET case_id = ? WHERE id = ? AND case_id = ?', [to, petitionId, from])) === 1;
