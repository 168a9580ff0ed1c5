import type { DataSource, EntityManager } from 'typeorm';
import { AppError, isRefusal, refuse, type Refusal } from '@anjie/contracts';
import { businessTime, runMutation, type Actor, type BusinessTime, type Row } from '@anjie/service-kit/database';
import type { Outbox } from '@anjie/service-kit/messaging';
import { lockCase } from '../cases/case-repository';
import type { DutyService } from '../duties/duty-service';
import type { TaskDutyService } from '../duties/task-duty-service';
import { recountCase } from '../figures/figure-service';
import type { ReferralRefusalCode } from '../generated/graphql';
import type { Kinds } from '../kinds';
import type { ReferralLaneKind } from '../referral-kinds';
import type { LawBooks } from '../rules/law-books';
import { forbids, type Part } from '../rules/permissions';
import { isEnded, nextState, type ReferralAction, type ReferralState } from '../rules/referral-lifecycle';
import { dutyEndFor } from '../rules/referral-terms';
import { oversees } from '../units/overseen-rows';
import { unitsActedFor } from '../units/unit-repository';
import { releaseOpenParts } from './co-handling-service';
import { announceDispute, disputeChange } from './referral-dispute-service';
import { isOfficialOf } from './referral-pair-repository';
import { lockReferral, visibleReferralsByIds, type ReferralRow } from './referral-repository';
import { referralNotFound, type ReferralAnswer } from './referral-service';
import type { StepService } from './referral-step-service';

export interface MoveInput {
  readonly idempotencyKey: string;
  readonly referralId: string;
  readonly expectedVersion: number;
}

/** What an action writes besides the state, or why it may not be taken. */
export interface MovePlan {
  readonly set: Row;
  readonly note: string | null;
  /** Day that the receiving unit promises at acceptance. */
  readonly promisedOn?: string;
}

/** What a plan may look at besides the referral. */
export interface MoveFacts {
  readonly today: string;
  readonly actorId: string;
  readonly books: LawBooks;
  readonly jurisdictionCode: string;
  readonly lane: ReferralLaneKind | undefined;
}

export interface Move {
  readonly operation: string;
  readonly action: Exclude<ReferralAction, 'DELIVER'>;
  readonly input: MoveInput;
  /** Who of the receiving unit is to handle it. */
  readonly officialId?: string | null | undefined;
  readonly plan: (referral: ReferralRow, facts: MoveFacts) => MovePlan | Refusal<ReferralRefusalCode>;
}

export interface MoveDeps {
  readonly db: DataSource;
  readonly outbox: Outbox;
  readonly kinds: Kinds;
  readonly books: LawBooks;
  readonly steps: StepService;
  readonly duties: DutyService;
  readonly taskDuties: TaskDutyService;
}

/** Every step after the sending, by whoever it belongs to. */
export function createMoveService(deps: MoveDeps) {
  return {
    take: (actor: Actor, move: Move): Promise<ReferralAnswer> =>
      runMutation<ReferralAnswer>(deps.db, {
        actor, operation: move.operation, key: move.input.idempotencyKey, input: move.input, work: (tx) => takeMove(tx, { actor, move, deps }),
      }),
  };
}
export type MoveService = ReturnType<typeof createMoveService>;

export interface Taking {
  readonly actor: Actor;
  readonly move: Move;
  readonly deps: MoveDeps;
}

export async function takeMove(tx: EntityManager, { actor, move, deps }: Taking): Promise<ReferralAnswer> {
  const [seen] = await visibleReferralsByIds(tx, actor.viewer, [move.input.referralId]);
  const scope = seen && (await lockCase(tx, seen.caseId));
  const referral = seen && (await lockReferral(tx, seen.id));
  if (!scope || !referral) return referralNotFound();
  const forbidden = forbids({ roles: actor.viewer.roles, parts: await partsIn(tx, actor, { referral, divisionCode: scope.divisionCode }) }, move.action);
  if (forbidden) return forbidden;
  if (referral.version !== move.input.expectedVersion) throw new AppError('CONFLICT', { currentVersion: referral.version });
  const to = nextState(referral, move.action);
  if (isRefusal(to)) return to as Refusal<'ILLEGAL_STATE'>;
  if (move.officialId && !(await isOfficialOf(tx, move.officialId, referral.toUnitId))) {
    return refuse('OFFICIAL_NOT_FOUND', '该单位没有这名在任干部。', 'This unit has no such official in office.');
  }
  const time = await businessTime(tx);
  const facts = { today: time.today, actorId: actor.viewer.subject, books: deps.books, jurisdictionCode: scope.divisionCode, lane: laneOf(deps.kinds, referral) };
  const plan = move.plan(referral, facts);
  if (isRefusal(plan)) return plan as Refusal<ReferralRefusalCode>;
  await carryOut(tx, { actor, move, deps }, { referral, to, plan, time, jurisdictionCode: scope.divisionCode });
  return { referralId: referral.id };
}

interface Decided {
  readonly referral: ReferralRow;
  readonly to: ReferralState;
  readonly plan: MovePlan;
  readonly time: BusinessTime;
  readonly jurisdictionCode: string;
}

/** Writes the step, and what follows from it: a dispute, parts that end, duties, figures. */
async function carryOut(tx: EntityManager, { actor, move, deps }: Taking, { referral, to, plan, time, jurisdictionCode }: Decided): Promise<void> {
  const ended: Row = isEnded(to) ? { ended_on: time.today } : {};
  const dispute = disputeChange(move.action, referral, time.today);
  await deps.steps.take(tx, [{ referral, action: move.action, to, set: { ...plan.set, ...ended, ...dispute?.set }, note: plan.note, actor, time }]);
  if (dispute) await announceDispute(tx, deps.outbox, { referral, change: dispute, requestId: actor.requestId });
  if (to === 'RETURNED' || to === 'WITHDRAWN') await releaseOpenParts(tx, deps, { referral, actor, time });
  await moveDuties(tx, deps.duties, { referral, move, plan, today: time.today, requestId: actor.requestId, jurisdictionCode });
  await recountCase(tx, referral.caseId);
}

const laneOf = (kinds: Kinds, { laneCode }: ReferralRow): ReferralLaneKind | undefined => (laneCode ? kinds.referralLanes.of(laneCode) : undefined);

async function partsIn(tx: EntityManager, { viewer }: Actor, { referral, divisionCode }: { referral: ReferralRow; divisionCode: string }): Promise<Part[]> {
  const own = await unitsActedFor(tx, viewer, [referral.fromUnitId, referral.toUnitId]);
  // the joint office over the case that is no side of it
  if (own.size === 0) return oversees(viewer, divisionCode) ? ['OVERSEER'] : [];
  return [...(own.has(referral.fromUnitId) ? ['SENDER' as const] : []), ...(own.has(referral.toUnitId) ? ['RECEIVER' as const] : [])];
}

interface DutyMove {
  readonly referral: ReferralRow;
  readonly move: Move;
  readonly plan: MovePlan;
  readonly today: string;
  readonly requestId: string;
  readonly jurisdictionCode: string;
}

async function moveDuties(tx: EntityManager, duties: DutyService, { referral, move, plan, today, requestId, jurisdictionCode }: DutyMove): Promise<void> {
  const end = dutyEndFor(move.action);
  if (end) await duties.end(tx, { referralId: referral.id, ...end, today, requestId });
  if (!plan.promisedOn) return;
  const debtor = { referralId: referral.id, caseId: referral.caseId, unitId: referral.toUnitId, jurisdictionCode };
  await duties.open(tx, [{ dutyCode: 'REFERRAL_COMPLETE', debtor, startOn: today, promisedOn: plan.promisedOn, requestId }]);
}
