import { hasRole, type Viewer } from '@anjie/access';
import { divisionPrefix } from '@anjie/contracts';
import { businessTime, selectIn, type Sql } from '@anjie/service-kit/database';
import { listConnection, listConnectionsByParent, type Connection, type PageArgs, type SqlPart } from '@anjie/service-kit/subgraph';
import { inDivisionPart } from '../cases/case-list';
import { CASE_COLUMNS, seenCases, type CaseRow } from '../cases/case-repository';
import { seenClusters } from '../clusters/cluster-repository';

export interface MeasureRow {
  readonly id: string;
  readonly title: string;
  readonly documentNumber: string;
  readonly issuer: string;
  readonly issuedOn: string;
  readonly summary: string;
  readonly divisionCode: string;
  readonly registeredOn: string;
}
const COLUMNS = `m.id, m.title, m.document_number AS documentNumber, m.issuer, m.issued_on AS issuedOn, m.summary, m.division_code AS divisionCode,
  m.registered_on AS registeredOn`;

const NEWEST_FIRST = [{ column: 'm.issued_on', descending: true }, { column: 'm.id' }];

/** 640104 lies in 640100 and 640000: what those issue holds there too. */
function placesAbove(code: string): string[] {
  const prefix = divisionPrefix(code);
  return [2, 4, 6, 9, 12].filter((length) => length <= prefix.length).map((length) => prefix.slice(0, length).padEnd(Math.max(6, length), '0'));
}

/** A joint office sees what holds in its place, from above or below; anybody else what belongs to a cluster that he sees. */
export function seenMeasures(viewer: Viewer): SqlPart {
  if (viewer.kind === 'SERVICE') return { sql: 'TRUE', params: [] };
  const clusters = seenClusters(viewer);
  const byCluster = { sql: `EXISTS (SELECT 1 FROM measure_clusters mk JOIN case_clusters k ON k.id = mk.cluster_id WHERE mk.measure_id = m.id AND ${clusters.sql})`, params: clusters.params };
  if (!hasRole(viewer, 'JOINT_OFFICE') || !viewer.divisionCode) return byCluster;
  return {
    sql: `(m.division_code LIKE ? OR m.division_code IN (?) OR ${byCluster.sql})`,
    params: [`${divisionPrefix(viewer.divisionCode)}%`, placesAbove(viewer.divisionCode), ...byCluster.params],
  };
}

export function measuresByIds(sql: Sql, viewer: Viewer, ids: readonly string[]): Promise<MeasureRow[]> {
  const seen = seenMeasures(viewer);
  return selectIn<MeasureRow>(sql, `SELECT ${COLUMNS} FROM policy_measures m WHERE m.id IN (?) AND ${seen.sql}`, ids, seen.params);
}

export function listMeasures(sql: Sql, viewer: Viewer, { divisionCode, page }: { divisionCode: string | null | undefined; page: PageArgs }): Promise<Connection<MeasureRow>> {
  const parts: SqlPart[] = [seenMeasures(viewer), ...inDivisionPart('m.division_code', divisionCode)];
  const where = { sql: parts.map((part) => part.sql).join(' AND '), params: parts.flatMap((part) => part.params) };
  return listConnection<MeasureRow>(sql, { columns: COLUMNS, from: 'policy_measures m', where, sort: NEWEST_FIRST }, page);
}

/** Measures of clusters that the caller has already checked to be visible. */
export const measurePages = (sql: Sql, page: { parents: readonly string[]; args: PageArgs }): Promise<Connection<MeasureRow>[]> =>
  listConnectionsByParent<MeasureRow>(
    sql,
    { columns: COLUMNS, from: 'measure_clusters mk JOIN policy_measures m ON m.id = mk.measure_id', where: { sql: 'TRUE', params: [] }, sort: NEWEST_FIRST, parent: 'mk.cluster_id' },
    page,
  );

/** Each case once, however many clusters of the measure it belongs to. */
const UNLOCKED = `(SELECT DISTINCT mk.measure_id AS measureId, kc.active_case_id AS caseId FROM measure_clusters mk JOIN policy_measures pm ON pm.id = mk.measure_id
    JOIN cluster_cases kc ON kc.cluster_id = mk.cluster_id AND kc.active_case_id IS NOT NULL
   WHERE EXISTS (SELECT 1 FROM ledger_entries le WHERE le.case_id = kc.active_case_id AND le.resolved_on >= pm.issued_on)
      OR EXISTS (SELECT 1 FROM case_ends en WHERE en.case_id = kc.active_case_id AND en.active_kind = 'RESOLVED' AND en.ended_on >= pm.issued_on)) x JOIN cases c ON c.id = x.caseId`;

export function unlockedPages(sql: Sql, viewer: Viewer, page: { parents: readonly string[]; args: PageArgs }): Promise<Connection<CaseRow>[]> {
  return listConnectionsByParent<CaseRow>(
    sql, { columns: CASE_COLUMNS, from: UNLOCKED, where: seenCases(viewer), sort: [{ column: 'c.number' }], parent: 'x.measureId' }, page,
  );
}

export interface UnlockedCount {
  readonly id: string;
  readonly many: number;
  readonly asOf: string;
}
/** One row for each measure, those that unlocked nothing included. */
export async function unlockedCounts(sql: Sql, viewer: Viewer, measureIds: readonly string[]): Promise<UnlockedCount[]> {
  const seen = seenCases(viewer);
  const rows = await selectIn<{ id: string; many: string }>(
    sql, `SELECT x.measureId AS id, COUNT(*) AS many FROM ${UNLOCKED} WHERE x.measureId IN (?) AND (${seen.sql}) GROUP BY x.measureId`, measureIds, seen.params,
  );
  const counts = new Map(rows.map((row) => [row.id, Number(row.many)]));
  const { today } = await businessTime(sql);
  return measureIds.map((id) => ({ id, many: counts.get(id) ?? 0, asOf: today }));
}
