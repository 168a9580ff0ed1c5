import type { Supervision } from './builders';
import { aLedgerCase, declare, relapse, resolve, type City } from './reports';

/** 住建局 leads seven cases, of which one is resolved and one came again; 人社局 leads one; 民政局 and 西夏区 have none. */
export async function monthOf(supervision: Supervision, { city, campaignId }: { readonly city: City; readonly campaignId: string }) {
  const cases = await Promise.all(Array.from({ length: 7 }, () => aLedgerCase(supervision, { unitId: city.housing, campaignId })));
  const fresh = await aLedgerCase(supervision, { unitId: city.labour, campaignId, enteredOn: '2025-10-02' });
  await resolve(supervision, { caseId: cases[0]?.caseId ?? '', unitId: city.housing });
  await resolve(supervision, { caseId: cases[1]?.caseId ?? '', unitId: city.housing });
  await relapse(supervision, { caseId: cases[1]?.caseId ?? '', unitId: city.housing, closedOn: '2025-10-09', repeatedOn: '2025-10-09' });
  await declare(supervision.db, { caseId: cases[2]?.caseId ?? '', obligorUnitId: city.housing, dueOn: '2025-10-08', dueRaw: '2025-10-08' });
  await declare(supervision.db, { caseId: fresh.caseId, obligorUnitId: city.labour, state: 'MET', metOn: '2025-10-03' });
  return { cases, fresh };
}
