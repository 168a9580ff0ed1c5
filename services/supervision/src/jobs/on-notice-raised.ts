import { NoticeRaised } from '@anjie/contracts';
import { onMany, type Reaction } from '@anjie/service-kit/messaging';
import { notifyOfRaised } from '../notifications/notify';

export const onNoticeRaised: Reaction = onMany(NoticeRaised, (tx, incoming) =>
  notifyOfRaised(tx, incoming.map(({ payload, message }) => ({ source: message.source, raised: payload }))));
