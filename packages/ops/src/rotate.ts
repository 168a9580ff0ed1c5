import { audit, inTransaction, newId } from '@anjie/service-kit/database';
import {
  createKeyEncryption, keyRows, latestRotations, OLD_CLASS, requestRotation, rewrapAll, suiteNamed, wrappedBy, type KeyRow, type Rotation
} from '@anjie/service-kit/vault';
import type { KeyFiles } from './key-files';
import { bothOfficials, type FourEyes } from './officials';
import type { System } from './system';

/** Identity data and its keys are kept by this service alone. */
const KEEPER = 'cases';
const SECRET = 'SECRET_';
/** Secrets whose values can be made again from what is on file; changing another would orphan what was made with it. */
const INDEXES = ['SECRET_INDEX_ID_NUMBER', 'SECRET_INDEX_PHONE'] as const;

/** Wraps every data key by the current key-encryption key. Answers how many were wrapped by another. */
export async function rotateKek(system: System, { current, previous, suite }: KeyFiles, names: FourEyes): Promise<number> {
  const { actor } = await bothOfficials(system, names, `ops-${newId()}`);
  const kekOf = (base64: string) => createKeyEncryption(Buffer.from(base64, 'base64'));
  return rewrapAll(system.db(KEEPER), { current: kekOf(current), previous: previous === undefined ? undefined : kekOf(previous), suite: suiteNamed(suite), actor });
}

export interface Requested {
  readonly keyClass: string;
  /** Undefined: one is under way already. */
  readonly rotation: string | undefined;
}

/** Asks for new data keys: of one class, or of all, and last of what is under the key from before there were classes. */
export async function rotateData(system: System, keyClass: string, names: FourEyes): Promise<readonly Requested[]> {
  const rows = await keyRows(system.db(KEEPER).manager);
  const known = dataClasses(rows);
  if (keyClass !== 'ALL' && !known.includes(keyClass)) throw new Error(`There is no class of data keys "${keyClass}". Known: ${known.join(', ')}, ALL.`);
  return request(system, keyClass === 'ALL' ? known : [keyClass], names);
}

export const rotateIndex = (system: System, names: FourEyes): Promise<readonly Requested[]> => request(system, INDEXES, names);

/** The one from before there were classes comes last: by then the others have new keys. */
const dataClasses = (rows: readonly KeyRow[]): string[] => {
  const classes = [...new Set(rows.filter((row) => row.destroyedAt === null && !row.keyClass.startsWith(SECRET)).map((row) => row.keyClass))];
  return [...classes.filter((one) => one !== OLD_CLASS).sort(), ...classes.filter((one) => one === OLD_CLASS)];
};

async function request(system: System, classes: readonly string[], names: FourEyes): Promise<readonly Requested[]> {
  const { actor, by, confirmedBy } = await bothOfficials(system, names, `ops-${newId()}`);
  const asked: Requested[] = [];
  for (const keyClass of classes) {
    const rotation = await inTransaction(system.db(KEEPER), async (tx) => {
      const id = await requestRotation(tx, { keyClass, by });
      if (id !== undefined) await audit(tx, actor, { action: 'KEY_ROTATION_REQUESTED', subjectType: 'DataKey', subjectId: keyClass, detail: { rotation: id, confirmedBy } });
      return id;
    });
    asked.push({ keyClass, rotation });
  }
  return asked;
}

export interface KeyStatus {
  readonly keys: readonly { readonly keyClass: string; readonly sealing: number; readonly retiring: number; readonly destroyed: number; readonly newest: string; readonly suite: string }[];
  readonly wrappedBy: Readonly<Record<string, number>>;
  readonly rotations: readonly Rotation[];
}

export async function keyStatus(system: System): Promise<KeyStatus> {
  const sql = system.db(KEEPER).manager;
  const rows = await keyRows(sql);
  const keys = [...new Set(rows.map((row) => row.keyClass))].map((keyClass) => {
    const of = rows.filter((row) => row.keyClass === keyClass);
    const standing = of.filter((row) => row.destroyedAt === null);
    const retiring = standing.filter((row) => row.retiringAt !== null).length;
    const newest = standing.at(-1);
    return { keyClass, sealing: standing.length - retiring, retiring, destroyed: of.length - standing.length, newest: newest?.period ?? '-', suite: newest?.suite ?? '-' };
  });
  return { keys, wrappedBy: wrappedBy(rows).byKek, rotations: await latestRotations(sql) };
}
