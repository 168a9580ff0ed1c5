import type { DataSource, EntityManager } from 'typeorm';
import { isRefusal, refuse } from '@anjie/contracts';
import { audit, inTransaction, type Actor } from '@anjie/service-kit/database';
import { standingInCase } from '../cases/case-repository';
import type { PrintDocumentInput } from '../generated/graphql';
import { NOT_FOUND, type StepNo } from '../life/step';
import { readingsWithinHour } from '../readings/reader-repository';
import { isReasonFit } from '../rules/corrections';
import { lookerOf, showingOf } from '../rules/identity-showing';
import { mayTake, STEP_PERMISSIONS } from '../rules/step-permissions';
import { bodyOf, documentsByIds, type DocumentRow } from './document-repository';
import type { Papers } from './document-service';

/** Readings of papers that one person may make within an hour; a reading shows the addressee's name. */
const READINGS_PER_HOUR = 60;

/** The audit of the reading commits before anything is shown: no audit, no sight. */
export function createReadingService({ db, papers }: { db: DataSource; papers: Papers }) {
  return {
    async print(input: PrintDocumentInput, actor: Actor): Promise<{ number: string; html: string } | StepNo> {
      const allowed = await inTransaction(db, (tx) => noteReading(tx, input, actor));
      if (isRefusal(allowed)) return allowed as StepNo;
      const paper = allowed as DocumentRow;
      const sealed = await bodyOf(db.manager, paper.id);
      return sealed ? { number: paper.number, html: papers.read(paper.id, sealed, paper.bodySha256) } : NOT_FOUND;
    },
  };
}

async function noteReading(tx: EntityManager, input: PrintDocumentInput, actor: Actor): Promise<DocumentRow | StepNo> {
  const [paper] = await documentsByIds(tx, actor.viewer, [input.documentId]);
  if (!paper) return NOT_FOUND;
  const { zh, en, basis } = STEP_PERMISSIONS.PRINT;
  if (!mayTake('PRINT', { ...(await standingInCase(tx, actor.viewer, paper.caseId)), isHead: false })) return refuse('NOT_PERMITTED', zh, en, basis);
  if (showingOf({ look: 'PAPER', looker: lookerOf(actor.viewer.roles), isRestricted: false }, 'name') === 'NOTHING') return refuse('NOT_PERMITTED', zh, en, basis);
  if (!isReasonFit(input.reason)) return refuse('TEXT_LENGTH', '请填写5至200字的查看事由。', 'Give a reason of 5 to 200 characters.');
  if ((await readingsWithinHour(tx, actor.viewer.subject, 'DOCUMENT_READ')) >= READINGS_PER_HOUR) return refuse('QUOTA_EXCEEDED', '一小时内查看次数已达上限。', 'Too many readings within an hour.');
  await audit(tx, actor, {
    action: 'DOCUMENT_READ', subjectType: 'Document', subjectId: paper.id, caseId: paper.caseId, detail: { reason: input.reason, idempotencyKey: input.idempotencyKey },
  });
  return paper;
}
