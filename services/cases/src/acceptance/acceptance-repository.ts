import type { Viewer } from '@anjie/access';
import { select, type Sql } from '@anjie/service-kit/database';
import { seenCases } from '../cases/case-repository';

export const petitionCount = async (sql: Sql, caseId: string): Promise<number> =>
  Number((await select<{ n: string }>(sql, 'SELECT COUNT(*) AS n FROM petitions WHERE case_id = ?', [caseId]))[0]?.n ?? 0);

export interface SameMatter {
  readonly caseId: string;
  /** Who handles it, where it was accepted. */
  readonly unitName: string | null;
  /** Last day of the handling period that runs. */
  readonly dueOn: string | null;
  /** Day on which the re-review opinion made it final. */
  readonly finalOn: string | null;
}

/** How another case of the same matter stands; undefined when it is missing or the viewer does not see it. */
export async function sameMatter(sql: Sql, viewer: Viewer, { caseId, exceptId }: { caseId: string; exceptId: string }): Promise<SameMatter | undefined> {
  const seen = seenCases(viewer);
  const [found] = await select<SameMatter>(
    sql,
    `SELECT c.id AS caseId, u.name AS unitName, n.ended_on AS finalOn,
        (SELECT MAX(k.due_on) FROM case_clocks k WHERE k.case_id = c.id AND k.code IN ('T8', 'SIMPLE_OPINION') AND k.state = 'OPEN'
           AND c.status IN ('ACCEPTED', 'HANDLING', 'EXTENDED')) AS dueOn
       FROM cases c LEFT JOIN known_units u ON u.id = c.lead_unit_id
       LEFT JOIN case_ends n ON n.case_id = c.id AND n.active_kind = 'TERMINATED' AND n.ground = 'RE_REVIEW_DELIVERED'
      WHERE c.id = ? AND c.id <> ? AND (${seen.sql})`,
    [caseId, exceptId, ...seen.params],
  );
  return found;
}
