import { randomBytes } from 'node:crypto';
import { openTestDatabase } from '@anjie/testing';
import { createTable, kitMigrations, kitTables } from '../src/database';
import { createKeyEncryption, openVault, suiteNamed, vaultMigrations, vaultTables, type SealedColumn, type SuiteName } from '../src/vault';

const column = (name: string, part: Partial<SealedColumn> = {}): SealedColumn => {
  const [table = '', of = ''] = name.split('.');
  return { table, column: of, keyClass: 'NOTE', rowKey: 'id', ...part };
};
const COLUMNS = { 'notes.text_sealed': column('notes.text_sealed', { old: { column: 'text' } }), 'notes.title_sealed': column('notes.title_sealed'), 'letters.text_sealed': column('letters.text_sealed') };
export type ColumnName = keyof typeof COLUMNS;
export const SECRETS = { INDEX: 'index/text' } as const;

const notes = createTable('CreateNotes1790000000000', 'notes', 'id uuid NOT NULL PRIMARY KEY, text_sealed mediumblob NULL, title_sealed varbinary(900) NULL');
const letters = createTable('CreateLetters1790000000001', 'letters', 'id uuid NOT NULL PRIMARY KEY, text_sealed varbinary(900) NULL');

export interface OpenAs {
  readonly master?: Buffer;
  readonly previous?: Buffer;
  readonly suite?: SuiteName;
}

/** A service that seals notes and letters. `open` is what a further process of it does at its start. */
export async function openVaultWorld(first: OpenAs = {}) {
  const database = await openTestDatabase({ service: 'kit_vault', tables: [...kitTables, ...vaultTables], migrations: [...kitMigrations, ...vaultMigrations, notes, letters] });
  const { db } = database;
  const master = first.master ?? randomBytes(32);
  const open = ({ master: current = master, previous, suite = 'AES-256-GCM' }: OpenAs = {}) => openVault({
    db, columns: COLUMNS, fileClasses: ['FILE'], secrets: SECRETS, suite: suiteNamed(suite), variable: 'ANJIE_TEST_KEY_FILE',
    kek: { current: createKeyEncryption(current), previous: previous && createKeyEncryption(previous) },
  });
  return {
    db, master, open,
    vault: await open({ master, ...first }),
    /** As a schema that was never sealed. */
    async forget() {
      await database.truncate();
      await db.query('DELETE FROM data_keys');
    },
    close: database.close,
  };
}
export type VaultWorld = Awaited<ReturnType<typeof openVaultWorld>>;
