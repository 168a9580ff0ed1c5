import type { Status } from './status';
import { table } from './table';

/** The status for a person: services, queues, Redis, and at the end what is wrong. */
export function printStatus({ services, redis, red }: Status): string {
  const perService = services.map(({ service, outbox, deadLetters, reconciliation, oldestUnfiredS, clockSkewS }) => ({
    service, pending: outbox.PENDING + outbox.CLAIMED, sent: outbox.PUBLISHED, dead: outbox.DEAD, 'oldest unacked s': round(outbox.oldestUnackedS), 'dead letters': deadLetters,
    'oldest unfired s': oldestUnfiredS === undefined ? '-' : String(round(oldestUnfiredS)), 'clock skew s': round(clockSkewS),
    'compared h ago': reconciliation.ageS === null ? 'never' : String(Math.round(reconciliation.ageS / 3600)), 'bad runs': reconciliation.badRuns,
  }));
  const queues = services.flatMap((one) => Object.entries(one.queues).map(([queue, depth]) => ({ queue, ...depth })));
  const memory = redis.isReachable ? `memory ${(redis.memoryRatio * 100).toFixed(1)} %, alarm epoch ${redis.alarmEpoch}` : 'does not answer';
  const verdict = red.length === 0 ? 'All well.' : `Red:\n${red.map((line) => `  - ${line}`).join('\n')}`;
  return [table(perService), ...(queues.length > 0 ? [table(queues)] : []), `Redis: ${memory}`, verdict].join('\n\n');
}

const round = (value: number): number => Math.round(value * 10) / 10;
