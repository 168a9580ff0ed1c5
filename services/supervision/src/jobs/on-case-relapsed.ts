import { CaseRelapsed } from '@anjie/contracts';
import { on, serviceViewer, type Reaction } from '@anjie/service-kit/messaging';
import { requestBackTrace } from '../back-traces/request-back-trace';

export const onCaseRelapsed: Reaction = on(CaseRelapsed, (tx, told, message) =>
  requestBackTrace(tx, told, { viewer: serviceViewer(message.source), requestId: message.requestId }));
