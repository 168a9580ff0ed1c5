import { openTagFirst } from './key-encryption';
import { openKeyring, type KeyringOptions, type KeySource } from './keyring';
import { aadOf, bodyAfterHead, OLD_FORMAT, readHead, writeHead, type SealedWhere } from './sealed-form';
import { SealBroken, sealWhole, suiteWithId, type Sealer } from './suites';

/** A column whose values are sealed. The one list of them drives sealing, rotation and the tests. */
export interface SealedColumn {
  readonly table: string;
  readonly column: string;
  readonly keyClass: string;
  /** The primary key that names the row in the associated data. */
  readonly rowKey: string;
  /** What stood in the associated data of format 1: another word for the column, and what followed the row's id. */
  readonly old?: { readonly column: string; readonly suffix?: string };
}
export type SealedColumns = Readonly<Record<string, SealedColumn>>;

export interface SealedPlace<Name extends string> {
  readonly column: Name;
  readonly rowId: string;
}

export interface VaultOptions<Columns extends SealedColumns> extends Omit<KeyringOptions, 'classes'> {
  readonly columns: Columns;
  /** Further classes, of contents that lie in no column: files. */
  readonly fileClasses?: readonly string[];
}

/** Seals texts and files, each bound to its place, under data keys by class and month. @throws Error when the key file does not fit */
export async function openVault<Columns extends SealedColumns>({ columns, fileClasses = [], ...options }: VaultOptions<Columns>) {
  const keyring = await openKeyring({ ...options, classes: [...new Set([...Object.values(columns).map((one) => one.keyClass), ...fileClasses])] });
  type Place = SealedPlace<keyof Columns & string>;
  const columnOf = (place: Place): SealedColumn => columns[place.column] ?? unknownColumn(place.column);
  const openBytes = (sealed: Buffer, place: Place): Buffer | null => {
    const { table, column, old } = columnOf(place);
    return openAt(keyring, sealed, { table, column, rowId: place.rowId, old });
  };
  return {
    keyring,
    columns,
    /** Null and the empty text stay null. */
    seal(text: string | null | undefined, place: Place): Buffer | null {
      if (text === null || text === undefined || text === '') return null;
      const { table, column, keyClass } = columnOf(place);
      return sealAt(keyring, keyClass, { plain: Buffer.from(text), where: { table, column, rowId: place.rowId } });
    },
    /** Null for null, and for what was sealed with a key that has been destroyed. @throws SealBroken */
    open: (sealed: Buffer | null, place: Place): string | null => (sealed === null ? null : (openBytes(sealed, place)?.toString('utf8') ?? null)),
    openBytes,
    sealBytes(plain: Buffer, place: Place): Buffer {
      const { table, column, keyClass } = columnOf(place);
      return sealAt(keyring, keyClass, { plain, where: { table, column, rowId: place.rowId } });
    },
    /** Keyed fingerprints under a secret, newest version first: equal values have equal ones. */
    fingerprints: (secret: string, text: string): readonly Buffer[] => keyring.secrets(secret).map(({ suite, key }) => suite.mac(key, text)),
  };
}
export type Vault<Columns extends SealedColumns = SealedColumns> = Awaited<ReturnType<typeof openVault<Columns>>>;

function unknownColumn(name: string): never {
  throw new Error(`${name} is not in the list of sealed columns`);
}

export function sealAt(keyring: KeySource, keyClass: string, { plain, where }: { plain: Buffer; where: SealedWhere }): Buffer {
  const { id, suite, key } = keyring.current(keyClass);
  return Buffer.concat([writeHead(id, suite.id), sealWhole(suite, key, { plain, aad: aadOf(where, { keyId: id, suiteId: suite.id }) })]);
}

interface OldWhere extends SealedWhere {
  readonly old?: SealedColumn['old'];
}

/** Null when its key has been destroyed. @throws SealBroken */
export function openAt(keyring: KeySource, sealed: Buffer, { old, ...where }: OldWhere): Buffer | null {
  const head = readHead(sealed);
  const key = keyring.byId(head.keyId);
  if (!key) {
    if (keyring.isDestroyed(head.keyId)) return null;
    throw new SealBroken(`sealed with an unknown key (${head.keyId})`);
  }
  const body = bodyAfterHead(sealed, head);
  if (head.format === OLD_FORMAT) {
    if (!old) throw new SealBroken('this column never held the old format');
    return openTagFirst(key.key, body, `identity|${old.column}|${where.rowId}${old.suffix ?? ''}|${head.keyId}`);
  }
  return suiteWithId(head.suiteId).open(key.key, body, aadOf(where, head));
}

/** A file's content, sealed as it streams through. */
export function fileSealer(keyring: KeySource, keyClass: string, storageKey: string): { head: Buffer; sealer: Sealer } {
  const { id, suite, key } = keyring.current(keyClass);
  return { head: writeHead(id, suite.id), sealer: suite.sealer(key, aadOf(fileAt(storageKey), { keyId: id, suiteId: suite.id })) };
}

/** Null when its key has been destroyed. @throws SealBroken */
export const openFile = (keyring: KeySource, sealed: Buffer, storageKey: string): Buffer | null => openAt(keyring, sealed, fileAt(storageKey));

const fileAt = (storageKey: string): SealedWhere => ({ table: 'files', column: 'content', rowId: storageKey });
