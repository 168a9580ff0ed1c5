import { createHash, randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { clientKeyHash, newClientKey, type InternalClaims } from '@anjie/access';
import {
  FREE_DOCUMENT_PATH, PORTAL_DOCUMENTS_PATH, PORTAL_REGISTER_PATH, PORTAL_USES_PATH, type FreeDocument, type PortalClient, type PortalUses,
} from '@anjie/contracts';

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

interface Kept {
  readonly scopes: readonly string[];
  readonly mode?: PortalClient['mode'];
  readonly documents?: readonly string[];
  readonly expiresAt?: Date;
}

/** The half of officials that keeps portal clients, as far as the gateway can tell. */
export function createPortalKeeper() {
  const clients = new Map<string, PortalClient>();
  const texts = new Map<string, string>();
  const uses: PortalUses[] = [];
  const freed: (FreeDocument & { readonly viewer: InternalClaims['viewer'] })[] = [];
  let stamp: string | null = null;
  let isAway = false;
  let reads = 0;
  const stamped = () => void (stamp = randomUUID());
  const answers: Readonly<Record<string, (asked: Record<string, unknown>, claims: InternalClaims) => unknown>> = {
    [PORTAL_REGISTER_PATH]: ({ stamp: known }) => {
      reads += 1;
      return stamp !== null && known === stamp ? { stamp, clients: null } : { stamp, clients: [...clients.values()] };
    },
    [PORTAL_DOCUMENTS_PATH]: (asked) => ({ documents: (asked['sha256'] as string[]).map((hash) => ({ sha256: hash, text: texts.get(hash) ?? '' })) }),
    [PORTAL_USES_PATH]: (asked) => (uses.push(asked as PortalUses), {}),
    [FREE_DOCUMENT_PATH]: (asked, { viewer }) => (freed.push({ ...(asked as FreeDocument), viewer }), {}),
  };
  return {
    uses, freed,
    reads: () => reads,
    /** Adds or replaces a client; answers its id and a fresh key. */
    keep({ scopes, mode = 'MEASURE', documents = [], expiresAt = new Date(Date.now() + 3_600_000) }: Kept, id: string = randomUUID()): { id: string; key: string } {
      const key = newClientKey();
      for (const text of documents) texts.set(sha256(text), text);
      clients.set(id, {
        id, mode, scopes: [...scopes], documents: documents.map((text) => ({ sha256: sha256(text), fault: null })),
        keys: [{ id: randomUUID(), sha256: clientKeyHash(key), expiresAt: expiresAt.toISOString() }],
      });
      stamped();
      return { id, key };
    },
    drop(id: string): void {
      clients.delete(id);
      stamped();
    },
    /** What is kept under a hash is another text: a damaged or forged table. */
    forge: (hash: string, text: string): void => void texts.set(hash, text),
    goAway: (away = true): void => void (isAway = away),
    owns: (path: string): boolean => path in answers,
    answer(request: IncomingMessage, response: ServerResponse, { body, claims }: { body: Buffer; claims: InternalClaims }): void {
      if (isAway) return void response.writeHead(503).end('{"error":{"code":"SERVICE_UNAVAILABLE"}}');
      const answer = answers[request.url ?? '']?.(JSON.parse(body.toString()) as Record<string, unknown>, claims);
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
    },
  };
}
export type PortalKeeper = ReturnType<typeof createPortalKeeper>;
