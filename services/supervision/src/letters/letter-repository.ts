import { inOwnUnits, scopeColumns, visibleCases, type SqlPredicate, type Viewer } from '@anjie/access';
import { isId, select, selectIn, write, type Sql } from '@anjie/service-kit/database';
import type { ListQuery, ParentList } from '@anjie/service-kit/subgraph';
import { notNamedInReport } from '../case-facts';
import type { SupervisionGround, SupervisionLetterFilter } from '../generated/graphql';
import { allOf } from '../obligations/obligation-list';
import type { LetterKind, LetterState } from '../rules/letters';

export interface LetterRow {
  readonly id: string;
  readonly fromUnitId: string;
  readonly numberYear: number;
  readonly serial: number;
  readonly kind: LetterKind;
  readonly caseId: string;
  readonly toUnitId: string;
  readonly issuedById: string;
  readonly ground: SupervisionGround;
  readonly body: string;
  readonly replyDueOn: string;
  readonly issuedOn: string;
  readonly state: LetterState;
  readonly reply: string | null;
  readonly repliedOn: string | null;
  readonly repliedById: string | null;
  readonly closedOn: string | null;
  readonly obligationId: string;
  readonly version: number;
}

const COLUMNS = `l.id, l.from_unit_id AS fromUnitId, l.number_year AS numberYear, l.serial, l.kind, l.case_id AS caseId, l.to_unit_id AS toUnitId,
  l.issued_by AS issuedById, l.ground, l.body, l.reply_due_on AS replyDueOn, l.issued_on AS issuedOn, l.state, l.reply, l.replied_on AS repliedOn,
  l.replied_by AS repliedById, l.closed_on AS closedOn, l.obligation_id AS obligationId, l.version`;
const FROM = 'supervision_letters l JOIN case_scopes s ON s.case_id = l.case_id';

/** Visible: the case is, or the letter is to the viewer's unit subtree; never to one who is named in the case's reports. */
function seesLetter(viewer: Viewer): SqlPredicate {
  const byCase = visibleCases(viewer, scopeColumns('s'));
  const byUnit = inOwnUnits(viewer, 'l.to_unit_id');
  const notNamed = notNamedInReport(viewer);
  return { sql: `(${byCase.sql}) OR (${byUnit.sql} AND ${notNamed.sql})`, params: [...byCase.params, ...byUnit.params, ...notNamed.params] };
}

export const visibleLetters = (sql: Sql, viewer: Viewer, ids: readonly string[]): Promise<LetterRow[]> => {
  const seen = seesLetter(viewer);
  return selectIn<LetterRow>(sql, `SELECT ${COLUMNS} FROM ${FROM} WHERE l.id IN (?) AND (${seen.sql})`, ids, seen.params);
};

const byId = (column: string, id: string | null | undefined): SqlPredicate[] => (id != null ? [isId(id) ? { sql: `${column} = ?`, params: [id] } : { sql: 'FALSE', params: [] }] : []);

export const letterList = (viewer: Viewer, filter: SupervisionLetterFilter | null | undefined): ListQuery => ({
  columns: COLUMNS,
  from: FROM,
  where: allOf([
    seesLetter(viewer),
    ...byId('l.case_id', filter?.caseId), ...byId('l.to_unit_id', filter?.toUnitId), ...byId('l.from_unit_id', filter?.fromUnitId),
    ...(filter?.state ? [{ sql: 'l.state = ?', params: [filter.state] }] : []),
    ...(filter?.kind ? [{ sql: 'l.kind = ?', params: [filter.kind] }] : []),
  ]),
  sort: [{ column: 'l.issued_at', descending: true }, { column: 'l.id' }],
});

export const letterListUnderCase = (viewer: Viewer, filter: SupervisionLetterFilter | null | undefined): ParentList => ({
  ...letterList(viewer, { ...filter, caseId: null }), parent: 'l.case_id',
});

/** Next number of the unit's year. The counter row is held until commit, and a rollback gives the number back: no gaps. */
export async function nextSerial(tx: Sql, unitId: string, year: number): Promise<number> {
  await write(tx, 'INSERT INTO letter_counters (unit_id, number_year, last_serial) VALUES (?, ?, 1) ON DUPLICATE KEY UPDATE last_serial = last_serial + 1', [unitId, year]);
  const [row] = await select<{ serial: number }>(tx, 'SELECT last_serial AS serial FROM letter_counters WHERE unit_id = ? AND number_year = ?', [unitId, year]);
  if (!row) throw new Error('letter_counters has no row after an insert');
  return row.serial;
}
