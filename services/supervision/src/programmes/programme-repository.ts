import { inOwnUnits, scopeColumns, visibleCases, type SqlPredicate, type Viewer } from '@anjie/access';
import { AppError, DIVISION_CODE, divisionPrefix } from '@anjie/contracts';
import { select, selectIn, type Sql } from '@anjie/service-kit/database';
import type { ListQuery, ParentList } from '@anjie/service-kit/subgraph';
import { byId } from '../close-reviews/close-review-list';
import type { ProgrammeEntryFilter, ProgrammeFilter } from '../generated/graphql';
import { allOf } from '../obligations/obligation-list';
import { anyOf, bothOf, ofPlace, overseen } from '../oversight';
import type { EntryKind, ProgrammeState, TargetDirection } from '../rules/programme-rules';

export interface ProgrammeRow {
  readonly id: string;
  readonly kindCode: string;
  readonly title: string;
  readonly purpose: string | null;
  readonly divisionCode: string;
  readonly unitId: string;
  readonly campaignId: string | null;
  readonly startsOn: string;
  readonly endsOn: string | null;
  readonly state: ProgrammeState;
  readonly startedOn: string | null;
  readonly endedOn: string | null;
  readonly summary: string | null;
  readonly version: number;
}

const COLUMNS = `p.id, p.kind AS kindCode, p.title, p.purpose, p.division_code AS divisionCode, p.unit_id AS unitId, p.campaign_id AS campaignId, p.starts_on AS startsOn,
  p.ends_on AS endsOn, p.state, p.started_on AS startedOn, p.ended_on AS endedOn, p.summary, p.version`;

/** Joint offices for their divisions and the unit that leads; once it runs, the place, its members, and whom an entry names to do something. */
function seesProgramme(viewer: Viewer): SqlPredicate {
  const [takesPart, isNamed] = [inOwnUnits(viewer, 'vm.unit_id'), inOwnUnits(viewer, 've.unit_id')];
  const member: SqlPredicate = { sql: `EXISTS (SELECT 1 FROM programme_members vm WHERE vm.programme_id = p.id AND vm.left_on IS NULL AND vm.unit_id IS NOT NULL AND ${takesPart.sql})`, params: takesPart.params };
  const named: SqlPredicate = { sql: `EXISTS (SELECT 1 FROM programme_entries ve WHERE ve.programme_id = p.id AND ve.unit_id IS NOT NULL AND ${isNamed.sql})`, params: isNamed.params };
  return anyOf([
    overseen(viewer, 'p.division_code'), inOwnUnits(viewer, 'p.unit_id'), bothOf({ sql: "p.state <> 'DRAFTED'", params: [] }, anyOf([ofPlace(viewer, 'p.division_prefix'), member, named])),
  ]);
}

export const visibleProgrammes = (sql: Sql, viewer: Viewer, ids: readonly string[]): Promise<ProgrammeRow[]> => {
  const seen = seesProgramme(viewer);
  return selectIn<ProgrammeRow>(sql, `SELECT ${COLUMNS} FROM programmes p WHERE p.id IN (?) AND (${seen.sql})`, ids, seen.params);
};

const within = (column: string, code: string | null | undefined): SqlPredicate[] => {
  if (code == null) return [];
  if (!DIVISION_CODE.test(code)) throw new AppError('BAD_USER_INPUT', { field: 'divisionCode' });
  return [{ sql: `${column} LIKE ?`, params: [`${divisionPrefix(code)}%`] }];
};

const oneOf = (column: string, values: readonly string[] | null | undefined): SqlPredicate[] => (values && values.length > 0 ? [{ sql: `${column} IN (?)`, params: [values] }] : []);

export const programmeList = (viewer: Viewer, filter: ProgrammeFilter | null | undefined): ListQuery => ({
  columns: COLUMNS,
  from: 'programmes p',
  where: allOf([
    seesProgramme(viewer), ...oneOf('p.kind', filter?.kinds), ...within('p.division_code', filter?.divisionCode), ...byId('p.campaign_id', filter?.campaignId), ...byId('p.unit_id', filter?.unitId),
    ...(filter?.state ? [{ sql: 'p.state = ?', params: [filter.state] }] : []),
  ]),
  sort: [{ column: 'p.starts_on', descending: true }, { column: 'p.id' }],
});

export type ProgrammeParentKind = 'unit' | 'division' | 'case' | 'campaign';

/** A unit's are those that it leads and those in which it is a member. */
const PARENTS: Readonly<Record<ProgrammeParentKind, Pick<ParentList, 'from' | 'parent'>>> = {
  unit: { from: `programmes p JOIN (SELECT id AS programme_id, unit_id FROM programmes UNION SELECT programme_id, unit_id FROM programme_members WHERE left_on IS NULL AND unit_id IS NOT NULL) pu ON pu.programme_id = p.id`, parent: 'pu.unit_id' },
  division: { from: 'programmes p JOIN programme_members pm ON pm.programme_id = p.id AND pm.left_on IS NULL', parent: 'pm.division_code' },
  case: { from: 'programmes p JOIN programme_members pm ON pm.programme_id = p.id AND pm.left_on IS NULL', parent: 'pm.case_id' },
  campaign: { from: 'programmes p', parent: 'p.campaign_id' },
};

export const programmesUnder = (viewer: Viewer, kind: ProgrammeParentKind): ParentList => ({ ...programmeList(viewer, null), ...PARENTS[kind] });

export interface MemberRow {
  readonly id: string;
  readonly unitId: string | null;
  readonly divisionCode: string | null;
  readonly caseId: string | null;
  readonly joinedOn: string;
}

/** The viewer sees the programme: this is asked below it only. A case among the members is seen by who sees the case. */
export function membersUnderProgramme(viewer: Viewer): ParentList {
  const seen = visibleCases(viewer, scopeColumns('s'));
  return {
    columns: 'm.member_key AS id, m.unit_id AS unitId, m.division_code AS divisionCode, m.case_id AS caseId, m.joined_on AS joinedOn',
    from: 'programme_members m LEFT JOIN case_scopes s ON s.case_id = m.case_id LEFT JOIN known_units u ON u.id = m.unit_id',
    where: { sql: `m.left_on IS NULL AND (m.case_id IS NULL OR (${seen.sql}))`, params: seen.params },
    sort: [{ column: "CASE WHEN m.case_id IS NOT NULL THEN 1 ELSE 0 END" }, { column: "COALESCE(m.division_code, u.division_code, '')" }, { column: "COALESCE(u.code, '')" }, { column: 'm.member_key' }],
    parent: 'm.programme_id',
  };
}

export interface TargetRow {
  readonly id: string;
  readonly programmeId: string;
  readonly title: string;
  readonly formula: string;
  readonly goal: string;
  readonly direction: TargetDirection;
  readonly dueOn: string | null;
  readonly value: string | null;
  readonly asOf: string | null;
  readonly metOn: string | null;
  readonly version: number;
}

const TARGET_COLUMNS = 't.id, t.programme_id AS programmeId, t.title, t.formula, t.goal, t.direction, t.due_on AS dueOn, t.value, t.as_of AS asOf, t.met_on AS metOn, t.version';

export const targetsOf = (sql: Sql, programmeIds: readonly string[]): Promise<TargetRow[]> =>
  selectIn<TargetRow>(sql, `SELECT ${TARGET_COLUMNS} FROM programme_targets t WHERE t.programme_id IN (?) ORDER BY t.programme_id, t.ordinal`, programmeIds);

export const lockTarget = async (tx: Sql, id: string): Promise<TargetRow | undefined> =>
  (await select<TargetRow>(tx, `SELECT ${TARGET_COLUMNS} FROM programme_targets t WHERE t.id = ? FOR UPDATE`, [id]))[0];

export interface EntryRow {
  readonly id: string;
  readonly programmeId: string;
  readonly kind: EntryKind;
  readonly title: string;
  readonly text: string | null;
  readonly unitId: string | null;
  readonly divisionCode: string | null;
  readonly year: number | null;
  readonly dueOn: string | null;
  readonly state: 'OPEN' | 'SETTLED';
  readonly settledOn: string | null;
  readonly settlement: string | null;
  readonly recordedById: string;
  readonly recordedOn: string;
  readonly version: number;
}

const ENTRY_COLUMNS = `e.id, e.programme_id AS programmeId, e.kind, e.title, e.words AS text, e.unit_id AS unitId, e.division_code AS divisionCode, e.award_year AS year, e.due_on AS dueOn,
  e.state, e.settled_on AS settledOn, e.settlement, e.recorded_by AS recordedById, e.recorded_on AS recordedOn, e.version`;
const ENTRIES_SEEN = 'programme_entries e JOIN programmes p ON p.id = e.programme_id';

export const visibleEntries = (sql: Sql, viewer: Viewer, ids: readonly string[]): Promise<EntryRow[]> => {
  const seen = seesProgramme(viewer);
  return selectIn<EntryRow>(sql, `SELECT ${ENTRY_COLUMNS} FROM ${ENTRIES_SEEN} WHERE e.id IN (?) AND (${seen.sql})`, ids, seen.params);
};

/** What is left to do in a programme, held until the transaction ends. */
export const openEntriesOf = (tx: Sql, programmeId: string): Promise<Pick<EntryRow, 'id' | 'unitId' | 'dueOn'>[]> =>
  select(tx, "SELECT e.id, e.unit_id AS unitId, e.due_on AS dueOn FROM programme_entries e WHERE e.programme_id = ? AND e.state = 'OPEN' ORDER BY e.id FOR UPDATE", [programmeId]);

export const entryList = (viewer: Viewer, filter: ProgrammeEntryFilter | null | undefined): ListQuery => ({
  columns: ENTRY_COLUMNS,
  from: ENTRIES_SEEN,
  where: allOf([
    seesProgramme(viewer), ...oneOf('e.kind', filter?.kinds), ...byId('e.unit_id', filter?.unitId),
    ...(filter?.state ? [{ sql: 'e.state = ?', params: [filter.state] }] : []),
    ...(filter?.year != null ? [{ sql: 'e.award_year = ?', params: [filter.year] }] : []),
  ]),
  sort: [{ column: 'e.recorded_on', descending: true }, { column: 'e.id' }],
});

export const entriesUnderProgramme = (viewer: Viewer, kinds: readonly EntryKind[] | null | undefined): ParentList => ({
  ...entryList(viewer, { kinds: kinds ? [...kinds] : null }), parent: 'e.programme_id',
});

/** Years of the awards of programmes of this kind to whoever has this one, for many awards. */
export const awardYears = (sql: Sql, entryIds: readonly string[]): Promise<{ id: string; year: number }[]> =>
  selectIn<{ id: string; year: number }>(
    sql,
    `SELECT e.id, o.award_year AS year FROM programme_entries e JOIN programmes p ON p.id = e.programme_id JOIN programmes q ON q.kind = p.kind
       JOIN programme_entries o ON o.programme_id = q.id AND o.kind = 'AWARD' AND o.award_year <= e.award_year
        AND o.unit_id <=> e.unit_id AND o.division_code <=> e.division_code
      WHERE e.id IN (?) AND e.kind = 'AWARD'`,
    entryIds,
  );

/** Members that are in now, and targets: what a programme starts with. */
export async function readinessOf(sql: Sql, programmeId: string): Promise<{ members: number; targets: number }> {
  const [row] = await select<{ members: string; targets: string }>(
    sql,
    `SELECT (SELECT COUNT(*) FROM programme_members WHERE programme_id = ? AND left_on IS NULL) AS members, (SELECT COUNT(*) FROM programme_targets WHERE programme_id = ?) AS targets`,
    [programmeId, programmeId],
  );
  return { members: Number(row?.members ?? 0), targets: Number(row?.targets ?? 0) };
}
