import { inDivision, scopeColumns, visibleCases, type SqlPredicate, type Viewer } from '@anjie/access';
import { select, selectIn, type Sql } from '@anjie/service-kit/database';
import type { VisibleCase } from '@anjie/service-kit/facts';
import { listConnection, type Connection, type PageArgs } from '@anjie/service-kit/subgraph';
import { TODAY } from '../directory/business-day';
import { HELD_TODAY } from '../officials/official-repository';
import type { SponsorshipLevel } from '../rules/assignment';

export type CoverageGap = 'WITHOUT_SPONSOR' | 'HARD_BELOW_LEVEL' | 'PAST_LIMIT_WITHOUT_PLAN';

/** What is asked: a ledger in a division, by the rule that holds there. */
export interface CoverageKey {
  readonly campaignId: string;
  readonly divisionCode: string;
  readonly below: readonly SponsorshipLevel[];
}

const FROM = 'case_ledgers l JOIN case_scopes s ON s.case_id = l.case_id LEFT JOIN sponsorships sp ON sp.active_case_id = l.case_id';

/** Open cases that the ledger counts; what is sealed is counted in no ledger. */
function openCases({ campaignId, divisionCode }: CoverageKey): SqlPredicate {
  const place = inDivision('l.division_code', divisionCode);
  return { sql: `l.campaign_id = ? AND ${place.sql} AND l.removed_on IS NULL AND s.closed_on IS NULL AND s.is_sealed = 0`, params: [campaignId, ...place.params] };
}

const gaps = ({ below }: CoverageKey): Readonly<Record<CoverageGap, SqlPredicate>> => ({
  WITHOUT_SPONSOR: { sql: 'sp.id IS NULL', params: [] },
  HARD_BELOW_LEVEL: { sql: 's.is_hard = 1 AND sp.id IS NOT NULL AND (sp.level IS NULL OR sp.level IN (?))', params: [below.length > 0 ? below : ['']] },
  PAST_LIMIT_WITHOUT_PLAN: { sql: `s.limit_on < ${TODAY} AND (s.plan_on IS NULL OR s.plan_on <= s.limit_on)`, params: [] },
});

export interface CoverageCounts {
  readonly openCases: number;
  readonly WITHOUT_SPONSOR: number;
  readonly HARD_BELOW_LEVEL: number;
  readonly PAST_LIMIT_WITHOUT_PLAN: number;
  readonly asOf: string;
}

/** The three gaps of a ledger in one statement. */
export async function countCoverage(sql: Sql, key: CoverageKey): Promise<CoverageCounts> {
  const where = openCases(key);
  const gap = gaps(key);
  const names = Object.keys(gap) as CoverageGap[];
  const [row] = await select<Record<keyof CoverageCounts, string>>(
    sql,
    `SELECT ${TODAY} AS asOf, COUNT(*) AS openCases, ${names.map((name) => `COUNT(CASE WHEN ${gap[name].sql} THEN 1 END) AS ${name}`).join(', ')} FROM ${FROM} WHERE ${where.sql}`,
    [...names.flatMap((name) => gap[name].params), ...where.params],
  );
  const count = (name: keyof CoverageCounts): number => Number(row?.[name] ?? 0);
  return {
    openCases: count('openCases'), WITHOUT_SPONSOR: count('WITHOUT_SPONSOR'), HARD_BELOW_LEVEL: count('HARD_BELOW_LEVEL'), PAST_LIMIT_WITHOUT_PLAN: count('PAST_LIMIT_WITHOUT_PLAN'),
    asOf: row?.asOf ?? '',
  };
}

/** The cases of a gap that the viewer may see, longest in the ledger first. */
export function casesInGap(sql: Sql, viewer: Viewer, { key, gap, page }: { key: CoverageKey; gap: CoverageGap; page: PageArgs }): Promise<Connection<VisibleCase>> {
  const parts = [openCases(key), gaps(key)[gap], visibleCases(viewer, scopeColumns('s'))];
  const where = { sql: parts.map((part) => `(${part.sql})`).join(' AND '), params: parts.flatMap((part) => part.params) };
  return listConnection<VisibleCase>(sql, { columns: 'l.case_id AS id', from: FROM, where, sort: [{ column: 'l.entered_on' }, { column: 'l.case_id' }] }, page);
}

export interface LeaderRow {
  readonly officialId: string;
  readonly activeCases: number;
}

/** Leaders in the divisions today — heads of units, and whoever is appointed first or directly responsible — with the cases that they sponsor. */
export async function leadersIn(sql: Sql, divisionCodes: readonly string[], limit: number): Promise<LeaderRow[]> {
  const rows = await selectIn<LeaderRow>(
    sql,
    `SELECT p.official_id AS officialId, (SELECT COUNT(*) FROM sponsorships sp WHERE sp.official_id = p.official_id AND sp.active_case_id IS NOT NULL) AS activeCases
       FROM units u JOIN posts p ON p.unit_id = u.id AND ${HELD_TODAY} JOIN officials o ON o.id = p.official_id AND (o.valid_to IS NULL OR o.valid_to > ${TODAY})
      WHERE u.division_code IN (?) AND (p.is_head = 1 OR EXISTS (SELECT 1 FROM appointments ap WHERE ap.official_id = p.official_id AND ap.unit_id = p.unit_id
              AND ap.kind IN ('FIRST_RESPONSIBLE', 'DIRECT_RESPONSIBLE') AND ap.starts_on <= ${TODAY} AND (ap.ends_on IS NULL OR ap.ends_on > ${TODAY})))
      GROUP BY p.official_id ORDER BY activeCases, p.official_id LIMIT ?`,
    divisionCodes, [limit],
  );
  return rows.map((row) => ({ ...row, activeCases: Number(row.activeCases) }));
}

export const isHardCase = async (sql: Sql, caseId: string): Promise<boolean> =>
  Number((await select<{ isHard: number }>(sql, 'SELECT is_hard AS isHard FROM case_scopes WHERE case_id = ?', [caseId]))[0]?.isHard ?? 0) === 1;
