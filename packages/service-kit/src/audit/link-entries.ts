import type { EntityManager } from 'typeorm';
import { auditSealOf, insertRows, write, type StoredEntry } from '../database';
import { groupBy } from '../runtime';
import { chainOf, type ChainHead } from './chain';

/** Carries the chains on by these entries. `heads` as they are now, locked. */
export async function linkAll(tx: EntityManager, heads: readonly ChainHead[], found: readonly StoredEntry[]): Promise<void> {
  for (const [chain, entries] of groupBy(found, chainOf)) await link(tx, heads.find((one) => one.chain === chain), entries);
}

async function link(tx: EntityManager, chain: ChainHead | undefined, entries: readonly StoredEntry[]): Promise<void> {
  if (!chain) throw new Error('a chain has no head row: audit_chains was tampered with');
  const seal = auditSealOf(tx);
  let { head } = chain;
  let seq = BigInt(chain.seq);
  const links = entries.map((entry) => {
    seq += 1n;
    head = seal.ofLink(head, seq, entry);
    return { entry_id: entry.id, chain: chain.chain, seq: String(seq), hash: head };
  });
  await insertRows(tx, 'audit_links', links);
  await write(tx, 'UPDATE audit_chains SET seq = ?, head = ? WHERE chain = ?', [String(seq), head, chain.chain]);
}
