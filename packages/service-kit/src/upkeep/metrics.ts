import type { Queue } from 'bullmq';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { DataSource } from 'typeorm';
import { queueConcernsOf, type ServiceName } from '@anjie/contracts';
import type { Sql } from '../database';
import { infoOfMasters } from '@anjie/redis';
import { livenessOfWorkers, openQueue } from '../messaging';
import { closeWithin, type Closable, type Logger } from '../runtime';
import { clockSkewS, failedTasks, memoryRatio, openDeadLetters, outboxFacts, queueDepth, reconciliationFacts } from './facts';
import { METRICS, type MetricName } from './metric-names';

export interface MetricsOptions {
  readonly service: ServiceName;
  readonly db: DataSource;
  readonly redisUrl: string;
  readonly log: Logger;
  /** Gauges without labels that only this service has. */
  readonly own?: readonly OwnMetric[];
}
export interface OwnMetric {
  readonly name: MetricName;
  readonly read: (sql: Sql) => Promise<number>;
}

/** Milliseconds for which an answer is good: two scrapers must not ask the database twice. */
const GOOD_FOR_MS = 5_000;

type Gauges = Readonly<Record<MetricName, Gauge>>;

/** What Prometheus reads from a worker. A part that does not answer leaves its gauges out and is marked; the scrape itself succeeds. */
export function createMetrics(options: MetricsOptions): Closable & { contentType: string; text(): Promise<string> } {
  const registry = new Registry();
  registry.setDefaultLabels({ service: options.service });
  collectDefaultMetrics({ register: registry });
  const gauges = Object.fromEntries(
    Object.entries(METRICS).map(([name, { help, labels }]) => [name, new Gauge({ name, help, labelNames: [...labels], registers: [registry] })]),
  ) as unknown as Gauges;
  // a system that nobody scrapes pays no connections for it
  let queues: readonly Queue[] | undefined;
  const opened = (): readonly Queue[] => (queues ??= queueConcernsOf(options.service).map((concern) => openQueue(options.redisUrl, options.service, concern)));
  let known: { text: Promise<string>; until: number } | undefined;
  return {
    contentType: registry.contentType,
    text() {
      if (!known || known.until < performance.now()) {
        known = { until: performance.now() + GOOD_FOR_MS, text: readAll(options, gauges, opened()).then(() => registry.metrics()) };
      }
      return known.text;
    },
    close: () => closeWithin(2_000, Promise.all((queues ?? []).map((queue) => queue.close()))),
  };
}

/** Without a value; `reset` alone would leave a gauge that has no labels at 0, which reads as "all is well". */
function forget(gauge: Gauge, hasLabels: boolean): void {
  gauge.reset();
  if (!hasLabels) gauge.remove();
}

/** Longer than any of the questions takes; a scrape must not wait for a part that is away. */
const ANSWER_WITHIN_MS = 4_000;

async function readAll(options: MetricsOptions, gauges: Gauges, queues: readonly Queue[]): Promise<void> {
  for (const [name, { labels }] of Object.entries(METRICS)) forget(gauges[name as MetricName], labels.length > 0);
  for (const { queue, silentMs } of livenessOfWorkers()) gauges.anjie_canary_age_seconds.set({ queue }, silentMs / 1000);
  const parts: Readonly<Record<string, () => Promise<void>>> = { database: () => readDatabase(options, gauges), redis: () => readRedis(gauges, queues) };
  await Promise.all(Object.entries(parts).map(async ([part, read]) => {
    const isUp = await Promise.race([
      read().then(() => true, (error: unknown) => (options.log.warn({ err: error, part }, 'a part does not answer the questions of the metrics'), false)),
      new Promise<false>((resolve) => setTimeout(() => resolve(false), ANSWER_WITHIN_MS).unref()),
    ]);
    gauges.anjie_part_up.set({ part }, isUp ? 1 : 0);
  }));
}

async function readDatabase({ db, own = [] }: MetricsOptions, gauges: Gauges): Promise<void> {
  const sql = db.manager;
  const { oldestUnackedS, ...counts } = await outboxFacts(sql);
  const { ageS, badRuns, ...findings } = await reconciliationFacts(sql);
  for (const [state, n] of Object.entries(counts)) gauges.anjie_outbox_messages.set({ state }, n);
  for (const [kind, n] of Object.entries(findings)) gauges.anjie_reconciliation_findings.set({ kind }, n);
  gauges.anjie_outbox_oldest_unacked_seconds.set(oldestUnackedS);
  gauges.anjie_reconciliation_bad_runs.set(badRuns);
  if (ageS !== null) gauges.anjie_reconciliation_age_seconds.set(ageS);
  gauges.anjie_dead_letters_open.set(await openDeadLetters(sql));
  for (const task of await failedTasks(sql)) gauges.anjie_periodic_task_failed.set({ task }, 1);
  gauges.anjie_clock_skew_seconds.set(await clockSkewS(sql));
  for (const { name, read } of own) gauges[name].set(await read(sql));
}

async function readRedis(gauges: Gauges, queues: readonly Queue[]): Promise<void> {
  for (const queue of queues) {
    for (const [state, n] of Object.entries(await queueDepth(queue))) gauges.anjie_queue_jobs.set({ queue: queue.name, state }, n);
  }
  const redis = await queues[0]?.getBackend().client;
  if (redis) gauges.anjie_redis_memory_ratio.set(Math.max(...(await infoOfMasters(redis)).map(memoryRatio)));
}
