import { UnrecoverableError, type Job } from 'bullmq';
import type { DataSource } from 'typeorm';
import { concernsOf, type ServiceName } from '@anjie/contracts';
import { newId, write } from '../database';
import { closeWithin, createBatch, type Closable, type Logger } from '../runtime';
import type { BodyReader } from './bodies';
import { applyDeliveries, type Delivery } from './inbox';
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

/** Messages of a concern that are applied in one transaction when they come together. */
const TOGETHER = 32;

/** Starts one worker per concern. Each message's effect happens once: the inbox row is the fence, the queue's lock only a hint. */
export function startConsumers(options: ConsumerOptions): Closable {
  const table = reactionTable(options.service, options.reactions);
  const workers = concernsOf(options.service).map((concern) => {
    const apply = createBatch<Delivery>({ maxItems: TOGETHER, waitMs: 3, run: (deliveries) => applyDeliveries(options.db, deliveries) });
    const worker = openWorker<JobData>({ ...options, concern, concurrency: TOGETHER }, async (job) => apply(await openDelivery(job.data, options, table)));
    worker.on('failed', (job, error) => {
      if (!job || (job.attemptsMade < (job.opts.attempts ?? 1) && !(error instanceof UnrecoverableError))) return;
      void bury(options, { queue: worker.name, job, error }).catch((err: unknown) => options.log.error({ err }, 'a dead letter could not be written'));
    });
    return worker;
  });
  return { close: () => closeWithin(10_000, Promise.all(workers.map((worker) => worker.close()))) };
}

/** Checks the seal, finds the reaction; what cannot become right by trying again is put aside at once. */
async function openDelivery({ source, id, mac }: JobData, options: ConsumerOptions, table: ReadonlyMap<string, Reaction>): Promise<Delivery> {
  const body = await options.readBody(source, id);
  if (!body) throw new UnrecoverableError(`${source} knows no message ${id} for ${options.service}`);
  const sealOfBody = options.seal.ofMessage(body);
  if (!options.seal.equal(sealOfBody, Buffer.from(mac, 'hex'))) throw new UnrecoverableError(`the seal of ${id} does not fit its content`);
  const reaction = table.get(body.topic);
  if (!reaction) throw new UnrecoverableError(`no reaction to ${body.topic}`);
  // a newer sender may say something that this process would overlook: it waits for the upgrade, and is sent again
  if (body.schemaVersion > reaction.event.schemaVersion) throw new Error(`${body.topic} of schema version ${body.schemaVersion} is newer than this process`);
  return { source, body, mac: sealOfBody, reaction };
}

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
