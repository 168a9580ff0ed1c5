import type { RedisStatus, ServiceStatus } from './status-parts';

/** What is red here is an alert in infra/prometheus/alerts.yaml, with the same numbers. */
export const LIMITS = { unackedS: 60, unfiredS: 10, badRuns: 2, memoryRatio: 0.7, skewS: 2, reconciledWithinS: 2 * 86_400 } as const;

export function redOfService(status: ServiceStatus): string[] {
  const { service, outbox, deadLetters, reconciliation, failedTasks, clockSkewS, oldestUnfiredS = 0 } = status;
  const { ageS, badRuns } = reconciliation;
  const found: readonly (readonly [boolean, string])[] = [
    [outbox.oldestUnackedS > LIMITS.unackedS, `the oldest unacknowledged message is ${Math.round(outbox.oldestUnackedS)} s old: look at the workers and Redis`],
    [outbox.DEAD > 0, `${outbox.DEAD} message(s) were refused by their receiver: npm run ops -- dead`],
    [deadLetters > 0, `${deadLetters} open dead letter(s): npm run ops -- dead`],
    [oldestUnfiredS > LIMITS.unfiredS, `a deadline has been due for ${Math.round(oldestUnfiredS)} s and has not fired: look at the worker`],
    [badRuns >= LIMITS.badRuns, `sender and receiver have not agreed ${badRuns} times in a row: ${JSON.stringify(reconciliation)}`],
    [ageS !== null && ageS > LIMITS.reconciledWithinS, `sent and received messages were last compared ${Math.round(ageS ?? 0)} s ago`],
    [failedTasks.length > 0, `periodic work failed: ${failedTasks.join(', ')}`],
    [Math.abs(clockSkewS) > LIMITS.skewS, `the clocks of this machine and of the database differ by ${clockSkewS.toFixed(1)} s`],
  ];
  return found.filter(([isRed]) => isRed).map(([, sentence]) => `${service}: ${sentence}`);
}

export function redOfRedis({ isReachable, memoryRatio, alarmEpoch }: RedisStatus): string[] {
  if (!isReachable) return ['Redis does not answer: messages wait, deadlines are fired by the sweep'];
  return [
    ...(memoryRatio > LIMITS.memoryRatio ? [`Redis uses ${Math.round(memoryRatio * 100)} % of its memory`] : []),
    ...(alarmEpoch === 'LOST' ? ['Redis does not hold the alarm epoch; a worker of supervision sets all alarms again within seconds'] : []),
  ];
}
