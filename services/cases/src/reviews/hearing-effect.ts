import type { EntityManager } from 'typeorm';
import type { HearingConcluded, PayloadOf } from '@anjie/contracts';
import type { Actor } from '@anjie/service-kit/database';
import type { Outbox } from '@anjie/service-kit/messaging';
import { caseRow } from '../cases/case-repository';
import type { Clocks } from '../clocks/clock-service';
import { finishStep } from '../life/step';
import { hearingSpan } from '../rules/hearing-span';
import { keepHearingDays } from './hearing-days';
import { hearingsOf, openReview } from './review-repository';

export interface HeardCase {
  readonly concluded: PayloadOf<typeof HearingConcluded>;
  readonly actor: Actor;
}

/** 复核听证 was concluded: its time is left out of the re-review under way, as `recordHearing` leaves it out. Any other case stays as it is. */
export async function applyHearing(tx: EntityManager, deps: { readonly outbox: Outbox; readonly clocks: Clocks }, { concluded, actor }: HeardCase): Promise<void> {
  const row = await caseRow(tx, concluded.caseId, 'FOR UPDATE');
  const review = row && !row.isSealed ? await openReview(tx, row.id) : undefined;
  if (!row || review?.kind !== 'RE_REVIEW') return;
  const before = await hearingsOf(tx, [review.id]);
  const span = hearingSpan({ heard: concluded, requestedOn: review.requestedOn, recorded: before });
  if (!span) return;
  const outcome = await keepHearingDays(tx, deps.clocks, { review, span, before, requestId: actor.requestId });
  await finishStep(tx, deps, { row, actor, act: null, outcome });
}
