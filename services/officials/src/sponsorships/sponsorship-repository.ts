import { notExcluded, scopeColumns, visibleCases, type SqlPredicate, type Viewer } from '@anjie/access';
import { insertRows, selectIn, write, type Sql } from '@anjie/service-kit/database';
import { listConnection, listConnectionsByParent, type Connection, type ListQuery, type PageArgs } from '@anjie/service-kit/subgraph';
import type { SponsorshipLevel } from '../rules/assignment';

export type SponsorshipEndReason = 'REPLACED' | 'POST_CHANGED' | 'CASE_SETTLED' | 'RECUSED' | 'OTHER';

export interface SponsorshipRow {
  readonly id: string;
  readonly caseId: string;
  readonly officialId: string;
  readonly level: SponsorshipLevel | null;
  readonly startedOn: string;
  readonly endedOn: string | null;
  readonly endReason: SponsorshipEndReason | null;
  readonly version: number;
}

const COLUMNS = `sp.id, sp.case_id AS caseId, sp.official_id AS officialId, sp.level, sp.started_on AS startedOn, sp.ended_on AS endedOn,
  sp.end_reason AS endReason, sp.version`;
const FROM = 'sponsorships sp LEFT JOIN case_scopes s ON s.case_id = sp.case_id';
const NEWEST_FIRST = [{ column: 'sp.started_on', descending: true }, { column: 'sp.id' }];

/** The case is visible, or the viewer is the sponsor or owes the hand-over, and is not kept out of the case: exclusion wins here too. */
export function visibleSponsorships(viewer: Viewer): SqlPredicate {
  const cases = visibleCases(viewer, { ...scopeColumns('s'), caseId: 'sp.case_id' });
  const kept = notExcluded(viewer, { caseId: 'sp.case_id' });
  return {
    sql: `((${cases.sql}) OR ((sp.official_id = ? OR EXISTS (SELECT 1 FROM sponsor_hand_overs vho WHERE vho.sponsorship_id = sp.id AND vho.head_official_id = ?))
        AND COALESCE(s.is_sealed, 0) = 0 AND ${kept.sql}))`,
    params: [...cases.params, viewer.subject, viewer.subject, ...kept.params],
  };
}

export const sponsorshipsByIds = (sql: Sql, viewer: Viewer, ids: readonly string[]): Promise<SponsorshipRow[]> => {
  const seen = visibleSponsorships(viewer);
  return selectIn<SponsorshipRow>(sql, `SELECT ${COLUMNS} FROM ${FROM} WHERE sp.id IN (?) AND ${seen.sql}`, ids, seen.params);
};

/** The active sponsorship of each case; the caller has checked that the cases are visible. */
export const activeSponsorships = (sql: Sql, caseIds: readonly string[]): Promise<SponsorshipRow[]> =>
  selectIn<SponsorshipRow>(sql, `SELECT ${COLUMNS} FROM sponsorships sp WHERE sp.active_case_id IN (?)`, caseIds);

export interface SponsorshipFilter {
  readonly officialId?: string | null | undefined;
  readonly caseId?: string | null | undefined;
  readonly active?: boolean | null | undefined;
  readonly handOverDue?: boolean | null | undefined;
}

function listOf(viewer: Viewer, { officialId, caseId, active, handOverDue }: SponsorshipFilter): ListQuery {
  const parts: SqlPredicate[] = [
    visibleSponsorships(viewer),
    ...(officialId != null ? [{ sql: 'sp.official_id = ?', params: [officialId] }] : []),
    ...(caseId != null ? [{ sql: 'sp.case_id = ?', params: [caseId] }] : []),
    ...(active != null ? [{ sql: `sp.active_case_id IS ${active ? 'NOT ' : ''}NULL`, params: [] }] : []),
    ...(handOverDue != null ? [{ sql: `${handOverDue ? '' : 'NOT '}EXISTS (SELECT 1 FROM sponsor_hand_overs fh WHERE fh.sponsorship_id = sp.id AND fh.state = 'DUE')`, params: [] }] : []),
  ];
  const where = { sql: parts.map((p) => p.sql).join(' AND '), params: parts.flatMap((p) => p.params) };
  return { columns: COLUMNS, from: FROM, where, sort: NEWEST_FIRST };
}

export const listSponsorships = (sql: Sql, viewer: Viewer, { filter, page }: { filter: SponsorshipFilter; page: PageArgs }): Promise<Connection<SponsorshipRow>> =>
  listConnection<SponsorshipRow>(sql, listOf(viewer, filter), page);

export interface SponsorshipParents {
  readonly by: 'CASE' | 'OFFICIAL';
  readonly parents: readonly string[];
  readonly args: PageArgs & { readonly active?: boolean | null | undefined };
}

export const sponsorshipsUnder = (sql: Sql, viewer: Viewer, { by, parents, args }: SponsorshipParents): Promise<Connection<SponsorshipRow>[]> =>
  listConnectionsByParent<SponsorshipRow>(
    sql, { ...listOf(viewer, { active: args.active }), parent: by === 'CASE' ? 'sp.case_id' : 'sp.official_id' }, { parents, args },
  );

/** `unitId` is the unit of the post in which the official takes the case over. */
export type NewSponsorship = Pick<SponsorshipRow, 'id' | 'caseId' | 'officialId' | 'level' | 'startedOn'> & { readonly unitId: string | null };

export const beginSponsorships = (tx: Sql, begun: readonly NewSponsorship[]): Promise<void> =>
  insertRows(tx, 'sponsorships', begun.map((b) => ({
    id: b.id, case_id: b.caseId, active_case_id: b.caseId, official_id: b.officialId, unit_id: b.unitId, level: b.level, started_on: b.startedOn,
  })));

/** @returns false when the sponsorship is no longer active. */
export const closeSponsorship = async (tx: Sql, id: string, end: { endedOn: string; endReason: SponsorshipEndReason }): Promise<boolean> =>
  (await write(
    tx, 'UPDATE sponsorships SET active_case_id = NULL, ended_on = ?, end_reason = ?, version = version + 1 WHERE id = ? AND active_case_id IS NOT NULL',
    [end.endedOn, end.endReason, id],
  )) === 1;
