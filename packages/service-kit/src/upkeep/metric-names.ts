/** Every metric of ours with its description and labels; the alert rules may name no other. */
export const METRICS = {
  anjie_outbox_messages: { help: 'Messages that are not acknowledged, by state; DEAD ones were refused by their receiver', labels: ['state'] },
  anjie_outbox_oldest_unacked_seconds: { help: 'Age of the oldest message that is neither acknowledged nor dead', labels: [] },
  anjie_dead_letters_open: { help: 'Dead letters that are neither settled nor dismissed', labels: [] },
  anjie_reconciliation_bad_runs: { help: 'How often in a row sender and receiver did not agree on a day; 1 is mended by sending again', labels: [] },
  anjie_reconciliation_findings: { help: 'Messages on which sender and receiver did not agree when they were last compared, by kind', labels: ['kind'] },
  anjie_reconciliation_age_seconds: { help: 'Seconds since sent and received messages were last compared', labels: [] },
  anjie_periodic_task_failed: { help: '1 for each periodic task whose last run failed', labels: ['task'] },
  anjie_clock_skew_seconds: { help: "Seconds by which this machine's clock is ahead of the database's", labels: [] },
  anjie_deadline_oldest_unfired_seconds: { help: 'Seconds by which the oldest armed deadline is overdue (supervision)', labels: [] },
  anjie_queue_jobs: { help: 'Jobs in the queues of this service, by state', labels: ['queue', 'state'] },
  anjie_canary_age_seconds: { help: 'Seconds since a job, canaries included, reached the worker of the queue', labels: ['queue'] },
  anjie_redis_memory_ratio: { help: 'Used share of the memory that Redis may take', labels: [] },
  anjie_readings_most_in_hour: { help: 'The most readings of identity data or sealed words that one official made within the last hour (cases)', labels: [] },
  anjie_part_up: { help: '1 when the part answered the questions of this scrape', labels: ['part'] },
} as const satisfies Readonly<Record<string, { readonly help: string; readonly labels: readonly string[] }>>;
export type MetricName = keyof typeof METRICS;
