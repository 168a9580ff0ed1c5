import { CloseReviewDecided } from '@anjie/contracts';
import { on, serviceViewer } from '@anjie/service-kit/messaging';
import type { OpenService } from '@anjie/service-kit/subgraph';
import { applyCloseReview } from '../closing/close-review-effect';
import { limitRules } from '../clocks/limit-rules';

/** What supervision's two reviewers decided becomes an end of the case, or sends the file back. */
export const onCloseReviewDecided = ({ outbox }: Pick<OpenService, 'outbox'>) =>
  on(CloseReviewDecided, (tx, decided, message) =>
    applyCloseReview(tx, { outbox, rules: limitRules() }, { decided, actor: { viewer: serviceViewer(message.source), requestId: message.requestId } }));
