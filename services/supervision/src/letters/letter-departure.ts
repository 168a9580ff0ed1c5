import type { EntityManager } from 'typeorm';
import { AppError, isRefusal } from '@anjie/contracts';
import { newId, type Actor, type BusinessTime } from '@anjie/service-kit/database';
import { knownUnit } from '@anjie/service-kit/facts';
import { officeCalendar, officeRules } from '@anjie/service-kit/runtime';
import type { Due } from '@anjie/rulebook';
import { notifyOwn } from '../notifications/notify';
import { declareOwn } from '../obligations/own-obligation';
import type { InstrumentKind } from '../rules/instruments';
import type { LetterRefusal } from '../rules/letter-refusals';
import { replyDue, REPLY_DUTY } from '../rules/letters';
import { nextSerial } from './letter-repository';

/** A letter that is about to go out. */
export interface Leaving {
  readonly id: string;
  readonly kind: InstrumentKind;
  readonly caseId: string | null;
  readonly fromUnitId: string;
  readonly toUnitId: string;
  readonly toOfficialId: string | null;
  readonly aboutUnitId: string | null;
}

export interface Departure {
  /** Columns that a letter gets when it goes out. */
  readonly set: Readonly<Record<'number_year' | 'serial' | 'reply_due_on' | 'issued_on' | 'obligation_id' | 'state', string | number>> & { readonly issued_at: Date };
  readonly due: Due;
  readonly basis: string;
  readonly obligationId: string;
  readonly jurisdictionCode: string;
}

/** Its number, its day, and until when a reply is owed; counted from the day on which it really goes out. */
export async function departure(tx: EntityManager, letter: Leaving & { readonly askedReplyOn: string | null; readonly time: BusinessTime }): Promise<Departure | LetterRefusal> {
  const { kind, fromUnitId, toUnitId, askedReplyOn, time } = letter;
  const unit = await knownUnit(tx, toUnitId);
  if (!unit) throw new AppError('FACTS_NOT_YET_HERE', { field: 'toUnitId' });
  const terms = replyDue(
    { replyRule: kind.replyRule, issuedOn: time.today, replyDueOn: askedReplyOn, jurisdictionCode: unit.divisionCode }, { rules: officeRules(), calendar: officeCalendar() },
  );
  if (isRefusal(terms)) return terms;
  const year = Number(time.today.slice(0, 4));
  const obligationId = newId();
  const set = {
    number_year: year, serial: await nextSerial(tx, fromUnitId, year), reply_due_on: terms.due.dueEffective, issued_on: time.today, issued_at: time.now, obligation_id: obligationId, state: 'ISSUED',
  };
  return { ...terms, set, obligationId, jurisdictionCode: unit.divisionCode };
}

/** The unit (or the official) now owes a reply, and hears of it; so does the unit that the letter is about, which may object. */
export async function sendOff(tx: EntityManager, { going, actor, ...letter }: Leaving & { readonly going: Departure; readonly actor: Actor }): Promise<void> {
  const { id, caseId, toUnitId, toOfficialId, aboutUnitId } = letter;
  await declareOwn(tx, {
    obligationId: going.obligationId, caseId, dutyCode: REPLY_DUTY, obligorUnitId: toUnitId, obligorOfficialId: toOfficialId, subject: { type: 'SupervisionLetter', id }, due: going.due,
    basis: going.basis, jurisdictionCode: going.jurisdictionCode,
  }, actor);
  const told = { caseId, subjectId: id, occasion: 'issued' };
  await notifyOwn(tx, [
    { ...told, kind: 'LETTER_ISSUED' as const, recipient: { kind: 'UNIT' as const, id: toUnitId } },
    ...(toOfficialId === null ? [] : [{ ...told, kind: 'LETTER_ISSUED' as const, recipient: { kind: 'OFFICIAL' as const, id: toOfficialId } }]),
    ...(aboutUnitId === null || aboutUnitId === toUnitId ? [] : [{ ...told, kind: 'LETTER_CONCERNS_UNIT' as const, recipient: { kind: 'UNIT' as const, id: aboutUnitId } }]),
  ]);
}
