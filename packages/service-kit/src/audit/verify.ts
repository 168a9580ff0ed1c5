import type { DataSource } from 'typeorm';
import { auditSealOf, select, type StoredEntry } from '../database';
import type { Anchor } from './anchor';
import { BEGINNING, chainHeads, CHAINS, ENTRY_COLUMNS, type ChainHead } from './chain';

export const AUDIT_PROBLEMS = ['CHANGED', 'DELETED', 'FORGED', 'REORDERED', 'LINK_MISSING', 'UNLINKED', 'CUT'] as const;

/**
 * CHANGED: an entry differs from its seal. DELETED: its link is there, it is not. FORGED: no key of ours sealed it. REORDERED: the link does
 * not follow from the one before. LINK_MISSING: a number of the chain is missing. UNLINKED: older than a minute and in no chain.
 * CUT: the chain ends before its head or before an anchor, or differs from it.
 */
export interface AuditProblem {
  readonly kind: (typeof AUDIT_PROBLEMS)[number];
  readonly chain: number | null;
  readonly seq: string | null;
  readonly entryId: string | null;
}

export interface AuditReport {
  readonly entries: number;
  readonly links: number;
  /** Of the links: entries from before there were seals. Proven since they were taken over, not since they were written. */
  readonly takenOver: number;
  readonly anchors: number;
  readonly problems: readonly AuditProblem[];
}

/** Looks at every entry and link. Whatever was edited, deleted, inserted, moved or cut off shows, what came after an anchor's moment only until then. */
export async function verifyAudit(db: DataSource, anchors: readonly Anchor[] = []): Promise<AuditReport> {
  const problems: AuditProblem[] = [];
  const heads = await chainHeads(db.manager);
  const tell = (problem: AuditProblem): unknown => problems.push(problem);
  let links = 0;
  let takenOver = 0;
  for (let chain = 0; chain < CHAINS; chain += 1) {
    const found = await verifyChain(db, { chain, head: heads.find((one) => one.chain === chain), anchors, tell });
    links += found.links;
    takenOver += found.takenOver;
  }
  await looseEntries(db, tell);
  const [total] = await select<{ n: string }>(db.manager, 'SELECT COUNT(*) AS n FROM audit_entries');
  return { entries: Number(total?.n), links, takenOver, anchors: anchors.length, problems };
}

interface Look {
  readonly chain: number;
  readonly head: ChainHead | undefined;
  readonly anchors: readonly Anchor[];
  readonly tell: (problem: AuditProblem) => unknown;
}

type LinkRow = Omit<StoredEntry, 'id'> & { readonly id: string | null; readonly seq: string; readonly hash: Buffer; readonly entryId: string };

const PAGE = 2_000;

async function verifyChain(db: DataSource, look: Look): Promise<Pick<AuditReport, 'links' | 'takenOver'>> {
  const { chain, anchors, tell } = look;
  const seal = auditSealOf(db.manager);
  const wanted = new Map(anchors.flatMap(({ heads }) => heads.filter((one) => one.chain === chain && one.seq !== '0').map((one) => [one.seq, one.head] as const)));
  let before: Buffer = BEGINNING;
  let last = 0n;
  let links = 0;
  let takenOver = 0;
  for (let page = await linksAfter(db, chain, last); page.length > 0; page = await linksAfter(db, chain, last)) {
    for (const row of page) {
      const at = { chain, seq: row.seq, entryId: row.entryId };
      for (const seq of gap(last, BigInt(row.seq))) tell({ kind: 'LINK_MISSING', chain, seq, entryId: null });
      const kind = faultOf(row, before, seal);
      if (kind) tell({ kind, ...at });
      else if (row.mac === null) takenOver += 1;
      const anchored = wanted.get(row.seq);
      if (anchored !== undefined && anchored !== row.hash.toString('hex')) tell({ kind: 'CUT', ...at });
      wanted.delete(row.seq);
      before = row.hash;
      last = BigInt(row.seq);
      links += 1;
    }
  }
  tellCutEnd(look, last, before);
  for (const seq of wanted.keys()) tell({ kind: 'CUT', chain, seq, entryId: null });
  return { links, takenOver };
}

/** Each link that was cut off the end is told, the last of them by the head that stands without it. */
function tellCutEnd({ chain, head, tell }: Look, last: bigint, before: Buffer): void {
  if (head) for (const seq of gap(last, BigInt(head.seq))) tell({ kind: 'LINK_MISSING', chain, seq, entryId: null });
  if (!head || BigInt(head.seq) !== last || !head.head.equals(before)) tell({ kind: 'CUT', chain, seq: head?.seq ?? null, entryId: null });
}

/** Of a gap, at most this many numbers are told one by one. */
const GAP_TOLD = 1_000n;

function* gap(last: bigint, next: bigint): Generator<string> {
  for (let seq = last + 1n; seq < next && seq <= last + GAP_TOLD; seq += 1n) yield String(seq);
}

const linksAfter = (db: DataSource, chain: number, after: bigint): Promise<LinkRow[]> =>
  select<LinkRow>(
    db.manager,
    `SELECT l.seq, l.hash, l.entry_id AS entryId, ${ENTRY_COLUMNS} FROM audit_links l LEFT JOIN audit_entries e ON e.id = l.entry_id
      WHERE l.chain = ? AND l.seq > ? ORDER BY l.seq LIMIT ${PAGE}`,
    [chain, String(after)],
  );

function faultOf(row: LinkRow, before: Buffer, seal: ReturnType<typeof auditSealOf>): AuditProblem['kind'] | undefined {
  const { id, mac } = row;
  if (id === null) return 'DELETED';
  if (mac !== null && !seal.fitsEntry(row, mac)) return 'CHANGED';
  if (seal.fitsLink({ before, seq: BigInt(row.seq), row: { ...row, id } }, row.hash)) return undefined;
  // a genuine link without a seal was taken over and holds what the entry said; every other entry had its seal
  return mac === null ? 'CHANGED' : 'REORDERED';
}

/**
 * Entries that no chain holds; a link beside all chains, which a process's user may write, is none.
 * One without a seal is forged, whatever its date: what was there before seals lies in the chains.
 */
async function looseEntries(db: DataSource, tell: Look['tell']): Promise<void> {
  const seal = auditSealOf(db.manager);
  // a forger may choose a number below zero
  let after: string | null = null;
  for (;;) {
    const page: (StoredEntry & { isOld: number })[] = await select(
      db.manager,
      `SELECT ${ENTRY_COLUMNS}, e.recorded_at < UTC_TIMESTAMP(3) - INTERVAL 1 MINUTE AS isOld FROM audit_entries e
          LEFT JOIN audit_links l ON l.entry_id = e.id AND l.chain BETWEEN 0 AND ${CHAINS - 1} AND l.seq > 0
        WHERE (? IS NULL OR e.id > ?) AND l.entry_id IS NULL ORDER BY e.id LIMIT ${PAGE}`,
      [after, after],
    );
    for (const entry of page) {
      const at = { chain: null, seq: null, entryId: entry.id };
      if (entry.mac === null || !seal.fitsEntry(entry, entry.mac)) tell({ kind: 'FORGED', ...at });
      else if (Number(entry.isOld) === 1) tell({ kind: 'UNLINKED', ...at });
    }
    if (page.length < PAGE) return;
    after = page.at(-1)?.id ?? after;
  }
}
