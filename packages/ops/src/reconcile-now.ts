import { select, write } from '@anjie/service-kit/database';
import { RECONCILIATION } from '@anjie/service-kit/upkeep';
import type { ServiceName } from '@anjie/contracts';
import type { System } from './system';

export interface ReconciledDay {
  readonly service: ServiceName;
  readonly day: string;
  readonly peer: string;
  readonly sent: number;
  readonly known: number;
  readonly missing: number;
  readonly phantom: number;
  readonly mismatched: number;
  readonly repaired: number;
}

/** Asks each service's worker to compare now, and waits for it. @throws Error naming the services whose worker did not do it */
export async function reconcileNow(system: System, { since, timeoutMs = 300_000 }: { since?: Date | undefined; timeoutMs?: number }): Promise<readonly ReconciledDay[]> {
  const asked = await Promise.all(system.services.map(async (service) => ({ service, at: await ask(system, service, since) })));
  const end = Date.now() + timeoutMs;
  const days: ReconciledDay[] = [];
  for (const { service, at } of asked) days.push(...(await resultOf(system, { service, at, end })));
  return days;
}

async function ask(system: System, service: ServiceName, since: Date | undefined): Promise<Date> {
  const sql = system.db(service).manager;
  const [row] = await select<{ now: Date }>(sql, 'SELECT UTC_TIMESTAMP(3) AS now');
  const now = row?.now ?? new Date();
  await write(
    sql,
    `INSERT INTO periodic_tasks (name, next_at, requested_at, argument) VALUES (?, ?, ?, ?)
     ON DUPLICATE KEY UPDATE next_at = VALUES(next_at), requested_at = VALUES(requested_at), argument = VALUES(argument)`,
    [RECONCILIATION, now, now, since?.toISOString() ?? null],
  );
  return now;
}

interface Asked {
  readonly service: ServiceName;
  readonly at: Date;
  readonly end: number;
}

async function resultOf(system: System, { service, at, end }: Asked): Promise<ReconciledDay[]> {
  const sql = system.db(service).manager;
  for (;;) {
    const [task] = await select<{ failure: string | null }>(
      sql, 'SELECT failure FROM periodic_tasks WHERE name = ? AND claim_token IS NULL AND started_at >= ? AND finished_at >= started_at', [RECONCILIATION, at],
    );
    if (task?.failure) throw new Error(`${service} could not compare: ${task.failure}`);
    if (task) break;
    if (Date.now() > end) throw new Error(`the worker of ${service} did not compare in time; does it run?`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  const days = await select<Omit<ReconciledDay, 'service'>>(
    sql, 'SELECT day, peer, sent, known, missing, phantom, mismatched, repaired FROM reconciliations WHERE finished_at >= ? ORDER BY day, peer', [at],
  );
  return days.map((day) => ({ service, ...day }));
}
