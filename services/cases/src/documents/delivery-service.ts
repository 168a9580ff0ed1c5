import { isRefusal, refuse } from '@anjie/contracts';
import { newId, type Actor } from '@anjie/service-kit/database';
import { recordEnd } from '../closing/end-repository';
import type { ProveDeliveryInput, SendDocumentInput } from '../generated/graphql';
import { takeStep, textFault, type Stand, type StepDeps, type StepNo, type StepOutcome } from '../life/step';
import { noteOpinionDelivered, opinionOfDocument, type OpinionRow } from '../opinions/opinion-repository';
import { deliveryFault } from '../rules/documents';
import { deliveriesOf, deliveryById, documentsByIds, insertDelivery, proveDeliveryRow, type DeliveryRow, type DocumentRow } from './document-repository';

/** 送达: what was sent, and the proof that it arrived. The review clock counts from the proof (第三十五条: 收到书面答复之日). */
export function createDeliveryService(deps: StepDeps) {
  return {
    send: (input: SendDocumentInput, actor: Actor) =>
      takeStep(deps, { operation: 'sendDocument', input, actor, action: 'DELIVER', act: null, work: (stand) => send(input, stand) }),
    prove: (input: ProveDeliveryInput, actor: Actor) =>
      takeStep(deps, { operation: 'proveDelivery', input, actor, action: 'DELIVER', act: null, work: (stand) => prove(deps, input, stand) }),
  };
}

const NO_SUCH_PAPER: StepNo = refuse('NOT_FOUND', '没有这份文书。', 'There is no such paper in this case.');
const NOT_DATED: StepNo = refuse('DATE_INVALID', '日期须在出具文书之后、不晚于今天，先发出后收到。', 'Dates lie between issue and today, sending before receipt.');

async function send(input: SendDocumentInput, { tx, row, actor, today }: Stand): Promise<StepOutcome | StepNo> {
  const [paper] = await documentsByIds(tx, actor.viewer, [input.documentId]);
  if (!paper || paper.caseId !== row.id || paper.addressee === 'FILE') return NO_SUCH_PAPER;
  if (input.sentOn < paper.issuedOn || input.sentOn > today) return NOT_DATED;
  if ((await deliveriesOf(tx, [paper.id])).some((one) => one.receivedOn)) return refuse('DELIVERED_ALREADY', '该文书已经送达。', 'The paper was delivered already.');
  await insertDelivery(tx, { id: newId(), documentId: paper.id, caseId: row.id, method: input.method, sentOn: input.sentOn, sentBy: actor.viewer.subject });
  return { event: 'SENT', documentId: paper.id, detail: { method: input.method, sentOn: input.sentOn, number: paper.number } };
}

async function prove(deps: StepDeps, input: ProveDeliveryInput, stand: Stand): Promise<StepOutcome | StepNo> {
  const { tx, actor, today } = stand;
  const found = await openDelivery(stand, input.deliveryId);
  if (isRefusal(found)) return found as StepNo;
  const { delivery, paper } = found as Exclude<typeof found, StepNo>;
  const receivedOn = input.outcome === 'UNDELIVERED' ? null : (input.receivedOn ?? null);
  const no = proofFault(input, { issuedOn: paper.issuedOn, sentOn: delivery.sentOn, receivedOn, today });
  if (no) return no;
  const isOther = (await deliveriesOf(tx, [paper.id])).some((one) => one.receivedOn);
  if (isOther && input.outcome !== 'UNDELIVERED') return refuse('DELIVERED_ALREADY', '该文书已经送达。', 'The paper was delivered already.');
  await proveDeliveryRow(tx, {
    delivery, outcome: input.outcome, receivedOn, proofNote: input.note?.trim() || null,
    proofAttachmentId: input.attachmentId ?? null, provedBy: actor.viewer.subject,
  });
  const outcome: StepOutcome = { event: input.outcome === 'UNDELIVERED' ? 'UNDELIVERED' : 'DELIVERED', ground: input.note ?? null, documentId: paper.id, detail: { deliveryId: delivery.id, receivedOn } };
  if (!receivedOn) return outcome;
  const opinion = await opinionOfDocument(tx, paper.id);
  return opinion ? { ...outcome, ...(await afterOpinion(deps, { opinion, delivery, receivedOn }, stand)) } : outcome;
}

/** The delivery whose outcome nobody has told yet, with its paper. */
async function openDelivery({ tx, row, actor }: Stand, id: string): Promise<{ delivery: DeliveryRow; paper: DocumentRow } | StepNo> {
  const delivery = await deliveryById(tx, id);
  const [paper] = delivery?.caseId === row.id ? await documentsByIds(tx, actor.viewer, [delivery.documentId]) : [];
  if (!delivery || !paper) return NO_SUCH_PAPER;
  return delivery.outcome ? refuse('DELIVERED_ALREADY', '该次送达已有结果。', 'This delivery has its outcome already.') : { delivery, paper };
}

/** Days in order, a witness where nobody signed. */
function proofFault(input: ProveDeliveryInput, days: { issuedOn: string; sentOn: string; receivedOn: string | null; today: string }): StepNo | undefined {
  const fault = deliveryFault({ ...days, outcome: input.outcome, proofNote: input.note ?? null });
  if (fault === 'PROOF_MISSING') return refuse('PROOF_MISSING', '拒收的须注明见证情况。', 'A refusal to sign needs a note of who witnessed it.');
  return fault ? NOT_DATED : textFault(input.note, 0, 500);
}

interface Arrival {
  readonly opinion: OpinionRow;
  readonly delivery: DeliveryRow;
  readonly receivedOn: string;
}

/**
 * What a proved opinion does: it meets the duty on the day of sending (在途时间不计入期间, 《民事诉讼法》第八十五条, by analogy), and
 * starts the petitioner's right on the day of receipt. The re-review opinion is the end of the ladder.
 */
async function afterOpinion({ clocks }: StepDeps, { opinion, delivery, receivedOn }: Arrival, { tx, row, actor, today }: Stand): Promise<Partial<StepOutcome>> {
  const { requestId } = actor;
  await noteOpinionDelivered(tx, opinion.id, receivedOn);
  const right = (code: 'T10' | 'T12') => clocks.start(tx, {
    code, caseId: row.id, divisionCode: row.divisionCode, obligorUnitId: null, startOn: receivedOn, nature: 'PETITIONER_RIGHT', subject: { type: 'Opinion', id: opinion.id },
  }, requestId);
  if (opinion.stage === 'HANDLING') {
    const met = await clocks.end(tx, { caseId: row.id, codes: ['T8', 'SIMPLE_OPINION', 'REDO_DATE'], state: 'MET', on: delivery.sentOn, requestId });
    const isInTime = met.every((clock) => delivery.sentOn <= clock.dueOn);
    await recordEnd(tx, { caseId: row.id, kind: 'HANDLED', on: delivery.sentOn, ground: 'REPLY_DELIVERED', isInTime, documentId: opinion.documentId, unitId: opinion.unitId });
    if (row.route !== 'ART29') await right('T10');
    return { detail: { isInTime, receivedOn } };
  }
  await clocks.end(tx, { caseId: row.id, codes: [opinion.stage === 'REVIEW' ? 'T11' : 'T13'], state: 'MET', on: delivery.sentOn, requestId });
  if (opinion.stage === 'REVIEW') {
    if (!opinion.revokedOn) await right('T12');
    return { detail: { receivedOn } };
  }
  await recordEnd(tx, { caseId: row.id, kind: 'TERMINATED', on: receivedOn, ground: 'RE_REVIEW_DELIVERED', documentId: opinion.documentId, unitId: opinion.unitId });
  return { act: 'TERMINATE', basis: '《信访工作条例》第三十六条第三款', detail: { receivedOn, recordedOn: today } };
}
