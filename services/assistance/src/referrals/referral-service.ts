import type { DataSource, EntityManager } from 'typeorm';
import { isRefusal, ReferralSent, refuse, type Refusal } from '@anjie/contracts';
import { audit, businessTime, newId, runMutation, type Actor } from '@anjie/service-kit/database';
import type { Outbox } from '@anjie/service-kit/messaging';
import { isUnitExcluded, lockVisibleCase, unitRolesInCase } from '../cases/case-repository';
import { recountCase } from '../figures/figure-service';
import type { ReferralRefusalCode, SendReferralInput } from '../generated/graphql';
import { forbids } from '../rules/permissions';
import { refusesSending } from '../rules/referral-sending';
import { requiredText } from '../rules/texts';
import { receivingUnit, unitsActedFor } from '../units/unit-repository';
import { addReferral, addReferralEvents, earlierReferrals } from './referral-repository';

export type ReferralAnswer = { readonly referralId: string } | Refusal<ReferralRefusalCode>;

export const referralNotFound = (): Refusal<'NOT_FOUND'> => refuse('NOT_FOUND', '不存在，或对您不可见。', 'It does not exist, or is not visible to you.');

/** Sending; what follows is the move service's. */
export function createReferralService({ db, outbox }: { db: DataSource; outbox: Outbox }) {
  return {
    send: (actor: Actor, input: SendReferralInput): Promise<ReferralAnswer> =>
      runMutation<ReferralAnswer>(db, {
        actor, operation: 'sendReferral', key: input.idempotencyKey, input, work: (tx) => send(tx, { actor, input, outbox }),
      }),
  };
}
export type ReferralService = ReturnType<typeof createReferralService>;

interface Sending {
  readonly actor: Actor;
  readonly input: SendReferralInput;
  readonly outbox: Outbox;
}

async function send(tx: EntityManager, { actor, input, outbox }: Sending): Promise<ReferralAnswer> {
  const scope = await lockVisibleCase(tx, actor.viewer, input.caseId);
  if (!scope) return referralNotFound();
  const checked = await checkSending(tx, { actor, input, caseId: scope.caseId });
  if (isRefusal(checked)) return checked as Refusal<ReferralRefusalCode>;
  const { now, today } = await businessTime(tx);
  const id = newId();
  const { viewer, requestId } = actor;
  await addReferral(tx, {
    id, case_id: scope.caseId, from_unit_id: checked.fromUnitId, to_unit_id: checked.toUnitId, purpose: input.purpose, request: checked.request,
    state: 'SENT', sent_on: today, sent_by: viewer.subject,
  });
  await addReferralEvents(tx, [{ referral_id: id, seq: 1, from_state: null, to_state: 'SENT', by_official_id: viewer.subject, unit_id: viewer.unitId, at: now, note: null }]);
  await audit(tx, actor, { action: 'REFERRAL_SENT', subjectType: 'Referral', subjectId: id, caseId: scope.caseId, detail: { toUnitId: checked.toUnitId, purpose: input.purpose } });
  await outbox.announce(tx, ReferralSent, { aggregateId: id, version: 1, requestId, payload: { referralId: id } });
  await recountCase(tx, scope.caseId);
  return { referralId: id };
}

interface Checked {
  readonly fromUnitId: string;
  readonly toUnitId: string;
  readonly request: string;
}

async function checkSending(tx: EntityManager, { actor, input, caseId }: { actor: Actor; input: SendReferralInput; caseId: string }): Promise<Checked | Refusal> {
  const from = input.fromUnitId ?? actor.viewer.unitId ?? '';
  const [fromUnitId] = [...(await unitsActedFor(tx, actor.viewer, [from]))];
  const forbidden = forbids({ roles: actor.viewer.roles, parts: fromUnitId ? ['SENDER'] : [] }, 'SEND');
  if (forbidden || !fromUnitId) return forbidden ?? referralNotFound();
  const request = requiredText(input.request, { field: 'request', max: 2000 });
  if (isRefusal(request)) return request;
  const receiver = await receivingUnit(tx, input.toUnitId);
  const refusal = refusesSending({
    fromUnitId, receiver,
    rolesOfSender: await unitRolesInCase(tx, caseId, fromUnitId),
    isReceiverExcluded: await isUnitExcluded(tx, caseId, input.toUnitId),
    earlier: await earlierReferrals(tx, caseId, input.purpose),
  });
  return refusal ?? { fromUnitId, toUnitId: receiver?.id ?? '', request };
}
