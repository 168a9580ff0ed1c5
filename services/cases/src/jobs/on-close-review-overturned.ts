import { CloseReviewOverturned } from '@anjie/contracts';
import { on, serviceViewer } from '@anjie/service-kit/messaging';
import type { OpenService } from '@anjie/service-kit/subgraph';
import { reopenOverturned } from '../closing/overturned-review';

/** What quality sampling gave back is open again. */
export const onCloseReviewOverturned = ({ outbox }: Pick<OpenService, 'outbox'>) =>
  on(CloseReviewOverturned, (tx, told, message) => reopenOverturned(tx, { outbox }, { told, actor: { viewer: serviceViewer(message.source), requestId: message.requestId } }));
