import type { ServiceName } from '@anjie/contracts';
import { audit, inTransaction, newId, select, write } from '@anjie/service-kit/database';
import { AGAIN, serviceViewer } from '@anjie/service-kit/messaging';
import type { System } from './system';

/** The last backup and the last commit that the binary log holds may lie apart. */
const MARGIN = 'INTERVAL 1 HOUR';
const BATCH = 1_000;

/**
 * After a receiver was restored: every message that it acknowledged since the restore point, and an hour before, is sent
 * again by its sender. What the receiver still has, its inbox absorbs. Answers messages by sender.
 */
export async function resend(system: System, receiver: ServiceName, since: Date): Promise<Readonly<Record<string, number>>> {
  const counts: Record<string, number> = {};
  for (const sender of system.services) {
    const again = await resendFrom(system, { sender, receiver, since });
    if (again > 0) counts[sender] = again;
  }
  return counts;
}

async function resendFrom(system: System, { sender, receiver, since }: { sender: ServiceName; receiver: ServiceName; since: Date }): Promise<number> {
  const db = system.db(sender);
  const [row] = await select<{ now: Date }>(db.manager, 'SELECT UTC_TIMESTAMP(3) AS now');
  // what is acknowledged from now on, was acknowledged by the restored receiver
  const span = [receiver, since, row?.now ?? new Date()];
  let again = 0;
  let batch = BATCH;
  while (batch === BATCH) {
    batch = await write(db.manager, `${AGAIN} AND acked_at >= ? - ${MARGIN} AND acked_at < ? ORDER BY acked_at LIMIT ${BATCH}`, span);
    again += batch;
  }
  if (again === 0) return 0;
  await inTransaction(db, (tx) => audit(tx, { viewer: serviceViewer('ops'), requestId: `ops-${newId()}` }, {
    action: 'MESSAGES_RESENT', subjectType: 'Service', subjectId: receiver, detail: { since: since.toISOString(), messages: again },
  }));
  return again;
}
