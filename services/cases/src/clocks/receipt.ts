import type { Sql } from '@anjie/service-kit/database';
import type { Clocks } from './clock-service';

export interface Receipt {
  readonly caseId: string;
  readonly divisionCode: string;
  readonly unitId: string;
  /** The day on which the unit received it. */
  readonly on: string;
  readonly requestId: string;
}

/** What a unit's receipt of a forwarded matter starts (第二十三条第三款): 15 days to tell the petitioner, 5 working days to object. */
export async function startReceipt(tx: Sql, clocks: Clocks, { caseId, divisionCode, unitId, on, requestId }: Receipt): Promise<void> {
  await clocks.start(tx, { code: 'T4', caseId, divisionCode, obligorUnitId: unitId, startOn: on }, requestId);
  await clocks.start(tx, { code: 'T5', caseId, divisionCode, obligorUnitId: unitId, startOn: on, nature: 'UNIT_RIGHT' }, requestId);
}

/** The petitioner was told: the duty to tell is met, and the unit may not object any more. */
export async function endReceipt(tx: Sql, clocks: Clocks, { caseId, on, requestId }: Pick<Receipt, 'caseId' | 'on' | 'requestId'>): Promise<void> {
  await clocks.end(tx, { caseId, codes: ['T2', 'T3', 'T4'], state: 'MET', on, requestId });
  await clocks.end(tx, { caseId, codes: ['T5'], state: 'CANCELLED', on, requestId });
}
