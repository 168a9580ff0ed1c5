import { inOwnUnits, type SqlPredicate, type Viewer } from '@anjie/access';
import { isInDivision } from '@anjie/contracts';
import { BUSINESS_NOW, insertRows, newId, select, selectIn, write, type Sql } from '@anjie/service-kit/database';
import type { ListQuery, ParentList } from '@anjie/service-kit/subgraph';
import { byId } from '../close-reviews/close-review-list';
import type { InspectionTeamFilter, InspectionTeamKind } from '../generated/graphql';
import { allOf } from '../obligations/obligation-list';
import { overseesDivision } from '../oversight-facts';

export interface TeamRow {
  readonly id: string;
  readonly kind: InspectionTeamKind;
  readonly name: string;
  readonly unitId: string;
  readonly divisionCode: string;
  readonly campaignId: string | null;
  readonly formedOn: string;
  readonly disbandedOn: string | null;
  readonly version: number;
}

const COLUMNS = `t.id, t.kind, t.name, t.unit_id AS unitId, t.division_code AS divisionCode, t.campaign_id AS campaignId, t.formed_on AS formedOn,
  t.disbanded_on AS disbandedOn, t.version`;
const TODAY = `DATE(${BUSINESS_NOW} + INTERVAL 8 HOUR)`;

/** Visible: to the office that formed it and those above, to the office of a region that it is bound to, and to its members. */
function seesTeam(viewer: Viewer): SqlPredicate {
  const [formed, bound] = [overseesDivision(viewer, 't.division_code'), overseesDivision(viewer, 'vb.division_code')];
  const own = inOwnUnits(viewer, 't.unit_id');
  return {
    sql: `${formed.sql} OR ${own.sql} OR EXISTS (SELECT 1 FROM inspection_team_divisions vb WHERE vb.team_id = t.id AND ${bound.sql})
      OR EXISTS (SELECT 1 FROM inspection_team_members vm WHERE vm.team_id = t.id AND vm.official_id = ?)`,
    params: [...formed.params, ...own.params, ...bound.params, viewer.kind === 'OFFICIAL' ? viewer.subject : null],
  };
}

export const visibleTeams = (sql: Sql, viewer: Viewer, ids: readonly string[]): Promise<TeamRow[]> => {
  const seen = seesTeam(viewer);
  return selectIn<TeamRow>(sql, `SELECT ${COLUMNS} FROM inspection_teams t WHERE t.id IN (?) AND (${seen.sql})`, ids, seen.params);
};

export const teamList = (viewer: Viewer, filter: InspectionTeamFilter | null | undefined): ListQuery => ({
  columns: COLUMNS,
  from: 'inspection_teams t',
  where: allOf([
    seesTeam(viewer), ...byId('t.unit_id', filter?.unitId), ...(filter?.kind ? [{ sql: 't.kind = ?', params: [filter.kind] }] : []),
    ...(filter?.activeOnly ? [{ sql: 't.disbanded_on IS NULL', params: [] }] : []),
  ]),
  sort: [{ column: 't.formed_on', descending: true }, { column: 't.id' }],
});

export const teamsUnderDivision = (viewer: Viewer): ParentList => ({
  ...teamList(viewer, { activeOnly: true }),
  from: 'inspection_teams t JOIN inspection_team_divisions bd ON bd.team_id = t.id AND bd.until_on IS NULL', parent: 'bd.division_code',
});

export interface TeamMemberRow {
  readonly teamId: string;
  readonly officialId: string;
  readonly isLeader: number;
  readonly since: string;
  readonly until: string | null;
}

export const membersOf = (sql: Sql, teamIds: readonly string[]): Promise<TeamMemberRow[]> =>
  selectIn<TeamMemberRow>(
    sql, `SELECT team_id AS teamId, official_id AS officialId, is_leader AS isLeader, since_on AS since, until_on AS until FROM inspection_team_members
           WHERE team_id IN (?) ORDER BY team_id, is_leader DESC, since_on, official_id`, teamIds,
  );

export interface BoundDivisionRow {
  readonly teamId: string;
  readonly divisionCode: string;
  readonly isShared: number;
  readonly since: string;
  readonly until: string | null;
}

export const boundDivisionsOf = (sql: Sql, teamIds: readonly string[]): Promise<BoundDivisionRow[]> =>
  selectIn<BoundDivisionRow>(
    sql, `SELECT team_id AS teamId, division_code AS divisionCode, shares_responsibility AS isShared, since_on AS since, until_on AS until FROM inspection_team_divisions
           WHERE team_id IN (?) ORDER BY team_id, division_code, since_on`, teamIds,
  );

export interface Crew {
  readonly leaderId: string;
  readonly memberIds: readonly string[];
  readonly divisions: readonly { readonly divisionCode: string; readonly sharesResponsibility: boolean }[];
}

/** The team as it is from today; what was before ends today and stays on record. */
export async function putCrew(tx: Sql, teamId: string, { crew, today }: { crew: Crew; today: string }): Promise<void> {
  await endCrew(tx, teamId, today);
  const member = (officialId: string, isLeader: boolean) => ({ id: newId(), team_id: teamId, official_id: officialId, is_leader: isLeader, since_on: today });
  await insertRows(tx, 'inspection_team_members', [member(crew.leaderId, true), ...crew.memberIds.map((id) => member(id, false))]);
  await insertRows(tx, 'inspection_team_divisions', crew.divisions.map((one) => ({
    id: newId(), team_id: teamId, division_code: one.divisionCode, shares_responsibility: one.sharesResponsibility, since_on: today,
  })));
}

export async function endCrew(tx: Sql, teamId: string, today: string): Promise<void> {
  await write(tx, 'UPDATE inspection_team_members SET until_on = ? WHERE team_id = ? AND until_on IS NULL', [today, teamId]);
  await write(tx, 'UPDATE inspection_team_divisions SET until_on = ? WHERE team_id = ? AND until_on IS NULL', [today, teamId]);
}

export interface Binding {
  readonly isShared: boolean;
  readonly unitId: string;
}

/** How the team is bound to a place today: by its region or one around it. Null: it is not, or no longer there. */
export async function bindingTo(sql: Sql, teamId: string, divisionCode: string): Promise<Binding | null> {
  const rows = await select<{ unitId: string; divisionCode: string; isShared: number }>(
    sql,
    `SELECT t.unit_id AS unitId, bd.division_code AS divisionCode, bd.shares_responsibility AS isShared FROM inspection_teams t
       JOIN inspection_team_divisions bd ON bd.team_id = t.id AND bd.until_on IS NULL WHERE t.id = ? AND t.disbanded_on IS NULL ORDER BY CHAR_LENGTH(bd.division_code) DESC, bd.division_code DESC`,
    [teamId],
  );
  const around = rows.filter((row) => isInDivision(divisionCode, row.divisionCode));
  const [nearest] = around;
  return nearest ? { unitId: nearest.unitId, isShared: around.some((row) => Number(row.isShared) === 1) } : null;
}

export const isMember = async (sql: Sql, teamId: string | null, officialId: string): Promise<boolean> =>
  teamId !== null && (await select(sql, `SELECT 1 FROM inspection_team_members WHERE team_id = ? AND official_id = ? AND (until_on IS NULL OR until_on > ${TODAY})`, [teamId, officialId])).length > 0;

export const leaderOf = async (sql: Sql, teamId: string): Promise<string | null> =>
  (await select<{ id: string }>(sql, 'SELECT official_id AS id FROM inspection_team_members WHERE team_id = ? AND is_leader = 1 AND until_on IS NULL', [teamId]))[0]?.id ?? null;
