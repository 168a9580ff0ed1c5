import type { DataSource, EntityManager } from 'typeorm';
import { AppError, DIVISION_CODE, divisionPrefix } from '@anjie/contracts';
import { audit, businessTime, insertRows, isId, newId, runMutation, type Actor, type Row } from '@anjie/service-kit/database';
import { knownUnit } from '@anjie/service-kit/facts';
import type { DraftProgrammeInput, MoveProgrammeInput } from '../generated/graphql';
import type { Kinds } from '../kinds';
import { isFitText } from '../rules/bulletin-lifecycle';
import { textOrNull } from '../rules/plain-text';
import { isPeriodFit, programmeMoveObjection, programmeRefusals } from '../rules/programme-rules';
import { dropOpenMeasures, giveOpenMeasures } from './measure-duties';
import { changed, ownProgramme, runsIt, type ProgrammeAnswer } from './programme-acts';
import { addEntry, settleEntry } from './programme-entries';
import { changeMembers } from './programme-members';
import { readinessOf } from './programme-repository';
import { recordProgress, setTarget } from './programme-targets';

type Work<Input> = (tx: EntityManager, input: Input, deps: { readonly actor: Actor; readonly kinds: Kinds }) => Promise<ProgrammeAnswer>;

/** Programmes: members, measures, targets, and what came of them. */
export function createProgrammeService({ db, kinds }: { db: DataSource; kinds: Kinds }) {
  const mutation =
    <Input extends { idempotencyKey: string }>(operation: string, work: Work<Input>) =>
    (input: Input, actor: Actor): Promise<ProgrammeAnswer> =>
      runMutation<ProgrammeAnswer>(db, { actor, operation, key: input.idempotencyKey, input, work: (tx) => work(tx, input, { actor, kinds }) });
  return {
    draft: mutation('draftProgramme', draft),
    changeMembers: mutation('changeProgrammeMembers', changeMembers),
    setTarget: mutation('setProgrammeTarget', setTarget),
    recordProgress: mutation('recordProgrammeProgress', recordProgress),
    addEntry: mutation('addProgrammeEntry', addEntry),
    settleEntry: mutation('settleProgrammeEntry', settleEntry),
    move: mutation('moveProgramme', move),
  };
}
export type ProgrammeService = ReturnType<typeof createProgrammeService>;

const draft: Work<DraftProgrammeInput> = async (tx, input, { actor, kinds }) => {
  const kind = kinds.programmes.usable(input.kind);
  if (!kind) return programmeRefusals.kindUnknown();
  if (!DIVISION_CODE.test(input.divisionCode)) throw new AppError('BAD_USER_INPUT', { field: 'divisionCode' });
  if (input.campaignId != null && !isId(input.campaignId)) return programmeRefusals.notFound();
  if (!isId(input.unitId) || !(await knownUnit(tx, input.unitId))) return programmeRefusals.unitUnknown();
  if (!(await runsIt(tx, actor, input))) return programmeRefusals.notPermitted();
  const purpose = textOrNull(input.purpose);
  if (!isFitText(input.title, 200) || (purpose !== null && !isFitText(purpose, 2_000))) return programmeRefusals.badText();
  if (!isPeriodFit(kind, input.startsOn, input.endsOn ?? null)) return programmeRefusals.periodNotFit();
  const { today } = await businessTime(tx);
  const id = newId();
  await insertRows(tx, 'programmes', [{
    id, kind: kind.code, title: input.title.trim(), purpose, division_code: input.divisionCode, division_prefix: divisionPrefix(input.divisionCode), unit_id: input.unitId,
    campaign_id: input.campaignId ?? null, starts_on: input.startsOn, ends_on: input.endsOn ?? null, state: 'DRAFTED', drafted_by: actor.viewer.subject, drafted_on: today, version: 1,
  }]);
  await audit(tx, actor, { action: 'programme.drafted', subjectType: 'Programme', subjectId: id, detail: { kind: kind.code, divisionCode: input.divisionCode, unitId: input.unitId } });
  return { programmeId: id };
};

const move: Work<MoveProgrammeInput> = async (tx, input, { actor, kinds }) => {
  const row = await ownProgramme(tx, input, actor);
  if ('refused' in row) return row;
  const objection = programmeMoveObjection(row.state, input.to, { kind: kinds.programmes.of(row.kindCode), has: await readinessOf(tx, row.id) });
  if (objection) return objection;
  const summary = textOrNull(input.summary);
  if (input.to === 'ENDED' && (summary === null || !isFitText(summary, 2_000))) return programmeRefusals.badText();
  const { today } = await businessTime(tx);
  const set: Row = input.to === 'ENDED' ? { state: 'ENDED', ended_on: today, summary } : { state: 'RUNNING', started_on: today };
  await (input.to === 'ENDED' ? dropOpenMeasures(tx, row, actor) : giveOpenMeasures(tx, { programme: row, actor, today }));
  return changed(tx, row, { actor, action: input.to === 'ENDED' ? 'ended' : 'started', set });
};
