import { insertRows, isId, newId, selectIn, write, type Sql } from '@anjie/service-kit/database';
import { listConnectionsByParent, type Connection, type PageArgs } from '@anjie/service-kit/subgraph';
import type { PlaceKind, ProposedResponsibility, ResponsibilityRole } from '../rules/responsibility';

export interface ResponsibilityRow {
  readonly id: string;
  readonly caseId: string;
  readonly unitId: string;
  readonly role: ResponsibilityRole;
  readonly placeKind: PlaceKind | null;
  readonly ground: string;
  readonly since: string;
  readonly until: string | null;
  readonly requestId: string | null;
}
const COLUMNS = `r.id, r.case_id AS caseId, r.unit_id AS unitId, r.role, r.place_kind AS placeKind, r.ground, r.since, r.until, r.request_id AS requestId`;

export interface ResponsibilityArgs extends PageArgs {
  readonly inForce?: boolean | null;
}

/** Responsibilities of cases that the caller has already checked to be visible, newest first. */
export const responsibilityPages = (sql: Sql, { parents, args }: { parents: readonly string[]; args: ResponsibilityArgs }): Promise<Connection<ResponsibilityRow>[]> =>
  listConnectionsByParent<ResponsibilityRow>(
    sql,
    {
      columns: COLUMNS, from: 'case_responsibilities r', where: { sql: args.inForce === false ? 'TRUE' : 'r.active_case_id IS NOT NULL', params: [] },
      sort: [{ column: 'r.since', descending: true }, { column: 'r.id' }], parent: 'r.case_id',
    },
    { parents, args },
  );

export const responsibilitiesInForce = (tx: Sql, caseIds: readonly string[]): Promise<ResponsibilityRow[]> =>
  selectIn<ResponsibilityRow>(tx, `SELECT ${COLUMNS} FROM case_responsibilities r WHERE r.active_case_id IN (?) ORDER BY r.case_id, r.unit_id`, caseIds);

export interface SetOfCase {
  readonly caseId: string;
  readonly set: readonly ProposedResponsibility[];
}
export interface ResponsibilityChange {
  readonly by: string;
  readonly today: string;
  /** The decided request, where there is one. */
  readonly requestId: string | null;
}

/** Puts these sets in force: what stays the same keeps its first day, the rest ends today. The cases' rows are locked by the caller. */
export async function putResponsibilities(tx: Sql, sets: readonly SetOfCase[], { by, today, requestId }: ResponsibilityChange): Promise<void> {
  const inForce = await responsibilitiesInForce(tx, sets.map(({ caseId }) => caseId));
  const wanted = sets.flatMap(({ caseId, set }) => set.map((one) => ({ ...one, caseId })));
  const [kept, asked] = [new Set(inForce.map(wordsOf)), new Set(wanted.map(wordsOf))];
  const ended = inForce.filter((row) => !asked.has(wordsOf(row))).map((row) => row.id);
  if (ended.length > 0) await write(tx, 'UPDATE case_responsibilities SET active_case_id = NULL, until = ? WHERE id IN (?)', [today, ended]);
  const begun = wanted.filter((one) => !kept.has(wordsOf(one)));
  await insertRows(tx, 'case_responsibilities', begun.map(({ caseId, unitId, role, placeKind, ground }) => ({
    id: newId(), case_id: caseId, active_case_id: caseId, unit_id: unitId, role, place_kind: placeKind, ground, since: today, until: null, set_by: by, request_id: requestId,
  })));
}

/** Two rows with the same words are the same responsibility. */
const wordsOf = ({ caseId, unitId, role, placeKind, ground }: ProposedResponsibility & { readonly caseId: string }): string =>
  JSON.stringify([caseId, unitId, role, placeKind, ground]);

export interface FirstHandler {
  readonly caseId: string;
  readonly unitId: string;
  readonly officialId: string | null;
  readonly since: string;
}

export const firstHandlersOf = (sql: Sql, caseIds: readonly string[]): Promise<FirstHandler[]> =>
  selectIn<FirstHandler>(sql, 'SELECT case_id AS caseId, unit_id AS unitId, official_id AS officialId, since FROM case_first_handlers WHERE case_id IN (?)', caseIds);

/** 首接首办: the first that is written stays. An official of the same unit is added once, when there was none. */
export const recordFirstHandler = (tx: Sql, { caseId, unitId, officialId, since }: FirstHandler): Promise<number> =>
  write(
    tx,
    `INSERT INTO case_first_handlers (case_id, unit_id, official_id, since) VALUES (?, ?, ?, ?)
     ON DUPLICATE KEY UPDATE official_id = IF(official_id IS NULL AND unit_id = VALUES(unit_id), VALUES(official_id), official_id)`,
    [caseId, unitId, isId(officialId) ? officialId : null, since],
  );

