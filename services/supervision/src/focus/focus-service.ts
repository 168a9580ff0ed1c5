import type { DataSource, EntityManager } from 'typeorm';
import { hasRole, type Viewer } from '@anjie/access';
import { AppError, isInDivision } from '@anjie/contracts';
import { audit, businessTime, insertRows, isId, newId, runMutation, select, updateVersion, type Actor } from '@anjie/service-kit/database';
import { knownUnit } from '@anjie/service-kit/facts';
import type { BeginFocusManagementInput, EndFocusManagementInput } from '../generated/graphql';
import { notifyOwn } from '../notifications/notify';
import { isOfDivisionOrAbove } from '../rules/close-reviewers';
import { focusRefusals as no, hasGround, isLaterWithinYear, type FocusRefusal } from '../rules/listings';
import { isPlainText } from '../rules/plain-text';
import { figuresOfUnit, isFocused, visibleFocus } from './focus-repository';

export type FocusAnswer = { readonly focusId: string } | FocusRefusal;

/** 重点管理 of a unit: begun on the figures of its own work, for a period, and ended. */
export function createFocusService({ db }: { db: DataSource }) {
  const mutation =
    <Input extends { idempotencyKey: string }>(operation: string, work: (tx: EntityManager, input: Input, actor: Actor) => Promise<FocusAnswer>) =>
    (input: Input, actor: Actor): Promise<FocusAnswer> =>
      runMutation<FocusAnswer>(db, { actor, operation, key: input.idempotencyKey, input, work: (tx) => work(tx, input, actor) });
  return { begin: mutation('beginFocusManagement', begin), end: mutation('endFocusManagement', end) };
}
export type FocusService = ReturnType<typeof createFocusService>;

const isOffice = (viewer: Viewer): boolean => viewer.kind === 'OFFICIAL' && viewer.unitId !== null && viewer.divisionCode !== null && hasRole(viewer, 'JOINT_OFFICE');

async function begin(tx: EntityManager, input: BeginFocusManagementInput, actor: Actor): Promise<FocusAnswer> {
  const { viewer } = actor;
  if (!isOffice(viewer)) return no.notPermitted();
  const unit = isId(input.unitId) ? await knownUnit(tx, input.unitId) : undefined;
  if (!unit) return no.notFound();
  if (!isInDivision(unit.divisionCode, viewer.divisionCode ?? '') || unit.id === viewer.unitId) return no.outsideDivision();
  const { today } = await businessTime(tx);
  if (!isLaterWithinYear(input.untilOn, today)) return no.badPeriod();
  if (!isPlainText(input.reason, { most: 1_000 })) return no.badText();
  // two who begin at once: the second waits here and then finds the first
  await select(tx, 'SELECT id FROM known_units WHERE id = ? FOR UPDATE', [unit.id]);
  if (await isFocused(tx, unit.id)) return no.alreadyFocused();
  const figures = await figuresOfUnit(tx, unit.id, today);
  if (!hasGround(figures)) return no.noGround();
  const id = newId();
  await insertRows(tx, 'focus_managements', [{
    id, unit_id: unit.id, division_code: unit.divisionCode, office_unit_id: viewer.unitId, begun_by: viewer.subject, begun_on: today, until_on: input.untilOn, reason: input.reason.trim(),
    overdue_obligations: figures.overdueObligations, letters_without_progress: figures.lettersWithoutProgress, open_listings: figures.openListings, version: 1,
  }]);
  await audit(tx, actor, { action: 'focus.begun', subjectType: 'FocusManagement', subjectId: id, detail: { unitId: unit.id, untilOn: input.untilOn, ...figures } });
  await notifyOwn(tx, [{ kind: 'FOCUS_BEGUN', recipient: { kind: 'UNIT', id: unit.id }, caseId: null, subjectId: id, occasion: 'begun' }]);
  return { focusId: id };
}

async function end(tx: EntityManager, input: EndFocusManagementInput, actor: Actor): Promise<FocusAnswer> {
  const [row] = isId(input.focusId) ? await visibleFocus(tx, actor.viewer, [input.focusId]) : [];
  if (!row) return no.notFound();
  const { viewer } = actor;
  const unit = await knownUnit(tx, row.unitId);
  if (!isOffice(viewer) || row.unitId === viewer.unitId || (unit && !isInDivision(unit.divisionCode, viewer.divisionCode ?? ''))) return no.notPermitted();
  // what the city imposed is not ended by the county
  if (!isOfDivisionOrAbove(viewer, row.officeDivisionCode)) return no.notPermitted();
  if (row.version !== input.expectedVersion) throw new AppError('CONFLICT', { currentVersion: row.version });
  if (Number(row.isInForce) !== 1) return no.wrongState();
  if (!isPlainText(input.reason, { most: 1_000 })) return no.badText();
  const { today } = await businessTime(tx);
  const set = { ended_on: today, ended_by: viewer.subject, end_reason: input.reason.trim() };
  if (!(await updateVersion(tx, 'focus_managements', { id: row.id, version: row.version, set }))) throw new AppError('CONFLICT', { currentVersion: row.version + 1 });
  await audit(tx, actor, { action: 'focus.ended', subjectType: 'FocusManagement', subjectId: row.id, detail: { unitId: row.unitId } });
  await notifyOwn(tx, [{ kind: 'FOCUS_ENDED', recipient: { kind: 'UNIT', id: row.unitId }, caseId: null, subjectId: row.id, occasion: 'ended' }]);
  return { focusId: row.id };
}
