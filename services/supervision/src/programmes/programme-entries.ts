import type { EntityManager } from 'typeorm';
import { AppError, DIVISION_CODE, isInDivision } from '@anjie/contracts';
import { audit, businessTime, insertRows, isId, newId, updateVersion, type Actor } from '@anjie/service-kit/database';
import { knownUnit } from '@anjie/service-kit/facts';
import { hasRole } from '@anjie/access';
import type { AddProgrammeEntryInput, SettleProgrammeEntryInput } from '../generated/graphql';
import type { Kinds } from '../kinds';
import { isFitText } from '../rules/bulletin-lifecycle';
import { textOrNull } from '../rules/plain-text';
import { entryObjection, programmeRefusals, settlesItself, type EntryFacts } from '../rules/programme-rules';
import { isOfUnit } from '../unit-facts';
import { giveMeasures, meetMeasure } from './measure-duties';
import { changed, ownProgramme, runsIt, type ProgrammeAnswer } from './programme-acts';
import { visibleEntries, visibleProgrammes } from './programme-repository';

const factsOf = (input: AddProgrammeEntryInput): EntryFacts => ({
  kind: input.kind, title: input.title.trim(), text: textOrNull(input.text), unitId: input.unitId ?? null, divisionCode: input.divisionCode ?? null, year: input.year ?? null, dueOn: input.dueOn ?? null,
});

export async function addEntry(tx: EntityManager, input: AddProgrammeEntryInput, { actor, kinds }: { actor: Actor; kinds: Kinds }): Promise<ProgrammeAnswer> {
  const row = await ownProgramme(tx, input, actor);
  if ('refused' in row) return row;
  const { today } = await businessTime(tx);
  const entry = factsOf(input);
  const objection = entryObjection(entry, kinds.programmes.of(row.kindCode), today);
  if (objection) return objection;
  if (entry.unitId !== null && !(isId(entry.unitId) && (await knownUnit(tx, entry.unitId)))) return programmeRefusals.unitUnknown();
  if (entry.divisionCode !== null && !(DIVISION_CODE.test(entry.divisionCode) && isInDivision(entry.divisionCode, row.divisionCode))) return programmeRefusals.memberNotFit();
  const isSettled = settlesItself(entry.kind);
  const id = newId();
  await insertRows(tx, 'programme_entries', [{
    id, programme_id: row.id, kind: entry.kind, title: entry.title, words: entry.text, unit_id: entry.unitId, division_code: entry.divisionCode, award_year: entry.year, due_on: entry.dueOn,
    state: isSettled ? 'SETTLED' : 'OPEN', settled_on: isSettled ? today : null, recorded_by: actor.viewer.subject, recorded_on: today, version: 1,
  }]);
  if (row.state === 'RUNNING' && !isSettled) await giveMeasures(tx, [{ ...entry, id }], { programme: row, actor, today });
  return changed(tx, row, { actor, action: 'entryAdded', detail: { entryId: id, kind: entry.kind, unitId: entry.unitId, divisionCode: entry.divisionCode, year: entry.year } });
}

/** By whoever runs the programme, or the unit that the entry names. */
export async function settleEntry(tx: EntityManager, input: SettleProgrammeEntryInput, { actor }: { actor: Actor }): Promise<ProgrammeAnswer> {
  const entry = isId(input.entryId) ? (await visibleEntries(tx, actor.viewer, [input.entryId]))[0] : undefined;
  const programme = entry && (await visibleProgrammes(tx, actor.viewer, [entry.programmeId]))[0];
  if (!entry || !programme) return programmeRefusals.notFound();
  const isNamed = entry.unitId !== null && hasRole(actor.viewer, 'UNIT_HANDLER') && (await isOfUnit(tx, actor.viewer, entry.unitId));
  if (!isNamed && !(await runsIt(tx, actor, programme))) return programmeRefusals.notPermitted();
  if (entry.state !== 'OPEN' || programme.state === 'ENDED') return programmeRefusals.wrongState();
  if (entry.version !== input.expectedVersion) throw new AppError('CONFLICT', { currentVersion: entry.version });
  if (!isFitText(input.settlement, 2_000)) return programmeRefusals.badText();
  const { today } = await businessTime(tx);
  const set = { state: 'SETTLED', settled_on: today, settlement: input.settlement.trim() };
  if (!(await updateVersion(tx, 'programme_entries', { id: entry.id, version: entry.version, set }))) throw new AppError('CONFLICT', { currentVersion: entry.version + 1 });
  await meetMeasure(tx, entry.id, { actor, today });
  await audit(tx, actor, { action: 'programme.entrySettled', subjectType: 'Programme', subjectId: programme.id, detail: { entryId: entry.id, kind: entry.kind } });
  return { programmeId: programme.id };
}
