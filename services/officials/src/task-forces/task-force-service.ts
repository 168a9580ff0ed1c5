import type { DataSource, EntityManager } from 'typeorm';
import { AppError } from '@anjie/contracts';
import { audit, businessTime, isId, newId, runMutation, updateVersion, type Actor } from '@anjie/service-kit/database';
import type { Outbox } from '@anjie/service-kit/messaging';
import { candidatesOf } from '../officials/post-repository';
import { caseFactsOf, lockCases } from '../readiness/case-facts-repository';
import { casesInView, exclusionsOf, recusedOf } from '../readiness/crew-repository';
import { settleCrews } from '../readiness/readiness-service';
import { isPlausibleDay, type Reach } from '../rules/assignment';
import { mayDoInDivision, type Action } from '../rules/permissions';
import { formingObjection, levelObjection, membersObjection, taskForceRefusals, type TaskForceLevel, type TaskForceRefusal } from '../rules/task-force-forming';
import { seatChanges, type Seat } from '../rules/task-force-members';
import { insertTaskForce, joinMembers, leaveMembers, presentSeats, taskForcesByIds, type TaskForceRow } from './task-force-repository';

export interface FormTaskForceInput {
  readonly idempotencyKey: string;
  readonly caseId: string;
  readonly name: string;
  readonly purpose: string;
  readonly formedOn?: string | null | undefined;
  readonly level?: TaskForceLevel | null | undefined;
  readonly endsOn?: string | null | undefined;
  readonly members: readonly Seat[];
}
export interface ChangeTaskForceInput {
  readonly idempotencyKey: string;
  readonly taskForceId: string;
  readonly expectedVersion: number;
  readonly name?: string | null | undefined;
  readonly purpose?: string | null | undefined;
  readonly members?: readonly Seat[] | null | undefined;
}
export interface DissolveTaskForceInput {
  readonly idempotencyKey: string;
  readonly taskForceId: string;
  readonly expectedVersion: number;
  readonly dissolvedOn?: string | null | undefined;
}
export type TaskForceAnswer = { readonly taskForceId: string } | TaskForceRefusal;
export interface TaskForceServiceDeps {
  readonly db: DataSource;
  readonly outbox: Outbox;
}
interface Doing extends TaskForceServiceDeps {
  readonly actor: Actor;
}

export function createTaskForceService(deps: TaskForceServiceDeps) {
  const run = <Input extends { readonly idempotencyKey: string }>(operation: string, work: (tx: EntityManager, doing: Doing, input: Input) => Promise<TaskForceAnswer>) =>
    (actor: Actor, input: Input): Promise<TaskForceAnswer> =>
      runMutation<TaskForceAnswer>(deps.db, { actor, operation, key: input.idempotencyKey, input, work: (tx) => work(tx, { ...deps, actor }, input) });
  return {
    form: run<FormTaskForceInput>('formTaskForce', form),
    change: run<ChangeTaskForceInput>('changeTaskForce', change),
    dissolve: run<DissolveTaskForceInput>('dissolveTaskForce', dissolve),
  };
}
export type TaskForceService = ReturnType<typeof createTaskForceService>;

const sameCase = (seats: readonly Seat[]): Seat[] => seats.map((seat) => ({ officialId: seat.officialId.toLowerCase(), duty: seat.duty }));

/** @throws AppError BAD_USER_INPUT for an empty or overlong text */
function checkText(field: string, value: string | null | undefined, max: number): void {
  if (value != null && (value.trim() === '' || [...value].length > max)) throw new AppError('BAD_USER_INPUT', { field, rule: `1-${max} characters` });
}
function checkTexts({ name, purpose }: { name?: string | null | undefined; purpose?: string | null | undefined }): void {
  checkText('name', name, 100);
  checkText('purpose', purpose, 500);
}

/** Audit, the crew's announcement and the figures: how every change of a task force ends. */
async function conclude(tx: EntityManager, { actor, outbox }: Doing, done: { action: Action; taskForceId: string; caseId: string }): Promise<TaskForceAnswer> {
  await audit(tx, actor, { action: done.action, subjectType: 'TaskForce', subjectId: done.taskForceId, caseId: done.caseId });
  await settleCrews({ tx, caseIds: [done.caseId] }, { outbox, requestId: actor.requestId });
  return { taskForceId: done.taskForceId };
}

async function form(tx: EntityManager, doing: Doing, input: FormTaskForceInput): Promise<TaskForceAnswer> {
  checkTexts(input);
  const { today } = await businessTime(tx);
  const { viewer } = doing.actor;
  const scope = isId(input.caseId) ? (await casesInView(tx, viewer, [input.caseId])).get(input.caseId.toLowerCase()) : undefined;
  if (!scope) return taskForceRefusals.notFound();
  if (scope.isSealed) return taskForceRefusals.sealed();
  if (!mayDoInDivision(viewer, 'FORM_TASK_FORCE', scope.divisionCode)) return taskForceRefusals.forbidden();
  await lockCases(tx, [scope.id]);
  const [facts] = await caseFactsOf(tx, [scope.id]);
  const members = sameCase(input.members);
  const formedOn = input.formedOn ?? today;
  const [level, endsOn] = [input.level ?? null, input.endsOn ?? null];
  const people = await memberFacts(tx, { caseId: scope.id, reach: { officeDivision: viewer.divisionCode, caseDivision: scope.divisionCode } }, members);
  const objection = formingObjection(
    { ...people, today, hasTaskForce: (level === null ? facts?.taskForceId : facts?.upperTaskForceId) != null, lastDissolvedOn: level === null ? (facts?.taskForceLostOn ?? null) : null },
    { formedOn, members, level, endsOn },
  );
  if (objection) return objection;
  const taskForceId = newId();
  await insertTaskForce(tx, { id: taskForceId, caseId: scope.id, name: input.name, purpose: input.purpose, formedOn, level, endsOn });
  await joinMembers(tx, { taskForceId, on: formedOn, candidates: people.candidates }, members);
  return conclude(tx, doing, { action: 'FORM_TASK_FORCE', taskForceId, caseId: scope.id });
}

const memberFacts = async (tx: EntityManager, { caseId, reach }: { caseId: string; reach: Reach }, seats: readonly Seat[]) => ({
  reach,
  candidates: await candidatesOf(tx, seats.map((seat) => seat.officialId).filter(isId)),
  excluded: (await exclusionsOf(tx, [caseId])).get(caseId) ?? new Set<string>(),
  recused: (await recusedOf(tx, [caseId])).get(caseId),
});

interface HeldTaskForce extends TaskForceRow {
  readonly caseDivision: string;
}

/** The task force, held, with the viewer's right to it, which an upper level's gives to offices of that level alone; otherwise why not. */
async function held(tx: EntityManager, { actor }: Doing, { action, taskForceId }: { action: Action; taskForceId: string }): Promise<HeldTaskForce | TaskForceRefusal> {
  const row = isId(taskForceId) ? (await taskForcesByIds(tx, actor.viewer, [taskForceId]))[0] : undefined;
  if (!row) return taskForceRefusals.notFound();
  const scope = (await casesInView(tx, actor.viewer, [row.caseId])).get(row.caseId);
  if (!scope || !mayDoInDivision(actor.viewer, action, scope.divisionCode)) return taskForceRefusals.forbidden();
  const unfit = levelObjection(row.level, actor.viewer.divisionCode);
  if (unfit) return unfit;
  await lockCases(tx, [row.caseId]);
  return row.dissolvedOn === null ? { ...row, caseDivision: scope.divisionCode } : taskForceRefusals.alreadyDissolved();
}

async function change(tx: EntityManager, doing: Doing, input: ChangeTaskForceInput): Promise<TaskForceAnswer> {
  checkTexts(input);
  const { today } = await businessTime(tx);
  const row = await held(tx, doing, { action: 'CHANGE_TASK_FORCE', taskForceId: input.taskForceId });
  if ('refused' in row) return row;
  await advance(tx, doing, { row, version: input.expectedVersion, set: { name: input.name ?? row.name, purpose: input.purpose ?? row.purpose } });
  if (input.members != null) {
    const wanted = sameCase(input.members);
    const changes = seatChanges(await presentSeats(tx, row.id), wanted);
    const people = await memberFacts(tx, { caseId: row.caseId, reach: { officeDivision: doing.actor.viewer.divisionCode, caseDivision: row.caseDivision } }, changes.join);
    const objection = membersObjection(people, wanted, changes.join);
    if (objection) return objection;
    await leaveMembers(tx, row.id, { on: today, officialIds: changes.leave });
    await joinMembers(tx, { taskForceId: row.id, on: today, candidates: people.candidates }, changes.join);
  }
  return conclude(tx, doing, { action: 'CHANGE_TASK_FORCE', taskForceId: row.id, caseId: row.caseId });
}

async function dissolve(tx: EntityManager, doing: Doing, input: DissolveTaskForceInput): Promise<TaskForceAnswer> {
  const { today } = await businessTime(tx);
  const row = await held(tx, doing, { action: 'DISSOLVE_TASK_FORCE', taskForceId: input.taskForceId });
  if ('refused' in row) return row;
  const on = input.dissolvedOn ?? today;
  if (!isPlausibleDay(on, { today, notBefore: row.formedOn })) return taskForceRefusals.dateOutOfRange();
  await advance(tx, doing, { row, version: input.expectedVersion, set: { active_case_id: null, upper_case_id: null, dissolved_on: on } });
  await leaveMembers(tx, row.id, { on, officialIds: 'ALL' });
  return conclude(tx, doing, { action: 'DISSOLVE_TASK_FORCE', taskForceId: row.id, caseId: row.caseId });
}

interface Advance {
  readonly row: TaskForceRow;
  readonly version: number;
  readonly set: Readonly<Record<string, string | null>>;
}

/** @throws AppError CONFLICT when somebody was faster */
async function advance(tx: EntityManager, { actor }: Doing, { row, version, set }: Advance): Promise<void> {
  if (await updateVersion(tx, 'task_forces', { id: row.id, version, set })) return;
  throw new AppError('CONFLICT', { currentVersion: (await taskForcesByIds(tx, actor.viewer, [row.id]))[0]?.version ?? null });
}
