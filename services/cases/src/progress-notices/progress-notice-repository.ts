import type { AgencyLevel, AgencyState } from '@anjie/contracts';
import { insertRows, select, write, type Row, type Sql } from '@anjie/service-kit/database';
import { listConnectionsByParent, type Connection, type PageArgs } from '@anjie/service-kit/subgraph';

export interface ProgressNoticeRow {
  readonly id: string;
  readonly caseId: string;
  readonly unitId: string;
  readonly text: string;
  readonly givenOn: string;
}

/** Under cases that the viewer may see: the case's own loader is the guard. */
export const progressNoticePages = (sql: Sql, { parents, args }: { parents: readonly string[]; args: PageArgs }): Promise<Connection<ProgressNoticeRow>[]> =>
  listConnectionsByParent<ProgressNoticeRow>(
    sql,
    {
      columns: 'n.id, n.case_id AS caseId, n.unit_id AS unitId, n.text, n.given_on AS givenOn', from: 'progress_notices n', where: { sql: 'TRUE', params: [] },
      sort: [{ column: 'n.given_on', descending: true }, { column: 'n.id' }], parent: 'n.case_id',
    },
    { parents, args },
  );

export const addProgressNotice = (tx: Sql, row: Row): Promise<void> => insertRows(tx, 'progress_notices', [row]);

/** As its petitioner may read them, oldest first. */
export const noticesOfMatter = (sql: Sql, caseId: string): Promise<{ on: string; text: string; unit: string | null }[]> =>
  select(sql, 'SELECT n.given_on AS `on`, n.text, u.name AS unit FROM progress_notices n LEFT JOIN known_units u ON u.id = n.unit_id WHERE n.case_id = ? ORDER BY n.given_on, n.id', [caseId]);

export interface MatterAgency {
  readonly level: AgencyLevel;
  readonly unit: string | null;
  readonly state: AgencyState;
  readonly since: string;
}

export const agenciesOfMatter = (sql: Sql, caseId: string): Promise<MatterAgency[]> =>
  select<MatterAgency>(
    sql,
    `SELECT a.level, u.name AS unit, a.state, a.state_since AS since FROM matter_agencies a LEFT JOIN known_units u ON u.id = a.unit_id WHERE a.case_id = ?
      ORDER BY a.state_since, a.agency_task_id`,
    [caseId],
  );

export interface ToldAgency {
  readonly agencyTaskId: string;
  readonly caseId: string;
  readonly level: AgencyLevel;
  readonly unitId: string;
  readonly state: AgencyState;
  readonly since: string;
}

/** Keeps the newest of each; of one task's snapshots only the newest is among them. */
export const putMatterAgencies = async (tx: Sql, told: readonly ToldAgency[]): Promise<void> =>
  void (await write(
    tx,
    `INSERT INTO matter_agencies (agency_task_id, case_id, level, unit_id, state, state_since) VALUES ?
     ON DUPLICATE KEY UPDATE level = VALUES(level), unit_id = VALUES(unit_id), state = VALUES(state), state_since = VALUES(state_since)`,
    [told.map((one) => [one.agencyTaskId, one.caseId, one.level, one.unitId, one.state, one.since])],
  ));
