import type { EntityManager } from 'typeorm';
import { select, write } from '../database';
import { groupBy, type Logger } from '../runtime';
import { OLD_CLASS } from './keyring';
import type { Page, Place } from './rotator';
import { readHead } from './sealed-form';
import { SealBroken } from './suites';
import type { SealedColumn, SealedColumns, Vault } from './vault';

/** Rows of a page: a transaction is short, and its locks are few. */
const PAGE_ROWS = 100;

/** The tables of the sealed columns of a class, each gone through by its primary key. */
export function columnPlaces<Columns extends SealedColumns>(vault: Vault<Columns>, keyClass: string, log: Logger): Place[] {
  const columns = Object.entries(vault.columns).filter(([, one]) => keyClass === OLD_CLASS || one.keyClass === keyClass).map(([name, one]) => ({ ...one, name }));
  return [...groupBy(columns, (one) => one.table)].map(([table, of]) => ({ name: table, page: (tx, at) => tablePage(tx, { vault, table, columns: of, log, ...at }) }));
}

interface Named extends SealedColumn {
  readonly name: string;
}

interface Task {
  readonly vault: Vault;
  readonly table: string;
  readonly columns: readonly Named[];
  readonly log: Logger;
  readonly cursor: string | null;
  readonly older: ReadonlySet<number>;
}

type HeadRow = Readonly<Record<string, Buffer | null>> & { readonly rowKey: string };

/** Heads only are read of what is not under an older key: contents may be long. */
async function tablePage(tx: EntityManager, task: Task): Promise<Page> {
  const { table, columns, cursor, older } = task;
  const key = columns[0]?.rowKey ?? 'id';
  const heads = columns.map(({ column }, i) => `LEFT(${column}, 6) AS h${i}`).join(', ');
  const rows = await select<HeadRow>(
    tx, `SELECT ${key} AS rowKey, ${heads} FROM ${table} ${cursor === null ? '' : `WHERE ${key} > ?`} ORDER BY ${key} LIMIT ${PAGE_ROWS}`, cursor === null ? [] : [cursor],
  );
  const counts = { left: 0, done: 0, broken: 0 };
  for (const row of rows) {
    for (const [i, column] of columns.entries()) {
      const head = row[`h${i}`];
      if (!head || !older.has(readHead(head).keyId)) continue;
      counts.left += 1;
      const outcome = await sealAnew(tx, task, { column, rowId: row.rowKey });
      if (outcome === 'DONE') counts.done += 1;
      if (outcome === 'BROKEN') counts.broken += 1;
    }
  }
  return { last: rows.length < PAGE_ROWS ? null : (rows.at(-1)?.rowKey ?? null), seen: rows.length, ...counts };
}

/** Compare-and-set on the sealed bytes: whoever wrote in between wins, and wrote under the new key. */
async function sealAnew(tx: EntityManager, { vault, log }: Task, { column, rowId }: { column: Named; rowId: string }): Promise<'DONE' | 'CHANGED' | 'BROKEN'> {
  const { table, rowKey, name } = column;
  const [row] = await select<{ sealed: Buffer | null }>(tx, `SELECT ${column.column} AS sealed FROM ${table} WHERE ${rowKey} = ?`, [rowId]);
  if (!row?.sealed) return 'CHANGED';
  try {
    const plain = vault.openBytes(row.sealed, { column: name, rowId });
    if (plain === null) return 'CHANGED';
    const changed = await write(tx, `UPDATE ${table} SET ${column.column} = ? WHERE ${rowKey} = ? AND ${column.column} = ?`, [vault.sealBytes(plain, { column: name, rowId }), rowId, row.sealed]);
    return changed === 1 ? 'DONE' : 'CHANGED';
  } catch (error) {
    if (!(error instanceof SealBroken)) throw error;
    log.error({ err: error, table, column: column.column, row: rowId }, 'a sealed value does not open');
    return 'BROKEN';
  }
}
