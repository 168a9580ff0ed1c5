import type { DataSource, EntityManager } from 'typeorm';
import { AppError, refuse } from '@anjie/contracts';
import { audit, businessTime, inTransaction, runMutation, type Actor } from '@anjie/service-kit/database';
import type { AnswerRetaliationComplaintInput, ComplainOfRetaliationInput, ReadRetaliationComplaintInput } from '../generated/graphql';
import type { IdentityVault } from '../petitioners/identity-vault';
import { barOf } from '../rules/retaliation';
import { textNo, type AccessNo, type Admitted } from './admission';
import { accusedOf, answerComplaint, complaintById, insertComplaint, type ComplaintRow } from './complaint-repository';

interface ComplaintDeps {
  readonly db: DataSource;
  readonly vault: IdentityVault;
}
const NOT_FOUND: AccessNo = refuse('NOT_FOUND', '投诉不存在，或对您不可见。', 'The complaint does not exist or is not visible to you.');
const BASIS = '《信访工作条例》第十八条第四款、第四十六条第六项';

/**
 * 打击报复投诉. Nothing here touches the case: no event of its history, no version, no message to another service and no case id in
 * the audit, since the handling unit reads what hangs on the case.
 */
export function createComplaintService({ db, vault }: ComplaintDeps) {
  return {
    complain: ({ secret: _secret, ...input }: ComplainOfRetaliationInput, { admitted, actor }: { admitted: Admitted; actor: Actor }) =>
      runMutation<Admitted | AccessNo>(db, {
        actor, operation: 'complainOfRetaliation', key: input.idempotencyKey, input,
        work: (tx) => complain(tx, vault, { input, admitted, actor }),
      }),
    /** The audit commits before the text is shown; a repeat is another reading. */
    async read(input: ReadRetaliationComplaintInput, actor: Actor): Promise<{ complaint: ComplaintRow; text: string; note: string | null } | AccessNo> {
      const no = textNo(input.reason, 5, 200);
      if (no) return no;
      const complaint = await inTransaction(db, async (tx) => {
        const row = await complaintById(tx, actor.viewer, { id: input.complaintId });
        if (row) await note(tx, actor, { action: 'RETALIATION_COMPLAINT_READ', id: row.id, detail: { reason: input.reason.trim() } });
        return row;
      });
      if (!complaint) return NOT_FOUND;
      return {
        complaint, text: vault.open(complaint.textSealed, { column: 'retaliation_complaints.text_sealed', rowId: complaint.id }) ?? '',
        note: vault.open(complaint.noteSealed, { column: 'retaliation_complaints.note_sealed', rowId: complaint.id }),
      };
    },
    answer: (input: AnswerRetaliationComplaintInput, actor: Actor) =>
      runMutation<{ complaintId: string } | AccessNo>(db, {
        actor, operation: 'answerRetaliationComplaint', key: input.idempotencyKey, input,
        work: (tx) => answer(tx, vault, { input, actor }),
      }),
  };
}

const note = (tx: EntityManager, actor: Actor, { action, id, detail = {} }: { action: string; id: string; detail?: Readonly<Record<string, string>> }): Promise<void> =>
  audit(tx, actor, { action, subjectType: 'RetaliationComplaint', subjectId: id, detail });

interface Complaining {
  readonly input: Omit<ComplainOfRetaliationInput, 'secret'>;
  readonly admitted: Admitted;
  readonly actor: Actor;
}

async function complain(tx: EntityManager, vault: IdentityVault, { input, admitted, actor }: Complaining): Promise<Admitted | AccessNo> {
  const no = textNo(input.text, 5, 4_000);
  if (no) return no;
  const office = input.office ?? 'HANDLING_UNIT';
  const accused = await accusedOf(tx, admitted.caseId, office);
  const { today } = await businessTime(tx);
  const id = await insertComplaint(tx, vault, {
    ...admitted, office, accusedUnitId: accused.unitId, bar: barOf(accused.divisionCodes), submittedOn: today, text: input.text,
  });
  await note(tx, actor, { action: 'RETALIATION_COMPLAINED', id });
  return admitted;
}

async function answer(tx: EntityManager, vault: IdentityVault, { input, actor }: { input: AnswerRetaliationComplaintInput; actor: Actor }): Promise<{ complaintId: string } | AccessNo> {
  const row = await complaintById(tx, actor.viewer, { id: input.complaintId, lock: true });
  if (!row) return NOT_FOUND;
  if (row.state === 'ANSWERED') return refuse('ANSWERED_ALREADY', '该投诉已经答复。', 'The complaint was answered already.', BASIS);
  const no = textNo(input.note, 5, 2_000);
  if (no) return no;
  if (Number(row.version) !== input.expectedVersion) throw new AppError('CONFLICT', { currentVersion: Number(row.version) });
  const { today } = await businessTime(tx);
  if (!(await answerComplaint(tx, vault, { row, outcome: input.outcome, note: input.note, on: today, by: actor.viewer }))) throw new AppError('CONFLICT');
  await note(tx, actor, { action: 'RETALIATION_COMPLAINT_ANSWERED', id: row.id, detail: { outcome: input.outcome } });
  return { complaintId: row.id };
}
