import type { EntityManager } from 'typeorm';
import { addDays } from '@anjie/calendar';
import type { CloseReviewDecided, PayloadOf } from '@anjie/contracts';
import { selectRule, type TimeLimitRule } from '@anjie/rulebook';
import { businessTime, type Actor } from '@anjie/service-kit/database';
import { raiseNotices, type Outbox } from '@anjie/service-kit/messaging';
import { noteResolved } from '../campaigns/ledger-outcomes';
import { caseRow, type CaseRow } from '../cases/case-repository';
import { finishStep, type StepOutcome } from '../life/step';
import { closingById, decideClosing, type ClosingRow } from './closing-repository';
import { recordEnd } from './end-repository';

type Decided = PayloadOf<typeof CloseReviewDecided>;
interface Deps {
  readonly outbox: Outbox;
  readonly rules: readonly TimeLimitRule[];
}

/** 审核认定: what supervision's reviewers decided becomes the case's end, or sends it back to the unit. Once, however often it is told. */
export async function applyCloseReview(tx: EntityManager, deps: Deps, { decided, actor }: { decided: Decided; actor: Actor }): Promise<void> {
  const closing = await closingById(tx, decided.closeReviewId);
  const row = await caseRow(tx, decided.caseId, 'FOR UPDATE');
  if (!closing || !row || row.status !== 'CLOSE_REVIEW' || closing.state !== 'SUBMITTED') return;
  await decideClosing(tx, {
    id: closing.id, state: decided.decision, decidedOn: decided.decidedOn, reviewingUnitId: decided.reviewingUnitId, firstReviewerId: decided.firstReviewerId,
    secondReviewerId: decided.secondReviewerId, reasonCodes: decided.reasonCodes,
  });
  const outcome = decided.decision === 'PASSED' ? await close(tx, deps, { row, closing, decided }) : returned(decided);
  await finishStep(tx, deps, { row, actor, act: outcome.act ?? null, outcome });
  await tellUnit(tx, deps.outbox, { closing, decided, requestId: actor.requestId });
  // last in the transaction, because figures hold one row until commit
  if (outcome.act === 'RESOLVE') await noteResolved(tx, actor, { caseId: row.id, on: decided.decidedOn, ground: null });
}

/** The unit that handed the file in hears of the decision once the case shows it. */
async function tellUnit(tx: EntityManager, outbox: Outbox, { closing, decided, requestId }: { closing: ClosingRow; decided: Decided; requestId: string }): Promise<void> {
  const { now } = await businessTime(tx);
  const notice = {
    kind: decided.decision === 'PASSED' ? ('CLOSE_REVIEW_PASSED' as const) : ('CLOSE_REVIEW_RETURNED' as const), recipient: { kind: 'UNIT' as const, id: closing.unitId },
    caseId: decided.caseId, subjectId: decided.closeReviewId, occasion: 'decided',
  };
  await raiseNotices(tx, outbox, [{ ...notice, at: now, requestId }]);
}

const returned = (decided: Decided): StepOutcome => ({
  act: 'RETURN_FOR_RECTIFICATION', event: 'CLOSING_RETURNED', detail: { closeReviewId: decided.closeReviewId, reasonCodes: decided.reasonCodes, reviewerIds: [decided.firstReviewerId, decided.secondReviewerId] },
});

interface Passed {
  readonly row: CaseRow;
  readonly closing: ClosingRow;
  readonly decided: Decided;
}

/** 审核认定办结 and 化解 are two ends: the second only where the file proposed it. */
async function close(tx: EntityManager, { rules }: Deps, { row, closing, decided }: Passed): Promise<StepOutcome> {
  const end = { caseId: row.id, on: decided.decidedOn, documentId: closing.documentId, unitId: decided.reviewingUnitId, track: closing.track };
  await recordEnd(tx, { ...end, kind: 'RECOGNISED', ground: 'CLOSE_REVIEW_PASSED' });
  const isResolved = closing.proposedEnd === 'RESOLVED';
  if (isResolved) await recordEnd(tx, { ...end, kind: 'RESOLVED', ground: closing.track });
  const watch = selectRule(rules, { code: 'RELAPSE_WATCH', jurisdictionCode: row.divisionCode, on: decided.decidedOn });
  return {
    act: isResolved ? 'RESOLVE' : 'ARCHIVE', event: isResolved ? 'RESOLVED' : 'ARCHIVED', detail: { closeReviewId: decided.closeReviewId, track: closing.track, reviewerIds: [decided.firstReviewerId, decided.secondReviewerId] },
    set: { closed_on: decided.decidedOn, relapse_until: watch?.amount ? addDays(decided.decidedOn, watch.amount) : null },
  };
}
