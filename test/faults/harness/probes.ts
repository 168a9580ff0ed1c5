import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect } from '@anjie/devtools';
import { eventually } from '@anjie/testing';
import type { LocalEngines } from './engines';
import type { FaultSystem } from './system';

export type LocalSystem = FaultSystem<LocalEngines>;

const PARTS = { wait: 'LRANGE', active: 'LRANGE', delayed: 'ZRANGE' } as const;

/** Ids of the jobs in one part of a queue, without the canaries that show that jobs flow. */
export async function jobsIn(system: LocalSystem, queue: string, part: keyof typeof PARTS): Promise<string[]> {
  const [service = ''] = queue.split('.');
  const ids = (await system.engines.redis(PARTS[part], `{${service}}:${queue}:${part}`, '0', '-1')) as readonly string[];
  return ids.filter((id) => !id.startsWith('canary') && !id.startsWith('0:'));
}

/** A number out of the databases; a failure to read is "not yet", as engines may be away. */
export const countOf = async (system: Pick<FaultSystem, 'rows'>, sql: string, params: readonly unknown[] = []): Promise<number> =>
  Number((await system.rows<{ n: string }>(sql, params))[0]?.n ?? 0);

/** Milliseconds until `look` is true, or `limitMs` when it never is. */
export async function msUntil(look: () => Promise<boolean>, limitMs: number): Promise<number> {
  const startedAt = Date.now();
  await eventually('what is waited for', async () => (await look().catch(() => false)) || undefined, limitMs).catch(() => undefined);
  return Math.min(Date.now() - startedAt, limitMs);
}

/** Waits for a fact that the promise itself is not about. */
export const until = (what: string, look: () => Promise<boolean>, limitMs = 30_000): Promise<true> =>
  eventually(what, async () => (await look().catch(() => false)) || undefined, limitMs);

/** Holds a worker or HTTP process down until the returned function starts it again. */
export async function holdDown(system: LocalSystem, name: string): Promise<() => Promise<void>> {
  system.supervisor.hold(name);
  await system.processOf(name).kill9();
  return () => system.supervisor.release(name);
}

/**
 * Holds every place of a table where a row could be inserted, from a connection of the test's own: whoever inserts there
 * waits, provably and in an open transaction, until `release` (or the server's limit of 5 s for a lock; then it tries again).
 */
export async function holdInserts(system: LocalSystem, table: string) {
  const [service = ''] = table.split('.');
  const root = await connect(system.engines.checkUrl);
  await root.query('SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ');
  await root.beginTransaction();
  await root.query(`SELECT * FROM ${table} FOR UPDATE`);
  // not information_schema.innodb_trx: its cache is never renewed while somebody reads it more often than every 100 ms
  const waiting = async (): Promise<number[]> => {
    const [status] = await system.rows<{ Status: string }>('SHOW ENGINE INNODB STATUS');
    const parts = (status?.Status ?? '').split('---TRANSACTION ').filter((part) => part.includes('LOCK WAIT') && part.includes(` ${service}_jobs `));
    return parts.flatMap((part) => /thread id (\d+)/.exec(part)?.[1] ?? []).map(Number);
  };
  return {
    waiting: () => until(`a worker of ${service} waits to insert into ${table}`, async () => (await waiting()).length > 0),
    /** Cuts the connections of those who wait, as a lost network would. */
    async cut(): Promise<void> {
      for (const id of await waiting()) await root.query(`KILL CONNECTION ${id}`);
    },
    release: () => root.end(), // the server rolls back
  };
}

/** The seal over a message, so that a test can hand the services one that they must believe. */
export function sealOf(system: LocalSystem, message: { id: string; topic: string; aggregateId: string; version: string; payload: string }): Buffer {
  const key = Buffer.from(readFileSync(join(system.stack.wiring.secrets.messageKeyFile), 'utf8').trim(), 'base64');
  return createHmac('sha256', key).update(JSON.stringify(['message', message.id, message.topic, message.aggregateId, message.version, message.payload])).digest();
}
