import type { DataSource, EntityManager } from 'typeorm';
import { AppError } from '@anjie/contracts';
import { audit, businessTime, insertRows, isId, newId, runMutation, updateVersion, write, type Actor } from '@anjie/service-kit/database';
import { knownUnits } from '@anjie/service-kit/facts';
import { addFigures } from '@anjie/service-kit/figures';
import { officeCalendar } from '@anjie/service-kit/runtime';
import type { AssignChecklistInput, EndChecklistAssignmentInput, FillChecklistInput } from '../generated/graphql';
import type { Kinds } from '../kinds';
import { answersObjection, checklistRefusals, firstPeriod, mayAssignChecklists, mayFillChecklists, mayFillNow, type ChecklistRefusal } from '../rules/checklist-rules';
import { isOfDivisionOrAbove } from '../rules/close-reviewers';
import { isOfUnit } from '../unit-facts';
import { lockChecklist, visibleAssignment, visibleChecklists, type ChecklistRow } from './checklist-repository';

/** Name of the figure in the rollups; it belongs to this service. */
export const CHECKLISTS_OVERDUE = 'CHECKLISTS_OVERDUE';

type Assigned = { readonly changedCount: number } | ChecklistRefusal;
type Filled = { readonly checklistId: string } | ChecklistRefusal;

/** Checklists: asked for by a joint office, filled in by units. The sweep opens them and marks the missing ones. */
export function createChecklistService({ db, kinds }: { db: DataSource; kinds: Kinds }) {
  return {
    assign: (input: AssignChecklistInput, actor: Actor) =>
      runMutation<Assigned>(db, { actor, operation: 'assignChecklist', key: input.idempotencyKey, input, work: (tx) => assign(tx, input, { actor, kinds }) }),
    end: (input: EndChecklistAssignmentInput, actor: Actor) =>
      runMutation<Assigned>(db, { actor, operation: 'endChecklistAssignment', key: input.idempotencyKey, input, work: (tx) => end(tx, input, actor) }),
    fill: (input: FillChecklistInput, actor: Actor) =>
      runMutation<Filled>(db, { actor, operation: 'fillChecklist', key: input.idempotencyKey, input, work: (tx) => fill(tx, input, { actor, kinds }) }),
  };
}
export type ChecklistService = ReturnType<typeof createChecklistService>;

interface By {
  readonly actor: Actor;
  readonly kinds: Kinds;
}
const MOST_UNITS = 100;

async function assign(tx: EntityManager, input: AssignChecklistInput, { actor, kinds }: By): Promise<Assigned> {
  const { viewer } = actor;
  if (!mayAssignChecklists(viewer)) return checklistRefusals.notPermitted();
  const kind = kinds.checklists.usable(input.kind);
  if (!kind) return checklistRefusals.kindUnknown();
  const unitIds = [...new Set(input.unitIds.map((id) => id.toLowerCase()))];
  if (unitIds.length === 0 || unitIds.length > MOST_UNITS) throw new AppError('BAD_USER_INPUT', { field: 'unitIds', rule: `1-${MOST_UNITS}` });
  if (input.campaignId != null && !isId(input.campaignId)) return checklistRefusals.notFound();
  const units = await knownUnits(tx, unitIds.filter(isId));
  if (units.length !== unitIds.length) return checklistRefusals.unitUnknown();
  if (!units.every((unit) => isOfDivisionOrAbove(viewer, unit.divisionCode))) return checklistRefusals.outsideDivision();
  const { from } = firstPeriod(kind, input.startsOn, officeCalendar());
  const campaignId = input.campaignId ?? null;
  const rows = units.map((unit) => [newId(), kind.code, unit.id, unit.divisionCode, campaignId, from, from, [kind.code, unit.id, campaignId ?? '-'].join('|'), viewer.subject, viewer.unitId, 1]);
  const changedCount = await write(
    tx,
    `INSERT INTO checklist_assignments (id, kind, unit_id, division_code, campaign_id, starts_on, next_from, live_key, assigned_by, office_unit_id, version) VALUES ? ON DUPLICATE KEY UPDATE id = id`,
    [rows],
  );
  await audit(tx, actor, { action: 'checklist.assigned', subjectType: 'ChecklistKind', subjectId: kind.code, detail: { unitIds, campaignId, startsOn: from, changedCount } });
  return { changedCount };
}

async function end(tx: EntityManager, input: EndChecklistAssignmentInput, actor: Actor): Promise<Assigned> {
  const row = isId(input.assignmentId) ? await visibleAssignment(tx, actor.viewer, input.assignmentId) : undefined;
  if (!row) return checklistRefusals.notFound();
  if (!mayAssignChecklists(actor.viewer)) return checklistRefusals.notPermitted();
  // what the city asks for is not ended by the county
  if (!isOfDivisionOrAbove(actor.viewer, row.officeDivisionCode)) return checklistRefusals.outsideDivision();
  if (row.endedOn !== null) return checklistRefusals.wrongState();
  if (row.version !== input.expectedVersion) throw new AppError('CONFLICT', { currentVersion: row.version });
  const { today } = await businessTime(tx);
  if (!(await updateVersion(tx, 'checklist_assignments', { id: row.id, version: row.version, set: { ended_on: today, live_key: null } }))) throw new AppError('CONFLICT', { currentVersion: row.version + 1 });
  await audit(tx, actor, { action: 'checklist.assignmentEnded', subjectType: 'ChecklistAssignment', subjectId: row.id, detail: { kind: row.kindCode, unitId: row.unitId } });
  return { changedCount: 1 };
}

async function fill(tx: EntityManager, input: FillChecklistInput, { actor, kinds }: By): Promise<Filled> {
  const [seen] = isId(input.checklistId) ? await visibleChecklists(tx, actor.viewer, [input.checklistId]) : [];
  const row = seen && (await lockChecklist(tx, seen.id));
  if (!row) return checklistRefusals.notFound();
  if (!mayFillChecklists(actor.viewer) || !(await isOfUnit(tx, actor.viewer, row.unitId))) return checklistRefusals.notPermitted();
  const { today } = await businessTime(tx);
  if (!mayFillNow({ state: row.stored, dueOn: row.dueOn }, today)) return checklistRefusals.wrongState();
  const objection = answersObjection(kinds.checklists.of(row.kindCode).items, input.answers);
  if (objection) return objection;
  const set = { state: 'FILLED', filled_on: today, filled_by: actor.viewer.subject };
  if (row.version !== input.expectedVersion || !(await updateVersion(tx, 'checklists', { id: row.id, version: input.expectedVersion, set }))) throw new AppError('CONFLICT', { currentVersion: row.version });
  await putAnswers(tx, row.id, input);
  await audit(tx, actor, { action: 'checklist.filled', subjectType: 'Checklist', subjectId: row.id, detail: { kind: row.kindCode, unitId: row.unitId, from: row.from, isLate: today > row.dueOn } });
  await countFilled(tx, row, today);
  return { checklistId: row.id };
}

async function putAnswers(tx: EntityManager, checklistId: string, { answers }: FillChecklistInput): Promise<void> {
  await write(tx, 'DELETE FROM checklist_answers WHERE checklist_id = ?', [checklistId]);
  await insertRows(tx, 'checklist_answers', answers.map((answer) => ({
    checklist_id: checklistId, item_code: answer.item, is_yes: answer.yes ?? null, amount: answer.count ?? null, words: answer.text?.trim() ?? null,
  })));
}

/** What was counted as missing is not missing any more. */
async function countFilled(tx: EntityManager, { campaignId, divisionCode, stored, overdueOn }: ChecklistRow, today: string): Promise<void> {
  if (campaignId === null || stored !== 'OPEN' || overdueOn === null) return;
  await addFigures(tx, [{ campaignId, figure: CHECKLISTS_OVERDUE, divisionCode, on: today, delta: -1 }]);
}
