import { createHash } from 'node:crypto';
import type { DataSource, EntityManager } from 'typeorm';
import { ActivityReported, AppError } from '@anjie/contracts';
import { audit, businessTime, isId, newId, runMutation, type Actor, type Row } from '@anjie/service-kit/database';
import { ledgersOfCases } from '@anjie/service-kit/facts';
import { addFigures, type FigureDelta } from '@anjie/service-kit/figures';
import type { Outbox } from '@anjie/service-kit/messaging';
import type { DutyService } from '../duties/duty-service';
import type { CallOffActivityInput, PlanActivityInput, PublishActivityInput, RecordActivityInput } from '../generated/graphql';
import type { Kinds } from '../kinds';
import { isPromised, makePromises } from '../promises/make-promises';
import { checkCrew } from '../readiness/crew-check';
import { casesInView } from '../readiness/crew-repository';
import { mayActForUnit } from '../rules/acting';
import { activityRefusals, callOffObjection, plainWords, planObjection, publishObjection, recordObjection, type ActivityRefusal } from '../rules/activity-lifecycle';
import { textRefusal, textsRefusal, tidy } from '../rules/words';
import { actingUnit } from '../units/acting-repository';
import { caseIdsOf, insertActivity, lockActivity, participantsOf, saveActivity, type ActivityRow } from './activity-repository';
import { activityToChange, isActivity } from './activity-rights';

export type ActivityAnswer = { readonly activityId: string } | ActivityRefusal;
export interface ActivityDeps {
  readonly db: DataSource;
  readonly outbox: Outbox;
  readonly kinds: Kinds;
  readonly duties: DutyService;
}
interface Doing extends ActivityDeps {
  readonly actor: Actor;
}

/** 领导活动: planned, published, held with outcome and promises, or called off. */
export function createActivityService(deps: ActivityDeps) {
  const run = <Input extends { readonly idempotencyKey: string }>(operation: string, work: (tx: EntityManager, doing: Doing, input: Input) => Promise<ActivityAnswer>) =>
    (actor: Actor, input: Input): Promise<ActivityAnswer> =>
      runMutation<ActivityAnswer>(deps.db, { actor, operation, key: input.idempotencyKey, input, work: (tx) => work(tx, { ...deps, actor }, input) });
  return {
    plan: run<PlanActivityInput>('planActivity', plan),
    publish: run<PublishActivityInput>('publishActivity', publish),
    record: run<RecordActivityInput>('recordActivity', record),
    callOff: run<CallOffActivityInput>('callOffActivity', callOff),
  };
}
export type ActivityService = ReturnType<typeof createActivityService>;

const optionalId = (field: string, id: string | null | undefined): string | null => {
  if (id != null && !isId(id)) throw new AppError('BAD_USER_INPUT', { field });
  return id?.toLowerCase() ?? null;
};

async function plan(tx: EntityManager, doing: Doing, input: PlanActivityInput): Promise<ActivityAnswer> {
  const { viewer } = doing.actor;
  const { today } = await businessTime(tx);
  const participants = input.participants.map(({ officialId, part }) => ({ officialId: officialId.toLowerCase(), part }));
  const caseIds = [...new Set((input.caseIds ?? []).map((id) => id.toLowerCase()))];
  const unit = await actingUnit(tx, viewer, input.unitId);
  if (!unit?.isOpen) return activityRefusals.unitUnknown();
  const isOwnLeader = viewer.kind === 'OFFICIAL' && unit.isOwn && participants.some((one) => one.part === 'LEADER' && one.officialId === viewer.subject);
  if (!mayActForUnit(viewer, unit) && !isOwnLeader) return activityRefusals.forbidden();
  const objection = textsRefusal([[input.title, { least: 1, most: 200 }], [input.place, { least: 0, most: 200 }], [input.programTag, { least: 0, most: 100 }]])
    ?? planObjection(
      { kind: doing.kinds.activities.usable(input.kind), plannedOn: input.plannedOn, startsAt: input.startsAt ?? null, endsAt: input.endsAt ?? null, participants, caseCount: caseIds.length },
      today,
    )
    ?? (await caseRefusal(tx, doing, caseIds))
    ?? (await checkCrew(tx, { officialIds: participants.map((one) => one.officialId), caseIds })).objection;
  if (objection) return objection;
  const id = newId();
  await insertActivity(tx, { id, ...columnsOf(input), unit_id: unit.id, division_code: unit.divisionCode, planned_by: viewer.subject }, { participants, caseIds });
  return conclude(tx, doing, { activityId: id, action: 'planActivity', detail: { kind: input.kind, cases: caseIds.length } });
}

async function caseRefusal(tx: EntityManager, { actor }: Doing, caseIds: readonly string[]): Promise<ActivityRefusal | null> {
  const seen = await casesInView(tx, actor.viewer, caseIds.filter(isId));
  if (caseIds.some((id) => !seen.has(id))) return activityRefusals.notFound();
  return [...seen.values()].some((one) => one.isSealed) ? activityRefusals.sealed() : null;
}

const columnsOf = (input: PlanActivityInput): Row => ({
  kind: input.kind, state: 'PLANNED', title: input.title.trim(), place: tidy(input.place), on_date: input.plannedOn, planned_on: input.plannedOn,
  starts_at: input.startsAt ?? null, ends_at: input.endsAt ?? null, campaign_id: optionalId('campaignId', input.campaignId),
  programme_id: optionalId('programmeId', input.programmeId), program_tag: tidy(input.programTag),
});

/** The activity to change in the version that was seen. @throws AppError CONFLICT */
async function toChange(tx: EntityManager, { actor }: Doing, { activityId, expectedVersion }: { activityId: string; expectedVersion: number }): Promise<ActivityRow | ActivityRefusal> {
  const row = await activityToChange(tx, actor.viewer, activityId);
  if (isActivity(row) && row.version !== expectedVersion) throw new AppError('CONFLICT', { currentVersion: row.version });
  return row;
}

async function publish(tx: EntityManager, doing: Doing, input: PublishActivityInput): Promise<ActivityAnswer> {
  const row = await toChange(tx, doing, input);
  if (!isActivity(row)) return row;
  const { today } = await businessTime(tx);
  const objection = publishObjection(doing.kinds.activities.of(row.kind), row, today);
  if (objection) return objection;
  await save(tx, row, { published_on: row.publishedOn ?? today });
  return conclude(tx, doing, { activityId: row.id, action: 'publishActivity' });
}

async function callOff(tx: EntityManager, doing: Doing, input: CallOffActivityInput): Promise<ActivityAnswer> {
  const row = await toChange(tx, doing, input);
  if (!isActivity(row)) return row;
  const objection = callOffObjection(row.state) ?? textRefusal(input.reason, { least: 1, most: 500 });
  if (objection) return objection;
  await save(tx, row, { state: 'CALLED_OFF', call_off_reason: input.reason.trim() });
  return conclude(tx, doing, { activityId: row.id, action: 'callOffActivity' });
}

async function record(tx: EntityManager, doing: Doing, input: RecordActivityInput): Promise<ActivityAnswer> {
  const row = await toChange(tx, doing, input);
  if (!isActivity(row)) return row;
  const { today } = await businessTime(tx);
  const isFirst = row.state === 'PLANNED';
  const promises = input.promises ?? [];
  const told = { heldOn: input.heldOn ?? row.plannedOn, contactOffered: input.contactOffered ?? null, contactAnswer: input.contactAnswer ?? null, promises: promises.length };
  const objection = recordObjection(doing.kinds.activities.of(row.kind), { state: row.state, hasOutcome: row.outcome !== null }, { record: told, today })
    ?? textRefusal(input.outcome, { least: isFirst ? 0 : 1, most: 4_000 });
  if (objection) return objection;
  const words = { outcome: tidy(input.outcome), text_key: keyOf(tidy(input.outcome)) };
  const facts = { state: 'HELD', held_on: told.heldOn, on_date: told.heldOn, contact_offered: told.contactOffered, contact_answer: told.contactAnswer };
  await save(tx, row, isFirst ? { ...facts, ...words } : words);
  const caseIds = await caseIdsOf(tx, row.id);
  const made = await makePromises(tx, { actor: doing.actor, duties: doing.duties, activity: row, caseIds, today }, promises);
  if (!isPromised(made)) return made;
  const answer = await conclude(tx, doing, { activityId: row.id, action: 'recordActivity', detail: { hasOutcome: words.outcome !== null, promises: promises.length } });
  await addFigures(tx, [...(isFirst ? await heldDeltas(tx, { row, caseIds }, told.heldOn) : []), ...made.deltas]);
  return answer;
}

const keyOf = (outcome: string | null): string | null => (outcome === null ? null : createHash('sha256').update(plainWords(outcome)).digest('hex'));

/** Counted once in each campaign that it was for: the one that it names, and the ledgers that count its cases. */
async function heldDeltas(tx: EntityManager, { row, caseIds }: { row: ActivityRow; caseIds: readonly string[] }, on: string): Promise<FigureDelta[]> {
  const campaigns = new Set([...(row.campaignId ? [row.campaignId] : []), ...(await ledgersOfCases(tx, caseIds)).map((ledger) => ledger.campaignId)]);
  return [...campaigns].map((campaignId) => ({ campaignId, figure: 'ACTIVITIES_HELD', divisionCode: row.divisionCode, on, delta: 1 }));
}

async function save(tx: EntityManager, row: ActivityRow, set: Row): Promise<void> {
  if (!(await saveActivity(tx, { id: row.id, version: row.version, set }))) throw new AppError('CONFLICT');
}

/** Audit and announcement: how every change of an activity ends, but for its figures. */
async function conclude(tx: EntityManager, { actor, outbox }: Doing, done: { activityId: string; action: string; detail?: Readonly<Record<string, unknown>> }): Promise<ActivityAnswer> {
  const { activityId, action, detail = {} } = done;
  const row = await lockActivity(tx, activityId);
  if (!row) throw new AppError('INTERNAL', { activityId });
  const caseIds = await caseIdsOf(tx, activityId);
  await audit(tx, actor, { action, subjectType: 'Activity', subjectId: activityId, caseId: caseIds.length === 1 ? (caseIds[0] ?? null) : null, detail });
  await outbox.announce(tx, ActivityReported, {
    aggregateId: activityId, version: row.version, requestId: actor.requestId,
    payload: {
      activityId, kind: row.kind, state: row.state, unitId: row.unitId, officialIds: (await participantsOf(tx, [activityId])).map((one) => one.officialId), caseIds,
      plannedOn: row.plannedOn, heldOn: row.heldOn, hasOutcome: row.outcome !== null, offeredContact: Number(row.contactOffered ?? 0) === 1, textKey: row.textKey,
    },
  });
  return { activityId };
}
