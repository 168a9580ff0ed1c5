import type { DataSource, EntityManager } from 'typeorm';
import { isRefusal, ReferralSent, refuse, type Refusal } from '@anjie/contracts';
import { audit, businessTime, newId, runMutation, type Actor } from '@anjie/service-kit/database';
import type { Outbox } from '@anjie/service-kit/messaging';
import { isUnitExcluded, lockVisibleCase, unitRolesInCase } from '../cases/case-repository';
import { recountCase } from '../figures/figure-service';
import type { ReferralPurpose, ReferralRefusalCode, SendDoubleReferralInput, SendReferralInput } from '../generated/graphql';
import type { Kinds } from '../kinds';
import { forbids } from '../rules/permissions';
import { refusesSending } from '../rules/referral-sending';
import { requiredText } from '../rules/texts';
import { receivingUnit, unitsActedFor } from '../units/unit-repository';
import { addReferral, addReferralEvents, earlierReferrals } from './referral-repository';

export type ReferralAnswer = { readonly referralId: string } | Refusal<ReferralRefusalCode>;
export type DoubleAnswer = { readonly resolvingId: string; readonly guidingId: string } | Refusal<ReferralRefusalCode>;

export const referralNotFound = (): Refusal<'NOT_FOUND'> => refuse('NOT_FOUND', '不存在，或对您不可见。', 'It does not exist, or is not visible to you.');

export interface SendDeps {
  readonly db: DataSource;
  readonly outbox: Outbox;
  readonly kinds: Kinds;
}

/** Sending; what follows is the move service's. */
export function createReferralService(deps: SendDeps) {
  return {
    send: (actor: Actor, input: SendReferralInput): Promise<ReferralAnswer> =>
      runMutation<ReferralAnswer>(deps.db, {
        actor, operation: 'sendReferral', key: input.idempotencyKey, input, work: (tx) => sendOne(tx, { actor, order: input, deps }),
      }),
    /** 双向交办: both or neither. */
    sendDouble: (actor: Actor, input: SendDoubleReferralInput): Promise<DoubleAnswer> =>
      runMutation<DoubleAnswer>(deps.db, { actor, operation: 'sendDoubleReferral', key: input.idempotencyKey, input, work: (tx) => sendBoth(tx, { actor, input, deps }) }),
  };
}
export type ReferralService = ReturnType<typeof createReferralService>;

/** One referral that is to be sent. */
export interface SendOrder {
  readonly caseId: string;
  readonly fromUnitId?: string | null | undefined;
  readonly toUnitId: string;
  readonly purpose: ReferralPurpose;
  readonly request: string;
  readonly lane?: string | null | undefined;
  /** Of a double hand-off. */
  readonly pair?: { readonly id: string; readonly part: 'RESOLVE' | 'GUIDE' };
}

export interface Sending {
  readonly actor: Actor;
  readonly order: SendOrder;
  readonly deps: SendDeps;
}

export async function sendOne(tx: EntityManager, { actor, order, deps }: Sending): Promise<ReferralAnswer> {
  const scope = await lockVisibleCase(tx, actor.viewer, order.caseId);
  if (!scope) return referralNotFound();
  const checked = await checkSending(tx, { actor, order, deps, caseId: scope.caseId });
  if (isRefusal(checked)) return checked as Refusal<ReferralRefusalCode>;
  const { now, today } = await businessTime(tx);
  const id = newId();
  const { viewer, requestId } = actor;
  const { pair } = order;
  await addReferral(tx, {
    id, case_id: scope.caseId, from_unit_id: checked.fromUnitId, to_unit_id: checked.toUnitId, purpose: order.purpose, request: checked.request,
    state: 'SENT', sent_on: today, sent_by: viewer.subject, lane_code: order.lane ?? null, pair_id: pair?.id ?? null, pair_part: pair?.part ?? null,
  });
  await addReferralEvents(tx, [{ referral_id: id, seq: 1, from_state: null, to_state: 'SENT', by_official_id: viewer.subject, unit_id: viewer.unitId, at: now, note: null }]);
  await audit(tx, actor, {
    action: 'REFERRAL_SENT', subjectType: 'Referral', subjectId: id, caseId: scope.caseId,
    detail: { toUnitId: checked.toUnitId, purpose: order.purpose, ...(order.lane ? { lane: order.lane } : {}), ...(pair ? { pairId: pair.id, part: pair.part } : {}) },
  });
  await deps.outbox.announce(tx, ReferralSent, { aggregateId: id, version: 1, requestId, payload: { referralId: id } });
  await recountCase(tx, scope.caseId);
  return { referralId: id };
}

interface Checked {
  readonly fromUnitId: string;
  readonly toUnitId: string;
  readonly request: string;
}

async function checkSending(tx: EntityManager, { actor, order, deps, caseId }: Sending & { caseId: string }): Promise<Checked | Refusal> {
  const from = order.fromUnitId ?? actor.viewer.unitId ?? '';
  const [fromUnitId] = [...(await unitsActedFor(tx, actor.viewer, [from]))];
  const forbidden = forbids({ roles: actor.viewer.roles, parts: fromUnitId ? ['SENDER'] : [] }, 'SEND');
  if (forbidden || !fromUnitId) return forbidden ?? referralNotFound();
  const request = requiredText(order.request, { field: 'request', max: 2000 });
  if (isRefusal(request)) return request;
  if (order.lane && !deps.kinds.referralLanes.usable(order.lane)) return refuse('LANE_UNKNOWN', '没有这一快办通道，或已停用。', 'There is no such lane, or it is retired.');
  const receiver = await receivingUnit(tx, order.toUnitId);
  const refusal = refusesSending({
    fromUnitId, receiver,
    rolesOfSender: await unitRolesInCase(tx, caseId, fromUnitId),
    isReceiverExcluded: await isUnitExcluded(tx, caseId, order.toUnitId),
    earlier: await earlierReferrals(tx, caseId, order.purpose),
  });
  return refusal ?? { fromUnitId, toUnitId: receiver?.id ?? '', request };
}

/** The territory resolves, the line department guides: two referrals that know of each other, each with a life of its own. */
async function sendBoth(tx: EntityManager, { actor, input, deps }: { actor: Actor; input: SendDoubleReferralInput; deps: SendDeps }): Promise<DoubleAnswer> {
  if (input.territoryUnitId.toLowerCase() === input.departmentUnitId.toLowerCase()) {
    return refuse('SAME_UNIT_TWICE', '双向交办须分别交属地和行业主管部门。', 'A double hand-off goes to two units: the territory and the line department.', '双向交办（地方做法）');
  }
  const id = newId();
  const shared = { caseId: input.caseId, fromUnitId: input.fromUnitId, lane: input.lane };
  const resolving = await sendOne(tx, { actor, deps, order: { ...shared, toUnitId: input.territoryUnitId, purpose: 'JOINT_HANDLING', request: input.request, pair: { id, part: 'RESOLVE' } } });
  if (isRefusal(resolving)) return resolving;
  const guiding = await sendOne(tx, { actor, deps, order: { ...shared, toUnitId: input.departmentUnitId, purpose: 'POLICY_OPINION', request: input.guidanceRequest, pair: { id, part: 'GUIDE' } } });
  if (isRefusal(guiding)) return guiding;
  return { resolvingId: resolving.referralId, guidingId: guiding.referralId };
}
