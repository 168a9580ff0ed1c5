import type { EntityManager } from 'typeorm';
import { AppError } from '@anjie/contracts';
import { audit, isId, updateVersion, type Actor, type BusinessTime, type Row } from '@anjie/service-kit/database';
import { notifyOwn } from '../notifications/notify';
import { settleOwn } from '../obligations/own-obligation';
import { letterRefusals, type LetterRefusal } from '../rules/letter-refusals';
import { canMoveLetter, type LetterMove } from '../rules/letters';
import { interviewsOf, visibleLetters, type LetterRow } from './letter-repository';

export type LetterAnswer = { readonly letterId: string } | LetterRefusal;

export const findLetter = async (tx: EntityManager, id: string, { viewer }: Actor): Promise<LetterRow | undefined> =>
  isId(id) ? (await visibleLetters(tx, viewer, [id]))[0] : undefined;

export interface MovedLetter {
  readonly letter: LetterRow;
  readonly action: Exclude<LetterMove, 'OBJECT' | 'RECORD_INTERVIEW'>;
  readonly expectedVersion: number;
  readonly set: Row;
  readonly actor: Actor;
  readonly time: BusinessTime;
}

const ACTS = { REPLY: 'letter.replied', CLOSE: 'letter.closed', WITHDRAW: 'letter.withdrawn' } as const;
const NOTICES = { REPLY: 'LETTER_REPLIED', CLOSE: 'LETTER_CLOSED', WITHDRAW: 'LETTER_WITHDRAWN' } as const;

export async function moveLetter(tx: EntityManager, { letter, action, expectedVersion, set, actor, time }: MovedLetter): Promise<LetterAnswer> {
  if (letter.version !== expectedVersion) throw new AppError('CONFLICT', { currentVersion: letter.version });
  if (!canMoveLetter(letter.state, action)) return letterRefusals.wrongState();
  const isFirst = await updateVersion(tx, 'supervision_letters', { id: letter.id, version: expectedVersion, set });
  if (!isFirst) throw new AppError('CONFLICT', { currentVersion: expectedVersion + 1 });
  await audit(tx, actor, { action: ACTS[action], subjectType: 'SupervisionLetter', subjectId: letter.id, caseId: letter.caseId, detail: { kind: letter.kind, from: letter.state } });
  await settleDuties(tx, { letter, action, expectedVersion, set, actor, time });
  if (letter.issuedOn === null) return { letterId: letter.id };
  const to = action === 'REPLY' ? letter.fromUnitId : letter.toUnitId;
  await notifyOwn(tx, [{ kind: NOTICES[action], recipient: { kind: 'UNIT', id: to }, caseId: letter.caseId, subjectId: letter.id, occasion: `v${expectedVersion + 1}` }]);
  return { letterId: letter.id };
}

/** The duty to reply is met by a reply and falls away without one; what was agreed in an interview ends with the letter. */
async function settleDuties(tx: EntityManager, { letter, action, expectedVersion, set, actor, time }: MovedLetter): Promise<void> {
  const settled = { version: expectedVersion + 1, actor };
  const [met, gone] = [{ ...settled, state: 'MET' as const, metOn: time.today }, { ...settled, state: 'CANCELLED' as const, metOn: null }];
  if (letter.obligationId !== null && action === 'REPLY') await settleOwn(tx, letter.obligationId, met);
  else if (letter.obligationId !== null && letter.state === 'ISSUED') await settleOwn(tx, letter.obligationId, gone);
  if (action === 'REPLY') return;
  const [interview] = await interviewsOf(tx, [letter.id]);
  if (interview?.obligationId) await settleOwn(tx, interview.obligationId, action === 'CLOSE' && set['has_progress'] !== false ? met : gone);
}
