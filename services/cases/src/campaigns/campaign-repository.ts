import { hasRole, type Viewer } from '@anjie/access';
import { divisionPrefix } from '@anjie/contracts';
import { insertRows, selectIn, type Sql } from '@anjie/service-kit/database';
import { listConnection, listConnectionsByParent, type Connection, type PageArgs, type SqlPart } from '@anjie/service-kit/subgraph';
import { inDivisionPart, withId } from '../cases/case-list';
import { seenCases } from '../cases/case-repository';

export interface CampaignRow {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly parentId: string | null;
  readonly divisionCode: string;
  readonly startsOn: string;
  readonly endsOn: string;
  readonly basisDocuments: string;
  /** JSON list. */
  readonly goals: string;
  readonly cohortFrom: string;
  readonly cohortTo: string;
  readonly cohortFrozenOn: string | null;
  readonly cohortHash: Buffer | null;
  readonly cohortSize: number | null;
  /** AssignmentSource words with commas between; empty for all. */
  readonly cohortSources: string;
  readonly version: string;
}

const COLUMNS = `g.id, g.code, g.name, g.parent_id AS parentId, g.division_code AS divisionCode, g.starts_on AS startsOn, g.ends_on AS endsOn,
  g.basis_documents AS basisDocuments, g.goals, g.cohort_from AS cohortFrom, g.cohort_to AS cohortTo, g.cohort_frozen_on AS cohortFrozenOn,
  g.cohort_hash AS cohortHash, g.cohort_size AS cohortSize, g.cohort_sources AS cohortSources, g.version`;

/**
 * A joint office sees campaigns of its subtree and those above it that it takes part in; anybody else sees a campaign
 * that counts a case visible to them.
 */
export function seenCampaigns(viewer: Viewer): SqlPart {
  if (viewer.kind === 'SERVICE') return { sql: 'TRUE', params: [] };
  const cases = seenCases(viewer);
  const byCase = {
    sql: `EXISTS (SELECT 1 FROM case_ledgers gl JOIN cases c ON c.id = gl.case_id WHERE gl.campaign_id = g.id AND (${cases.sql}))`,
    params: cases.params,
  };
  if (!hasRole(viewer, 'JOINT_OFFICE') || !viewer.divisionCode) return byCase;
  const prefix = divisionPrefix(viewer.divisionCode);
  return {
    sql: `(g.division_code LIKE ? OR EXISTS (SELECT 1 FROM campaign_ancestors ga JOIN campaigns below ON below.id = ga.campaign_id
            WHERE ga.ancestor_id = g.id AND below.division_code LIKE ?) OR ${byCase.sql})`,
    params: [`${prefix}%`, `${prefix}%`, ...byCase.params],
  };
}

export function campaignsByIds(sql: Sql, viewer: Viewer, ids: readonly string[]): Promise<CampaignRow[]> {
  const seen = seenCampaigns(viewer);
  return selectIn<CampaignRow>(sql, `SELECT ${COLUMNS} FROM campaigns g WHERE g.id IN (?) AND ${seen.sql}`, ids, seen.params);
}

/** A visible campaign, locked until commit. */
export async function lockCampaign(tx: Sql, viewer: Viewer, id: string): Promise<CampaignRow | undefined> {
  const seen = seenCampaigns(viewer);
  return (await selectIn<CampaignRow>(tx, `SELECT ${COLUMNS} FROM campaigns g WHERE g.id IN (?) AND ${seen.sql} FOR UPDATE`, [id], seen.params))[0];
}

const BY_CODE = [{ column: 'g.code' }];

export function campaignPages(sql: Sql, viewer: Viewer, page: { parents: readonly string[]; args: PageArgs }): Promise<Connection<CampaignRow>[]> {
  return listConnectionsByParent<CampaignRow>(sql, { columns: COLUMNS, from: 'campaigns g', where: seenCampaigns(viewer), sort: BY_CODE, parent: 'g.parent_id' }, page);
}

export interface CampaignFilter {
  readonly parentId?: string | null;
  readonly divisionCode?: string | null;
}

export function listCampaigns(sql: Sql, viewer: Viewer, { filter, page }: { filter: CampaignFilter; page: PageArgs }): Promise<Connection<CampaignRow>> {
  const parts: SqlPart[] = [seenCampaigns(viewer), ...withId('g.parent_id = ?', filter.parentId), ...inDivisionPart('g.division_code', filter.divisionCode)];
  const where = { sql: parts.map((part) => part.sql).join(' AND '), params: parts.flatMap((part) => part.params) };
  return listConnection<CampaignRow>(sql, { columns: COLUMNS, from: 'campaigns g', where, sort: BY_CODE }, page);
}

export interface PhaseRow {
  readonly campaignId: string;
  readonly ordinal: number;
  readonly name: string;
  readonly startsOn: string;
  readonly endsOn: string;
  readonly entryCriteria: string | null;
  readonly exitCriteria: string | null;
  readonly enteredOn: string | null;
  readonly entryDecision: string | null;
  readonly leftOn: string | null;
  readonly exitDecision: string | null;
}
export const phasesOf = (sql: Sql, campaignIds: readonly string[]): Promise<PhaseRow[]> =>
  selectIn<PhaseRow>(
    sql,
    `SELECT campaign_id AS campaignId, ordinal, name, starts_on AS startsOn, ends_on AS endsOn, entry_criteria AS entryCriteria, exit_criteria AS exitCriteria,
            entered_on AS enteredOn, entry_decision AS entryDecision, left_on AS leftOn, exit_decision AS exitDecision FROM campaign_phases
      WHERE campaign_id IN (?) ORDER BY campaign_id, ordinal`,
    campaignIds,
  );

export interface TargetRow {
  readonly campaignId: string;
  readonly dueOn: string;
  readonly base: 'COHORT' | 'ALL';
  readonly percent: number;
  readonly minimum: number | null;
}
export const targetsOf = (sql: Sql, campaignIds: readonly string[]): Promise<TargetRow[]> =>
  selectIn<TargetRow>(
    sql,
    'SELECT campaign_id AS campaignId, due_on AS dueOn, base, percent, minimum FROM campaign_targets WHERE campaign_id IN (?) ORDER BY campaign_id, due_on, base',
    campaignIds,
  );

/** The campaign itself, its parent and so on up: whose figures count what it counts. */
export const ancestorIdsOf = async (sql: Sql, campaignId: string): Promise<string[]> =>
  (await selectIn<{ id: string }>(sql, 'SELECT ancestor_id AS id FROM campaign_ancestors WHERE campaign_id IN (?)', [campaignId])).map((row) => row.id);

export async function insertAncestors(tx: Sql, campaignId: string, parentId: string | null): Promise<void> {
  const above = parentId ? await ancestorIdsOf(tx, parentId) : [];
  await insertRows(tx, 'campaign_ancestors', [campaignId, ...above].map((ancestor) => ({ campaign_id: campaignId, ancestor_id: ancestor })));
}
