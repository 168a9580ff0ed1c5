import type { EntityManager } from 'typeorm';
import { addDays } from '@anjie/calendar';
import { AppError, isRefusal } from '@anjie/contracts';
import { audit, businessTime, idFromName, insertRows, type BusinessTime } from '@anjie/service-kit/database';
import { knownUnit } from '@anjie/service-kit/facts';
import { officeCalendar, officeRules } from '@anjie/service-kit/runtime';
import type { RecordInterviewInput } from '../generated/graphql';
import { declareOwn } from '../obligations/own-obligation';
import type { InstrumentKind } from '../rules/instruments';
import { letterRefusals as no, type LetterRefusal } from '../rules/letter-refusals';
import { canMoveLetter, mayActOnLetters, replyDue } from '../rules/letters';
import { isPlainText } from '../rules/plain-text';
import { change, mustBe } from './letter-decisions';
import type { LetterCall } from './letter-issue';
import { findLetter, type LetterAnswer } from './letter-moves';
import { interviewsOf, type LetterRow } from './letter-repository';

export const INTERVIEW_DUTY = 'RECTIFY_AFTER_INTERVIEW';

/** What was said in the interview; a day that was agreed on becomes what the unit owes. */
export async function recordInterview(tx: EntityManager, call: LetterCall<RecordInterviewInput>): Promise<LetterAnswer> {
  const { input, actor, kinds } = call;
  const letter = await findLetter(tx, input.letterId, actor);
  if (!letter) return no.notFound();
  if (!isRecorder(letter, call)) return no.notPermitted();
  mustBe(letter, input.expectedVersion);
  const kind = kinds.instruments.of(letter.kind);
  if (!kind.needsInterview || !canMoveLetter(letter.state, 'RECORD_INTERVIEW') || (await interviewsOf(tx, [letter.id])).length > 0) return no.wrongState();
  const time = await businessTime(tx);
  const agreed = input.rectifyBy ?? null;
  const wrong = wordsObjection(letter, { input, agreed, time });
  if (wrong) return wrong;
  const obligationId = agreed === null ? null : idFromName('obligation', `interview:${letter.id}`);
  await insertRows(tx, 'interview_records', [{
    letter_id: letter.id, held_on: input.heldOn, record: input.record.trim(), recorded_by: actor.viewer.subject, recording_unit_id: actor.viewer.unitId, recorded_at: time.now,
    rectify_by: agreed, obligation_id: obligationId,
  }]);
  await change(tx, letter, {});
  await audit(tx, actor, { action: 'letter.interviewRecorded', subjectType: 'SupervisionLetter', subjectId: letter.id, caseId: letter.caseId, detail: { heldOn: input.heldOn, rectifyBy: agreed } });
  if (agreed !== null && obligationId !== null) await declareRectification(tx, { letter, kind, agreed, obligationId, time, call });
  return { letterId: letter.id };
}

/** The issuing office, or the organ that approved it and held the interview. */
const isRecorder = (letter: LetterRow, { actor: { viewer } }: LetterCall<RecordInterviewInput>): boolean =>
  (mayActOnLetters(viewer, 'RECORD_INTERVIEW') && viewer.unitId === letter.fromUnitId) || (letter.approverUnitId !== null && viewer.unitId === letter.approverUnitId);

function wordsObjection(letter: LetterRow, { input, agreed, time: { today } }: { input: RecordInterviewInput; agreed: string | null; time: BusinessTime }): LetterRefusal | null {
  if (!isPlainText(input.record, { most: 4_000 })) return no.badText();
  if (letter.issuedOn === null || input.heldOn < letter.issuedOn || input.heldOn > today) return no.badDay();
  return agreed !== null && (agreed <= today || agreed > addDays(today, 366)) ? no.badDay() : null;
}

interface Rectification {
  readonly letter: LetterRow;
  readonly kind: InstrumentKind;
  readonly agreed: string;
  readonly obligationId: string;
  readonly time: BusinessTime;
  readonly call: LetterCall<RecordInterviewInput>;
}

async function declareRectification(tx: EntityManager, { letter, kind, agreed, obligationId, time, call }: Rectification): Promise<void> {
  const unitId = letter.aboutUnitId ?? letter.toUnitId;
  const unit = await knownUnit(tx, unitId);
  if (!unit) throw new AppError('FACTS_NOT_YET_HERE', { field: 'aboutUnitId' });
  const terms = replyDue({ replyRule: kind.replyRule, issuedOn: time.today, replyDueOn: agreed, jurisdictionCode: unit.divisionCode }, { rules: officeRules(), calendar: officeCalendar() });
  if (isRefusal(terms)) throw new AppError('BAD_USER_INPUT', { field: 'rectifyBy' });
  await declareOwn(tx, {
    obligationId, caseId: letter.caseId, dutyCode: INTERVIEW_DUTY, obligorUnitId: unitId, subject: { type: 'SupervisionLetter', id: letter.id }, due: terms.due, basis: kind.basis ?? terms.basis,
    jurisdictionCode: unit.divisionCode,
  }, call.actor);
}
