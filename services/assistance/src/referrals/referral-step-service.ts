import type { EntityManager } from 'typeorm';
import { AppError, ReferralMoved } from '@anjie/contracts';
import { audit, updateVersion, type Actor, type BusinessTime, type Row } from '@anjie/service-kit/database';
import { raiseNotices, type Notice, type Outbox } from '@anjie/service-kit/messaging';
import type { ReferralAction, ReferralState } from '../rules/referral-lifecycle';
import { noticeAfter } from '../rules/referral-notices';
import { addReferralEvent, type ReferralRow } from './referral-repository';

export interface Step {
  readonly referral: ReferralRow;
  readonly action: ReferralAction;
  readonly to: ReferralState;
  readonly set: Row;
  readonly note: string | null;
  readonly actor: Actor;
  readonly time: BusinessTime;
}

/** Writes one step of a referral and tells it: state by compare-and-set, history, audit, ReferralMoved, the notice to the unit that is next. */
export function createStepService({ outbox }: { outbox: Outbox }) {
  return {
    async take(tx: EntityManager, step: Step): Promise<void> {
      const { referral, to, actor } = step;
      const isFirst = await updateVersion(tx, 'referrals', { id: referral.id, version: referral.version, set: { state: to, ...step.set } });
      if (!isFirst) throw new AppError('CONFLICT', { currentVersion: referral.version + 1 });
      const version = referral.version + 1;
      const person = actor.viewer.kind === 'OFFICIAL' ? actor.viewer : null;
      await addReferralEvent(tx, {
        referral_id: referral.id, seq: version, from_state: referral.state, to_state: to, by_official_id: person?.subject ?? null,
        unit_id: person?.unitId ?? null, at: step.time.now, note: step.note,
      });
      await audit(tx, actor, { action: `REFERRAL_${step.action}`, subjectType: 'Referral', subjectId: referral.id, caseId: referral.caseId, detail: { from: referral.state, to } });
      await outbox.announce(tx, ReferralMoved, { aggregateId: referral.id, version, requestId: actor.requestId, payload: movedPayload(step) });
      const notices = noticesOf(step, version);
      await raiseNotices(tx, outbox, { notices, at: step.time.now, requestId: actor.requestId });
    },
  };
}
export type StepService = ReturnType<typeof createStepService>;

const movedPayload = ({ referral, to }: Step) => ({
  referralId: referral.id, caseId: referral.caseId, fromUnitId: referral.fromUnitId, toUnitId: referral.toUnitId, state: to,
  isDelivered: to === 'DELIVERED' || referral.deliveredAt !== null,
});

function noticesOf({ referral, action }: Step, version: number): Notice[] {
  const notice = noticeAfter(action, referral);
  if (!notice) return [];
  const { kind, unitId } = notice;
  return [{ kind, recipient: { kind: 'UNIT', id: unitId }, caseId: referral.caseId, subjectId: referral.id, occasion: `v${version}` }];
}
