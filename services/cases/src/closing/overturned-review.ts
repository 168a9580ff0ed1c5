import type { EntityManager } from 'typeorm';
import type { CloseReviewOverturned, PayloadOf } from '@anjie/contracts';
import type { Actor } from '@anjie/service-kit/database';
import { PostponedError, type Outbox } from '@anjie/service-kit/messaging';
import { noteRelapse } from '../campaigns/ledger-outcomes';
import { caseRow } from '../cases/case-repository';
import { finishStep } from '../life/step';
import { closingById, type ClosingRow } from './closing-repository';
import { endsOf, revokeEnds } from './end-repository';

/** States in which a close review's pass has closed the case. */
const CLOSED: readonly string[] = ['RESOLVED', 'ARCHIVED', 'FOLLOW_UP'];

/**
 * 抽查退回: what quality sampling gives back is taken back like any case that is reopened, and handled on. A case that was opened
 * again meanwhile, by a repeat or by hand, stays as it is, and so does one that a later review has closed since.
 * @throws PostponedError while the review's own decision has not been heard of
 */
export async function reopenOverturned(
  tx: EntityManager, { outbox }: { outbox: Outbox }, { told, actor }: { told: PayloadOf<typeof CloseReviewOverturned>; actor: Actor },
): Promise<void> {
  const closing = await closingById(tx, told.closeReviewId);
  const row = await caseRow(tx, told.caseId, 'FOR UPDATE');
  if (!closing || !row) return;
  if (closing.state === 'SUBMITTED') throw new PostponedError(`close review ${closing.id} was given back before its decision arrived`);
  if (!CLOSED.includes(row.status) || !(await isStillClosedBy(tx, closing))) return;
  await revokeEnds(tx, { caseId: row.id, kinds: ['RESOLVED', 'RECOGNISED'], on: told.overturnedOn, ground: 'SAMPLING_RETURNED' });
  await noteRelapse(tx, actor, { caseId: row.id, on: told.overturnedOn, ground: null });
  await finishStep(tx, { outbox }, {
    row, actor, act: 'REOPEN',
    outcome: {
      event: 'REOPENED', basis: '专项工作方案（严把化解质量关）', set: { closed_on: null, relapse_until: null },
      detail: { closeReviewId: told.closeReviewId, reasonCodes: told.reasonCodes, reviewerIds: [told.examinedBy] },
    },
  });
}

/** The end that the review's pass recorded is in force: reopening revokes it, and a later pass records another. */
const isStillClosedBy = async (tx: EntityManager, { caseId, documentId }: ClosingRow): Promise<boolean> =>
  (await endsOf(tx, [caseId])).some((end) => end.activeKind === 'RECOGNISED' && end.documentId === documentId);
