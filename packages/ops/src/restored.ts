import type { ServiceName } from '@anjie/contracts';
import { audit, inTransaction, newId } from '@anjie/service-kit/database';
import { raiseVersionBase, serviceViewer } from '@anjie/service-kit/messaging';
import type { System } from './system';

/**
 * After a service was restored to an earlier state and before it starts: all that it tells from now on is newer to the others
 * than what it told before and has forgotten. Tells nothing by itself.
 */
export const restored = (system: System, service: ServiceName): Promise<void> =>
  inTransaction(system.db(service), async (tx) => {
    await raiseVersionBase(tx);
    await audit(tx, { viewer: serviceViewer('ops'), requestId: `ops-${newId()}` }, { action: 'SERVICE_RESTORED', subjectType: 'Service', subjectId: service, detail: {} });
  });
