import { insertRows, type Sql } from '@anjie/service-kit/database';
import type { Clocks } from '../clocks/clock-service';
import type { StepOutcome } from '../life/step';
import type { Span } from '../rules/hearing-span';
import type { HearingRow, ReviewRow } from './review-repository';

export interface HearingDays {
  readonly review: ReviewRow;
  readonly span: Span;
  /** Hearings of the review that are on record. */
  readonly before: readonly HearingRow[];
  readonly requestId: string;
}

/** Writes the days of a hearing; of a re-review they are left out of its 30 days, of nothing else (第三十六条第二款). */
export async function keepHearingDays(tx: Sql, clocks: Clocks, { review, span, before, requestId }: HearingDays): Promise<StepOutcome> {
  await insertRows(tx, 'review_hearings', [{ review_id: review.id, from_on: span.from, to_on: span.to }]);
  const [clock] = review.kind === 'RE_REVIEW' ? await clocks.open(tx, review.caseId, ['T13']) : [];
  const changed = clock && (await clocks.change(tx, clock, { hearings: [...before, span], requestId }));
  const dueOn = changed && changed !== 'NOT_ALLOWED' ? changed.dueOn : null;
  return { event: 'HEARING_HELD', basis: '《信访工作条例》第三十六条第二款', detail: { reviewId: review.id, from: span.from, to: span.to, dueOn } };
}
