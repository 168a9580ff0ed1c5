import { scopeColumns, visibleCases, type Viewer } from '@anjie/access';
import { selectIn, type Sql } from '@anjie/service-kit/database';
import type { ParentList } from '@anjie/service-kit/subgraph';
import { seesLetter } from '../letters/letter-repository';
import { seesObligation } from '../obligations/obligation-list';

export interface UnitLoad {
  readonly id: string;
  readonly openDuties: number;
  readonly overdueDuties: number;
  readonly referralDuties: number;
}

/** Open duties of units, of those the ones that the viewer may see. */
export async function dutyLoads(sql: Sql, viewer: Viewer, unitIds: readonly string[]): Promise<UnitLoad[]> {
  const seen = seesObligation(viewer);
  const rows = await selectIn<Readonly<Record<keyof UnitLoad, string>>>(
    sql,
    `SELECT o.obligor_unit_id AS id, COUNT(*) AS openDuties, SUM(o.overdue_at IS NOT NULL) AS overdueDuties, SUM(o.duty_code LIKE 'REFERRAL%') AS referralDuties
       FROM obligations o LEFT JOIN case_scopes s ON s.case_id = o.case_id WHERE o.obligor_unit_id IN (?) AND o.state = 'OPEN' AND (${seen.sql}) GROUP BY o.obligor_unit_id`,
    unitIds, seen.params,
  );
  return rows.map((row) => ({ id: row.id, openDuties: Number(row.openDuties), overdueDuties: Number(row.overdueDuties), referralDuties: Number(row.referralDuties) }));
}

export interface LetterLoad {
  readonly id: string;
  readonly letters: number;
}

export async function letterLoads(sql: Sql, viewer: Viewer, unitIds: readonly string[]): Promise<LetterLoad[]> {
  const seen = seesLetter(viewer);
  const rows = await selectIn<{ id: string; letters: string }>(
    sql,
    `SELECT l.to_unit_id AS id, COUNT(*) AS letters FROM supervision_letters l LEFT JOIN case_scopes s ON s.case_id = l.case_id
      WHERE l.to_unit_id IN (?) AND l.state = 'ISSUED' AND (${seen.sql}) GROUP BY l.to_unit_id`,
    unitIds, seen.params,
  );
  return rows.map(({ id, letters }) => ({ id, letters: Number(letters) }));
}

export interface PartLoad {
  readonly unitId: string;
  readonly role: string;
  readonly cases: number;
}

const PARTS = "case_parties p JOIN case_scopes s ON s.case_id = p.case_id";

/** Cases that are not closed, by the part that a unit has in them. */
export async function partLoads(sql: Sql, viewer: Viewer, unitIds: readonly string[]): Promise<PartLoad[]> {
  const seen = visibleCases(viewer, scopeColumns('s'));
  const rows = await selectIn<{ unitId: string; role: string; cases: string }>(
    sql,
    `SELECT p.party_id AS unitId, p.role, COUNT(*) AS cases FROM ${PARTS} WHERE p.party_kind = 'UNIT' AND p.party_id IN (?) AND s.closed_on IS NULL AND (${seen.sql})
      GROUP BY p.party_id, p.role ORDER BY p.party_id, p.role`,
    unitIds, seen.params,
  );
  return rows.map(({ cases, ...row }) => ({ ...row, cases: Number(cases) }));
}

export function casesUnderUnit(viewer: Viewer, role: string | null | undefined): ParentList {
  const seen = visibleCases(viewer, scopeColumns('s'));
  const first = role == null ? "p.role = (SELECT MIN(q.role) FROM case_parties q WHERE q.case_id = p.case_id AND q.party_kind = 'UNIT' AND q.party_id = p.party_id)" : 'p.role = ?';
  return {
    columns: 'p.case_id AS id', from: PARTS, sort: [{ column: 'p.case_id' }], parent: 'p.party_id',
    where: { sql: `p.party_kind = 'UNIT' AND s.closed_on IS NULL AND ${first} AND (${seen.sql})`, params: [...(role == null ? [] : [role]), ...seen.params] },
  };
}
