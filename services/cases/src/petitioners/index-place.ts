import type { EntityManager } from 'typeorm';
import { select, write } from '@anjie/service-kit/database';
import type { DataKey, Page, Place } from '@anjie/service-kit/vault';
import type { IdKind } from '../rules/id-documents';
import { columnOf, INDEX_SECRETS, type IndexColumn, type IndexedField } from './blind-index';
import type { IdentityVault } from './identity-vault';
import { indexedNumber } from './petitioner-repository';

const PAGE_ROWS = 200;

interface Indexed {
  readonly id: string;
  readonly sealed: Buffer | null;
  readonly idKind: IdKind | null;
  readonly index: Buffer;
}

/**
 * The blind indexes of a field, moved to the newest version of their secret. In one statement the new fingerprint comes and the old one goes, so that a search,
 * which asks both columns, finds the row at every moment. A row without an index (an accuser's) gets none.
 */
export function indexPlace(vault: IdentityVault, field: IndexedField): Place {
  return {
    name: 'petitioners',
    async page(tx, { cursor, older }): Promise<Page> {
      const versions = vault.keyring.secrets(INDEX_SECRETS[field]);
      const [newest] = versions;
      const old = versions.find((version) => older.has(version.id));
      if (!newest || !old) return { last: null, seen: 0, left: 0, done: 0, broken: 0 };
      const column = columnOf(field, old);
      const rows = await select<Omit<Indexed, 'index'> & { index: Buffer | null }>(
        tx, `SELECT id, ${field}_sealed AS sealed, id_kind AS idKind, ${column} AS \`index\` FROM petitioners ${cursor === null ? '' : 'WHERE id > ?'} ORDER BY id LIMIT ${PAGE_ROWS}`,
        cursor === null ? [] : [cursor],
      );
      const left = rows.filter((row): row is Indexed => row.index !== null);
      let done = 0;
      for (const row of left) done += await moveIndex(tx, { vault, field, row, from: column, to: newest });
      return { last: rows.length < PAGE_ROWS ? null : (rows.at(-1)?.id ?? null), seen: rows.length, left: left.length, done, broken: 0 };
    },
  };
}

interface Move {
  readonly vault: IdentityVault;
  readonly field: IndexedField;
  readonly row: Indexed;
  readonly from: IndexColumn;
  readonly to: DataKey;
}

function moveIndex(tx: EntityManager, { vault, field, row, from, to }: Move): Promise<number> {
  const clear = vault.open(row.sealed, { column: `petitioners.${field}_sealed`, rowId: row.id });
  const text = field === 'phone' ? clear : indexedNumber(clear, row.idKind ?? 'RESIDENT_ID');
  return write(tx, `UPDATE petitioners SET ${columnOf(field, to)} = ?, ${from} = NULL WHERE id = ? AND ${from} = ?`, [text === null ? null : to.suite.mac(to.key, text), row.id, row.index]);
}
