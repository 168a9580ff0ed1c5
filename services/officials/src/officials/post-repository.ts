import { groupBy, indexBy } from '@anjie/service-kit/runtime';
import { insertRows, newId, selectIn, write, type Sql } from '@anjie/service-kit/database';
import type { PostKind } from '@anjie/contracts';
import type { PostChanges } from '../rules/directory';
import type { Candidate } from '../rules/assignment';
import { TODAY } from '../directory/business-day';
import { unitLines } from '../units/unit-tree-repository';
import { HELD_TODAY } from './official-repository';

export interface PostRow {
  readonly id: string;
  readonly officialId: string;
  readonly unitId: string;
  readonly title: string;
  readonly isHead: boolean;
  readonly startedOn: string;
  readonly endedOn: string | null;
  readonly kind: PostKind;
}

const COLUMNS = 'p.id, p.official_id AS officialId, p.unit_id AS unitId, p.title, p.is_head AS isHead, p.started_on AS startedOn, p.ended_on AS endedOn, p.kind';
const typed = (rows: readonly PostRow[]): PostRow[] => rows.map((row) => ({ ...row, isHead: Boolean(Number(row.isHead)) }));

export const postsOfOfficials = async (sql: Sql, officialIds: readonly string[]): Promise<PostRow[]> =>
  typed(await selectIn<PostRow>(sql, `SELECT ${COLUMNS} FROM posts p WHERE p.official_id IN (?) ORDER BY p.started_on, p.id`, officialIds));

/** Posts that have not ended, those that begin later included. */
export const openPostsOf = async (tx: Sql, officialIds: readonly string[]): Promise<PostRow[]> =>
  typed(await selectIn<PostRow>(tx, `SELECT ${COLUMNS} FROM posts p WHERE p.official_id IN (?) AND (p.ended_on IS NULL OR p.ended_on > ${TODAY}) ORDER BY p.started_on, p.id`, officialIds));

export interface CurrentUnit {
  readonly id: string;
  readonly unitId: string;
}

/** The unit of each official's post that is held today, the earliest first; officials without one are absent. */
export async function currentUnits(sql: Sql, officialIds: readonly string[]): Promise<CurrentUnit[]> {
  const rows = await selectIn<CurrentUnit>(
    sql, `SELECT p.official_id AS id, p.unit_id AS unitId FROM posts p WHERE p.official_id IN (?) AND ${HELD_TODAY} ORDER BY p.started_on, p.id`, officialIds,
  );
  return [...indexBy(rows, (row) => row.id).values()];
}

/** Officials in office with their posts of today, for a place in a case's crew; the unknown and the retired are absent. */
export async function candidatesOf(sql: Sql, officialIds: readonly string[]): Promise<ReadonlyMap<string, Candidate>> {
  const inOffice = await selectIn<{ id: string; unitId: string | null; divisionCode: string | null }>(
    sql,
    `SELECT o.id, u.id AS unitId, u.division_code AS divisionCode FROM officials o
       LEFT JOIN posts p ON p.official_id = o.id AND ${HELD_TODAY} LEFT JOIN units u ON u.id = p.unit_id
      WHERE o.id IN (?) AND (o.valid_to IS NULL OR o.valid_to > ${TODAY}) ORDER BY p.started_on, p.id`,
    officialIds,
  );
  const lines = await unitLines(sql, [...new Set(inOffice.flatMap((row) => row.unitId ?? []))]);
  return new Map([...groupBy(inOffice, (row) => row.id)].map(([officialId, posts]) => [officialId, {
    officialId, unitId: posts[0]?.unitId ?? null, divisionCode: posts[0]?.divisionCode ?? null,
    unitLine: posts.flatMap(({ unitId }) => (unitId === null ? [] : (lines.get(unitId) ?? [unitId]))), divisionCodes: posts.flatMap(({ divisionCode }) => divisionCode ?? []),
  }]));
}

export async function savePostChanges(tx: Sql, changes: ReadonlyMap<string, PostChanges>): Promise<void> {
  const begun = [...changes].flatMap(([officialId, change]) => change.begin.map((post) => ({
    id: newId(), official_id: officialId, unit_id: post.unitId, title: post.title, is_head: post.isHead, started_on: post.startedOn, ended_on: post.endedOn ?? null, kind: post.kind ?? 'PRIMARY',
  })));
  const every = [...changes.values()];
  for (const { id, endedOn } of every.flatMap((change) => change.end)) await write(tx, 'UPDATE posts SET ended_on = ? WHERE id = ?', [endedOn, id]);
  for (const { id, isHead, kind, endedOn } of every.flatMap((change) => change.correct)) {
    await write(tx, 'UPDATE posts SET is_head = ?, kind = ?, ended_on = ? WHERE id = ?', [isHead, kind ?? 'PRIMARY', endedOn ?? null, id]);
  }
  await insertRows(tx, 'posts', begun);
}

/** Who heads each unit now: the open head post that began last. Units without one are absent. */
export async function headsOf(tx: Sql, unitIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await selectIn<{ unitId: string; officialId: string }>(
    tx,
    `SELECT p.unit_id AS unitId, p.official_id AS officialId FROM posts p
      WHERE p.unit_id IN (?) AND p.is_head = 1 AND ${HELD_TODAY} ORDER BY p.started_on, p.id`,
    unitIds,
  );
  return new Map(rows.map((row) => [row.unitId, row.officialId]));
}
