import { fetch } from 'undici';
import type { DataSource } from 'typeorm';
import type { TokenMint, Viewer } from '@anjie/access';
import { selectIn } from '../database';

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

/** Fetches one body from its sender over the signed internal API (from the own database when the sender is this service). */
export function createBodyReader({ service, db, urls, mint }: BodySource) {
  return async (source: string, id: string): Promise<MessageBody | undefined> => {
    if (source === service) return (await readBodies(db, service, [id]))[0];
    const url = urls[source];
    if (!url) throw new Error(`no address for ${source} in ANJIE_SUBGRAPH_URLS`);
    const body = JSON.stringify({ ids: [id] });
    const token = mint({ audience: source, viewer: serviceViewer(service), requestId: id, body });
    const response = await fetch(`${url}${MESSAGES_PATH}`, {
      method: 'POST', body, headers: { 'content-type': 'application/json', 'x-internal-auth': token }, signal: AbortSignal.timeout(5_000),
    });
    if (!response.ok) throw new Error(`${source} answered ${response.status} to a request for a message`);
    const { messages } = (await response.json()) as { messages: MessageBody[] };
    return messages[0];
  };
}
export type BodyReader = ReturnType<typeof createBodyReader>;
