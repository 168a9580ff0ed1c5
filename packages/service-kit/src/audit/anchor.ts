import { appendFile, readFile } from 'node:fs/promises';
import type { DataSource } from 'typeorm';
import { auditSealOf, type AuditSeal } from '../database';
import { repeat, type Closable, type Logger } from '../runtime';
import { chainHeads } from './chain';

/** Where the chains stood at a moment, kept outside the database: shows what was cut off, or restored from an older backup. */
export interface Anchor {
  readonly service: string;
  readonly at: string;
  readonly heads: readonly { readonly chain: number; readonly seq: string; readonly head: string }[];
}

const EVERY_MS = 5 * 60_000;

export async function takeAnchor(db: DataSource, service: string, now: Date): Promise<Anchor> {
  const heads = await chainHeads(db.manager);
  return { service, at: now.toISOString(), heads: heads.map(({ chain, seq, head }) => ({ chain, seq: String(seq), head: head.toString('hex') })) };
}

/** One line: the anchor and its seal. */
export function anchorLine(anchor: Anchor, seal: AuditSeal): string {
  const text = JSON.stringify(anchor);
  return `${JSON.stringify({ anchor: text, mac: seal.ofAnchor(text).toString('hex') })}\n`;
}

/** Adds a line to the anchor file every five minutes. The file belongs on another machine, where this one may only append. */
export const startAnchoring = (db: DataSource, { service, file, log }: { service: string; file: string; log: Logger }): Closable =>
  repeat('anchor-audit', EVERY_MS, { log, work: async () => appendFile(file, anchorLine(await takeAnchor(db, service, new Date()), auditSealOf(db.manager)), { mode: 0o600 }) });

/** The anchors of a service. @throws Error that names the line which no key of ours has sealed */
export async function readAnchors(file: string, service: string, seal: AuditSeal): Promise<readonly Anchor[]> {
  const lines = (await readFile(file, 'utf8')).split('\n').filter((line) => line !== '');
  return lines.map((line, i) => openAnchor(line, seal) ?? fail(file, i)).filter((anchor) => anchor.service === service);
}

function openAnchor(line: string, seal: AuditSeal): Anchor | undefined {
  try {
    const { anchor, mac } = JSON.parse(line) as { anchor: string; mac: string };
    return seal.fitsAnchor(anchor, Buffer.from(mac, 'hex')) ? (JSON.parse(anchor) as Anchor) : undefined;
  } catch {
    return undefined;
  }
}

function fail(file: string, index: number): never {
  throw new Error(`${file}, line ${index + 1}: not an anchor that this key has sealed`);
}
