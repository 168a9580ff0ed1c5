import type { ServiceName } from '@anjie/contracts';
import type { OutboxFacts, QueueDepth, ReconciliationFacts } from '@anjie/service-kit/upkeep';

export interface ServiceStatus {
  readonly service: ServiceName;
  readonly outbox: OutboxFacts;
  readonly deadLetters: number;
  readonly reconciliation: ReconciliationFacts;
  readonly failedTasks: readonly string[];
  readonly clockSkewS: number;
  /** supervision only */
  readonly oldestUnfiredS?: number;
  readonly queues: Readonly<Record<string, QueueDepth>>;
}
export interface RedisStatus {
  readonly isReachable: boolean;
  readonly memoryRatio: number;
  /** Does Redis hold the alarm epoch that the database knows? UNKNOWN before the first alarm. */
  readonly alarmEpoch: 'KEPT' | 'LOST' | 'UNKNOWN';
}
