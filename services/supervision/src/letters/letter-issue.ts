import type { EntityManager } from 'typeorm';
import { scopeColumns, visibleCases } from '@anjie/access';
import { officeCalendar, officeRules } from '@anjie/service-kit/runtime';
import { AppError, isRefusal } from '@anjie/contracts';
import { audit, businessTime, insertRows, isId, newId, select, type Actor, type BusinessTime } from '@anjie/service-kit/database';
import { knownUnit } from '@anjie/service-kit/facts';
import type { Due } from '@anjie/rulebook';
import { hasUnitPart, holdCase, isUnitExcluded } from '../case-facts';
import type { IssueSupervisionLetterInput } from '../generated/graphql';
import { notifyOwn } from '../notifications/notify';
import { declareOwn } from '../obligations/own-obligation';
import { ADDRESSED_ROLES, isAcceptableText, letterRefusals, mayActOnLetters, replyDue, REPLY_DUTY, type LetterRefusal } from '../rules/letters';
import { nextSerial } from './letter-repository';

/** A joint office issues a letter in a case that it sees, to a unit that has a part in it. */
export async function issueLetter(tx: EntityManager, input: IssueSupervisionLetterInput, actor: Actor): Promise<{ letterId: string } | LetterRefusal> {
  const refusal = await whyNot(tx, input, actor);
  if (refusal) return refusal;
  await holdCase(tx, input.caseId);
  const unit = await knownUnit(tx, input.toUnitId);
  if (!unit) throw new AppError('FACTS_NOT_YET_HERE', { field: 'toUnitId' });
  const time = await businessTime(tx);
  const terms = replyDue(
    { kind: input.kind, issuedOn: time.today, replyDueOn: input.replyDueOn ?? null, jurisdictionCode: unit.divisionCode },
    { rules: officeRules(), calendar: officeCalendar() },
  );
  if (isRefusal(terms)) return terms;
  const letter = { id: newId(), obligationId: newId(), jurisdictionCode: unit.divisionCode, ...terms, time };
  await putLetter(tx, input, { ...letter, actor });
  await audit(tx, actor, {
    action: 'letter.issued', subjectType: 'SupervisionLetter', subjectId: letter.id, caseId: input.caseId,
    detail: { kind: input.kind, ground: input.ground, toUnitId: input.toUnitId, replyDueOn: terms.due.dueEffective },
  });
  await declareReply(tx, input, { ...letter, actor });
  await notifyOwn(tx, [{ kind: 'LETTER_ISSUED', recipient: { kind: 'UNIT', id: input.toUnitId }, caseId: input.caseId, subjectId: letter.id, occasion: 'issued' }]);
  return { letterId: letter.id };
}

async function whyNot(tx: EntityManager, input: IssueSupervisionLetterInput, { viewer }: Actor): Promise<LetterRefusal | null> {
  if (!isId(input.caseId)) return letterRefusals.notFound();
  const seen = visibleCases(viewer, scopeColumns('s'));
  const [scope] = await select<{ isSealed: number }>(tx, `SELECT s.is_sealed AS isSealed FROM case_scopes s WHERE s.case_id = ? AND (${seen.sql})`, [input.caseId, ...seen.params]);
  if (!scope) return letterRefusals.notFound();
  if (scope.isSealed) return letterRefusals.sealed();
  if (!mayActOnLetters(viewer, 'ISSUE')) return letterRefusals.notPermitted();
  if (!isAcceptableText(input.body)) return letterRefusals.badText();
  const isParty = isId(input.toUnitId) && (await hasUnitPart(tx, { caseId: input.caseId, unitId: input.toUnitId, roles: ADDRESSED_ROLES }));
  if (!isParty) return letterRefusals.unitNotInCase();
  return (await isUnitExcluded(tx, input.caseId, input.toUnitId)) ? letterRefusals.unitExcluded() : null;
}

interface NewLetter {
  readonly id: string;
  readonly obligationId: string;
  readonly jurisdictionCode: string;
  readonly due: Due;
  readonly basis: string;
  readonly time: BusinessTime;
  readonly actor: Actor;
}

async function putLetter(tx: EntityManager, input: IssueSupervisionLetterInput, letter: NewLetter): Promise<void> {
  const { unitId, subject } = letter.actor.viewer;
  if (!unitId) throw new AppError('FORBIDDEN');
  const year = Number(letter.time.today.slice(0, 4));
  await insertRows(tx, 'supervision_letters', [{
    id: letter.id, from_unit_id: unitId, number_year: year, serial: await nextSerial(tx, unitId, year), kind: input.kind, case_id: input.caseId,
    to_unit_id: input.toUnitId, issued_by: subject, ground: input.ground, body: input.body, reply_due_on: letter.due.dueEffective,
    issued_on: letter.time.today, issued_at: letter.time.now, state: 'ISSUED', obligation_id: letter.obligationId, version: 1,
  }]);
}

/** The unit now owes a reply. */
const declareReply = (tx: EntityManager, input: IssueSupervisionLetterInput, { id, obligationId, jurisdictionCode, due, basis, actor }: NewLetter): Promise<void> =>
  declareOwn(tx, {
    obligationId, caseId: input.caseId, dutyCode: REPLY_DUTY, obligorUnitId: input.toUnitId, subject: { type: 'SupervisionLetter', id }, due, basis, jurisdictionCode,
  }, actor);
