import { UnrecoverableError, type Queue } from 'bullmq';
import type { DataSource } from 'typeorm';
import { select, write } from '../database';
import { closeWithin, groupBy, repeat, type Closable, type Logger } from '../runtime';
import { openQueue, openWorker } from './queues';
import type { Seal } from './seal';

interface Ack {
  readonly messageId: string;
  readonly result: string;
  readonly mac: string;
}
/** Many acknowledgements travel in one job; each carries its own seal. */
interface AckData {
  readonly by: string;
  readonly acks: readonly Ack[];
}

export interface AckOptions {
  readonly db: DataSource;
  readonly service: string;
  readonly redisUrl: string;
  readonly seal: Seal;
  readonly log: Logger;
}

const BATCH = 200;

/** Sends this service's acknowledgements home and receives those of others. A lost one costs a repeat, nothing else. */
export function startAcks(options: AckOptions): Closable {
  const queues = new Map<string, Queue>();
  const queueOf = (source: string): Queue => {
    const queue = queues.get(source) ?? openQueue(options.redisUrl, source, 'acks');
    queues.set(source, queue);
    return queue;
  };
  const send = repeat('acks', 100, { log: options.log, work: () => sendOnce(options, queueOf) });
  const worker = openWorker<AckData>({ ...options, concern: 'acks' }, (job) => settle(options, job.data));
  return {
    async close() {
      await send.close();
      await closeWithin(5_000, Promise.all([worker, ...queues.values()].map((part) => part.close())));
    },
  };
}

async function sendOnce({ db, service, seal }: AckOptions, queueOf: (source: string) => Queue): Promise<boolean> {
  const rows = await select<{ id: string; source: string; message_id: string; result: string }>(
    db.manager, `SELECT id, source, message_id, result FROM ack_messages ORDER BY id LIMIT ${BATCH}`,
  );
  for (const [source, acks] of groupBy(rows, (row) => row.source)) {
    const data: AckData = {
      by: service,
      acks: acks.map((ack) => ({ messageId: ack.message_id, result: ack.result, mac: seal.ofAck(service, ack.message_id, ack.result).toString('hex') })),
    };
    await queueOf(source).add('acks', data, { jobId: `ack-${service}-${acks[0]?.id}-${acks.at(-1)?.id}` });
    await write(db.manager, 'DELETE FROM ack_messages WHERE id IN (?)', [acks.map((ack) => ack.id)]);
  }
  return rows.length === BATCH;
}

async function settle({ db, seal }: AckOptions, { by, acks }: AckData): Promise<void> {
  const isTrue = ({ messageId, result, mac }: Ack): boolean => seal.equal(seal.ofAck(by, messageId, result), Buffer.from(mac, 'hex'));
  if (!acks.every(isTrue)) throw new UnrecoverableError('a forged acknowledgement');
  for (const [result, same] of groupBy(acks, (ack) => ack.result)) {
    await write(
      db.manager,
      `UPDATE outbox_messages SET state = 'ACKED', acked_at = UTC_TIMESTAMP(3), ack_result = ? WHERE id IN (?) AND dest = ? AND state <> 'ACKED'`,
      [result, same.map((ack) => ack.messageId), by],
    );
  }
}
