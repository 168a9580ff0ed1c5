import type { Viewer } from '@anjie/access';
import { select, selectIn, write, type Sql } from '@anjie/service-kit/database';
import { seenCases } from '../cases/case-repository';
import { personArms, unionOf } from './candidate-repository';
import type { PersonPrint } from './matter-signer';
import { COMPARABLE } from './signature-writer';

/** Petitions of the same people that are read; who petitioned more often is told of by these. */
const MOST_READ = 300;

export interface UnseenRow {
  readonly caseId: string;
  readonly divisionCode: string;
  readonly grams: number;
  readonly signature: Buffer;
}

/**
 * Petitions of the same people in cases that the viewer does not see. A case that anybody is excluded from is left out altogether, whatever its
 * kind: it must not be known to exist (《信访工作条例》第三十条第三款).
 */
export function unseenPetitions(sql: Sql, viewer: Viewer, { prints, caseId }: { prints: readonly PersonPrint[]; caseId: string }): Promise<UnseenRow[]> {
  const arms = unionOf(personArms(prints.filter(({ kind }) => kind !== 'NAME')));
  const seen = seenCases(viewer);
  return select<UnseenRow>(
    sql,
    `SELECT c.id AS caseId, c.division_code AS divisionCode, s.grams, s.signature
       FROM (SELECT DISTINCT seq FROM (${arms.sql}) arms) h JOIN petition_signatures s ON s.seq = h.seq JOIN petitions p ON p.id = s.petition_id
       JOIN cases c ON c.id = p.case_id
      WHERE ${COMPARABLE} AND c.id <> ? AND NOT (${seen.sql}) AND NOT EXISTS (SELECT 1 FROM case_exclusions x WHERE x.case_id = c.id)
      ORDER BY s.seq DESC LIMIT ${MOST_READ}`,
    [...arms.params, caseId, ...seen.params],
  );
}

export interface OfficeRow {
  readonly unitId: string;
  readonly divisionCode: string;
}

/** The petition offices of divisions, joint offices first. Asked for no division too, so that "nothing" costs what "something" costs. */
export const officesOf = (sql: Sql, divisionCodes: readonly string[]): Promise<OfficeRow[]> =>
  selectIn<OfficeRow>(
    sql,
    `SELECT id AS unitId, division_code AS divisionCode FROM known_units
      WHERE division_code IN (?) AND kind IN ('JOINT_OFFICE', 'PETITION_OFFICE') AND valid_to IS NULL ORDER BY division_code, kind, id`,
    ['', ...divisionCodes],
  );

/** The division that an official works for: the one of the office held, or of the unit. */
export async function divisionOf(sql: Sql, viewer: Viewer): Promise<string | undefined> {
  if (viewer.divisionCode) return viewer.divisionCode;
  const [unit] = await selectIn<{ divisionCode: string }>(sql, 'SELECT division_code AS divisionCode FROM known_units WHERE id IN (?)', viewer.unitId ? [viewer.unitId] : []);
  return unit?.divisionCode;
}

/** Counts one more ask of this official on this day, the row held until commit; answers how many there are now. */
export async function countAsk(tx: Sql, official: string, day: string): Promise<number> {
  await write(tx, 'INSERT INTO blind_match_asks (official, asked_on, asks) VALUES (?, ?, 1) ON DUPLICATE KEY UPDATE asks = asks + 1', [official, day]);
  const [row] = await select<{ asks: number }>(tx, 'SELECT asks FROM blind_match_asks WHERE official = ? AND asked_on = ?', [official, day]);
  return Number(row?.asks ?? 0);
}
