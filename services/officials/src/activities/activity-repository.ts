import { inDivision, scopeColumns, visibleCases, type SqlPredicate, type Viewer } from '@anjie/access';
import { AppError, DIVISION_CODE } from '@anjie/contracts';
import { insertRows, isId, selectIn, updateVersion, type Row, type Sql } from '@anjie/service-kit/database';
import type { VisibleCase } from '@anjie/service-kit/facts';
import { listConnection, listConnectionsByParent, type Connection, type ListQuery, type PageArgs } from '@anjie/service-kit/subgraph';
import type { ActivityFilter } from '../generated/graphql';
import type { ActivityPart, ActivityState, ContactAnswer } from '../rules/activity-lifecycle';
import { seesActivity } from './activity-sight';

export interface ActivityRow {
  readonly id: string;
  readonly kind: string;
  readonly state: ActivityState;
  readonly unitId: string;
  readonly divisionCode: string;
  readonly title: string;
  readonly place: string | null;
  readonly plannedOn: string;
  readonly startsAt: string | null;
  readonly endsAt: string | null;
  readonly campaignId: string | null;
  readonly programmeId: string | null;
  readonly programTag: string | null;
  readonly publishedOn: string | null;
  readonly heldOn: string | null;
  readonly outcome: string | null;
  readonly textKey: string | null;
  /** tinyint: 0 or 1 */
  readonly contactOffered: number | null;
  readonly contactAnswer: ContactAnswer | null;
  readonly callOffReason: string | null;
  readonly version: number;
}

const COLUMNS = `a.id, a.kind, a.state, a.unit_id AS unitId, a.division_code AS divisionCode, a.title, a.place, a.planned_on AS plannedOn, a.starts_at AS startsAt, a.ends_at AS endsAt,
  a.campaign_id AS campaignId, a.programme_id AS programmeId, a.program_tag AS programTag, a.published_on AS publishedOn, a.held_on AS heldOn, a.outcome, a.text_key AS textKey,
  a.contact_offered AS contactOffered, a.contact_answer AS contactAnswer, a.call_off_reason AS callOffReason, a.version`;
const NEWEST_FIRST = [{ column: 'a.on_date', descending: true }, { column: 'a.id' }];
const AT = { id: 'a.id', unitId: 'a.unit_id', divisionCode: 'a.division_code' };

const typed = (rows: readonly ActivityRow[]): ActivityRow[] => rows.map((row) => ({ ...row, version: Number(row.version) }));

export const activitiesByIds = async (sql: Sql, viewer: Viewer, ids: readonly string[]): Promise<ActivityRow[]> => {
  const seen = seesActivity(viewer, AT);
  return typed(await selectIn<ActivityRow>(sql, `SELECT ${COLUMNS} FROM activities a WHERE a.id IN (?) AND ${seen.sql}`, ids, seen.params));
};

/** The row, held until commit; the caller has decided that the viewer sees it. */
export const lockActivity = async (tx: Sql, id: string): Promise<ActivityRow | undefined> =>
  typed(await selectIn<ActivityRow>(tx, `SELECT ${COLUMNS} FROM activities a WHERE a.id IN (?) FOR UPDATE`, [id]))[0];

const equal = (column: string, id: string | null | undefined): SqlPredicate[] => (id == null ? [] : [isId(id) ? { sql: `${column} = ?`, params: [id] } : { sql: 'FALSE', params: [] }]);

/** @throws AppError BAD_USER_INPUT for a division code that is none */
function fitting({ kinds, state, from, to, withoutOutcome, unitId, divisionCode, campaignId, programmeId }: ActivityFilter): SqlPredicate[] {
  if (divisionCode != null && !DIVISION_CODE.test(divisionCode)) throw new AppError('BAD_USER_INPUT', { field: 'divisionCode' });
  return [
    ...(kinds ? [kinds.length > 0 ? { sql: 'a.kind IN (?)', params: [kinds] } : { sql: 'FALSE', params: [] }] : []),
    ...(state ? [{ sql: 'a.state = ?', params: [state] }] : []),
    ...(from ? [{ sql: 'a.on_date >= ?', params: [from] }] : []),
    ...(to ? [{ sql: 'a.on_date <= ?', params: [to] }] : []),
    ...(withoutOutcome === true ? [{ sql: "a.state = 'HELD' AND a.outcome IS NULL", params: [] }] : []),
    ...equal('a.unit_id', unitId), ...equal('a.campaign_id', campaignId), ...equal('a.programme_id', programmeId),
    ...(divisionCode != null ? [inDivision('a.division_code', divisionCode)] : []),
  ];
}

export interface ActivityArgs extends PageArgs {
  readonly filter?: ActivityFilter | null | undefined;
}

function listOf(viewer: Viewer, { filter }: ActivityArgs): ListQuery {
  const parts = [seesActivity(viewer, AT), ...fitting(filter ?? {})];
  const where = { sql: parts.map((part) => `(${part.sql})`).join(' AND '), params: parts.flatMap((part) => part.params) };
  return { columns: COLUMNS, from: 'activities a', where, sort: NEWEST_FIRST };
}

export const listActivities = (sql: Sql, viewer: Viewer, args: ActivityArgs): Promise<Connection<ActivityRow>> => listConnection<ActivityRow>(sql, listOf(viewer, args), args);

/** Where activities hang, by the column of the parent and what is joined for it. */
const UNDER = {
  CASE: { parent: 'uc.case_id', from: 'activities a JOIN activity_cases uc ON uc.activity_id = a.id' },
  OFFICIAL: { parent: 'uo.official_id', from: 'activities a JOIN activity_officials uo ON uo.activity_id = a.id' },
  UNIT: { parent: 'a.unit_id', from: 'activities a' },
  CAMPAIGN: { parent: 'a.campaign_id', from: 'activities a' },
  DIVISION: { parent: 'a.division_code', from: 'activities a' },
} as const;
export type ActivityParentKind = keyof typeof UNDER;

export const activitiesUnder = (sql: Sql, viewer: Viewer, { by, parents, args }: { by: ActivityParentKind; parents: readonly string[]; args: ActivityArgs }): Promise<Connection<ActivityRow>[]> =>
  listConnectionsByParent<ActivityRow>(sql, { ...listOf(viewer, args), ...UNDER[by] }, { parents, args });

export interface ParticipantRow {
  readonly activityId: string;
  readonly officialId: string;
  readonly part: ActivityPart;
}

/** Leaders first; the caller has decided that the viewer sees the activities. */
export const participantsOf = (sql: Sql, activityIds: readonly string[]): Promise<ParticipantRow[]> =>
  selectIn<ParticipantRow>(
    sql, 'SELECT activity_id AS activityId, official_id AS officialId, part FROM activity_officials WHERE activity_id IN (?) ORDER BY activity_id, part, official_id', activityIds,
  );

/** The cases of each activity that the viewer may see. */
export const casesOfActivities = (sql: Sql, viewer: Viewer, { parents, args }: { parents: readonly string[]; args: PageArgs }): Promise<Connection<VisibleCase>[]> =>
  listConnectionsByParent<VisibleCase>(sql, {
    columns: 's.case_id AS id', from: 'activity_cases ac JOIN case_scopes s ON s.case_id = ac.case_id', where: visibleCases(viewer, scopeColumns('s')),
    sort: [{ column: 'ac.case_id' }], parent: 'ac.activity_id',
  }, { parents, args });

/** All cases of an activity, for its own bookkeeping. */
export const caseIdsOf = async (tx: Sql, activityId: string): Promise<string[]> =>
  (await selectIn<{ id: string }>(tx, 'SELECT case_id AS id FROM activity_cases WHERE activity_id IN (?) ORDER BY case_id', [activityId])).map(({ id }) => id);

export async function insertActivity(tx: Sql, row: Row, { participants, caseIds }: { participants: readonly Omit<ParticipantRow, 'activityId'>[]; caseIds: readonly string[] }): Promise<void> {
  await insertRows(tx, 'activities', [row]);
  await insertRows(tx, 'activity_officials', participants.map(({ officialId, part }) => ({ activity_id: row['id'] ?? null, official_id: officialId, part })));
  await insertRows(tx, 'activity_cases', caseIds.map((caseId) => ({ activity_id: row['id'] ?? null, case_id: caseId })));
}

export const saveActivity = (tx: Sql, change: { id: string; version: number; set: Row }): Promise<boolean> => updateVersion(tx, 'activities', change);
