import type { DataSource, EntityManager } from 'typeorm';
import { AppError, isRefusal, type Refusal } from '@anjie/contracts';
import { businessTime, runMutation, type Actor, type Row } from '@anjie/service-kit/database';
import { lockCase } from '../cases/case-repository';
import type { DutyService } from '../duties/duty-service';
import { recountCase } from '../figures/figure-service';
import type { ReferralRefusalCode } from '../generated/graphql';
import { forbids, type Part } from '../rules/permissions';
import { isEnded, nextState, type ReferralAction } from '../rules/referral-lifecycle';
import { dutyEndFor } from '../rules/referral-terms';
import { unitsActedFor } from '../units/unit-repository';
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

export interface Move {
  readonly operation: string;
  readonly action: Exclude<ReferralAction, 'DELIVER'>;
  readonly input: MoveInput;
  readonly plan: (referral: ReferralRow, today: string) => MovePlan | Refusal<ReferralRefusalCode>;
}

export interface MoveDeps {
  readonly db: DataSource;
  readonly steps: StepService;
  readonly duties: DutyService;
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

interface Taking {
  readonly actor: Actor;
  readonly move: Move;
  readonly deps: MoveDeps;
}

async function takeMove(tx: EntityManager, { actor, move, deps }: Taking): Promise<ReferralAnswer> {
  const [seen] = await visibleReferralsByIds(tx, actor.viewer, [move.input.referralId]);
  const scope = seen && (await lockCase(tx, seen.caseId));
  const referral = seen && (await lockReferral(tx, seen.id));
  if (!scope || !referral) return referralNotFound();
  const forbidden = forbids({ roles: actor.viewer.roles, parts: await partsIn(tx, actor, referral) }, move.action);
  if (forbidden) return forbidden;
  if (referral.version !== move.input.expectedVersion) throw new AppError('CONFLICT', { currentVersion: referral.version });
  const to = nextState(referral, move.action);
  if (isRefusal(to)) return to as Refusal<'ILLEGAL_STATE'>;
  const time = await businessTime(tx);
  const plan = move.plan(referral, time.today);
  if (isRefusal(plan)) return plan as Refusal<ReferralRefusalCode>;
  const ended: Row = isEnded(to) ? { ended_on: time.today } : {};
  await deps.steps.take(tx, [{ referral, action: move.action, to, set: { ...plan.set, ...ended }, note: plan.note, actor, time }]);
  await moveDuties(tx, deps.duties, { referral, move, plan, today: time.today, requestId: actor.requestId, jurisdictionCode: scope.divisionCode });
  await recountCase(tx, referral.caseId);
  return { referralId: referral.id };
}

async function partsIn(tx: EntityManager, actor: Actor, referral: ReferralRow): Promise<Part[]> {
  const own = await unitsActedFor(tx, actor.viewer, [referral.fromUnitId, referral.toUnitId]);
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
