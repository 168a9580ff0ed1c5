import type { DataSource, EntityManager } from 'typeorm';
import { retentionInForce, type RetentionRow, type ServiceName } from '@anjie/contracts';
import { audit, BUSINESS_NOW, inTransaction, select, write, type Actor, type Sql } from '../database';
import type { Logger } from '../runtime';
import { serviceViewer } from '../messaging';
import { destroyKey, keyRows } from '../vault';

export interface RetentionOptions {
  readonly service: ServiceName;
  readonly log: Logger;
  /** Days that the site set, by name of the row. */
  readonly set: ReadonlyMap<string, number>;
  readonly signal?: AbortSignal;
}

type Row = RetentionRow & { readonly days: number };
const BATCH = 500;

export interface Applied {
  readonly name: string;
  readonly days: number;
  /** Rows, or keys. */
  readonly count: number;
}

/** Erases what is past its time, batch by batch; each batch leaves an audit entry in its own transaction. */
export async function applyRetention(db: DataSource, { service, log, set, signal }: RetentionOptions): Promise<readonly Applied[]> {
  const applied: Applied[] = [];
  for (const row of retentionInForce(service, set)) {
    let count = 0;
    let batch = BATCH;
    while (batch === BATCH && !signal?.aborted) {
      batch = await inTransaction(db, (tx) => applyBatch(tx, row, { viewer: serviceViewer(service), requestId: `retention-${row.name}` }));
      count += batch;
    }
    applied.push({ name: row.name, days: row.days, count });
  }
  log.info({ applied }, 'what was past its time was erased');
  return applied;
}

async function applyBatch(tx: EntityManager, row: Row, actor: Actor): Promise<number> {
  const count = await ACTS[row.act.kind](tx, row);
  if (count > 0) await audit(tx, actor, { action: 'RETENTION_APPLIED', subjectType: 'Retention', subjectId: row.name, detail: { act: row.act.kind, count, days: row.days, basis: row.basis } });
  return count;
}

const ACTS: Readonly<Record<RetentionRow['act']['kind'], (tx: Sql, row: Row) => Promise<number>>> = {
  DELETE: (tx, row) => (row.act.kind === 'DELETE' ? write(tx, `DELETE FROM ${row.act.table} WHERE ${pastPart(row)} ORDER BY ${row.act.since} LIMIT ${BATCH}`) : Promise.resolve(0)),
  ERASE: (tx, row) =>
    (row.act.kind === 'ERASE'
      ? write(tx, `UPDATE ${row.act.table} SET ${row.act.columns.map((column) => `${column} = NULL`).join(', ')} WHERE ${pastPart(row)} LIMIT ${BATCH}`)
      : Promise.resolve(0)),
  DESTROY_KEYS: async (tx, row) => {
    const ids = await keysPast(tx, row);
    for (const id of ids) await destroyKey(tx, id);
    return ids.length;
  },
  KEEP: () => Promise.resolve(0),
};

/** Names and columns are the schedule's own; days are numbers. */
function pastPart({ act, days, isBusinessTime }: Row): string {
  if (act.kind !== 'DELETE' && act.kind !== 'ERASE') return 'FALSE';
  const left = act.kind === 'ERASE' ? ` AND (${act.columns.map((column) => `${column} IS NOT NULL`).join(' OR ')})` : '';
  return `${act.settled} AND ${act.since} < ${isBusinessTime ? BUSINESS_NOW : 'UTC_TIMESTAMP(3)'} - INTERVAL ${days} DAY${left}`;
}

/** Keys that have not sealed for the days: the next one of their class has been in use since before. */
async function keysPast(sql: Sql, { act, days }: Row): Promise<number[]> {
  if (act.kind !== 'DESTROY_KEYS') return [];
  const rows = (await keyRows(sql)).filter((row) => row.keyClass === act.keyClass);
  const [past] = await select<{ before: Date }>(sql, `SELECT UTC_TIMESTAMP(3) - INTERVAL ${days} DAY AS \`before\``);
  const isReplaced = (id: number): boolean => rows.some((later) => later.id > id && later.usableAt !== null && past !== undefined && later.usableAt < past.before);
  return rows.filter((row) => row.destroyedAt === null && isReplaced(row.id)).map((row) => row.id);
}

/** What a run would erase now, without erasing it. */
export async function dueForRetention(sql: Sql, service: ServiceName, set: ReadonlyMap<string, number>): Promise<readonly Applied[]> {
  const due: Applied[] = [];
  for (const row of retentionInForce(service, set)) due.push({ name: row.name, days: row.days, count: await countPast(sql, row) });
  return due;
}

async function countPast(sql: Sql, row: Row): Promise<number> {
  if (row.act.kind === 'DESTROY_KEYS') return (await keysPast(sql, row)).length;
  if (row.act.kind === 'KEEP') return 0;
  return Number((await select<{ n: string }>(sql, `SELECT COUNT(*) AS n FROM ${row.act.table} WHERE ${pastPart(row)}`))[0]?.n ?? 0);
}
