import { inOwnUnits, scopeColumns, visibleCases, type SqlPredicate, type Viewer } from '@anjie/access';
import { BUSINESS_NOW, insertRows, selectIn, write, type Row, type Sql } from '@anjie/service-kit/database';
import type { ListQuery, ParentList } from '@anjie/service-kit/subgraph';
import { inCaseOrWithout, inOfficeDivision, notNamedInReport } from '../case-facts';
import { byId } from '../close-reviews/close-review-list';
import type { FormalismFindingFilter } from '../generated/graphql';
import { allOf } from '../obligations/obligation-list';

export interface FindingRow {
  readonly id: string;
  readonly rule: string;
  readonly unitId: string;
  /** Of the case, without one of the unit; null while that is not known here. */
  readonly divisionCode: string | null;
  readonly officialId: string | null;
  readonly caseId: string | null;
  readonly activityId: string | null;
  readonly amount: number;
  readonly sinceOn: string;
  readonly foundOn: string;
  readonly state: 'OPEN' | 'DISMISSED' | 'MENDED';
  readonly reason: string | null;
  readonly settledOn: string | null;
  readonly settledById: string | null;
  readonly version: number;
}

const COLUMNS = `f.id, f.rule, f.unit_id AS unitId, f.official_id AS officialId, f.case_id AS caseId, f.activity_id AS activityId, f.amount, f.since_on AS sinceOn,
  COALESCE(s.division_code, (SELECT k.division_code FROM known_units k WHERE k.id = f.unit_id)) AS divisionCode,
  f.found_on AS foundOn, f.state, f.reason, f.settled_on AS settledOn, f.settled_by AS settledById, f.version`;
const FROM = 'formalism_findings f LEFT JOIN case_scopes s ON s.case_id = f.case_id';
/** A unit that is not known here yet is in no office's division. */
const OFFICE_DIVISION = "''";

/** Whoever sees the case; without one the joint office of the unit's division; and always the unit and the official themselves. */
function seesFinding(viewer: Viewer): SqlPredicate {
  const own = inOwnUnits(viewer, 'f.unit_id');
  const concerned = { sql: `(${own.sql} OR f.official_id = ?)`, params: [...own.params, viewer.kind === 'OFFICIAL' ? viewer.subject : null] };
  const byCase = visibleCases(viewer, scopeColumns('s'));
  const notNamed = notNamedInReport(viewer);
  const office = inOfficeDivision(viewer, 'f.unit_id', OFFICE_DIVISION);
  return inCaseOrWithout(
    'f.case_id',
    { sql: `(${byCase.sql}) OR (${concerned.sql} AND ${notNamed.sql})`, params: [...byCase.params, ...concerned.params, ...notNamed.params] },
    { sql: `${concerned.sql} OR ${office.sql}`, params: [...concerned.params, ...office.params] },
  );
}

export const visibleFindings = (sql: Sql, viewer: Viewer, ids: readonly string[]): Promise<FindingRow[]> => {
  const seen = seesFinding(viewer);
  return selectIn<FindingRow>(sql, `SELECT ${COLUMNS} FROM ${FROM} WHERE f.id IN (?) AND (${seen.sql})`, ids, seen.params);
};

export const findingList = (viewer: Viewer, filter: FormalismFindingFilter | null | undefined): ListQuery => ({
  columns: COLUMNS,
  from: FROM,
  where: allOf([
    seesFinding(viewer), ...byId('f.case_id', filter?.caseId), ...byId('f.unit_id', filter?.unitId), ...byId('f.official_id', filter?.officialId),
    ...(filter?.state ? [{ sql: 'f.state = ?', params: [filter.state] }] : []),
    ...(filter?.rules ? [filter.rules.length > 0 ? { sql: 'f.rule IN (?)', params: [filter.rules] } : { sql: 'FALSE', params: [] }] : []),
  ]),
  sort: [{ column: 'f.found_at', descending: true }, { column: 'f.id' }],
});

const PARENTS = { case: 'f.case_id', unit: 'f.unit_id', official: 'f.official_id' } as const;
export type FindingParentKind = keyof typeof PARENTS;
export const findingsUnder = (viewer: Viewer, kind: FindingParentKind): ParentList => ({ ...findingList(viewer, null), parent: PARENTS[kind] });

/** Inserts those that are not there yet. @returns the ids that are new */
export async function addFindings(tx: Sql, rows: readonly (Row & { readonly id: string })[]): Promise<ReadonlySet<string>> {
  const known = new Set((await selectIn<{ id: string }>(tx, 'SELECT id FROM formalism_findings WHERE id IN (?)', rows.map((row) => row.id))).map((row) => row.id));
  const fresh = [...new Map(rows.filter((row) => !known.has(row.id)).map((row) => [row.id, row])).values()];
  await insertRows(tx, 'formalism_findings', fresh);
  return new Set(fresh.map((row) => row.id));
}

/** What was found and is mended meanwhile: the outcome was written down, contact was offered. @returns how many */
export async function settleMended(tx: Sql, rules: { readonly outcome: readonly string[]; readonly contact: readonly string[] }, today: string): Promise<number> {
  const MENDED = `f.state = 'MENDED', f.settled_on = ?, f.version = f.version + 1`;
  const outcomes = rules.outcome.length === 0 ? 0 : await write(
    tx, `UPDATE formalism_findings f JOIN known_activities a ON a.activity_id = f.activity_id SET ${MENDED} WHERE f.state = 'OPEN' AND f.rule IN (?) AND (a.has_outcome = 1 OR a.state <> 'HELD')`,
    [today, rules.outcome],
  );
  const contacts = rules.contact.length === 0 ? 0 : await write(
    tx,
    `UPDATE formalism_findings f SET ${MENDED} WHERE f.state = 'OPEN' AND f.rule IN (?) AND EXISTS (SELECT 1 FROM known_activity_cases c JOIN known_activities a ON a.activity_id = c.activity_id
       WHERE c.case_id = f.case_id AND a.state = 'HELD' AND a.offered_contact = 1 AND a.held_on > f.since_on AND a.held_on <= DATE(${BUSINESS_NOW} + INTERVAL 8 HOUR))`,
    [today, rules.contact],
  );
  return outcomes + contacts;
}
