import { refuse } from '@anjie/contracts';
import { select, type Sql } from '@anjie/service-kit/database';
import type { StepNo } from '../life/step';
import { TERMINATION_GROUNDS, type TerminationGround } from '../rules/closing';

const counts = async (tx: Sql, sql: string, params: readonly unknown[]): Promise<boolean> => (await select(tx, sql, params)).length > 0;

/** A right of this code ended unused, and no review of it was asked for. */
const lapsed = (tx: Sql, caseId: string, { code, today }: { code: string; today: string }): Promise<boolean> =>
  counts(tx, "SELECT 1 FROM case_clocks WHERE case_id = ? AND code = ? AND (state = 'LAPSED' OR (state = 'OPEN' AND due_on < ?)) LIMIT 1", [caseId, code, today]);

/** Why a case cannot be terminated on this ground: each ground is a fact on record, not a word. */
export async function terminationFault(tx: Sql, caseId: string, { ground, today }: { ground: TerminationGround; today: string }): Promise<StepNo | undefined> {
  const isSo = await isGroundMet(tx, caseId, { ground, today });
  if (isSo) return undefined;
  const { zh, basis } = TERMINATION_GROUNDS[ground];
  return refuse('GROUND_NOT_MET', `终结理由不成立：没有“${zh}”的记录。`, `The ground is not on record: ${ground}.`, basis);
}

async function isGroundMet(tx: Sql, caseId: string, { ground, today }: { ground: TerminationGround; today: string }): Promise<boolean> {
  switch (ground) {
    case 'RE_REVIEW_DELIVERED':
      return counts(tx, "SELECT 1 FROM opinions WHERE case_id = ? AND stage = 'RE_REVIEW' AND delivered_on IS NOT NULL LIMIT 1", [caseId]);
    case 'REVIEW_NOT_REQUESTED':
      return lapsed(tx, caseId, { code: 'T10', today });
    case 'RE_REVIEW_NOT_REQUESTED':
      return lapsed(tx, caseId, { code: 'T12', today });
    case 'SETTLEMENT_PERFORMED':
      return counts(tx, `SELECT 1 FROM settlements s WHERE s.case_id = ? AND NOT EXISTS (SELECT 1 FROM executions x WHERE x.source_id = s.id AND x.state = 'PENDING') LIMIT 1`, [caseId]);
    case 'NO_SUCCESSOR':
    case 'VERIFIED_FINAL':
      // local instruments: the paper that proves it is in the file, and the note says which
      return true;
  }
}
