import type { Viewer } from '@anjie/access';
import { BUSINESS_NOW, select, type Sql } from '@anjie/service-kit/database';

export interface ReviewerStanding {
  /** By token or by the directory, a unit in which the viewer holds a post lies in the subtree of the unit that is looked at. */
  readonly isOfUnit: boolean;
  /** Sponsor or task force member, or of the very unit that leads, supports or was asked for help. */
  readonly hasPartInCase: boolean;
}

/** What speaks against an impartial view (回避, 第二十八条): where the viewer stands towards a unit and a case. */
export async function standingOf(sql: Sql, { subject, unitId }: Viewer, at: { readonly unitId: string; readonly caseId: string }): Promise<ReviewerStanding> {
  const [row] = await select<Record<keyof ReviewerStanding, number | string>>(
    sql,
    `SELECT EXISTS (SELECT 1 FROM (SELECT ? AS unit_id UNION SELECT k.unit_id FROM known_officials k WHERE k.id = ?
                UNION SELECT p.unit_id FROM posts p WHERE p.official_id = ? AND (p.ended_on IS NULL OR p.ended_on > DATE(${BUSINESS_NOW} + INTERVAL 8 HOUR))) mine
              WHERE mine.unit_id = ? OR EXISTS (SELECT 1 FROM unit_closure c WHERE c.descendant_id = mine.unit_id AND c.ancestor_id = ?)) AS isOfUnit,
            EXISTS (SELECT 1 FROM case_parties p WHERE p.case_id = ? AND ((p.party_kind = 'OFFICIAL' AND p.party_id = ? AND p.role IN ('SPONSOR', 'TASK_FORCE'))
              OR (p.party_kind = 'UNIT' AND p.party_id = ? AND p.role IN ('LEAD', 'SUPPORT', 'REFERRED')))) AS hasPartInCase`,
    [unitId, subject, subject, at.unitId, at.unitId, at.caseId, subject, unitId],
  );
  return { isOfUnit: Number(row?.isOfUnit) === 1, hasPartInCase: Number(row?.hasPartInCase) === 1 };
}
