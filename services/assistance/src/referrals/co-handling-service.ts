import type { DataSource, EntityManager } from 'typeorm';
import { AppError, isRefusal, ReferralMoved, refuse, type NoticeKind, type Refusal } from '@anjie/contracts';
import { audit, businessTime, newId, runMutation, type Actor, type BusinessTime, type Row } from '@anjie/service-kit/database';
import { raiseNotices, type Outbox } from '@anjie/service-kit/messaging';
import { isUnitExcluded, lockCase } from '../cases/case-repository';
import type { TaskDutyService } from '../duties/task-duty-service';
import type { AskCoHandlerInput, CompleteCoHandlingInput, ReferralRefusalCode, ReleaseCoHandlerInput, SignCoHandlingInput } from '../generated/graphql';
import { coDutyEndFor, nextCoHandlingState, type CoHandlingAction } from '../rules/co-handling-lifecycle';
import { forbids, type Part } from '../rules/permissions';
import { isEnded } from '../rules/referral-lifecycle';
import { requiredText } from '../rules/texts';
import { receivingUnit, unitsActedFor } from '../units/unit-repository';
import { addCoHandling, coHandlingsByIds, coHandlingsOf, lockCoHandling, saveCoHandling, type CoHandlingRow } from './co-handling-repository';
import { markReferrals } from './referral-mark-service';
import { lockReferral, visibleReferralsByIds, type ReferralRow } from './referral-repository';
import { referralNotFound, type ReferralAnswer } from './referral-service';

export interface CoHandlingDeps {
  readonly db: DataSource;
  readonly outbox: Outbox;
  readonly taskDuties: TaskDutyService;
}
type Refused = Refusal<ReferralRefusalCode>;

/** 牵头单位及配合单位: further units with a part of their own in a referral, asked by its sender, each with its own days. */
export function createCoHandlingService(deps: CoHandlingDeps) {
  const change = (actor: Actor, operation: string, step: CoStep) =>
    runMutation<ReferralAnswer>(deps.db, { actor, operation, key: step.input.idempotencyKey, input: step.input, work: (tx) => take(tx, { actor, step, deps }) });
  return {
    ask: (actor: Actor, input: AskCoHandlerInput) =>
      runMutation<ReferralAnswer>(deps.db, { actor, operation: 'askCoHandler', key: input.idempotencyKey, input, work: (tx) => ask(tx, { actor, input, deps }) }),
    sign: (actor: Actor, input: SignCoHandlingInput) => change(actor, 'signCoHandling', { action: 'CO_SIGN', input, plan: (today) => ({ signed_on: today }) }),
    complete: (actor: Actor, input: CompleteCoHandlingInput) =>
      change(actor, 'completeCoHandling', {
        action: 'CO_COMPLETE', input,
        plan: (today) => {
          const outcome = requiredText(input.outcome, { field: 'outcome', max: 1000 });
          return isRefusal(outcome) ? outcome : { done_on: today, outcome };
        },
      }),
    release: (actor: Actor, input: ReleaseCoHandlerInput) => change(actor, 'releaseCoHandler', { action: 'CO_RELEASE', input, plan: () => ({}) }),
  };
}
export type CoHandlingService = ReturnType<typeof createCoHandlingService>;

async function ask(tx: EntityManager, { actor, input, deps }: { actor: Actor; input: AskCoHandlerInput; deps: CoHandlingDeps }): Promise<ReferralAnswer> {
  const [seen] = await visibleReferralsByIds(tx, actor.viewer, [input.referralId]);
  const scope = seen && (await lockCase(tx, seen.caseId));
  const referral = seen && (await lockReferral(tx, seen.id));
  if (!scope || !referral) return referralNotFound();
  const own = (await unitsActedFor(tx, actor.viewer, [referral.fromUnitId])).size > 0;
  const forbidden = forbids({ roles: actor.viewer.roles, parts: own ? ['SENDER'] : [] }, 'CO_ASK');
  if (forbidden) return forbidden;
  if (referral.version !== input.expectedVersion) throw new AppError('CONFLICT', { currentVersion: referral.version });
  const time = await businessTime(tx);
  const checked = await checkAsking(tx, { referral, input, time });
  if (isRefusal(checked)) return checked as Refused;
  const { requestId } = actor;
  const id = newId();
  const duty = { subject: { type: 'Referral' as const, id: referral.id }, taskId: id, caseId: referral.caseId, unitId: checked.unitId, jurisdictionCode: scope.divisionCode, startOn: time.today, requestId };
  const sign = await deps.taskDuties.open(tx, { ...duty, dutyCode: 'REFERRAL_CO_SIGN', ruleCode: 'REFERRAL_SIGN' });
  await deps.taskDuties.open(tx, { ...duty, dutyCode: 'REFERRAL_CO_COMPLETE', ruleCode: 'CO_HANDLING_DATE', assignedOn: input.completeBy });
  await addCoHandling(tx, {
    id, referral_id: referral.id, case_id: referral.caseId, unit_id: checked.unitId, task: checked.task, state: 'ASKED', asked_on: time.today, asked_by: actor.viewer.subject,
    sign_due_on: sign.dueOn, complete_by: input.completeBy,
  });
  await markReferrals(tx, [{ referral, act: 'CO_HANDLER_ASKED', set: {}, note: checked.task, actor, time }]);
  await tell(tx, deps.outbox, { part: { id, unitId: checked.unitId, version: 1 }, referral, state: 'DELIVERED', kind: 'CO_HANDLING_ASKED', to: checked.unitId, requestId, time });
  return { referralId: referral.id };
}

async function checkAsking(tx: EntityManager, { referral, input, time }: { referral: ReferralRow; input: AskCoHandlerInput; time: BusinessTime }): Promise<{ unitId: string; task: string } | Refusal> {
  if (isEnded(referral.state)) return refuse('ILLEGAL_STATE', '转办已结束，不能再请协办。', 'The referral has ended: nobody can be asked to help with it.');
  if (input.completeBy < time.today) return refuse('DATE_IN_PAST', '协办期限不得早于今天。', 'The day lies in the past.');
  const task = requiredText(input.task, { field: 'task', max: 1000 });
  if (isRefusal(task)) return task;
  const unit = await receivingUnit(tx, input.unitId);
  if (!unit?.isOpen) return refuse('UNIT_NOT_FOUND', '协办单位不存在或已撤并。', 'The unit is unknown or closed.');
  if (unit.id === referral.fromUnitId || unit.id === referral.toUnitId) return refuse('OWN_UNIT', '转出、转入单位不作协办单位。', 'The two units of the referral do not help with it.');
  if (await isUnitExcluded(tx, referral.caseId, unit.id)) return refuse('UNIT_EXCLUDED', '检举控告材料不得转给被检举控告的人员或者单位。', 'Material never goes to the unit that is complained of.', '《信访工作条例》第三十条第三款');
  const others = await coHandlingsOf(tx, [referral.id]);
  return others.some(({ unitId }) => unitId === unit.id) ? refuse('ALREADY_OPEN', '该单位已在协办，或已解除协办。', 'That unit was asked before.') : { unitId: unit.id, task };
}

interface CoStep {
  readonly action: CoHandlingAction;
  readonly input: { readonly idempotencyKey: string; readonly coHandlingId: string; readonly expectedVersion: number };
  readonly plan: (today: string) => Row | Refusal;
}

async function take(tx: EntityManager, { actor, step, deps }: { actor: Actor; step: CoStep; deps: CoHandlingDeps }): Promise<ReferralAnswer> {
  const [found] = await coHandlingsByIds(tx, [step.input.coHandlingId]);
  const [referral] = found ? await visibleReferralsByIds(tx, actor.viewer, [found.referralId]) : [];
  if (!found || !referral) return referralNotFound();
  await lockCase(tx, referral.caseId);
  const [locked, part] = [await lockReferral(tx, referral.id), await lockCoHandling(tx, found.id)];
  if (!locked || !part) return referralNotFound();
  const forbidden = forbids({ roles: actor.viewer.roles, parts: await partsIn(tx, actor, { referral: locked, part }) }, step.action);
  if (forbidden) return forbidden;
  if (part.version !== step.input.expectedVersion) throw new AppError('CONFLICT', { currentVersion: part.version });
  const to = nextCoHandlingState(part.state, step.action);
  if (isRefusal(to)) return to as Refused;
  const time = await businessTime(tx);
  const set = step.plan(time.today);
  if (isRefusal(set)) return set as unknown as Refused;
  if (!(await saveCoHandling(tx, { id: part.id, version: part.version, set: { state: to, ...(set as Row) } }))) throw new AppError('CONFLICT');
  await record(tx, deps, { referral: locked, part, action: step.action, actor, time });
  return { referralId: locked.id };
}

async function partsIn(tx: EntityManager, { viewer }: Actor, { referral, part }: { referral: ReferralRow; part: CoHandlingRow }): Promise<Part[]> {
  const own = await unitsActedFor(tx, viewer, [referral.fromUnitId, part.unitId]);
  return [...(own.has(referral.fromUnitId) ? ['SENDER' as const] : []), ...(own.has(part.unitId) ? ['UNIT' as const] : [])];
}

interface Recorded {
  readonly referral: ReferralRow;
  readonly part: CoHandlingRow;
  readonly action: CoHandlingAction;
  readonly actor: Actor;
  readonly time: BusinessTime;
}

/** Signing is between the two units and leaves the referral alone; an end stands in its history. */
async function record(tx: EntityManager, { outbox, taskDuties }: CoHandlingDeps, { referral, part, action, actor, time }: Recorded): Promise<void> {
  const { requestId } = actor;
  for (const { dutyCode, state } of coDutyEndFor(action)) await taskDuties.end(tx, { taskId: part.id, dutyCodes: [dutyCode], state, today: time.today, requestId });
  if (action === 'CO_SIGN') return audit(tx, actor, { action: 'REFERRAL_CO_SIGN', subjectType: 'Referral', subjectId: referral.id, caseId: referral.caseId, detail: { unitId: part.unitId } });
  const isDone = action === 'CO_COMPLETE';
  await markReferrals(tx, [{ referral, act: isDone ? 'CO_HANDLING_DONE' : 'CO_HANDLER_RELEASED', set: {}, note: null, actor, time }]);
  const told = isDone ? { state: 'COMPLETED', kind: 'CO_HANDLING_DONE' as const, to: referral.fromUnitId } : { state: 'WITHDRAWN', kind: 'CO_HANDLING_RELEASED' as const, to: part.unitId };
  await tell(tx, outbox, { part: { ...part, version: part.version + 1 }, referral, ...told, requestId, time });
}

interface Telling {
  readonly part: { readonly id: string; readonly unitId: string; readonly version: number };
  readonly referral: ReferralRow;
  readonly state: string;
  readonly kind: NoticeKind;
  readonly to: string;
  readonly requestId: string;
  readonly time: BusinessTime;
}

/** Cases lets the further unit see the case as it does a receiving one: the part is told like a referral, under its own id. */
async function tell(tx: EntityManager, outbox: Outbox, { part, referral, state, kind, to, requestId, time }: Telling): Promise<void> {
  await outbox.announce(tx, ReferralMoved, {
    aggregateId: part.id, version: part.version, requestId,
    payload: { referralId: part.id, caseId: referral.caseId, fromUnitId: referral.fromUnitId, toUnitId: part.unitId, state, isDelivered: true },
  });
  await raiseNotices(tx, outbox, [{ kind, recipient: { kind: 'UNIT', id: to }, caseId: referral.caseId, subjectId: referral.id, occasion: `co-${part.id}-v${part.version}`, at: time.now, requestId }]);
}

/** With the referral that went back or was withdrawn every open part ends. */
export async function releaseOpenParts(tx: EntityManager, { outbox, taskDuties }: Pick<CoHandlingDeps, 'outbox' | 'taskDuties'>, { referral, actor, time }: Omit<Recorded, 'part' | 'action'>): Promise<void> {
  for (const part of (await coHandlingsOf(tx, [referral.id])).filter(({ state }) => state === 'ASKED' || state === 'SIGNED')) {
    if (!(await saveCoHandling(tx, { id: part.id, version: part.version, set: { state: 'RELEASED' } }))) throw new AppError('CONFLICT');
    await taskDuties.end(tx, { taskId: part.id, state: 'CANCELLED', today: time.today, requestId: actor.requestId });
    await tell(tx, outbox, { part: { ...part, version: part.version + 1 }, referral, state: 'WITHDRAWN', kind: 'CO_HANDLING_RELEASED', to: part.unitId, requestId: actor.requestId, time });
  }
}
