import type { DataSource, EntityManager } from 'typeorm';
import { businessTime, runMutation, type Actor } from '@anjie/service-kit/database';
import type { CloseSupervisionLetterInput, ReplyToSupervisionLetterInput, WithdrawSupervisionLetterInput } from '../generated/graphql';
import type { Kinds } from '../kinds';
import { feedbackObjection } from '../rules/instruments';
import { letterRefusals } from '../rules/letter-refusals';
import { canMoveLetter, mayActOnLetters } from '../rules/letters';
import { isPlainText, textOrNull } from '../rules/plain-text';
import { decideDraft, decideObjection, objectTo } from './letter-decisions';
import { isOfUnitOrAbove } from './letter-facts';
import { recordInterview } from './letter-interview';
import { issueLetter, type LetterCall } from './letter-issue';
import { findLetter, moveLetter, type LetterAnswer } from './letter-moves';
import { interviewsOf } from './letter-repository';

/** Letters of supervision: written, approved, issued, replied to, closed or taken back; each carries the obligation to reply with it. */
export function createLetterService({ db, kinds }: { db: DataSource; kinds: Kinds }) {
  const mutation =
    <Input extends { idempotencyKey: string }>(operation: string, work: (tx: EntityManager, call: LetterCall<Input>) => Promise<LetterAnswer>) =>
    (input: Input, actor: Actor): Promise<LetterAnswer> =>
      runMutation<LetterAnswer>(db, { actor, operation, key: input.idempotencyKey, input, work: (tx) => work(tx, { input, actor, kinds }) });
  return {
    issue: mutation('issueSupervisionLetter', issueLetter),
    reply: mutation('replyToSupervisionLetter', replyTo),
    close: mutation('closeSupervisionLetter', closeLetter),
    withdraw: mutation('withdrawSupervisionLetter', withdrawLetter),
    decideDraft: mutation('decideSupervisionLetterDraft', decideDraft),
    objectTo: mutation('objectToSupervisionLetter', objectTo),
    decideObjection: mutation('decideLetterObjection', decideObjection),
    recordInterview: mutation('recordInterview', recordInterview),
  };
}
export type LetterService = ReturnType<typeof createLetterService>;

async function replyTo(tx: EntityManager, { input, actor, kinds }: LetterCall<ReplyToSupervisionLetterInput>): Promise<LetterAnswer> {
  const letter = await findLetter(tx, input.letterId, actor);
  if (!letter) return letterRefusals.notFound();
  const isAddressee = letter.toOfficialId !== null && letter.toOfficialId === actor.viewer.subject;
  const ofUnit = mayActOnLetters(actor.viewer, 'REPLY') && (await isOfUnitOrAbove(tx, actor.viewer, letter.toUnitId));
  if (!isAddressee && !ofUnit) return letterRefusals.notPermitted();
  if (!isPlainText(input.reply, { most: 4_000 })) return letterRefusals.badText();
  const feedback = { adoption: input.adoption ?? null, adoptionReason: textOrNull(input.adoptionReason) };
  const wrong = feedbackObjection(kinds.instruments.of(letter.kind), feedback);
  if (wrong) return wrong;
  const time = await businessTime(tx);
  const set = { state: 'REPLIED', reply: input.reply, replied_on: time.today, replied_by: actor.viewer.subject, adoption: feedback.adoption, adoption_reason: feedback.adoptionReason };
  return moveLetter(tx, { letter, action: 'REPLY', expectedVersion: input.expectedVersion, set, actor, time });
}

async function closeLetter(tx: EntityManager, { input, actor, kinds }: LetterCall<CloseSupervisionLetterInput>): Promise<LetterAnswer> {
  const letter = await findLetter(tx, input.letterId, actor);
  if (!letter) return letterRefusals.notFound();
  if (!mayActOnLetters(actor.viewer, 'CLOSE') || actor.viewer.unitId !== letter.fromUnitId) return letterRefusals.notPermitted();
  const isRecorded = (await interviewsOf(tx, [letter.id])).length > 0;
  if (kinds.instruments.of(letter.kind).needsInterview && !isRecorded && canMoveLetter(letter.state, 'CLOSE')) return letterRefusals.interviewRecordMissing();
  const time = await businessTime(tx);
  const set = { state: 'CLOSED', closed_on: time.today, has_progress: input.hasProgress ?? null };
  return moveLetter(tx, { letter, action: 'CLOSE', expectedVersion: input.expectedVersion, set, actor, time });
}

async function withdrawLetter(tx: EntityManager, { input, actor }: LetterCall<WithdrawSupervisionLetterInput>): Promise<LetterAnswer> {
  const letter = await findLetter(tx, input.letterId, actor);
  if (!letter) return letterRefusals.notFound();
  if (!mayActOnLetters(actor.viewer, 'WITHDRAW') || actor.viewer.unitId !== letter.fromUnitId) return letterRefusals.notPermitted();
  if (!isPlainText(input.reason, { most: 4_000 })) return letterRefusals.badText();
  const time = await businessTime(tx);
  const set = { state: 'WITHDRAWN', withdrawn_on: time.today, withdrawn_by: actor.viewer.subject, withdrawal_reason: input.reason.trim() };
  return moveLetter(tx, { letter, action: 'WITHDRAW', expectedVersion: input.expectedVersion, set, actor, time });
}
