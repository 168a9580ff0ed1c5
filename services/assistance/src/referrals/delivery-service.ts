import type { EntityManager } from 'typeorm';
import { businessTime } from '@anjie/service-kit/database';
import { serviceViewer } from '@anjie/service-kit/messaging';
import { divisionOfCase } from '../cases/case-repository';
import type { DutyService } from '../duties/duty-service';
import { addReceipt, lockReferral } from './referral-repository';
import type { StepService } from './referral-step-service';

export interface Delivery {
  readonly referralId: string;
  readonly requestId: string;
}

/** Puts a sent referral on the receiving unit's desk and starts its duty to sign or object. */
export function createDeliveryService({ steps, duties }: { steps: StepService; duties: DutyService }) {
  return {
    /** Once, however often it is asked: a referral that is no longer SENT was delivered before, or withdrawn on the way. */
    async deliver(tx: EntityManager, { referralId, requestId }: Delivery): Promise<void> {
      const referral = await lockReferral(tx, referralId);
      if (referral?.state !== 'SENT') return;
      const jurisdictionCode = await divisionOfCase(tx, referral.caseId);
      if (!jurisdictionCode) throw new Error(`the case of referral ${referralId} is not known here`);
      const time = await businessTime(tx);
      await addReceipt(tx, { referral_id: referral.id, to_unit_id: referral.toUnitId, delivered_at: time.now });
      const debtor = { referralId: referral.id, caseId: referral.caseId, unitId: referral.toUnitId, jurisdictionCode };
      const duty = await duties.open(tx, { dutyCode: 'REFERRAL_SIGN', debtor, startOn: time.today, requestId });
      await steps.take(tx, {
        referral, action: 'DELIVER', to: 'DELIVERED', note: null, time, actor: { viewer: serviceViewer('assistance'), requestId },
        set: { delivered_at: time.now, sign_due_on: duty.dueOn, is_sign_due_provisional: duty.isProvisional },
      });
    },
  };
}
export type DeliveryService = ReturnType<typeof createDeliveryService>;
