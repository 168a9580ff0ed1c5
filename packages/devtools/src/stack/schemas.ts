import { createConnection, type Connection } from 'mysql2/promise';
import { parseDatabaseUrl } from '@anjie/service-kit/database';

/** Opens a connection from a URL of ours, as the services do. */
export async function connect(url: string, database?: string): Promise<Connection> {
  return createConnection({
    ...parseDatabaseUrl(url),
    ...(database ? { database } : {}),
    charset: 'utf8mb4',
    timezone: 'Z',
    dateStrings: ['DATE'],
  });
}

/** Names of the two database users of a service on a private instance: HTTP process and worker. */
export const webUser = (service: string): string => `${service}_web`;
export const jobsUser = (service: string): string => `${service}_jobs`;

/** Makes each service's schema, and on a private instance its two users; safe to repeat. */
export async function createSchemas(rootUrl: string, services: readonly string[], { withUsers }: { withUsers: boolean }): Promise<void> {
  const root = await connect(rootUrl);
  try {
    for (const service of services) {
      await root.query(`CREATE DATABASE IF NOT EXISTS ${service} CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci`);
      if (!withUsers) continue;
      for (const user of [webUser(service), jobsUser(service)]) await root.query(`CREATE USER IF NOT EXISTS ${user}@localhost`);
    }
  } finally {
    await root.end();
  }
}

/** A user on a socket of a private folder needs no password. */
export function urlFor(rootUrl: string, user: string): string {
  const url = new URL(rootUrl);
  url.username = user;
  url.password = '';
  return url.toString();
}

/** Messages that have not arrived at their listeners yet, over all services. */
// the states by name, so that the few rows are found by their key however many were acknowledged
export async function messagesUnderWay(rootUrl: string, services: readonly string[]): Promise<number> {
  const root = await connect(rootUrl);
  try {
    const [rows] = await root.query(services.map((s) => `SELECT COUNT(*) AS n FROM ${s}.outbox_messages WHERE state IN ('PENDING', 'CLAIMED', 'PUBLISHED')`).join(' UNION ALL '));
    return (rows as { n: number }[]).reduce((sum, row) => sum + Number(row.n), 0);
  } finally {
    await root.end();
  }
}

/** Waits until every message between services has arrived and was acknowledged. */
export async function settled({ databaseUrl, services }: { databaseUrl: string; services: readonly string[] }): Promise<void> {
  const end = Date.now() + 60_000;
  while ((await messagesUnderWay(databaseUrl, services)) > 0) {
    if (Date.now() > end) throw new Error('messages between the services do not arrive within a minute; see the logs of the workers');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Moves business now in every service to `instant`; demo and tests only. */
export async function setBusinessNow(rootUrl: string, services: readonly string[], instant: Date): Promise<void> {
  const root = await connect(rootUrl);
  try {
    const [[row]] = (await root.query('SELECT TIMESTAMPDIFF(SECOND, UTC_TIMESTAMP(3), ?) AS seconds', [instant])) as unknown as [[{ seconds: number }]];
    for (const service of services) await root.query(`UPDATE ${service}.business_clock SET offset_seconds = ? WHERE id = 1`, [row.seconds]);
  } finally {
    await root.end();
  }
}

export async function businessNow(rootUrl: string): Promise<Date> {
  const root = await connect(rootUrl);
  try {
    const [[row]] = (await root.query('SELECT UTC_TIMESTAMP(3) + INTERVAL offset_seconds SECOND AS now FROM cases.business_clock')) as unknown as [[{ now: Date }]];
    return row.now;
  } finally {
    await root.end();
  }
}

const TASK_MS = 60_000;

/** Has the worker of a service do one of its recurring tasks at once, as an operator's command does, and waits for its end. */
export async function runTask(rootUrl: string, service: string, task: string): Promise<void> {
  const root = await connect(rootUrl, service);
  try {
    await root.query('SET @asked_at = UTC_TIMESTAMP(3)');
    await root.query('UPDATE periodic_tasks SET next_at = @asked_at, requested_at = @asked_at WHERE name = ?', [task]);
    for (const end = Date.now() + TASK_MS; ; ) {
      const [rows] = await root.query('SELECT failure FROM periodic_tasks WHERE name = ? AND claim_token IS NULL AND started_at >= @asked_at AND finished_at >= started_at', [task]);
      const [ran] = rows as { failure: string | null }[];
      if (ran?.failure) throw new Error(`${task} of ${service} failed: ${ran.failure}`);
      if (ran) return;
      if (Date.now() > end) throw new Error(`${task} of ${service} was not done within ${TASK_MS / 1000} s; does its worker run?`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  } finally {
    await root.end();
  }
}
