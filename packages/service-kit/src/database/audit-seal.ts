import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Sql } from './statements';

/** What an entry says, as it is stored. Changing any of it breaks its seal. */
export interface AuditedFacts {
  readonly uid: string;
  readonly actorKind: string;
  readonly actor: string;
  readonly actorUnitId: string | null;
  readonly requestId: string;
  readonly action: string;
  readonly subjectType: string;
  readonly subjectId: string;
  readonly caseId: string | null;
  readonly detail: string;
}

/** What only the database knew when the entry was written; the chain holds it. `mac` is null in an entry from before there were seals. */
export interface AuditedRow {
  readonly id: string;
  readonly recordedAt: Date;
  readonly businessAt: Date;
  readonly mac: Buffer | null;
}

/** An entry as it lies in the table. */
export type StoredEntry = AuditedFacts & AuditedRow;

/**
 * HMAC-SHA-256 under a key that is not in the database: whoever can write rows cannot write entries. Entries and links that
 * an earlier key sealed are genuine too; nothing is sealed with it any more.
 */
export function createAuditSeal(keyBase64: string, earlierBase64: readonly string[] = []) {
  const [key = Buffer.alloc(0), ...earlier] = [keyBase64, ...earlierBase64].map(keyOf);
  const macUnder = (by: Buffer, parts: readonly (string | null)[]): Buffer => createHmac('sha256', by).update(JSON.stringify(parts)).digest();
  const fits = (parts: readonly (string | null)[], mac: Buffer): boolean => [key, ...earlier].some((by) => isEqual(macUnder(by, parts), mac));
  return {
    ofEntry: (e: AuditedFacts): Buffer => macUnder(key, entryParts(e)),
    fitsEntry: (e: AuditedFacts, mac: Buffer): boolean => fits(entryParts(e), mac),
    /** The link of an entry to everything before it in its chain. */
    ofLink: (before: Buffer, seq: bigint, row: StoredEntry): Buffer => macUnder(key, linkParts({ before, seq, row })),
    fitsLink: (link: AuditLinkFacts, hash: Buffer): boolean => fits(linkParts(link), hash),
    ofAnchor: (text: string): Buffer => macUnder(key, ['anchor', text]),
    fitsAnchor: (text: string, mac: Buffer): boolean => fits(['anchor', text], mac),
  };
}

export interface AuditLinkFacts {
  readonly before: Buffer;
  readonly seq: bigint;
  readonly row: StoredEntry;
}

function keyOf(base64: string): Buffer {
  const key = Buffer.from(base64, 'base64');
  if (key.length < 32) throw new Error('ANJIE_AUDIT_KEY_FILE must hold at least 32 random bytes, base64');
  return key;
}
const isEqual = (a: Buffer, b: Buffer): boolean => a.length === b.length && timingSafeEqual(a, b);
const entryParts = (e: AuditedFacts): readonly (string | null)[] =>
  ['entry', e.uid, e.actorKind, e.actor, e.actorUnitId, e.requestId, e.action, e.subjectType, e.subjectId, e.caseId, e.detail];
/** The link holds the entry's seal, or all that the entry says when it never had one. */
const linkParts = ({ before, seq, row }: AuditLinkFacts): readonly string[] =>
  ['link', before.toString('hex'), String(seq), row.id, row.recordedAt.toISOString(), row.businessAt.toISOString(), row.mac?.toString('hex') ?? JSON.stringify(entryParts(row))];
export type AuditSeal = ReturnType<typeof createAuditSeal>;

const seals = new WeakMap<object, AuditSeal>();

/** Every entry that is written through this data source is sealed with `seal`. */
export const useAuditSeal = (db: object, seal: AuditSeal): void => void seals.set(db, seal);

/** @throws Error when the data source was opened without a key: an entry that cannot be proven is no entry. */
export function auditSealOf(sql: Sql): AuditSeal {
  const { dataSource } = sql as { readonly dataSource?: object };
  const seal = seals.get(sql) ?? (dataSource && seals.get(dataSource));
  if (!seal) throw new Error('nothing can be audited without the audit key: set ANJIE_AUDIT_KEY_FILE');
  return seal;
}
