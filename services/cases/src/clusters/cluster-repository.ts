import { hasRole, inOwnUnits, type Viewer } from '@anjie/access';
import { divisionPrefix } from '@anjie/contracts';
import { selectIn, type Sql } from '@anjie/service-kit/database';
import { listConnection, listConnectionsByParent, type Connection, type PageArgs, type SqlPart } from '@anjie/service-kit/subgraph';
import { inDivisionPart } from '../cases/case-list';
import { seenCases } from '../cases/case-repository';
import type { OpenClusterInput } from '../generated/graphql';

export interface ClusterRow {
  readonly id: string;
  readonly name: string;
  readonly contentCategory: string;
  readonly keyDomain: OpenClusterInput['keyDomain'];
  readonly policyDefect: OpenClusterInput['policyDefect'];
  readonly divisionCode: string;
  readonly leadDepartmentId: string;
  readonly specialisedGroup: string | null;
  readonly groupInterest: string | null;
  readonly openedOn: string;
  readonly version: string;
}
const COLUMNS = `k.id, k.name, k.content_category AS contentCategory, k.key_domain AS keyDomain, k.policy_defect AS policyDefect, k.division_code AS divisionCode,
  k.lead_department_id AS leadDepartmentId, k.specialised_group AS specialisedGroup, k.group_interest AS groupInterest, k.opened_on AS openedOn, k.version`;

const NEWEST_FIRST = [{ column: 'k.opened_on', descending: true }, { column: 'k.id' }];

/** The joint offices of its place and above, its lead department, and whoever sees a case that belongs to it. */
export function seenClusters(viewer: Viewer): SqlPart {
  if (viewer.kind === 'SERVICE') return { sql: 'TRUE', params: [] };
  const cases = seenCases(viewer);
  const department = inOwnUnits(viewer, 'k.lead_department_id');
  const office = hasRole(viewer, 'JOINT_OFFICE') && viewer.divisionCode ? { sql: 'k.division_code LIKE ?', params: [`${divisionPrefix(viewer.divisionCode)}%`] } : { sql: 'FALSE', params: [] };
  return {
    sql: `(${office.sql} OR ${department.sql} OR EXISTS (SELECT 1 FROM cluster_cases kc JOIN cases c ON c.id = kc.active_case_id WHERE kc.cluster_id = k.id AND (${cases.sql})))`,
    params: [...office.params, ...department.params, ...cases.params],
  };
}

export function clustersByIds(sql: Sql, viewer: Viewer, ids: readonly string[]): Promise<ClusterRow[]> {
  const seen = seenClusters(viewer);
  return selectIn<ClusterRow>(sql, `SELECT ${COLUMNS} FROM case_clusters k WHERE k.id IN (?) AND ${seen.sql}`, ids, seen.params);
}

export async function lockCluster(tx: Sql, viewer: Viewer, id: string): Promise<ClusterRow | undefined> {
  const seen = seenClusters(viewer);
  return (await selectIn<ClusterRow>(tx, `SELECT ${COLUMNS} FROM case_clusters k WHERE k.id IN (?) AND ${seen.sql} FOR UPDATE`, [id], seen.params))[0];
}

export interface ClusterFilter {
  readonly keyDomain?: string | null;
  readonly policyDefect?: string | null;
  readonly divisionCode?: string | null;
}
export function listClusters(sql: Sql, viewer: Viewer, { filter, page }: { filter: ClusterFilter; page: PageArgs }): Promise<Connection<ClusterRow>> {
  const parts: SqlPart[] = [
    seenClusters(viewer), ...inDivisionPart('k.division_code', filter.divisionCode),
    ...(filter.keyDomain ? [{ sql: 'k.key_domain = ?', params: [filter.keyDomain] }] : []),
    ...(filter.policyDefect ? [{ sql: 'k.policy_defect = ?', params: [filter.policyDefect] }] : []),
  ];
  const where = { sql: parts.map((part) => part.sql).join(' AND '), params: parts.flatMap((part) => part.params) };
  return listConnection<ClusterRow>(sql, { columns: COLUMNS, from: 'case_clusters k', where, sort: NEWEST_FIRST }, page);
}

const LINKS = { case: ['cluster_cases', 'active_case_id'], measure: ['measure_clusters', 'measure_id'] } as const;

/** Clusters of cases, or of measures, that the viewer may see. */
export function clusterPages(sql: Sql, viewer: Viewer, { by, ...page }: { by: keyof typeof LINKS; parents: readonly string[]; args: PageArgs }): Promise<Connection<ClusterRow>[]> {
  const [table, parent] = LINKS[by];
  return listConnectionsByParent<ClusterRow>(
    sql,
    { columns: COLUMNS, from: `${table} x JOIN case_clusters k ON k.id = x.cluster_id`, where: seenClusters(viewer), sort: NEWEST_FIRST, parent: `x.${parent}` },
    page,
  );
}

export interface MemberRow {
  readonly id: string;
  readonly caseId: string;
  readonly addedOn: string;
  readonly reason: string;
  readonly removedOn: string | null;
  readonly removalReason: string | null;
}
export interface MemberArgs extends PageArgs {
  readonly current?: boolean | null;
}
/** A membership is visible with its case. */
export function memberPages(sql: Sql, viewer: Viewer, page: { parents: readonly string[]; args: MemberArgs }): Promise<Connection<MemberRow>[]> {
  const seen = seenCases(viewer);
  const current = page.args.current === false ? '' : ' AND x.active_case_id IS NOT NULL';
  return listConnectionsByParent<MemberRow>(
    sql,
    {
      columns: 'x.id, x.case_id AS caseId, x.added_on AS addedOn, x.reason, x.removed_on AS removedOn, x.removal_reason AS removalReason',
      from: 'cluster_cases x JOIN cases c ON c.id = x.case_id', where: { sql: `(${seen.sql})${current}`, params: seen.params },
      sort: [{ column: 'x.added_on' }, { column: 'x.id' }], parent: 'x.cluster_id',
    },
    page,
  );
}

/** Cases of the cluster among these. */
export const membersAmong = async (tx: Sql, clusterId: string, caseIds: readonly string[]): Promise<string[]> =>
  (await selectIn<{ id: string }>(tx, 'SELECT active_case_id AS id FROM cluster_cases WHERE active_case_id IN (?) AND cluster_id = ?', caseIds, [clusterId])).map((row) => row.id);
