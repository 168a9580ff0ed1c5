import type { DataSource } from 'typeorm';
import { SUBSCRIPTIONS } from '@anjie/contracts';
import { localDateOf } from '@anjie/calendar';
import { firstMessageIdAt, select, selectIn, write } from '../database';
import { chunksOf, type Logger } from '../runtime';
import type { BodySource } from './bodies';
import { askPeer, digestOf, KNOWN_PAGE, listKnown, type Digest, type Known, type Peer, type Span } from './known-messages';

export interface ReconcileOptions extends BodySource {
  readonly log: Logger;
}

export interface Findings {
  /** Acknowledged here, unknown there. */
  readonly missing: readonly string[];
  /** Known there, unknown here, and accepted by nobody: this service was restored from a backup, or somebody forged. */
  readonly phantom: readonly string[];
  /** Known on both sides with different content. Never repaired by a machine. */
  readonly mismatched: readonly string[];
}
export interface Reconciliation extends Findings {
  /** Day of the messages, Asia/Shanghai. */
  readonly day: string;
  readonly peer: string;
  readonly sent: Digest;
  readonly known: Digest;
  /** Messages that will be sent again. */
  readonly repaired: number;
}

/** Receivers of the service's events, itself included. */
export const peersOf = (service: string): readonly string[] =>
  [...new Set(SUBSCRIPTIONS.filter((s) => s.source === service).flatMap((s) => s.listeners.map((l) => l.service)))].sort();

const DAY_MS = 86_400_000;

/**
 * Compares what was sent with what arrived, day by day and receiver by receiver, and sends again what is missing.
 * @throws Error at the end, naming the receivers that could not be asked; the others are compared all the same
 */
export async function reconcile(own: ReconcileOptions, { since, until, signal }: { since: Date; until: Date; signal?: AbortSignal }): Promise<readonly Reconciliation[]> {
  const done: Reconciliation[] = [];
  const failures: unknown[] = [];
  for (const peer of peersOf(own.service)) {
    await reconcilePeer(own, peer, { days: daysBetween(since, until), signal, done }).catch((error: unknown) => failures.push(error));
  }
  if (failures.length > 0) throw new AggregateError(failures, failures.map((error) => (error instanceof Error ? error.message : String(error))).join('; '));
  return done;
}

interface Course {
  readonly days: readonly number[];
  readonly signal: AbortSignal | undefined;
  readonly done: Reconciliation[];
}

async function reconcilePeer(own: ReconcileOptions, peer: string, { days, signal, done }: Course): Promise<void> {
  for (const at of days) {
    if (signal?.aborted) return;
    const result = await reconcileDay(own, peer, at);
    await note(own, result);
    done.push(result);
  }
}

/** The message ids of a day that begins then. */
const spanOf = (at: number): Span => ({ after: firstMessageIdAt(at), upTo: firstMessageIdAt(at + DAY_MS) });

/** What the receiver knows of a day, Asia/Shanghai, and this service knows nothing of; its own tables are asked, not its process. */
export async function phantomsOf(db: DataSource, { service, peer, day, peerDb }: { service: string; peer: string; day: string; peerDb: DataSource }): Promise<readonly string[]> {
  const known = await everyPage({ list: (span) => listKnown(peerDb, service, span) }, spanOf(startOfDay(new Date(`${day}T00:00:00+08:00`))));
  return unknownHere({ db }, peer, [...known.keys()]);
}

const daysBetween = (since: Date, until: Date): number[] => {
  const first = startOfDay(since);
  return Array.from({ length: Math.max(0, Math.floor((until.getTime() - first) / DAY_MS) + 1) }, (_, i) => first + i * DAY_MS);
};
const startOfDay = (instant: Date): number => Date.parse(`${localDateOf(instant)}T00:00:00+08:00`);

async function reconcileDay(own: ReconcileOptions, peer: string, at: number): Promise<Reconciliation> {
  const span = spanOf(at);
  const them = askPeer(own, peer);
  // what is acknowledged now was known there before: they must be asked second
  const sent = await digestOf((page) => listSent(own, peer, page), span);
  const known = await them.digest(span);
  const findings = sent.sha256 === known.sha256 ? { missing: [], phantom: [], mismatched: [] } : await compare(own, { peer, them, span });
  const repaired = await sendAgain(own, peer, findings.missing);
  return { day: localDateOf(new Date(at)), peer, sent, known, ...findings, repaired };
}

const listSent = ({ db }: ReconcileOptions, peer: string, { after, upTo }: Span): Promise<Known[]> =>
  select<Known>(
    db.manager,
    `SELECT id, LOWER(HEX(payload_mac)) AS mac FROM outbox_messages WHERE id > ? AND id <= ? AND dest = ? AND state = 'ACKED' ORDER BY id LIMIT ${KNOWN_PAGE}`,
    [after, upTo, peer],
  );

interface Question {
  readonly peer: string;
  readonly them: Peer;
  readonly span: Span;
}

/** Page by page of what was sent; for each page everything that they know between its ends. */
async function compare(own: ReconcileOptions, { peer, them, span }: Question): Promise<Findings> {
  const found = { missing: [] as string[], phantom: [] as string[], mismatched: [] as string[] };
  let after: string | undefined = span.after;
  while (after !== undefined) {
    const mine: readonly Known[] = await listSent(own, peer, { after, upTo: span.upTo });
    const end: string | undefined = mine.length === KNOWN_PAGE ? mine.at(-1)?.id : undefined;
    const theirs = await everyPage(them, { after, upTo: end ?? span.upTo });
    for (const { id, mac } of mine) {
      const other = theirs.get(id);
      if (other === undefined) found.missing.push(id);
      else if (other !== mac) found.mismatched.push(id);
    }
    const sent = new Set(mine.map(({ id }) => id));
    found.phantom.push(...(await unknownHere(own, peer, [...theirs.keys()].filter((id) => !sent.has(id)))));
    after = end;
  }
  return found;
}

async function everyPage(them: Pick<Peer, 'list'>, span: Span): Promise<ReadonlyMap<string, string>> {
  const all = new Map<string, string>();
  let after: string | undefined = span.after;
  while (after !== undefined) {
    const page: readonly Known[] = await them.list({ after, upTo: span.upTo });
    for (const { id, mac } of page) all.set(id, mac);
    after = page.length === KNOWN_PAGE ? page.at(-1)?.id : undefined;
  }
  return all;
}

/** Of the ids that they know: those that are in the outbox in no state at all. One whose acknowledgement is under way is. What two officials accepted is known, too. */
async function unknownHere({ db }: Pick<ReconcileOptions, 'db'>, peer: string, ids: readonly string[]): Promise<string[]> {
  const here = new Set<string>();
  for (const chunk of chunksOf(ids, KNOWN_PAGE)) {
    for (const { id } of await selectIn<{ id: string }>(db.manager, KNOWN_HERE, chunk, [peer, chunk, peer])) here.add(id);
  }
  return ids.filter((id) => !here.has(id));
}

const KNOWN_HERE = `SELECT id FROM outbox_messages WHERE id IN (?) AND dest = ?
  UNION ALL SELECT message_id FROM accepted_phantoms WHERE message_id IN (?) AND peer = ?`;

async function sendAgain({ db, log }: ReconcileOptions, peer: string, missing: readonly string[]): Promise<number> {
  let repaired = 0;
  for (const chunk of chunksOf(missing, 500)) repaired += await write(db.manager, `${AGAIN} AND id IN (?)`, [peer, chunk]);
  if (repaired > 0) log.error({ peer, messages: repaired }, 'acknowledged messages are unknown to their receiver; sent again');
  return repaired;
}

/** Puts acknowledged messages back to the beginning; what the receiver has already it will say so. */
export const AGAIN = `UPDATE outbox_messages SET state = 'PENDING', next_at = UTC_TIMESTAMP(3), claim_token = NULL, acked_at = NULL, ack_result = NULL
  WHERE state = 'ACKED' AND dest = ?`;

/** One row for each day and receiver; `bad_runs` counts how often in a row something was wrong. */
async function note({ db, log }: ReconcileOptions, { day, peer, sent, known, repaired, ...found }: Reconciliation): Promise<void> {
  const { missing, phantom, mismatched } = found;
  const isBad = missing.length + phantom.length + mismatched.length > 0;
  if (phantom.length + mismatched.length > 0) {
    log.error({ day, peer, phantom: phantom.slice(0, 20), mismatched: mismatched.slice(0, 20) }, 'sender and receiver know different messages; a person must look');
  }
  await write(
    db.manager,
    `INSERT INTO reconciliations (day, peer, sent, known, sent_digest, known_digest, missing, phantom, mismatched, repaired, bad_runs, finished_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, UTC_TIMESTAMP(3))
     ON DUPLICATE KEY UPDATE sent = VALUES(sent), known = VALUES(known), sent_digest = VALUES(sent_digest), known_digest = VALUES(known_digest),
       missing = VALUES(missing), phantom = VALUES(phantom), mismatched = VALUES(mismatched), repaired = VALUES(repaired),
       bad_runs = IF(VALUES(bad_runs) = 0, 0, bad_runs + 1), finished_at = VALUES(finished_at)`,
    [
      day, peer, sent.count, known.count, Buffer.from(sent.sha256, 'hex'), Buffer.from(known.sha256, 'hex'),
      missing.length, phantom.length, mismatched.length, repaired, isBad ? 1 : 0,
    ],
  );
}
