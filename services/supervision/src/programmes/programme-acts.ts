import type { EntityManager } from 'typeorm';
import { AppError } from '@anjie/contracts';
import { audit, isId, updateVersion, type Actor, type Row } from '@anjie/service-kit/database';
import { isOfDivisionOrAbove } from '../rules/close-reviewers';
import { mayRunProgramme, programmeRefusals, type ProgrammeRefusal } from '../rules/programme-rules';
import { isOfUnit } from '../unit-facts';
import { visibleProgrammes, type ProgrammeRow } from './programme-repository';

export type ProgrammeAnswer = { readonly programmeId: string } | ProgrammeRefusal;

export const runsIt = async (tx: EntityManager, { viewer }: Actor, { divisionCode, unitId }: { divisionCode: string; unitId: string }): Promise<boolean> =>
  mayRunProgramme(viewer, { overseesDivision: isOfDivisionOrAbove(viewer, divisionCode), isOfUnit: await isOfUnit(tx, viewer, unitId) });

/** The programme that this actor may run as it was read, or why not. An ended one is not changed any more. */
export async function ownProgramme(tx: EntityManager, { programmeId, expectedVersion }: { programmeId: string; expectedVersion: number }, actor: Actor): Promise<ProgrammeRow | ProgrammeRefusal> {
  const row = isId(programmeId) ? (await visibleProgrammes(tx, actor.viewer, [programmeId]))[0] : undefined;
  if (!row) return programmeRefusals.notFound();
  if (!(await runsIt(tx, actor, row))) return programmeRefusals.notPermitted();
  if (row.state === 'ENDED') return programmeRefusals.wrongState();
  if (row.version !== expectedVersion) throw new AppError('CONFLICT', { currentVersion: row.version });
  return row;
}

/** Ends a change: the next version, and its entry in the audit. */
export async function changed(tx: EntityManager, row: ProgrammeRow, { actor, action, set = {}, detail = {} }: { actor: Actor; action: string; set?: Row; detail?: Readonly<Record<string, unknown>> }): Promise<ProgrammeAnswer> {
  if (!(await updateVersion(tx, 'programmes', { id: row.id, version: row.version, set: { state: row.state, ...set } }))) throw new AppError('CONFLICT', { currentVersion: row.version + 1 });
  await audit(tx, actor, { action: `programme.${action}`, subjectType: 'Programme', subjectId: row.id, detail });
  return { programmeId: row.id };
}
