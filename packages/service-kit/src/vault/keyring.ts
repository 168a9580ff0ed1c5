import { randomBytes } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { AppError } from '@anjie/contracts';
import { repeat, type Closable, type Logger } from '../runtime';
import type { KeyEncryption } from './key-encryption';
import { databaseNow, insertKey, keyRows, LEAD_S, type KeyRow } from './key-repository';
import { SealBroken, suiteNamed, type CryptoSuite } from './suites';

export interface DataKey {
  readonly id: number;
  readonly keyClass: string;
  readonly period: string;
  readonly suite: CryptoSuite;
  readonly key: Buffer;
  /** Milliseconds since 1970 by the database's clock. */
  readonly usableFrom: number;
  readonly isRetiring: boolean;
}

/** Where sealing gets its keys. */
export interface KeySource {
  /** The key that seals now. @throws AppError SERVICE_UNAVAILABLE while the keys in memory may be out of date */
  current(keyClass: string): DataKey;
  byId(id: number): DataKey | undefined;
  isDestroyed(id: number): boolean;
}

export interface KeyringOptions {
  readonly db: DataSource;
  readonly kek: { readonly current: KeyEncryption; readonly previous?: KeyEncryption | undefined };
  /** For keys that are made from now on. */
  readonly suite: CryptoSuite;
  /** A key for each of them and month. */
  readonly classes: readonly string[];
  /** Secrets that are not changed with the month, by name → the words by which earlier versions derived them. */
  readonly secrets: Readonly<Record<string, string>>;
  /** The variable that names the key file, for the sentence of a refusal. */
  readonly variable: string;
}

/** Of a system that was sealed before there were classes. */
export const OLD_CLASS = 'OLD';
export const secretClass = (name: string): string => `SECRET_${name}`;

const REFRESH_MS = 10_000;
/** A process that has not read the keys for so long does not know the newest: it seals nothing until it has. */
const STALE_MS = 45_000;

/** Opens the data keys, makes the first ones of an empty system. @throws Error when the key-encryption key does not fit */
export async function openKeyring(options: KeyringOptions): Promise<Keyring> {
  const state = createState();
  const read = async (mayMiss: boolean): Promise<void> => state.take(await keyRows(options.db.manager), { now: await databaseNow(options.db.manager), open: opener(options, mayMiss) });
  await read(false);
  await ensureKeys(options, state, () => read(false));
  let isWatched = false;
  const current = (keyClass: string): DataKey => {
    if (isWatched && state.ageMs() > STALE_MS) throw new AppError('SERVICE_UNAVAILABLE');
    return state.newest(keyClass) ?? missing(keyClass);
  };
  const refresh = async (): Promise<void> => {
    await read(true);
    await ensureKeys(options, state, () => read(true));
  };
  return {
    current,
    byId: state.byId,
    isDestroyed: state.isDestroyed,
    secrets: (name) => state.versions(secretClass(name)),
    secret: (name) => (state.newest(secretClass(name)) ?? missing(name)).key,
    refresh,
    add: (keyClass) => addKey(options, state, { keyClass, refresh: () => read(true) }),
    keepFresh(log) {
      isWatched = true;
      return repeat('data-keys', REFRESH_MS, { log, work: refresh });
    },
  };
}

export interface Keyring extends KeySource {
  /** Every version of a secret that is still looked for, the one that is written with first. */
  secrets(name: string): readonly DataKey[];
  secret(name: string): Buffer;
  refresh(): Promise<void>;
  /** Makes a further key of a class, for a rotation; it is used after LEAD_S. Answers its id. */
  add(keyClass: string): Promise<number>;
  keepFresh(log: Logger): Closable;
}

function missing(what: string): never {
  throw new Error(`there is no data key for ${what}`);
}

type Open = (row: KeyRow) => Buffer | undefined;

function createState() {
  let keys: ReadonlyMap<number, DataKey> = new Map();
  let destroyed: ReadonlySet<number> = new Set();
  let rows: readonly KeyRow[] = [];
  let clock = { databaseMs: 0, readAt: 0 };
  const nowMs = (): number => clock.databaseMs + (performance.now() - clock.readAt);
  const ofClass = (keyClass: string): DataKey[] => [...keys.values()].filter((key) => key.keyClass === keyClass).sort((a, b) => b.id - a.id);
  return {
    take(read: readonly KeyRow[], { now, open }: { now: Date; open: Open }): void {
      const before = keys;
      rows = read;
      clock = { databaseMs: now.getTime(), readAt: performance.now() };
      destroyed = new Set(read.filter((row) => row.destroyedAt !== null).map((row) => row.id));
      keys = new Map(read.filter((row) => row.wrapped !== null).flatMap((row) => {
        const key = before.get(row.id)?.key ?? open(row);
        return key === undefined ? [] : [[row.id, asDataKey(row, key)] as const];
      }));
    },
    rows: (): readonly KeyRow[] => rows,
    nowMs,
    ageMs: (): number => performance.now() - clock.readAt,
    byId: (id: number): DataKey | undefined => keys.get(id),
    isDestroyed: (id: number): boolean => destroyed.has(id),
    newest: (keyClass: string): DataKey | undefined => ofClass(keyClass).find((key) => key.usableFrom <= nowMs()),
    versions: (keyClass: string): readonly DataKey[] => ofClass(keyClass).sort((a, b) => Number(b.usableFrom <= nowMs()) - Number(a.usableFrom <= nowMs()) || b.id - a.id),
  };
}
type State = ReturnType<typeof createState>;

const asDataKey = (row: KeyRow, key: Buffer): DataKey => ({
  id: row.id, keyClass: row.keyClass, period: row.period, suite: suiteNamed(row.suite), key, usableFrom: row.usableAt?.getTime() ?? 0, isRetiring: row.retiringAt !== null,
});

/** Opens a wrapped key with whichever of the two files fits. While it runs, a key that neither opens is left out: others may know it. */
function opener({ kek, variable }: KeyringOptions, mayMiss: boolean): Open {
  const known = [kek.current, ...(kek.previous ? [kek.previous] : [])];
  return (row) => {
    for (const one of known) {
      if (row.wrappedBy !== null && !one.id.equals(row.wrappedBy)) continue;
      try {
        return row.wrappedBy === null ? one.unwrapOld(row.wrapped ?? Buffer.alloc(0), row.id) : one.unwrap(row.wrapped ?? Buffer.alloc(0), row);
      } catch (error) {
        if (!(error instanceof SealBroken)) throw error;
      }
    }
    if (mayMiss) return undefined;
    throw new Error(`${variable} does not hold the key that this database was sealed with`);
  };
}

/** As long as anything is wrapped by the previous key, new keys are too: so a process that has only that one still reads them. */
export function kekInForce({ kek }: Pick<KeyringOptions, 'kek'>, rows: readonly KeyRow[]): KeyEncryption {
  const { current, previous } = kek;
  return previous && rows.some((row) => row.wrappedBy?.equals(previous.id)) ? previous : current;
}

async function ensureKeys(options: KeyringOptions, state: State, refresh: () => Promise<void>): Promise<void> {
  const month = new Date(state.nowMs() + LEAD_S * 1000).toISOString().slice(0, 7);
  const wanted = [
    ...options.classes.map((keyClass) => ({ keyClass, period: month, use: undefined })),
    ...Object.entries(options.secrets).map(([name, use]) => ({ keyClass: secretClass(name), period: 'v1', use })),
  ];
  const has = ({ keyClass, period }: { keyClass: string; period: string }): boolean => state.rows().some((row) => row.keyClass === keyClass && row.period === period);
  for (const one of wanted) {
    // another process may take the number that this one meant to use
    for (let attempt = 0; !has(one) && attempt < 20; attempt += 1) {
      await make(options, state.rows(), one);
      await refresh();
    }
  }
}

interface Wanted {
  readonly keyClass: string;
  readonly period: string;
  /** A secret that an older system derived keeps its value. */
  readonly use?: string | undefined;
}

function make(options: KeyringOptions, rows: readonly KeyRow[], { keyClass, period, use }: Wanted): Promise<boolean> {
  const { suite } = options;
  const kek = kekInForce(options, rows);
  const id = Math.max(0, ...rows.map((row) => row.id)) + 1;
  const key = use !== undefined && rows.some((row) => row.keyClass === OLD_CLASS) ? derivedBefore(options, rows, use) : undefined;
  // what was derived was used with SHA-256
  const of = key ? suiteNamed('AES-256-GCM') : suite;
  const facts = { id, keyClass, period, suite: of.name };
  return insertKey(options.db.manager, {
    ...facts, wrapped: kek.wrap(of, key ?? randomBytes(32), facts), wrappedBy: kek.id, leadSeconds: rows.some((row) => row.keyClass === keyClass && row.destroyedAt === null) ? LEAD_S : 0,
  });
}

/** By the key-encryption key under which the old data key lies. */
function derivedBefore(options: KeyringOptions, rows: readonly KeyRow[], use: string): Buffer {
  const old = rows.find((row) => row.keyClass === OLD_CLASS);
  const { current, previous } = options.kek;
  const isOf = (kek: KeyEncryption): boolean => {
    if (!old?.wrapped) return false;
    if (old.wrappedBy !== null) return kek.id.equals(old.wrappedBy);
    try {
      return kek.unwrapOld(old.wrapped, old.id).length > 0;
    } catch {
      return false;
    }
  };
  return (previous && isOf(previous) ? previous : current).derive(use);
}

async function addKey(options: KeyringOptions, state: State, { keyClass, refresh }: { keyClass: string; refresh: () => Promise<void> }): Promise<number> {
  for (;;) {
    await refresh();
    const taken = state.rows().filter((row) => row.keyClass === keyClass).map((row) => row.period);
    const period = nextPeriod(taken, new Date(state.nowMs()).toISOString().slice(0, 7));
    if (!(await make(options, state.rows(), { keyClass, period }))) continue;
    await refresh();
    return state.rows().find((row) => row.keyClass === keyClass && row.period === period)?.id ?? missing(keyClass);
  }
}

/** `v3` after `v2`; `2026-11.2` after `2026-11`. */
function nextPeriod(taken: readonly string[], month: string): string {
  const versions = taken.filter((period) => /^v\d+$/.test(period)).map((period) => Number(period.slice(1)));
  if (versions.length > 0) return `v${Math.max(...versions) + 1}`;
  const again = taken.filter((period) => period.startsWith(month)).map((period) => Number(period.split('.')[1] ?? 1));
  return again.length === 0 ? month : `${month}.${Math.max(...again) + 1}`;
}
