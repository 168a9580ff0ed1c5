import type { EntityManager } from 'typeorm';
import { AppError, isRefusal } from '@anjie/contracts';
import { audit, businessTime, updateVersion, type Row } from '@anjie/service-kit/database';
import { holdCase } from '../case-facts';
import type { DecideLetterObjectionInput, DecideSupervisionLetterDraftInput, ObjectToSupervisionLetterInput } from '../generated/graphql';
import { rungObjectionOf } from '../ladders/ladder-facts';
import { notifyOwn } from '../notifications/notify';
import { approverObjection, objectionJudgeObjection, type InstrumentKind } from '../rules/instruments';
import { letterRefusals as no } from '../rules/letter-refusals';
import { canMoveLetter, mayActOnLetters } from '../rules/letters';
import { isPlainText } from '../rules/plain-text';
import { departure, sendOff } from './letter-departure';
import { commandObjection, isOfUnitOrAbove } from './letter-facts';
import type { LetterCall } from './letter-issue';
import type { LetterRow } from './letter-repository';
import { findLetter, moveLetter, type LetterAnswer } from './letter-moves';

/** Compare-and-set of a letter that is not moved to another state by `moveLetter`. */
export async function change(tx: EntityManager, letter: LetterRow, set: Row): Promise<void> {
  const isFirst = await updateVersion(tx, 'supervision_letters', { id: letter.id, version: letter.version, set });
  if (!isFirst) throw new AppError('CONFLICT', { currentVersion: letter.version + 1 });
}

export function mustBe(letter: LetterRow, expectedVersion: number): void {
  if (letter.version !== expectedVersion) throw new AppError('CONFLICT', { currentVersion: letter.version });
}

/** Somebody else looks at a draft: approved it goes out on that day, with all that was asked of it then asked again. */
export async function decideDraft(tx: EntityManager, { input, actor, kinds }: LetterCall<DecideSupervisionLetterDraftInput>): Promise<LetterAnswer> {
  const letter = await findLetter(tx, input.letterId, actor);
  if (!letter) return no.notFound();
  const kind = kinds.instruments.of(letter.kind);
  const objection = approverObjection(actor.viewer, kind, {
    draftedBy: letter.issuedById, fromUnitId: letter.fromUnitId, divisionCode: letter.divisionCode ?? '', isAskedOrgan: letter.approverUnitId !== null && letter.approverUnitId === actor.viewer.unitId,
  });
  if (objection) return objection;
  mustBe(letter, input.expectedVersion);
  if (letter.state !== 'DRAFTED') return no.wrongState();
  if (input.decision === 'APPROVE') return approve(tx, { letter, kind, reference: input.reference ?? null, call: { input, actor, kinds } });
  if (!isPlainText(input.reason, { most: 4_000 })) return no.badText();
  const { today } = await businessTime(tx);
  await change(tx, letter, { state: 'WITHDRAWN', withdrawn_on: today, withdrawn_by: actor.viewer.subject, withdrawal_reason: input.reason?.trim() ?? null });
  await audit(tx, actor, { action: 'letter.draftRejected', subjectType: 'SupervisionLetter', subjectId: letter.id, caseId: letter.caseId, detail: { kind: kind.code } });
  return { letterId: letter.id };
}

interface Approval {
  readonly letter: LetterRow;
  readonly kind: InstrumentKind;
  readonly reference: string | null;
  readonly call: LetterCall<DecideSupervisionLetterDraftInput>;
}

async function approve(tx: EntityManager, { letter, kind, reference, call: { actor } }: Approval): Promise<LetterAnswer> {
  if (!isPlainText(reference, { most: 200 })) return no.badText();
  if (letter.caseId !== null) await holdCase(tx, letter.caseId);
  // between draft and decision the unit may have answered: then the rung is not open any more
  const closed = (await commandObjection(tx, letter)) ?? (await rungObjectionOf(tx, kind, { caseId: letter.caseId, unitId: letter.aboutUnitId }));
  if (closed) return closed;
  const time = await businessTime(tx);
  const leaving = { ...letter, kind };
  const going = await departure(tx, { ...leaving, time });
  if (isRefusal(going)) return going;
  const { subject, unitId } = actor.viewer;
  await change(tx, letter, { ...going.set, approved_by: subject, approving_unit_id: unitId, approved_on: time.today, approval_reference: reference?.trim() ?? null });
  await audit(tx, actor, {
    action: 'letter.issued', subjectType: 'SupervisionLetter', subjectId: letter.id, caseId: letter.caseId,
    detail: { kind: kind.code, draftedBy: letter.issuedById, approvedBy: subject, toUnitId: letter.toUnitId, replyDueOn: going.set.reply_due_on },
  });
  await sendOff(tx, { ...leaving, going, actor });
  return { letterId: letter.id };
}

/** The unit that the letter is about says, once, that it is wrong. */
export async function objectTo(tx: EntityManager, { input, actor }: LetterCall<ObjectToSupervisionLetterInput>): Promise<LetterAnswer> {
  const letter = await findLetter(tx, input.letterId, actor);
  if (!letter) return no.notFound();
  if (!mayActOnLetters(actor.viewer, 'OBJECT') || !(await isOfUnitOrAbove(tx, actor.viewer, letter.aboutUnitId ?? letter.toUnitId))) return no.notPermitted();
  mustBe(letter, input.expectedVersion);
  if (!canMoveLetter(letter.state, 'OBJECT')) return no.wrongState();
  if (letter.objectedOn !== null) return no.alreadyObjected();
  if (!isPlainText(input.text, { most: 4_000 })) return no.badText();
  const { today } = await businessTime(tx);
  await change(tx, letter, { objection: input.text.trim(), objected_by: actor.viewer.subject, objected_on: today });
  await audit(tx, actor, { action: 'letter.objected', subjectType: 'SupervisionLetter', subjectId: letter.id, caseId: letter.caseId });
  await notifyOwn(tx, [{ kind: 'LETTER_OBJECTED', recipient: { kind: 'UNIT', id: letter.fromUnitId }, caseId: letter.caseId, subjectId: letter.id, occasion: 'objected' }]);
  return { letterId: letter.id };
}

export async function decideObjection(tx: EntityManager, { input, actor }: LetterCall<DecideLetterObjectionInput>): Promise<LetterAnswer> {
  const letter = await findLetter(tx, input.letterId, actor);
  if (!letter) return no.notFound();
  const objection = objectionJudgeObjection(actor.viewer, { involved: [letter.issuedById, letter.approvedById, letter.objectedById], divisionCode: letter.divisionCode ?? '' });
  if (objection) return objection;
  mustBe(letter, input.expectedVersion);
  if (letter.objectedOn === null || letter.objectionDecision !== null || !canMoveLetter(letter.state, 'OBJECT')) return no.wrongState();
  if (!isPlainText(input.reason, { most: 4_000 })) return no.badText();
  const time = await businessTime(tx);
  const { subject } = actor.viewer;
  const set = { objection_decision: input.decision, objection_reason: input.reason.trim(), objection_decided_by: subject, objection_decided_on: time.today };
  await audit(tx, actor, { action: 'letter.objectionDecided', subjectType: 'SupervisionLetter', subjectId: letter.id, caseId: letter.caseId, detail: { decision: input.decision } });
  await notifyOwn(tx, [{
    kind: 'LETTER_OBJECTION_DECIDED', recipient: { kind: 'UNIT', id: letter.aboutUnitId ?? letter.toUnitId }, caseId: letter.caseId, subjectId: letter.id, occasion: 'objection-decided',
  }]);
  if (input.decision === 'REJECTED') {
    await change(tx, letter, set);
    return { letterId: letter.id };
  }
  const withdrawn = { state: 'WITHDRAWN', withdrawn_on: time.today, withdrawn_by: subject, withdrawal_reason: input.reason.trim() };
  return moveLetter(tx, { letter, action: 'WITHDRAW', expectedVersion: letter.version, set: { ...set, ...withdrawn }, actor, time });
}
