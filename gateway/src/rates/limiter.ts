import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { openRedis } from '@anjie/redis';
import type { Logger } from '../log';
import type { Budget, BudgetName, Budgets } from './budgets';

export interface Spent {
  readonly limit: number;
  readonly remaining: number;
  /** Seconds until the window begins anew. */
  readonly resetS: number;
  readonly isOver: boolean;
}

export interface Limiter {
  spend(name: BudgetName, key: string, points: number): Promise<Spent>;
  close(): void;
}

export interface LimiterOptions {
  /** Without it each gateway counts for itself. */
  readonly redisUrl: string | undefined;
  /** Gateways that share the traffic: the part of a budget that one may give away while Redis is not there. */
  readonly gateways: number;
  readonly budgets: Budgets;
  readonly log: Logger;
}

/** A Redis that is frozen must not cost each request its time-out. */
const AWAY_MS = 1_000;

/**
 * Counts in Redis, so that all gateways count together and a restart forgets nothing; while Redis is away in memory, each gateway
 * its part of the budget: never open, never closed.
 */
export function createLimiter({ redisUrl, gateways, budgets, log }: LimiterOptions): Limiter {
  const redis = redisUrl === undefined ? undefined : openRedis(redisUrl, 'COUNTER');
  redis?.connect().catch(() => undefined);
  const counters = Object.fromEntries(Object.entries(budgets).map(([name, { points, seconds }]) => {
    const window = { keyPrefix: `gateway:${name}`, duration: seconds };
    const alone = new RateLimiterMemory({ ...window, points: Math.max(1, Math.floor(points / (redis ? gateways : 1))) });
    return [name, { alone, together: redis && new RateLimiterRedis({ ...window, points, storeClient: redis, rejectIfRedisNotReady: true }) }];
  })) as Readonly<Record<BudgetName, { alone: RateLimiterMemory; together: RateLimiterRedis | undefined }>>;
  let [awayUntil, isAway] = [0, false];
  const away = (error: unknown): void => {
    awayUntil = Date.now() + AWAY_MS;
    if (!isAway) log.warn({ reason: error instanceof Error ? error.message : 'unknown' }, 'Redis does not count; this gateway counts its part alone');
    isAway = true;
  };
  return {
    async spend(name, key, points) {
      const { alone, together } = counters[name];
      if (!together || Date.now() < awayUntil) return outcome(budgets[name], alone.consume(key, points));
      try {
        const spent = await outcome(budgets[name], together.consume(key, points));
        if (isAway) log.info('Redis counts again');
        isAway = false;
        return spent;
      } catch (error) {
        away(error);
        return outcome(budgets[name], alone.consume(key, points));
      }
    },
    close: () => redis?.disconnect(),
  };
}

/** The library rejects with its result when the budget is spent, and with an error when it could not count. */
async function outcome({ points }: Budget, counting: Promise<RateLimiterRes>): Promise<Spent> {
  const counted = await counting.then((result) => ({ result, isOver: false }), (reason: unknown) => {
    if (!(reason instanceof RateLimiterRes)) throw reason;
    return { result: reason, isOver: true };
  });
  const { remainingPoints, msBeforeNext } = counted.result;
  return { limit: points, remaining: remainingPoints, resetS: Math.max(1, Math.ceil(msBeforeNext / 1_000)), isOver: counted.isOver };
}
