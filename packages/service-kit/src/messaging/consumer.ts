import { UnrecoverableError, type Job } from 'bullmq';
import type { DataSource, EntityManager } from 'typeorm';
import { concernsOf, type ServiceName } from '@anjie/contracts';
import { inTransaction, isDuplicate, newId, select, write } from '../database';
import { closeWithin, type Closable, type Logger } from '../runtime';
import type { BodyReader, MessageBody } from './bodies';
import { openWorker } from './queues';
import { reactionTable, type Reaction } from './reactions';
import type { Seal } from './seal';

/** All that Redis ever holds of a message. */
export interface JobData {
  readonly source: string;
  readonly id: string;
  readonly mac: string;
}

export interface ConsumerOptions {
  readonly service: ServiceName;
  readonly db: DataSource;
  readonly redisUrl: string;
  readonly seal: Seal;
  readonly readBody: BodyReader;
  readonly reactions: readonly Reaction[];
  readonly log: Logger;
}

/** Starts one worker per concern. Each message's effect happens once: the inbox row is the fence, the queue's lock only a hint. */
export function startConsumers(options: ConsumerOptions): Closable {
  const table = reactionTable(options.service, options.reactions);
  const workers = concernsOf(options.service).map((concern) => {
    const worker = openWorker<JobData>({ ...options, concern }, (job) => receive(job, options, table));
    worker.on('failed', (job, error) => {
      if (!job || (job.attemptsMade < (job.opts.attempts ?? 1) && !(error instanceof UnrecoverableError))) return;
      void bury(options, { queue: worker.name, job, error }).catch((err: unknown) => options.log.error({ err }, 'a dead letter could not be written'));
    });
    return worker;
  });
  return { close: () => closeWithin(10_000, Promise.all(workers.map((worker) => worker.close()))) };
}

async function receive(job: Job<JobData>, options: ConsumerOptions, table: ReadonlyMap<string, Reaction>): Promise<void> {
  const { source, id, mac } = job.data;
  const body = await options.readBody(source, id);
  if (!body) throw new UnrecoverableError(`${source} knows no message ${id} for ${options.service}`);
  const sealOfBody = options.seal.ofMessage({ ...body });
  if (!options.seal.equal(sealOfBody, Buffer.from(mac, 'hex'))) throw new UnrecoverableError(`the seal of ${id} does not fit its content`);
  const reaction = table.get(body.topic);
  if (!reaction) throw new UnrecoverableError(`no reaction to ${body.topic}`);
  await inTransaction(options.db, (tx) => applyOnce(tx, { source, body, mac: sealOfBody, reaction }));
}

interface Delivery {
  readonly source: string;
  readonly body: MessageBody;
  readonly mac: Buffer;
  readonly reaction: Reaction;
}

/** Inbox row, version gate, effect and acknowledgement in one transaction. */
async function applyOnce(tx: EntityManager, { source, body, mac, reaction }: Delivery): Promise<void> {
  const version = Number(body.version);
  const isNewest = reaction.event.ordering === 'ONCE' || (await advance(tx, source, body));
  const result = isNewest ? 'APPLIED' : 'STALE';
  try {
    await write(
      tx,
      `INSERT INTO inbox_messages (source, message_id, topic, payload_mac, aggregate_id, aggregate_version, result, received_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, UTC_TIMESTAMP(3))`,
      [source, body.id, body.topic, mac, body.aggregateId, version, result],
    );
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    await acknowledge(tx, source, body.id, 'REPEATED');
    return;
  }
  if (isNewest) {
    const payload = reaction.event.payload.parse(JSON.parse(body.payload));
    await reaction.effect(tx, payload, { id: body.id, source, aggregateId: body.aggregateId, version, requestId: body.requestId });
  }
  await acknowledge(tx, source, body.id, result);
}

/** Takes the aggregate's row and moves it to this version; false when an equal or newer snapshot was applied before. */
async function advance(tx: EntityManager, source: string, body: MessageBody): Promise<boolean> {
  const key = [source, body.topic, body.aggregateId];
  const known = await lockVersion(tx, key);
  if (known === undefined) {
    // two first messages at once: the second waits here for the first's commit, then meets its row
    await write(
      tx, 'INSERT INTO aggregate_versions (source, topic, aggregate_id, version) VALUES (?, ?, ?, ?) ON DUPLICATE KEY UPDATE version = version', [...key, 0],
    );
  }
  const current = known ?? (await lockVersion(tx, key)) ?? 0n;
  if (current >= BigInt(body.version)) return false;
  await write(tx, 'UPDATE aggregate_versions SET version = ? WHERE source = ? AND topic = ? AND aggregate_id = ?', [body.version, ...key]);
  return true;
}

async function lockVersion(tx: EntityManager, key: readonly string[]): Promise<bigint | undefined> {
  const [row] = await select<{ version: string }>(
    tx, 'SELECT version FROM aggregate_versions WHERE source = ? AND topic = ? AND aggregate_id = ? FOR UPDATE', key,
  );
  return row && BigInt(row.version);
}

const acknowledge = (tx: EntityManager, source: string, messageId: string, result: string): Promise<number> =>
  write(tx, 'INSERT INTO ack_messages (source, message_id, result, created_at) VALUES (?, ?, ?, UTC_TIMESTAMP(3))', [source, messageId, result]);

interface Failure {
  readonly queue: string;
  readonly job: Job<JobData>;
  readonly error: Error;
}

async function bury({ db, log }: ConsumerOptions, { queue, job, error }: Failure): Promise<void> {
  log.error({ err: error, queue, job: job.id }, 'a message could not be applied and was put aside');
  await write(
    db.manager,
    `INSERT INTO dead_letters (id, queue, job_id, message_id, reason, failed_at) VALUES (?, ?, ?, ?, ?, UTC_TIMESTAMP(3))
     ON DUPLICATE KEY UPDATE reason = VALUES(reason), failed_at = VALUES(failed_at)`,
    [newId(), queue, job.id ?? '', job.data.id, error.message.slice(0, 1000)],
  );
}
