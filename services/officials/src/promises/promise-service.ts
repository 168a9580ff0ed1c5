import type { DataSource, EntityManager } from 'typeorm';
import { AppError } from '@anjie/contracts';
import type { Viewer } from '@anjie/access';
import { audit, businessTime, isId, runMutation, type Actor, type Row } from '@anjie/service-kit/database';
import { addFigures } from '@anjie/service-kit/figures';
import { caseIdsOf, lockActivity } from '../activities/activity-repository';
import { activityToChange, isActivity, mayKeepActivity } from '../activities/activity-rights';
import type { DutyService } from '../duties/duty-service';
import type { DropPromiseInput, KeepPromiseInput, MakePromiseInput } from '../generated/graphql';
import { mayActForUnit } from '../rules/acting';
import { activityRefusals, type ActivityRefusal } from '../rules/activity-lifecycle';
import { textRefusal } from '../rules/words';
import { actingUnit } from '../units/acting-repository';
import { isPromised, makePromises, openDelta } from './make-promises';
import { lockPromise, promisesByIds, savePromise, takePromiseCells, type PromiseRow } from './promise-repository';

export type PromiseAnswer = { readonly promiseId: string } | ActivityRefusal;
export interface PromiseDeps {
  readonly db: DataSource;
  readonly duties: DutyService;
}
interface Doing extends PromiseDeps {
  readonly actor: Actor;
}

/** 承诺: made at an activity that was held, kept with evidence or dropped with a reason. */
export function createPromiseService(deps: PromiseDeps) {
  const run = <Input extends { readonly idempotencyKey: string }>(operation: string, work: (tx: EntityManager, doing: Doing, input: Input) => Promise<PromiseAnswer>) =>
    (actor: Actor, input: Input): Promise<PromiseAnswer> =>
      runMutation<PromiseAnswer>(deps.db, { actor, operation, key: input.idempotencyKey, input, work: (tx) => work(tx, { ...deps, actor }, input) });
  return {
    make: run<MakePromiseInput>('makePromise', make),
    keep: run<KeepPromiseInput>('keepPromise', keep),
    drop: run<DropPromiseInput>('dropPromise', drop),
  };
}
export type PromiseService = ReturnType<typeof createPromiseService>;

async function make(tx: EntityManager, { actor, duties }: Doing, { activityId, promise }: MakePromiseInput): Promise<PromiseAnswer> {
  const activity = await activityToChange(tx, actor.viewer, activityId);
  if (!isActivity(activity)) return activity;
  if (activity.state !== 'HELD') return activityRefusals.illegalState();
  const { today } = await businessTime(tx);
  const made = await makePromises(tx, { actor, duties, activity, caseIds: await caseIdsOf(tx, activity.id), today }, [promise]);
  if (!isPromised(made)) return made;
  const [promiseId = ''] = made.promiseIds;
  await audit(tx, actor, { action: 'makePromise', subjectType: 'ActivityPromise', subjectId: promiseId, caseId: promise.caseId ?? null, detail: { activityId: activity.id } });
  await addFigures(tx, made.deltas);
  return { promiseId };
}

/** The promise, held, and whether the viewer owes it; an invisible one answers as a missing one. */
async function openPromise(tx: EntityManager, { viewer }: Actor, { promiseId, expectedVersion }: { promiseId: string; expectedVersion: number }): Promise<PromiseRow | ActivityRefusal> {
  const [seen] = isId(promiseId) ? await promisesByIds(tx, viewer, [promiseId]) : [];
  const row = seen && (await lockPromise(tx, seen.id));
  if (!row) return activityRefusals.notFound();
  if (row.version !== expectedVersion) throw new AppError('CONFLICT', { currentVersion: row.version });
  return row.state === 'OPEN' ? row : activityRefusals.illegalState();
}

async function owes(tx: EntityManager, viewer: Viewer, { obligorUnitId, obligorOfficialId }: PromiseRow): Promise<boolean> {
  if (viewer.kind !== 'OFFICIAL') return false;
  if (obligorOfficialId !== null) return obligorOfficialId === viewer.subject;
  const unit = obligorUnitId === null ? undefined : await actingUnit(tx, viewer, obligorUnitId);
  return unit !== undefined && mayActForUnit(viewer, unit);
}

async function keepsActivity(tx: EntityManager, viewer: Viewer, { activityId }: PromiseRow): Promise<boolean> {
  const activity = await lockActivity(tx, activityId);
  return activity !== undefined && mayKeepActivity(tx, viewer, activity);
}

async function keep(tx: EntityManager, doing: Doing, input: KeepPromiseInput): Promise<PromiseAnswer> {
  const promise = await openPromise(tx, doing.actor, input);
  if ('refused' in promise) return promise;
  const { viewer } = doing.actor;
  if (!(await owes(tx, viewer, promise)) && !(await keepsActivity(tx, viewer, promise))) return activityRefusals.forbidden();
  const { today } = await businessTime(tx);
  const keptOn = input.keptOn ?? today;
  if (keptOn > today || keptOn < promise.madeOn) return activityRefusals.dateOutOfRange();
  const refusal = textRefusal(input.evidenceRef, { least: 1, most: 200 });
  if (refusal) return refusal;
  return settle(tx, doing, { promise, state: 'KEPT', on: keptOn, set: { kept_on: keptOn, evidence_ref: input.evidenceRef.trim() } });
}

async function drop(tx: EntityManager, doing: Doing, input: DropPromiseInput): Promise<PromiseAnswer> {
  const promise = await openPromise(tx, doing.actor, input);
  if ('refused' in promise) return promise;
  const { viewer } = doing.actor;
  if (viewer.subject === promise.obligorOfficialId || !(await keepsActivity(tx, viewer, promise))) return activityRefusals.forbidden();
  const refusal = textRefusal(input.reason, { least: 1, most: 500 });
  if (refusal) return refusal;
  const { today } = await businessTime(tx);
  return settle(tx, doing, { promise, state: 'DROPPED', on: today, set: { drop_reason: input.reason.trim() } });
}

interface Settling {
  readonly promise: PromiseRow;
  readonly state: 'KEPT' | 'DROPPED';
  readonly on: string;
  readonly set: Row;
}

async function settle(tx: EntityManager, { actor, duties }: Doing, { promise, state, on, set }: Settling): Promise<PromiseAnswer> {
  if (!(await savePromise(tx, { id: promise.id, version: promise.version, set: { state, ...set } }))) throw new AppError('CONFLICT');
  await duties.end(tx, { subjectIds: [promise.id], state: state === 'KEPT' ? 'MET' : 'CANCELLED', today: on, requestId: actor.requestId });
  await audit(tx, actor, { action: state === 'KEPT' ? 'keepPromise' : 'dropPromise', subjectType: 'ActivityPromise', subjectId: promise.id, caseId: promise.caseId, detail: { on } });
  await addFigures(tx, (await takePromiseCells(tx, promise.id)).map((cell) => openDelta(cell, on, -1)));
  return { promiseId: promise.id };
}
