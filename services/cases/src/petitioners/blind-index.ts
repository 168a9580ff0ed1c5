import { select, type Sql } from '@anjie/service-kit/database';
import type { DataKey, Keyring } from '@anjie/service-kit/vault';

/**
 * 盲索引: keyed fingerprints by which equal ID numbers and telephones are found without opening anything; one secret per
 * column, so that columns cannot be joined. A secret of an odd version is written into the first column, of an even one into
 * `_v2`: while one takes over from the other a search asks both.
 */
export type IndexedField = 'id_number' | 'phone';
export const INDEX_SECRETS: Readonly<Record<IndexedField, string>> = { id_number: 'INDEX_ID_NUMBER', phone: 'INDEX_PHONE' };

export type IndexColumn = `${IndexedField}_index` | `${IndexedField}_index_v2`;

export const columnOf = (field: IndexedField, { period }: Pick<DataKey, 'period'>): IndexColumn => (Number(period.slice(1)) % 2 === 1 ? `${field}_index` : `${field}_index_v2`);

/** Both columns of a field as a row is written: the newest version, and nothing in the other. */
export function indexCells(keyring: Keyring, field: IndexedField, normalised: string | null): Record<IndexColumn, Buffer | null> {
  const empty = { [`${field}_index`]: null, [`${field}_index_v2`]: null } as Record<IndexColumn, Buffer | null>;
  const [newest] = keyring.secrets(INDEX_SECRETS[field]);
  return normalised && newest ? { ...empty, [columnOf(field, newest)]: newest.suite.mac(newest.key, normalised) } : empty;
}

/** Which of the values are on file already. */
export async function valuesOnFile(sql: Sql, keyring: Keyring, { field, values }: { field: IndexedField; values: readonly string[] }): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  if (values.length === 0) return found;
  const prints = keyring.secrets(INDEX_SECRETS[field]).map((version) => ({
    column: columnOf(field, version), valueOf: new Map(values.map((value) => [version.suite.mac(version.key, value).toString('hex'), value])),
  }));
  const wanted = prints.map(({ column, valueOf }) => ({ sql: `${column} IN (?)`, params: [...valueOf.keys()].map((hex) => Buffer.from(hex, 'hex')) }));
  // one statement: a row that is moved from one column to the other in between is seen in one of them
  const rows = await select<Record<IndexColumn, Buffer | null>>(
    sql, `SELECT ${field}_index, ${field}_index_v2 FROM petitioners WHERE ${wanted.map((part) => part.sql).join(' OR ')}`, wanted.map((part) => part.params),
  );
  for (const { column, valueOf } of prints) for (const row of rows) found.add(valueOf.get(row[column]?.toString('hex') ?? '') ?? '');
  found.delete('');
  return found;
}
