import { CAMPAIGN_ID, divisions, officials, units } from './directory';
import { someCases } from './seed';

/** What every schema knows of a case. */
export const caseFacts: readonly string[] = [
  `INSERT INTO case_scopes (case_id, division_code, status, lead_unit_id, lead_since, plan_since, closed_on, version)
   SELECT c.id, c.division_code, 'ASSIGNED', c.lead_id, c.registered_on + INTERVAL 3 DAY, c.registered_on + INTERVAL 20 DAY, NULL, 4 ${someCases()}`,
  `INSERT INTO case_parties (case_id, party_kind, party_id, role)
   SELECT c.id, IF(r.seq <= 4, 'UNIT', 'OFFICIAL'),
     CASE r.seq WHEN 1 THEN c.registrar_id WHEN 2 THEN c.lead_id WHEN 3 THEN c.support_id WHEN 4 THEN c.referred_id WHEN 5 THEN c.sponsor_id ELSE c.member_id END,
     ELT(r.seq, 'REGISTRAR', 'LEAD', 'SUPPORT', 'REFERRED', 'SPONSOR', 'TASK_FORCE') ${someCases(6)}`,
  `INSERT INTO case_ledgers (case_id, campaign_id, division_code, entered_on, removed_on)
   SELECT c.id, '${CAMPAIGN_ID}', c.division_code, c.registered_on, NULL ${someCases()}`,
];

export interface Rows {
  readonly table: string;
  readonly columns: string;
  readonly rows: readonly (readonly unknown[])[];
}

export const closureRows: Rows = {
  table: 'unit_closure', columns: 'descendant_id, ancestor_id', rows: units.flatMap((unit) => [unit.id, ...unit.above].map((ancestor) => [unit.id, ancestor])),
};

/** The first day of every post. */
export const SINCE = '2015-01-01';

/** Copies of the directory, everywhere but in officials. */
export const directoryCopies: readonly Rows[] = [
  closureRows,
  { table: 'known_divisions', columns: 'code, name, parent_code', rows: divisions.map((one) => [one.code, one.name, one.parent]) },
  { table: 'known_units', columns: 'id, code, name, kind, division_code', rows: units.map((unit) => [unit.id, unit.code, unit.name, unit.kind, unit.division]) },
  { table: 'known_officials', columns: 'id, staff_no, name, unit_id', rows: officials.map((one) => [one.id, one.staffNo, one.name, one.unitId]) },
  { table: 'posts', columns: 'official_id, unit_id, started_on', rows: officials.map((one) => [one.id, one.unitId, SINCE]) },
];
