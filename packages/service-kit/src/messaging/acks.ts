import { UnrecoverableError, type Queue } from 'bullmq';
import type { DataSource } from 'typeorm';
import { select, write } from '../database';
import { closeWithin, groupBy, repeat, type Closable, type Logger } from '../runtime';
import { createPatience, type Patience } from './outages';
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
/** Milliseconds between looks. Nobody waits for an acknowledgement: the sender's patience is a hundred times as long. */
const EVERY_MS = 250;
/** The receiver tried for good and could not apply the message. */
export const REJECTED = 'REJECTED';

/** Sends this service's acknowledgements home and receives those of others. A lost one costs a repeat, nothing else. */
export function startAcks(options: AckOptions): Closable {
  const queues = new Map<string, Queue>();
  const queueOf = (source: string): Queue => {
    const queue = queues.get(source) ?? openQueue(options.redisUrl, source, 'acks');
    queues.set(source, queue);
    return queue;
  };
  const send = repeat('acks', EVERY_MS, { log: options.log, work: () => sendOnce(options, queueOf) });
  const patience = createPatience(options.db);
  const worker = openWorker<AckData>({ ...options, concern: 'acks' }, (job) => settle(options, job.data, patience));
  worker.on('failed', (job, error) => options.log.error({ err: error, job: job?.id }, 'acknowledgements could not be read; their messages will be sent again'));
  return {
    async close() {
      patience.giveUp();
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

async function settle({ db, seal }: AckOptions, { by, acks }: AckData, patience: Patience): Promise<void> {
  const isTrue = ({ messageId, result, mac }: Ack): boolean => seal.fitsAck({ source: by, messageId, result }, Buffer.from(mac, 'hex'));
  if (!acks.every(isTrue)) throw new UnrecoverableError('a forged acknowledgement');
  for (const [result, same] of groupBy(acks, (ack) => ack.result)) {
    const ids = same.map((ack) => ack.messageId);
    await patience.outlast(() => write(db.manager, result === REJECTED ? DEAD : ACKED, [result, ids, by]));
  }
}

const ACKED = `UPDATE outbox_messages SET state = 'ACKED', acked_at = UTC_TIMESTAMP(3), ack_result = ? WHERE id IN (?) AND dest = ? AND state <> 'ACKED'`;
/** Not acknowledged, and not sent again either until a person says so: it stays red. */
const DEAD = `UPDATE outbox_messages SET state = 'DEAD', claim_token = NULL, ack_result = ? WHERE id IN (?) AND dest = ? AND state <> 'ACKED'`;
