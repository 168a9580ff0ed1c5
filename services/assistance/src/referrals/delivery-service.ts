import type { EntityManager } from 'typeorm';
import { businessTime } from '@anjie/service-kit/database';
import { serviceViewer } from '@anjie/service-kit/messaging';
import { divisionsOfCases } from '../cases/case-repository';
import type { Debtor, DutyService } from '../duties/duty-service';
import type { Kinds } from '../kinds';
import { addReceipts, lockReferrals, type ReferralRow } from './referral-repository';
import type { StepService } from './referral-step-service';

export interface Delivery {
  readonly referralId: string;
  readonly requestId: string;
}

/** Puts sent referrals on the receiving units' desks and starts their duty to sign or object. */
export function createDeliveryService({ steps, duties, kinds }: { steps: StepService; duties: DutyService; kinds: Kinds }) {
  const debtorOf = debtors(kinds);
  return {
    /** Each once, however often it is asked: a referral that is no longer SENT was delivered before, or withdrawn on the way. */
    async deliver(tx: EntityManager, deliveries: readonly Delivery[]): Promise<void> {
      const requestIds = new Map(deliveries.map(({ referralId, requestId }) => [referralId, requestId]));
      const referrals = (await lockReferrals(tx, [...requestIds.keys()])).filter(({ state }) => state === 'SENT');
      if (referrals.length === 0) return;
      const divisions = await divisionsOfCases(tx, [...new Set(referrals.map(({ caseId }) => caseId))]);
      const time = await businessTime(tx);
      const requestIdOf = ({ id }: ReferralRow): string => requestIds.get(id) ?? '';
      await addReceipts(tx, referrals.map(({ id, toUnitId }) => ({ referral_id: id, to_unit_id: toUnitId, delivered_at: time.now })));
      const opened = await duties.open(tx, referrals.map((referral) => ({ dutyCode: 'REFERRAL_SIGN', debtor: debtorOf(referral, divisions), startOn: time.today, requestId: requestIdOf(referral) })));
      const dutyOf = new Map(opened.map((duty) => [duty.referralId, duty]));
      await steps.take(tx, referrals.map((referral) => ({
        referral, action: 'DELIVER', to: 'DELIVERED', note: null, time, actor: { viewer: serviceViewer('assistance'), requestId: requestIdOf(referral) },
        set: { delivered_at: time.now, sign_due_on: dutyOf.get(referral.id)?.dueOn ?? null, is_sign_due_provisional: dutyOf.get(referral.id)?.isProvisional ?? null },
      })));
    },
  };
}
export type DeliveryService = ReturnType<typeof createDeliveryService>;

const debtors = (kinds: Kinds) => ({ id, caseId, toUnitId, laneCode }: ReferralRow, divisions: ReadonlyMap<string, string>): Debtor => {
  const jurisdictionCode = divisions.get(caseId);
  if (!jurisdictionCode) throw new Error(`the case of referral ${id} is not known here`);
  return { referralId: id, caseId, unitId: toUnitId, jurisdictionCode, lane: laneCode ? kinds.referralLanes.of(laneCode) : undefined };
};
