import { ReferralSent } from '@anjie/contracts';
import { onMany, type Reaction } from '@anjie/service-kit/messaging';
import type { DeliveryService } from '../referrals/delivery-service';

/** 送达: the other department gets the referral through the queue, so that neither side's outage loses one. */
export const onReferralSent = (deliveries: DeliveryService): Reaction =>
  onMany(ReferralSent, (tx, incoming) => deliveries.deliver(tx, incoming.map(({ payload, message }) => ({ referralId: payload.referralId, requestId: message.requestId }))));
