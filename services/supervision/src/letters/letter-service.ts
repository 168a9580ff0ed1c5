import type { DataSource, EntityManager } from 'typeorm';
import { hasRole } from '@anjie/access';
import { AppError } from '@anjie/contracts';
import { audit, businessTime, isId, runMutation, select, updateVersion, type Actor, type BusinessTime, type Row } from '@anjie/service-kit/database';
import type { CloseSupervisionLetterInput, ReplyToSupervisionLetterInput } from '../generated/graphql';
import { notifyOwn } from '../notifications/notify';
import { settleOwn } from '../obligations/own-obligation';
import { canMoveLetter, isAcceptableText, letterRefusals, mayActOnLetters, type LetterAction, type LetterRefusal } from '../rules/letters';
import { issueLetter } from './letter-issue';
import { visibleLetters, type LetterRow } from './letter-repository';

export type LetterAnswer = { readonly letterId: string } | LetterRefusal;

/** Letters of supervision: issued, replied to, closed; each carries the obligation to reply with it. */
export function createLetterService({ db }: { db: DataSource }) {
  const mutation =
    <Input extends { idempotencyKey: string }>(operation: string, work: (tx: EntityManager, input: Input, actor: Actor) => Promise<LetterAnswer>) =>
    (input: Input, actor: Actor): Promise<LetterAnswer> =>
      runMutation<LetterAnswer>(db, { actor, operation, key: input.idempotencyKey, input, work: (tx) => work(tx, input, actor) });
  return {
    issue: mutation('issueSupervisionLetter', issueLetter),
    reply: mutation('replyToSupervisionLetter', replyTo),
    close: mutation('closeSupervisionLetter', closeLetter),
  };
}
export type LetterService = ReturnType<typeof createLetterService>;

async function replyTo(tx: EntityManager, input: ReplyToSupervisionLetterInput, actor: Actor): Promise<LetterAnswer> {
  const letter = await findLetter(tx, input.letterId, actor);
  if (!letter) return letterRefusals.notFound();
  if (!mayActOnLetters(actor.viewer, 'REPLY') || !(await isOfUnit(tx, actor, letter.toUnitId))) return letterRefusals.notPermitted();
  if (!isAcceptableText(input.reply)) return letterRefusals.badText();
  const time = await businessTime(tx);
  const set = { state: 'REPLIED', reply: input.reply, replied_on: time.today, replied_by: actor.viewer.subject };
  return move(tx, { letter, action: 'REPLY', expectedVersion: input.expectedVersion, set, actor, time });
}

async function closeLetter(tx: EntityManager, input: CloseSupervisionLetterInput, actor: Actor): Promise<LetterAnswer> {
  const letter = await findLetter(tx, input.letterId, actor);
  if (!letter) return letterRefusals.notFound();
  if (!mayActOnLetters(actor.viewer, 'CLOSE') || actor.viewer.unitId !== letter.fromUnitId) return letterRefusals.notPermitted();
  const time = await businessTime(tx);
  const set = { state: 'CLOSED', closed_on: time.today };
  return move(tx, { letter, action: 'CLOSE', expectedVersion: input.expectedVersion, set, actor, time });
}

const findLetter = async (tx: EntityManager, id: string, { viewer }: Actor): Promise<LetterRow | undefined> =>
  isId(id) ? (await visibleLetters(tx, viewer, [id]))[0] : undefined;

/** The viewer's unit is the addressed one or stands above it. */
async function isOfUnit(tx: EntityManager, { viewer }: Actor, unitId: string): Promise<boolean> {
  if (!hasRole(viewer, 'UNIT_HANDLER') || !viewer.unitId) return false;
  return (await select(tx, 'SELECT 1 FROM unit_closure WHERE descendant_id = ? AND ancestor_id = ?', [unitId, viewer.unitId])).length > 0;
}

interface LetterMove {
  readonly letter: LetterRow;
  readonly action: Exclude<LetterAction, 'ISSUE'>;
  readonly expectedVersion: number;
  readonly set: Row;
  readonly actor: Actor;
  readonly time: BusinessTime;
}

async function move(tx: EntityManager, { letter, action, expectedVersion, set, actor, time }: LetterMove): Promise<LetterAnswer> {
  if (letter.version !== expectedVersion) throw new AppError('CONFLICT', { currentVersion: letter.version });
  if (!canMoveLetter(letter.state, action)) return letterRefusals.wrongState();
  const isFirst = await updateVersion(tx, 'supervision_letters', { id: letter.id, version: expectedVersion, set });
  if (!isFirst) throw new AppError('CONFLICT', { currentVersion: expectedVersion + 1 });
  await audit(tx, actor, { action: action === 'REPLY' ? 'letter.replied' : 'letter.closed', subjectType: 'SupervisionLetter', subjectId: letter.id, caseId: letter.caseId });
  const settled = { version: expectedVersion + 1, actor };
  if (action === 'REPLY') await settleOwn(tx, letter.obligationId, { ...settled, state: 'MET', metOn: time.today });
  else if (letter.state === 'ISSUED') await settleOwn(tx, letter.obligationId, { ...settled, state: 'CANCELLED', metOn: null });
  const told = action === 'REPLY' ? ({ kind: 'LETTER_REPLIED', to: letter.fromUnitId } as const) : ({ kind: 'LETTER_CLOSED', to: letter.toUnitId } as const);
  await notifyOwn(tx, [{ kind: told.kind, recipient: { kind: 'UNIT', id: told.to }, caseId: letter.caseId, subjectId: letter.id, occasion: `v${settled.version}` }]);
  return { letterId: letter.id };
}
