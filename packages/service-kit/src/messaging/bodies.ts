import DataLoader from 'dataloader';
import { fetch } from 'undici';
import type { DataSource } from 'typeorm';
import type { TokenMint, Viewer } from '@anjie/access';
import { selectIn } from '../database';
import { PostponedError } from './outages';

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

export const serviceViewer = (service: string): Viewer => ({
  kind: 'SERVICE', subject: service, unitId: null, divisionCode: null, roles: [], locale: 'zh-CN',
});

export interface BodySource {
  readonly service: string;
  readonly db: DataSource;
  readonly urls: Readonly<Record<string, string>>;
  readonly mint: TokenMint;
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

async function fetchBodies({ service, urls, mint }: BodySource, source: string, ids: readonly string[]): Promise<MessageBody[]> {
  const url = urls[source];
  if (!url) throw new PostponedError(`no address for ${source} in ANJIE_SUBGRAPH_URLS`);
  const body = JSON.stringify({ ids });
  const token = mint({ audience: source, viewer: serviceViewer(service), requestId: ids[0] ?? '', body });
  const response = await fetch(`${url}${MESSAGES_PATH}`, {
    method: 'POST', body, headers: { 'content-type': 'application/json', 'x-internal-auth': token }, signal: AbortSignal.timeout(5_000),
  }).catch((error: unknown) => {
    throw new PostponedError(`${source} cannot be asked for messages`, { cause: error });
  });
  if (!response.ok) throw new PostponedError(`${source} answered ${response.status} to a request for messages`);
  const answer = (await response.json().catch((error: unknown) => {
    throw new PostponedError(`${source} broke off its answer`, { cause: error });
  })) as { messages: MessageBody[] };
  return answer.messages;
}
