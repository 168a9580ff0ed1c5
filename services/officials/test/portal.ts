import type { Viewer } from '@anjie/access';
import { admin, key, type Officials } from './fixture';

const CLIENT = 'client { id name contactPost scopes documentsMode state version unit { id } keys { id hint state lastUsedOn } }';
const REFUSED = '... on PortalClientRefusal { code message }';
const SELECTED: Readonly<Record<string, string>> = {
  registerPortalClient: `... on PortalKeyPayload { secret key { id hint state expiresAt } ${CLIENT} }`,
  issuePortalKey: `... on PortalKeyPayload { secret key { id hint state expiresAt } ${CLIENT} }`,
  changePortalClient: `... on PortalClientPayload { ${CLIENT} }`,
  revokePortalKey: `... on PortalClientPayload { ${CLIENT} }`,
  registerPortalDocuments: `... on PortalDocumentsPayload { documentIds changed ${CLIENT} }`,
  withdrawPortalDocuments: `... on PortalDocumentsPayload { documentIds changed ${CLIENT} }`,
};

export interface ClientView {
  readonly id: string;
  readonly version: number;
  readonly keys: readonly { id: string; hint: string; state: string; lastUsedOn: string | null }[];
}
export interface Managed {
  readonly client?: ClientView;
  readonly key?: { id: string; hint: string; state: string; expiresAt: string };
  readonly secret?: string | null;
  readonly documentIds?: readonly string[];
  readonly changed?: number;
  readonly code?: string;
  readonly message?: string;
}

/** One act on the register of portal clients; a fresh idempotency key unless one is given. */
export async function manage(officials: Pick<Officials, 'client'>, act: string, input: object, viewer: Viewer = admin): Promise<Managed> {
  const type = `${act[0]?.toUpperCase()}${act.slice(1)}Input`;
  const answer = await officials.client.query<Record<string, Managed>>(
    viewer, `mutation ($input: ${type}!) { ${act}(input: $input) { ${SELECTED[act]} ${REFUSED} } }`, { input: { idempotencyKey: key(), ...input } },
  );
  return answer[act] ?? {};
}

/** A client with its first key. */
export async function aClient(officials: Officials, part: object = {}): Promise<{ id: string; secret: string; keyId: string }> {
  await officials.divisions();
  const unitId = await officials.unit();
  const made = await manage(officials, 'registerPortalClient', { name: '住建局门户', unitId, contactPost: '信息科', scopes: ['cases:read'], ...part });
  if (!made.client || !made.key || !made.secret) throw new Error(JSON.stringify(made));
  return { id: made.client.id, secret: made.secret, keyId: made.key.id };
}
