import { CloseReviewDecided } from '@anjie/contracts';
import { on, serviceViewer } from '@anjie/service-kit/messaging';
import { officeRules } from '@anjie/service-kit/runtime';
import type { OpenService } from '@anjie/service-kit/subgraph';
import { applyCloseReview } from '../closing/close-review-effect';

/** What supervision's two reviewers decided becomes an end of the case, or sends the file back. */
export const onCloseReviewDecided = ({ outbox }: Pick<OpenService, 'outbox'>) =>
  on(CloseReviewDecided, (tx, decided, message) =>
    applyCloseReview(tx, { outbox, rules: officeRules() }, { decided, actor: { viewer: serviceViewer(message.source), requestId: message.requestId } }));
