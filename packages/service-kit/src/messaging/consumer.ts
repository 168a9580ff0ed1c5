import { DelayedError, UnrecoverableError, type Job } from 'bullmq';
import type { DataSource } from 'typeorm';
import { ZodError } from 'zod';
import { concernsOf, SERVICES, type ServiceName } from '@anjie/contracts';
import { inTransaction, isId, isTooSlow, newId, write } from '../database';
import { closeWithin, createBatch, type Closable, type Logger } from '../runtime';
import { REJECTED } from './acks';
import type { BodyReader } from './bodies';
import { acknowledge, applyDeliveries, type Delivery } from './inbox';
import { createPatience, isNobodysFault, PostponedError, SLOW_FOR_MS } from './outages';
import { createQuarantine, type Suspect } from './quarantine';
import { openWorker } from './queues';
import { reactionTable, type Reaction } from './reactions';
import type { Seal } from './seal';

/** All that Redis ever holds of a message. */
export interface JobData {
  readonly source: string;
  readonly id: string;
  readonly mac: string;
  /** When the receiver's database was first too slow for it; written by the receiver. */
  readonly slowSince?: number;
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
const TOGETHER = 64;

/** Starts one worker per concern. Each message's effect happens once: the inbox row is the fence, the queue's lock only a hint. */
export function startConsumers(options: ConsumerOptions): Closable {
  const table = reactionTable(options.service, options.reactions);
  const patience = createPatience(options.db);
  const quarantine = createQuarantine();
  const open = (data: JobData): Promise<Delivery> => patience.outlast(() => openDelivery(data, options, table));
  const workers = concernsOf(options.service).map((concern) => {
    const run = (deliveries: readonly Delivery[]) => patience.outlast(() => applyDeliveries(options.db, deliveries), (outcomes) => outcomes.map(({ error }) => error));
    // one batch at a time: what comes meanwhile gathers, and costs one commit instead of many
    const together = createBatch<Delivery>({ maxItems: TOGETHER, waitMs: 3, maxRunning: 1, run });
    const alone = createBatch<Delivery>({ maxItems: 1, waitMs: 0, run });
    // what takes too long holds up its like, not the others
    const slowly = createBatch<Delivery>({ maxItems: 1, waitMs: 0, maxRunning: 1, run });
    const usual = (delivery: Delivery, { data }: Job<JobData>): Promise<void> => (data.slowSince === undefined ? together : slowly)(delivery);
    // its process died while it had the message in hand
    const apply = (delivery: Delivery, job: Job<JobData>): Promise<void> => (job.stalledCounter > 0 ? quarantine(suspect(job, () => alone(delivery))) : usual(delivery, job));
    const worker = openWorker<JobData>({ ...options, concern, concurrency: TOGETHER }, (job, token) => receive({ job, token, open, apply, log: options.log }));
    worker.on('failed', (job, error) => {
      if (job?.finishedOn === undefined) return;
      void bury({ options, queue: worker.name, job, error, open }).catch((err: unknown) => options.log.error({ err }, 'a dead letter could not be written'));
    });
    return worker;
  });
  return {
    close() {
      patience.giveUp();
      return closeWithin(10_000, Promise.all(workers.map((worker) => worker.close())));
    },
  };
}

/** Its progress in Redis is how often it was begun alone; who reads it again finds its process dead meanwhile. */
function suspect(job: Job, apply: () => Promise<void>): Suspect {
  const suspicion = typeof job.progress === 'number' ? job.progress : 0;
  return {
    suspicion,
    async work() {
      // a hint; Redis may be away
      await job.updateProgress(suspicion + 1).catch(() => undefined);
      await apply();
    },
  };
}

interface Reception {
  readonly job: Job<JobData>;
  readonly token: string | undefined;
  readonly open: (data: JobData) => Promise<Delivery>;
  readonly apply: (delivery: Delivery, job: Job<JobData>) => Promise<void>;
  readonly log: Logger;
}

async function receive({ job, token, open, apply, log }: Reception): Promise<void> {
  try {
    await apply(await open(job.data), job);
  } catch (error) {
    // a content that the contract does not allow will not become right by trying again
    if (error instanceof ZodError) throw new UnrecoverableError(`the content is not what the contract says: ${error.message}`);
    if (!isNobodysFault(error) && !(isTooSlow(error) && (await waits(job, error, log)))) throw error;
    await job.moveToDelayed(Date.now() + postponementMs(job.attemptsStarted), token);
    throw new DelayedError();
  }
}

/** Whether a message that takes too long may still wait; since when, it says itself. Its sender sees that it is not acknowledged. */
async function waits(job: Job<JobData>, error: unknown, log: Logger): Promise<boolean> {
  const slowSince = job.data.slowSince ?? Date.now();
  if (Date.now() - slowSince > SLOW_FOR_MS) return false;
  log.warn({ err: error, queue: job.queueName, job: job.id, slowSince: new Date(slowSince) }, 'the database is too slow for a message, or somebody holds what it needs; it waits');
  if (job.data.slowSince === undefined) await job.updateData({ ...job.data, slowSince });
  return true;
}

/** 1 s, 2 s, 4 s … 10 s: whatever is in the way may be back in a moment, and the message should not wait much longer. */
const postponementMs = (starts: number): number => Math.min(10_000, 1_000 * 2 ** Math.min(starts - 1, 5));

/** What somebody put into the queue by hand may be anything that JSON can say. */
const NO_DATA: JobData = { source: '', id: '', mac: '' };

/** Checks the seal and finds the reaction. @throws UnrecoverableError for a forged job, PostponedError when it may become right later */
async function openDelivery(data: JobData | null, options: ConsumerOptions, table: ReadonlyMap<string, Reaction>): Promise<Delivery> {
  const { source, id, mac } = data ?? NO_DATA;
  if (!SERVICES.includes(source as ServiceName) || !isId(id) || typeof mac !== 'string') throw new UnrecoverableError('not a job of ours');
  const body = await options.readBody(source, id);
  if (!body) throw new UnrecoverableError(`${source} knows no message ${id} for ${options.service}`);
  const seal = Buffer.from(mac, 'hex');
  if (!options.seal.fitsMessage(body, seal)) throw new UnrecoverableError(`the seal of ${id} does not fit its content`);
  const reaction = table.get(body.topic);
  // a newer sender may say something that this process would overlook: it waits for the upgrade
  if (!reaction) throw new PostponedError(`${body.topic} is unknown to this process`);
  if (body.schemaVersion > reaction.event.schemaVersion) throw new PostponedError(`${body.topic} of schema version ${body.schemaVersion} is newer than this process`);
  return { source, body, mac: seal, reaction };
}

interface Failure {
  readonly options: ConsumerOptions;
  readonly queue: string;
  readonly job: Job<JobData>;
  readonly error: Error;
  readonly open: (data: JobData) => Promise<Delivery>;
}

/**
 * Puts aside what failed for good. A message whose seal fits is also refused to its sender, who stops sending it; a forged
 * job is not, or it would silence the genuine message. What nobody is to blame for is left to the sender's patience.
 */
async function bury({ options, queue, job, error, open }: Failure): Promise<void> {
  const messageId = (job.data as JobData | null)?.id;
  const { db, log } = options;
  const seen = await open(job.data).then((delivery) => ({ delivery }), (why: unknown) => ({ why }));
  if ('why' in seen && !(seen.why instanceof UnrecoverableError)) return log.warn({ err: seen.why, queue, job: job.id }, 'a message could not be looked at; it will be sent again');
  log.error({ err: error, queue, job: job.id }, 'a message could not be applied and was put aside');
  const source = 'delivery' in seen ? seen.delivery.source : null;
  await inTransaction(db, async (tx) => {
    await write(
      tx,
      `INSERT INTO dead_letters (id, queue, job_id, source, message_id, reason, failed_at) VALUES (?, ?, ?, ?, ?, ?, UTC_TIMESTAMP(3))
       ON DUPLICATE KEY UPDATE source = VALUES(source), reason = VALUES(reason), failed_at = VALUES(failed_at), settled_at = NULL`,
      [newId(), queue, job.id ?? '', source, isId(messageId) ? messageId : null, error.message.slice(0, 1000)],
    );
    if ('delivery' in seen) await acknowledge(tx, [{ delivery: seen.delivery, result: REJECTED }]);
  });
}
