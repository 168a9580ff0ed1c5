import { eventually } from '@anjie/testing';
import { units } from './people';
import type { AskOptions, World } from './world';

export interface PortalClient {
  readonly key: string;
  readonly keyed: AskOptions & { readonly headers: Readonly<Record<string, string>> };
}
const opened = new WeakMap<World, Map<string, Promise<PortalClient>>>();

/** A portal client that may send this document and no other; made once for each document, and known to the gateway. */
export function openClient(world: World, document: string): Promise<PortalClient> {
  const known = opened.get(world) ?? new Map<string, Promise<PortalClient>>();
  opened.set(world, known);
  const client = known.get(document) ?? makeClient(world, document);
  known.set(document, client);
  return client;
}

async function makeClient(world: World, document: string): Promise<PortalClient> {
  const { secret, client } = await world.done<{ secret: string; client: { id: string } }>('admin', 'registerPortalClient', {
    name: '攻防接入方', unitId: units.office.id, contactPost: '信息中心', scopes: ['cases:read', 'officials:read'], documentsMode: 'ENFORCE',
  }, 'secret client { id }');
  await world.done('admin', 'registerPortalDocuments', { clientId: client.id, documents: [document] }, 'documentIds');
  const keyed = { headers: { 'x-anjie-client-key': secret } };
  await eventually('the gateway knows the client and its document', async () => (await world.ask('office', document, { n: 1 }, keyed)).status === 200, 30_000);
  return { key: secret, keyed };
}
