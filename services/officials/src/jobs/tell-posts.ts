import { inTransaction, newId } from '@anjie/service-kit/database';
import { serviceViewer } from '@anjie/service-kit/messaging';
import { repeat, type Closable } from '@anjie/service-kit/runtime';
import type { OpenService } from '@anjie/service-kit/subgraph';
import { tellPosts } from '../officials/official-service';

/** After an upgrade: officials whose posts the other services have never heard of are told again, some hundred at a time. */
export const tellUntoldPosts = ({ db, outbox, log }: Pick<OpenService, 'db' | 'outbox' | 'log'>): Closable =>
  repeat('tell-posts', 1_000, {
    log,
    work: () => inTransaction(db, async (tx) => (await tellPosts(tx, outbox, { viewer: serviceViewer('officials'), requestId: `tell-posts-${newId()}` })) > 0),
  });
