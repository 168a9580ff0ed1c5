import type { EntityManager } from 'typeorm';
import type { CloseReviewRequested, PayloadOf } from '@anjie/contracts';
import { audit, businessTime, type Actor } from '@anjie/service-kit/database';
import { holdCase } from '../case-facts';
import { settleOwn } from '../obligations/own-obligation';
import { openRectifications, putCloseReview } from './close-review-repository';

/** A file that a unit submits enters the queue once. Submitting again is what a rectification was owed for. */
export async function receiveCloseReview(tx: EntityManager, told: PayloadOf<typeof CloseReviewRequested>, actor: Actor): Promise<void> {
  await holdCase(tx, told.caseId);
  const { now } = await businessTime(tx);
  if (!(await putCloseReview(tx, told, now))) return;
  for (const { obligationId, unitId, version } of await openRectifications(tx, told.caseId)) {
    const isByObligor = unitId === told.submittedUnitId;
    // another unit leads the case by now: what the former one owed falls away
    await settleOwn(tx, obligationId, { state: isByObligor ? 'MET' : 'CANCELLED', metOn: isByObligor ? told.submittedOn : null, version: version + 1, actor });
  }
  await audit(tx, actor, {
    action: 'closeReview.submitted', subjectType: 'CloseReview', subjectId: told.closeReviewId, caseId: told.caseId,
    detail: { revision: told.revision, track: told.track, proposedEnd: told.proposedEnd, submittedUnitId: told.submittedUnitId, submittedBy: told.submittedBy },
  });
}
