import type { EntityManager } from 'typeorm';
import { AppError } from '@anjie/contracts';
import { audit, businessTime, insertRows, isId, newId, select, updateVersion, type Actor } from '@anjie/service-kit/database';
import { addFigures } from '@anjie/service-kit/figures';
import type { RecordProgrammeProgressInput, SetProgrammeTargetInput } from '../generated/graphql';
import { isDecimalText } from '../rules/decimal-text';
import { isTargetMet, programmeRefusals, targetObjection } from '../rules/programme-rules';
import { changed, ownProgramme, runsIt, type ProgrammeAnswer } from './programme-acts';
import { lockTarget, visibleProgrammes, type ProgrammeRow, type TargetRow } from './programme-repository';

/** Name of the figure in the rollups; it belongs to this service. */
const TARGETS_MET = 'PROGRAMME_TARGETS_MET';

interface By {
  readonly actor: Actor;
}

export async function setTarget(tx: EntityManager, input: SetProgrammeTargetInput, { actor }: By): Promise<ProgrammeAnswer> {
  const row = await ownProgramme(tx, input, actor);
  if ('refused' in row) return row;
  const objection = targetObjection(input);
  if (objection) return objection;
  if (input.dueOn != null && input.dueOn < row.startsOn) return programmeRefusals.dayNotFit();
  const [last] = await select<{ n: string | null }>(tx, 'SELECT MAX(ordinal) AS n FROM programme_targets WHERE programme_id = ?', [row.id]);
  const id = newId();
  await insertRows(tx, 'programme_targets', [{
    id, programme_id: row.id, ordinal: Number(last?.n ?? 0) + 1, title: input.title.trim(), formula: input.formula.trim(), goal: input.goal, direction: input.direction ?? 'AT_LEAST', due_on: input.dueOn ?? null, version: 1,
  }]);
  return changed(tx, row, { actor, action: 'targetSet', detail: { targetId: id, goal: input.goal, direction: input.direction } });
}

/** A value with its day; the figure of the campaign changes on the business day on which a target begins or ceases to be met. */
export async function recordProgress(tx: EntityManager, input: RecordProgrammeProgressInput, { actor }: By): Promise<ProgrammeAnswer> {
  const target = isId(input.targetId) ? await lockTarget(tx, input.targetId) : undefined;
  const programme = target && (await visibleProgrammes(tx, actor.viewer, [target.programmeId]))[0];
  if (!target || !programme) return programmeRefusals.notFound();
  if (!(await runsIt(tx, actor, programme))) return programmeRefusals.notPermitted();
  if (programme.state !== 'RUNNING') return programmeRefusals.wrongState();
  if (target.version !== input.expectedVersion) throw new AppError('CONFLICT', { currentVersion: target.version });
  if (!isDecimalText(input.value)) return programmeRefusals.targetNotFit();
  const { today } = await businessTime(tx);
  if (input.asOf > today || (target.asOf !== null && input.asOf < target.asOf)) return programmeRefusals.dayNotFit();
  const isMet = isTargetMet(target, input.value);
  const set = { value: input.value, as_of: input.asOf, met_on: isMet ? (target.metOn ?? today) : null };
  if (!(await updateVersion(tx, 'programme_targets', { id: target.id, version: target.version, set }))) throw new AppError('CONFLICT', { currentVersion: target.version + 1 });
  await audit(tx, actor, { action: 'programme.progressed', subjectType: 'Programme', subjectId: programme.id, detail: { targetId: target.id, value: input.value, valueBefore: target.value, asOf: input.asOf, isMet } });
  await countMet(tx, programme, { target, isMet, today });
  return { programmeId: programme.id };
}

async function countMet(tx: EntityManager, { campaignId, divisionCode }: ProgrammeRow, { target, isMet, today }: { target: TargetRow; isMet: boolean; today: string }): Promise<void> {
  const wasMet = target.metOn !== null;
  if (campaignId === null || wasMet === isMet) return;
  await addFigures(tx, [{ campaignId, figure: TARGETS_MET, divisionCode, on: today, delta: isMet ? 1 : -1 }]);
}
