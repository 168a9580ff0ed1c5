import type { DataSource, EntityManager } from 'typeorm';
import { AppError, isRefusal, refuse, type Refusal } from '@anjie/contracts';
import { audit, businessTime, insertRows, newId, runMutation, updateVersion, write, type Actor } from '@anjie/service-kit/database';
import type { Outbox } from '@anjie/service-kit/messaging';
import { lockCase, standingInCase, type CaseRow } from '../cases/case-repository';
import type { Clocks } from '../clocks/clock-service';
import { startReceipt } from '../clocks/receipt';
import type { Papers } from '../documents/document-service';
import { publishScopes } from '../cases/scope-service';
import { recordEvent } from '../history/history-repository';
import type { AssignCaseInput, ResponsibilityRefusalCode } from '../generated/graphql';
import { BEFORE_ACCEPTANCE, statusAfterAssignment } from '../rules/life';
import { limitFromAbove, putsOff } from '../rules/order-limit';
import { isPermitted } from '../rules/permissions';
import { recordFirstHandler } from '../responsibilities/responsibility-repository';
import { chooseUnits, foreignUnit, type FollowedUnit } from '../successions/unit-choice';
import { followLead } from './assignment-changes';
import { ordersOf } from './assignment-repository';
import { tellUnits } from './tell-units';

export interface AssignmentDeps {
  readonly db: DataSource;
  readonly outbox: Outbox;
  readonly clocks: Clocks;
  readonly papers: Papers;
}
type No = Refusal<ResponsibilityRefusalCode>;
type Done = { assignmentId: string; caseId: string; successions: readonly FollowedUnit[] };

export function createAssignmentService(deps: AssignmentDeps) {
  return {
    assign: (input: AssignCaseInput, actor: Actor) =>
      runMutation<Done | No>(deps.db, { actor, operation: 'assignCase', key: input.idempotencyKey, input, work: (tx) => assign(tx, deps, { input: canonical(input), actor }) }),
  };
}

/** Ids in the one form in which rows and events carry them, so that a unit written in capitals is the same unit. */
const canonical = (input: AssignCaseInput): AssignCaseInput => ({
  ...input, leadUnitId: input.leadUnitId.toLowerCase(), supportUnitIds: (input.supportUnitIds ?? []).map((id) => id.toLowerCase()), guideUnitId: input.guideUnitId?.toLowerCase() ?? null,
});

const unitsNamed = ({ leadUnitId, supportUnitIds, guideUnitId }: AssignCaseInput): string[] => [leadUnitId, ...(supportUnitIds ?? []), ...(guideUnitId ? [guideUnitId] : [])];

interface Order {
  readonly input: AssignCaseInput;
  readonly actor: Actor;
}

async function assign(tx: EntityManager, deps: AssignmentDeps, { input: named, actor }: Order): Promise<Done | No> {
  const row = await lockCase(tx, actor.viewer, named.caseId);
  if (!row) return refuse('NOT_FOUND', '信访事项不存在，或对您不可见。', 'The case does not exist or is not visible to you.');
  if (!isPermitted('ASSIGN', await standingInCase(tx, actor.viewer, row.id))) return refuse('NOT_PERMITTED', '只有信访工作联席办可以交办。', 'Only a joint office may assign.', '《信访工作条例》第二十二条');
  const { today } = await businessTime(tx);
  const no = unfitting(named, today);
  if (no) return no;
  const meant = await asMeant(tx, { row, input: named, actor, today });
  if (isRefusal(meant)) return meant;
  const { input, successions } = meant;
  if (Number(row.version) !== input.expectedVersion) throw new AppError('CONFLICT', { currentVersion: Number(row.version) });
  const assignmentId = await replaceAssignment(tx, { input, actor }, today);
  await updateVersion(tx, 'cases', {
    id: row.id, version: Number(row.version),
    set: { status: statusAfterAssignment(row.status, input.kind), lead_unit_id: input.leadUnitId, lead_since: row.leadUnitId === input.leadUnitId ? row.leadSince : today, limit_on: input.limitOn ?? null },
  });
  await audit(tx, actor, { action: 'CASE_ASSIGNED', subjectType: 'Case', subjectId: row.id, caseId: row.id, detail: { leadUnitId: input.leadUnitId, limitOn: input.limitOn ?? null } });
  const documentId = BEFORE_ACCEPTANCE.has(row.status) ? await sendOut(tx, deps, { row, input, actor, today }) : null;
  await recordEvent(tx, actor, {
    caseId: row.id, documentId, action: input.kind === 'FORWARD' ? 'FORWARDED' : 'ASSIGNED', ground: input.note ?? null, basis: '《信访工作条例》第二十二条第一款',
    detail: { assignmentId, leadUnitId: input.leadUnitId, supportUnitIds: input.supportUnitIds ?? [], limitOn: input.limitOn ?? null, guideUnitId: input.guideUnitId ?? null, successions },
  });
  await recordFirstHandler(tx, { caseId: row.id, unitId: input.leadUnitId, officialId: null, since: today });
  await followLead(tx, { caseId: row.id, leadUnitId: input.leadUnitId, by: actor.viewer.subject, today });
  // the first assignment meets the registrar's T2, with the dates that it was stored with
  await deps.clocks.end(tx, { caseId: row.id, codes: ['T2'], state: 'MET', on: today, requestId: actor.requestId });
  await deps.clocks.declare(tx, dutiesAfter(row, input, today), actor.requestId);
  await askForGuidance(tx, deps, { row, input, actor, today });
  await tellUnits(tx, deps.outbox, { row, units: input, actor });
  await publishScopes(tx, deps.outbox, { caseIds: [row.id], requestId: actor.requestId });
  return { assignmentId, caseId: row.id, successions };
}

const PUT_OFF: No = refuse('NOT_PERMITTED', '上级机关设定的化解时限可以提前，推迟由上级机关决定。', 'A limit that an office above has set may be brought forward; putting it off is for that office.', '《信访工作条例》第二十二条');

interface Sending extends Order {
  readonly row: CaseRow;
  readonly today: string;
}

/** The order with the open units that are meant by the names in it, and with the limit that then holds. */
async function asMeant(tx: EntityManager, { row, input, actor, today }: Sending): Promise<{ input: AssignCaseInput; successions: readonly FollowedUnit[] } | No> {
  const chosen = await chooseUnits(tx, { caseId: row.id, unitIds: unitsNamed(input), today });
  if (isRefusal(chosen)) return chosen;
  const foreign = foreignUnit(unitsNamed(input).map(chosen.unitOf), { own: actor.viewer.divisionCode, casePlace: row.divisionCode });
  if (foreign) return foreign;
  const unit = (id: string): string => chosen.unitOf(id).id;
  const units = { leadUnitId: unit(input.leadUnitId), supportUnitIds: (input.supportUnitIds ?? []).map(unit), guideUnitId: input.guideUnitId ? unit(input.guideUnitId) : null };
  const above = limitFromAbove(await ordersOf(tx, row.id), actor.viewer);
  if (putsOff(input.limitOn ?? null, above, today)) return PUT_OFF;
  return { input: { ...input, ...units, limitOn: input.limitOn ?? above }, successions: chosen.successions };
}

/** 转送函、交办函, and what the unit's receipt of it starts. A unit that was asked before owes nothing any more. */
async function sendOut(tx: EntityManager, { papers, clocks }: AssignmentDeps, { row, input, actor, today }: Sending): Promise<string | null> {
  const { requestId } = actor;
  await clocks.end(tx, { caseId: row.id, codes: ['T4', 'T5'], state: 'CANCELLED', on: today, requestId });
  await clocks.end(tx, { caseId: row.id, codes: ['T3'], state: 'MET', on: today, requestId });
  await startReceipt(tx, clocks, { caseId: row.id, divisionCode: row.divisionCode, unitId: input.leadUnitId, on: today, requestId });
  const issuerUnitId = actor.viewer.unitId ?? row.registeredUnitId;
  if (!issuerUnitId) return null;
  return papers.issue(tx, {
    case: row, kind: input.kind === 'FORWARD' ? 'FORWARD' : 'ASSIGNMENT', issuerUnitId, toUnitId: input.leadUnitId, issuedOn: today, actor,
    fields: { note: input.note ?? '', limitOn: input.limitOn ?? '' },
  });
}

function unfitting(input: AssignCaseInput, today: string): No | undefined {
  const supports = input.supportUnitIds ?? [];
  const units = unitsNamed(input);
  if (supports.length > 20) return refuse('COUNT_OUT_OF_RANGE', '配合单位不得超过20个。', 'At most 20 supporting units.');
  if (new Set(units).size !== units.length) return refuse('UNIT_TWICE', '同一单位不能重复列为责任、配合或指导单位。', 'A unit is listed twice.');
  if (input.limitOn && input.limitOn <= today) return refuse('DATE_NOT_AFTER_TODAY', '化解时限须晚于今天。', 'The limit must lie after today.');
  if ([...(input.note ?? '')].length > 1_000) return refuse('TEXT_LENGTH', '要求不得超过1000字。', 'The note is too long.');
  if (input.guidanceDueOn && !input.guideUnitId) return refuse('GUIDE_MISSING', '指导期限须同时指定指导单位。', 'A date of guidance needs a guide.');
  if (input.guidanceDueOn && input.guidanceDueOn <= today) return refuse('DATE_NOT_AFTER_TODAY', '指导期限须晚于今天。', 'The date of guidance must lie after today.');
  return undefined;
}

async function replaceAssignment(tx: EntityManager, { input, actor }: Order, today: string): Promise<string> {
  await write(tx, 'UPDATE assignments SET active_case_id = NULL, ended_on = ? WHERE active_case_id = ?', [today, input.caseId]);
  const id = newId();
  await insertRows(tx, 'assignments', [{
    id, case_id: input.caseId, active_case_id: input.caseId, kind: input.kind, lead_unit_id: input.leadUnitId, assigned_on: today,
    assigned_by: actor.viewer.subject, limit_on: input.limitOn ?? null, note: input.note ?? null, ended_on: null,
    guide_unit_id: input.guideUnitId ?? null, guidance_due_on: input.guidanceDueOn ?? null, origin: 'ORDER',
  }]);
  await insertRows(tx, 'assignment_supports', (input.supportUnitIds ?? []).map((unit) => ({ assignment_id: id, unit_id: unit })));
  return id;
}

/** 双向交办: the guide owes nothing but what was asked of it by a day; an earlier request ends with its assignment. */
async function askForGuidance(tx: EntityManager, { clocks }: AssignmentDeps, { row, input, actor, today }: Sending): Promise<void> {
  await clocks.end(tx, { caseId: row.id, codes: ['GUIDANCE'], state: 'CANCELLED', on: today, requestId: actor.requestId });
  if (!input.guideUnitId || !input.guidanceDueOn) return;
  const { requestId } = actor;
  await clocks.start(tx, { code: 'GUIDANCE', caseId: row.id, divisionCode: row.divisionCode, obligorUnitId: input.guideUnitId, startOn: today, assignedOn: input.guidanceDueOn }, requestId);
}

/** A limit becomes the lead unit's duty, and its withdrawal cancels it. One that has passed can be withdrawn or kept too, and no period starts after its end. */
function dutiesAfter(row: CaseRow, input: AssignCaseInput, today: string) {
  const version = Number(row.version) + 1;
  const base = { caseId: row.id, divisionCode: row.divisionCode, version };
  if (input.limitOn) {
    return [{ ...base, code: 'CAMPAIGN_LIMIT' as const, obligorUnitId: input.leadUnitId, startOn: earlier(input.limitOn, today), assignedOn: input.limitOn, state: 'OPEN' as const, metOn: null }];
  }
  if (!row.limitOn) return [];
  return [{ ...base, code: 'CAMPAIGN_LIMIT' as const, obligorUnitId: input.leadUnitId, startOn: earlier(row.limitOn, today), assignedOn: row.limitOn, state: 'CANCELLED' as const, metOn: null }];
}

const earlier = (one: string, other: string): string => (one < other ? one : other);
