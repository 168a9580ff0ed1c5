import { ReferralSent } from '@anjie/contracts';
import { on, type Reaction } from '@anjie/service-kit/messaging';
import type { DeliveryService } from '../referrals/delivery-service';

/** 送达: the other department gets the referral through the queue, so that neither side's outage loses one. */
export const onReferralSent = (deliveries: DeliveryService): Reaction =>
  on(ReferralSent, (tx, { referralId }, { requestId }) => deliveries.deliver(tx, { referralId, requestId }));
