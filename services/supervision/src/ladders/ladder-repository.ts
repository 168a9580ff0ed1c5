import { hasRole, scopeColumns, visibleCases, type SqlPredicate, type Viewer } from '@anjie/access';
import { isId, select, selectIn, write, type Row, type Sql } from '@anjie/service-kit/database';
import type { ListQuery } from '@anjie/service-kit/subgraph';
import { hasUnitPart } from '../case-facts';
import { byId } from '../close-reviews/close-review-list';
import type { LadderSuggestionFilter } from '../generated/graphql';
import { allOf } from '../obligations/obligation-list';
import type { LadderLetter } from '../rules/ladder';
import { ADDRESSED_ROLES } from '../rules/letters';
import { asLadderLetter, LADDER_COLUMNS } from './ladder-facts';

export interface SuggestionRow {
  readonly id: string;
  readonly caseId: string;
  /** Of the case. */
  readonly divisionCode: string;
  readonly unitId: string;
  readonly rung: number;
  readonly officeUnitId: string;
  readonly suggestedOn: string;
  readonly state: 'OPEN' | 'TAKEN' | 'DISMISSED';
  readonly reason: string | null;
  readonly settledOn: string | null;
  readonly settledById: string | null;
  readonly version: number;
}

const COLUMNS = `g.id, g.case_id AS caseId, s.division_code AS divisionCode, g.unit_id AS unitId, g.rung, g.office_unit_id AS officeUnitId, g.suggested_on AS suggestedOn, g.state, g.reason,
  g.settled_on AS settledOn, g.settled_by AS settledById, g.version`;
const FROM = 'ladder_suggestions g JOIN case_scopes s ON s.case_id = g.case_id';

/** Joint offices that see the case: what may be done next is for them to consider, and tells nobody else anything yet. */
function seesSuggestion(viewer: Viewer): SqlPredicate {
  if (viewer.kind === 'OFFICIAL' && !hasRole(viewer, 'JOINT_OFFICE')) return { sql: 'FALSE', params: [] };
  return visibleCases(viewer, scopeColumns('s'));
}

export const visibleSuggestions = (sql: Sql, viewer: Viewer, ids: readonly string[]): Promise<SuggestionRow[]> => {
  const seen = seesSuggestion(viewer);
  return selectIn<SuggestionRow>(sql, `SELECT ${COLUMNS} FROM ${FROM} WHERE g.id IN (?) AND (${seen.sql})`, ids, seen.params);
};

export const suggestionList = (viewer: Viewer, filter: LadderSuggestionFilter | null | undefined): ListQuery => ({
  columns: COLUMNS,
  from: FROM,
  where: allOf([
    seesSuggestion(viewer), ...byId('g.case_id', filter?.caseId), ...byId('g.unit_id', filter?.unitId),
    ...(filter?.state ? [{ sql: 'g.state = ?', params: [filter.state] }] : []),
    ...(filter?.rung != null ? [{ sql: 'g.rung = ?', params: [filter.rung] }] : []),
  ]),
  sort: [{ column: 'g.suggested_on', descending: true }, { column: 'g.id' }],
});

/** The unit leads, supports or was referred the case. */
export const hasPart = async (sql: Sql, caseId: string, unitId: string): Promise<boolean> => isId(unitId) && hasUnitPart(sql, { caseId, unitId, roles: ADDRESSED_ROLES });

export interface WatchedPair {
  readonly caseId: string;
  readonly unitId: string;
}

/** Units with a letter without progress in an open case that is not sealed, after the given pair in the order of the key. */
export const pairsWithoutProgress = (sql: Sql, { today, after, limit }: { today: string; after: WatchedPair | null; limit: number }): Promise<WatchedPair[]> =>
  select<WatchedPair>(
    sql,
    `SELECT DISTINCT l.case_id AS caseId, l.about_unit_id AS unitId FROM supervision_letters l JOIN case_scopes s ON s.case_id = l.case_id
      WHERE l.issued_on IS NOT NULL AND l.about_unit_id IS NOT NULL AND s.is_sealed = 0 AND s.closed_on IS NULL
        AND ((l.state = 'ISSUED' AND l.reply_due_on < ?) OR (l.state = 'CLOSED' AND l.has_progress = 0))
        ${after === null ? '' : 'AND (l.case_id > ? OR (l.case_id = ? AND l.about_unit_id > ?))'}
      ORDER BY l.case_id, l.about_unit_id LIMIT ?`,
    [today, ...(after === null ? [] : [after.caseId, after.caseId, after.unitId]), limit],
  );

export interface LetterOfPair extends LadderLetter, WatchedPair {
  readonly fromUnitId: string;
}

/** All letters of these pairs, oldest first. */
export const lettersOfPairs = async (sql: Sql, pairs: readonly WatchedPair[]): Promise<LetterOfPair[]> => {
  const rows = await selectIn<Omit<LetterOfPair, 'hasProgress'> & { hasProgress: number | null }>(
    sql,
    `SELECT ${LADDER_COLUMNS}, l.case_id AS caseId, l.about_unit_id AS unitId, l.from_unit_id AS fromUnitId FROM supervision_letters l
      WHERE l.about_unit_id IN (?) AND l.case_id IN (?) AND l.issued_on IS NOT NULL ORDER BY l.issued_at, l.id`,
    [...new Set(pairs.map((one) => one.unitId))], [[...new Set(pairs.map((one) => one.caseId))]],
  );
  return rows.map((row) => ({ ...row, ...asLadderLetter(row) }));
};

/** Keeps a suggestion; false when this rung was suggested for the unit in the case before, whatever became of it. */
export async function putSuggestion(tx: Sql, row: Row): Promise<boolean> {
  const columns = Object.keys(row);
  return (await write(tx, `INSERT INTO ladder_suggestions (${columns.join(', ')}) VALUES (?) ON DUPLICATE KEY UPDATE id = id`, [columns.map((column) => row[column])])) === 1;
}
