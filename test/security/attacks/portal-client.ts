import { eventually } from '@anjie/testing';
import { units } from './people';
import type { AskOptions } from './doors';
import type { World } from './world';

export interface PortalClient {
  readonly id: string;
  readonly keyId: string;
  readonly key: string;
  readonly keyed: AskOptions & { readonly headers: Readonly<Record<string, string>> };
}
const CASES = '{ cases(first: 1) { totalCount } }';
interface Registering {
  readonly scopes: readonly string[];
  readonly documentsMode: 'ENFORCE' | 'MEASURE';
  readonly documents: readonly string[];
}
const opened = new WeakMap<World, Map<string, Promise<PortalClient>>>();

const once = (world: World, registering: Registering): Promise<PortalClient> => {
  const name = JSON.stringify(registering);
  const known = opened.get(world) ?? new Map<string, Promise<PortalClient>>();
  opened.set(world, known);
  const client = known.get(name) ?? registerClient(world, registering);
  known.set(name, client);
  return client;
};

/** A portal client that may send this document and no other; made once for each document, and known to the gateway. */
export const openClient = (world: World, document: string): Promise<PortalClient> => once(world, { scopes: ['cases:read', 'officials:read'], documentsMode: 'ENFORCE', documents: [document] });
/** A portal client that may read cases, with whatever document; nothing else. */
export const openNarrowClient = (world: World): Promise<PortalClient> => once(world, { scopes: ['cases:read'], documentsMode: 'MEASURE', documents: [] });

export async function registerClient(world: World, { scopes, documentsMode, documents }: Registering): Promise<PortalClient> {
  const { secret, key, client } = await world.done<{ secret: string; key: { id: string }; client: { id: string } }>('admin', 'registerPortalClient', {
    name: '攻防接入方', unitId: units.office.id, contactPost: '信息中心', scopes, documentsMode,
  }, 'secret key { id } client { id }');
  if (documents.length > 0) await world.done('admin', 'registerPortalDocuments', { clientId: client.id, documents }, 'documentIds');
  const keyed = { headers: { 'x-anjie-client-key': secret } };
  const allowed = documents[0] ?? CASES;
  await eventually('the gateway knows the client and its document', async () => (await world.ask('office', allowed, { n: 1 }, keyed)).status === 200, 30_000);
  return { id: client.id, keyId: key.id, key: secret, keyed };
}
