import { CloseReviewRequested } from '@anjie/contracts';
import { on, serviceViewer, type Reaction } from '@anjie/service-kit/messaging';
import { receiveCloseReview } from '../close-reviews/receive-close-review';

export const onCloseReviewRequested: Reaction = on(CloseReviewRequested, (tx, told, message) =>
  receiveCloseReview(tx, told, { viewer: serviceViewer(message.source), requestId: message.requestId }));
