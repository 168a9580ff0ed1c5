import { createHash } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { z } from 'zod';
import { select } from '../database';
import { askService } from './ask-service';
import type { BodySource } from './bodies';

/** Where a sender asks a receiver which of its messages arrived. */
export const KNOWN_MESSAGES_PATH = '/internal/known-messages';

/** Messages of one answer; a sender asks again from the last one on. */
export const KNOWN_PAGE = 1_000;

/** Message ids are in order of time: those after `after` (alone) up to `upTo` (included). */
const spanShape = { after: z.uuid(), upTo: z.uuid() };
export const knownQuestion = z.discriminatedUnion('ask', [
  z.strictObject({ ask: z.literal('DIGEST'), ...spanShape }),
  z.strictObject({ ask: z.literal('LIST'), ...spanShape }),
]);
export type Span = { readonly after: string; readonly upTo: string };

/** A message by its id and its seal in hex. */
export interface Known {
  readonly id: string;
  readonly mac: string;
}
export interface Digest {
  readonly count: number;
  /** SHA-256 over id and seal of each message in order of id, hex. */
  readonly sha256: string;
}

export const listKnown = (db: DataSource, source: string, { after, upTo }: Span): Promise<Known[]> =>
  select<Known>(
    db.manager,
    `SELECT message_id AS id, LOWER(HEX(payload_mac)) AS mac FROM inbox_messages
      WHERE source = ? AND message_id > ? AND message_id <= ? ORDER BY message_id LIMIT ${KNOWN_PAGE}`,
    [source, after, upTo],
  );

/** Count and hash of all pages; the same function on both sides, so that equal means equal. */
export async function digestOf(page: (span: Span) => Promise<readonly Known[]>, span: Span): Promise<Digest> {
  const hash = createHash('sha256');
  let count = 0;
  let after: string | undefined = span.after;
  while (after !== undefined) {
    const known: readonly Known[] = await page({ after, upTo: span.upTo });
    for (const { id, mac } of known) hash.update(`${id} ${mac}\n`);
    count += known.length;
    after = known.length === KNOWN_PAGE ? known.at(-1)?.id : undefined;
  }
  return { count, sha256: hash.digest('hex') };
}

/** What `source` is told about its own messages. */
export async function answerKnown(db: DataSource, source: string, { ask, ...span }: z.infer<typeof knownQuestion>): Promise<Digest | { messages: Known[] }> {
  return ask === 'DIGEST' ? digestOf((page) => listKnown(db, source, page), span) : { messages: await listKnown(db, source, span) };
}

/** A day of a busy service is hashed in the answer. */
const ANSWER_WITHIN_MS = 60_000;

/** The same questions to a receiver, over the signed internal API; to the own inbox directly. */
export function askPeer(own: BodySource, peer: string) {
  const ask = async (question: z.infer<typeof knownQuestion>): Promise<unknown> =>
    peer === own.service
      ? answerKnown(own.db, own.service, question)
      : askService(own, peer, { path: KNOWN_MESSAGES_PATH, asked: question, requestId: 'reconciliation', what: 'which messages it knows', withinMs: ANSWER_WITHIN_MS });
  return {
    digest: async (span: Span): Promise<Digest> => (await ask({ ask: 'DIGEST', ...span })) as Digest,
    list: async (span: Span): Promise<readonly Known[]> => ((await ask({ ask: 'LIST', ...span })) as { messages: Known[] }).messages,
  };
}
export type Peer = ReturnType<typeof askPeer>;

