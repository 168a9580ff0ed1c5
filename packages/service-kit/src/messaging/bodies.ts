import DataLoader from 'dataloader';
import type { DataSource } from 'typeorm';
import { selectIn } from '../database';
import { askService, type Asker } from './ask-service';

/** A message as the receiver sees it. Its text never passes through Redis; it comes from the sender's database. */
export interface MessageBody {
  readonly id: string;
  readonly topic: string;
  readonly aggregateId: string;
  readonly version: string;
  readonly schemaVersion: number;
  readonly payload: string;
  readonly requestId: string;
}

/** Bodies of messages that were addressed to `dest`, and to nobody else. */
export const readBodies = (db: DataSource, dest: string, ids: readonly string[]): Promise<MessageBody[]> =>
  selectIn<MessageBody>(
    db.manager,
    `SELECT id, topic, aggregate_id AS aggregateId, aggregate_version AS version, schema_version AS schemaVersion, payload, request_id AS requestId
       FROM outbox_messages WHERE id IN (?) AND dest = ?`,
    ids,
    [dest],
  );

export const MESSAGES_PATH = '/internal/messages';

export interface BodySource extends Asker {
  readonly db: DataSource;
}

/** Messages asked for in one request to their sender, and milliseconds that the first waits for others. */
const BATCH = 100;
const WAIT_MS = 3;

/**
 * Fetches bodies from their sender over the signed internal API, many in one request (own ones from the own database).
 * Rejects with PostponedError while the sender cannot be asked.
 */
export function createBodyReader(own: BodySource) {
  const loaders = new Map<string, DataLoader<string, MessageBody | null>>();
  return async (source: string, id: string): Promise<MessageBody | undefined> => {
    const loader = loaders.get(source) ?? loaderFor(own, source);
    loaders.set(source, loader);
    return (await loader.load(id)) ?? undefined;
  };
}
export type BodyReader = ReturnType<typeof createBodyReader>;

const loaderFor = (own: BodySource, source: string): DataLoader<string, MessageBody | null> =>
  new DataLoader(
    async (ids) => {
      const found = source === own.service ? await readBodies(own.db, own.service, ids) : await fetchBodies(own, source, ids);
      const byId = new Map(found.map((body) => [body.id, body]));
      return ids.map((id) => byId.get(id) ?? null);
    },
    { cache: false, maxBatchSize: BATCH, batchScheduleFn: (callback) => setTimeout(callback, WAIT_MS) },
  );

async function fetchBodies(own: BodySource, source: string, ids: readonly string[]): Promise<MessageBody[]> {
  const answer = await askService(own, source, { path: MESSAGES_PATH, asked: { ids }, requestId: ids[0] ?? '', what: 'for messages', withinMs: 5_000 });
  return (answer as { messages: MessageBody[] }).messages;
}
