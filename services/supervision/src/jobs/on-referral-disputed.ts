import { ReferralDisputed } from '@anjie/contracts';
import { on, serviceViewer, type Reaction } from '@anjie/service-kit/messaging';
import { receiveDispute } from '../coordination/receive-dispute';

export const onReferralDisputed: Reaction = on(ReferralDisputed, (tx, told, message) =>
  receiveDispute(tx, told, { viewer: serviceViewer(message.source), requestId: message.requestId }));
