import type { EntityManager } from 'typeorm';
import { isRefusal } from '@anjie/contracts';
import { knownUnit } from '@anjie/service-kit/facts';
import { officeCalendar, officeRules } from '@anjie/service-kit/runtime';
import type { CloseReviewRow } from '../close-reviews/close-review-repository';
import type { Terms } from '../rules/assigned-date';
import { rectificationDue } from '../rules/close-review';

/** By when a returned file is rectified, as for one that the review itself returns; null when the date does not stand. */
export async function returnTerms(
  tx: EntityManager, review: Pick<CloseReviewRow, 'submittedUnitId' | 'reviewDivisionCode'>, { today, rectifyBy }: { today: string; rectifyBy: string | null },
): Promise<(Terms & { readonly jurisdictionCode: string }) | null> {
  const jurisdictionCode = (await knownUnit(tx, review.submittedUnitId))?.divisionCode ?? review.reviewDivisionCode;
  const terms = rectificationDue({ decidedOn: today, rectifyBy, jurisdictionCode }, { rules: officeRules(), calendar: officeCalendar() });
  return isRefusal(terms) ? null : { ...(terms as Terms), jurisdictionCode };
}
