import { createHash } from 'node:crypto';
import { GraphQLError, Kind, parse } from 'graphql';
import type { DataSource, EntityManager } from 'typeorm';
import { isRefusal } from '@anjie/contracts';
import type { Actor } from '@anjie/service-kit/database';
import type { RegisterPortalDocumentsInput, WithdrawPortalDocumentsInput } from '../generated/graphql';
import { documentsObjection, hashOfId, holdingsObjection, MAX_DOCUMENTS_AT_ONCE, portalClientRefusals, type PortalClientRefusal } from '../rules/portal-client';
import { clientOf, noteClient, registerAct } from './portal-client-service';
import { addDocuments, holdingsOf, newDocuments, removeDocuments, type NewDocument } from './portal-document-repository';

export interface Listed {
  readonly clientId: string;
  readonly documentIds: readonly string[];
  readonly changed: number;
}
export type DocumentsAnswer = Listed | PortalClientRefusal;

/** Far above what any gateway takes: here it only keeps the parser's time bounded. */
const MAX_TOKENS = 20_000;

/** Which documents a client may send. Whether they fit the graph, only a gateway knows; it reports what does not. */
export const createPortalDocumentService = ({ db }: { readonly db: DataSource }) => ({
  register: registerAct<RegisterPortalDocumentsInput, Listed>(db, 'registerPortalDocuments', register),
  withdraw: registerAct<WithdrawPortalDocumentsInput, Listed>(db, 'withdrawPortalDocuments', withdraw),
});

const readDocument = (text: string): NewDocument => ({ text, bytes: Buffer.byteLength(text), sha256: createHash('sha256').update(text).digest('hex') });

function problemOf(text: string): string | undefined {
  // what UTF-8 cannot carry would be stored as something else than what was hashed
  if (/[\p{Surrogate}\0]/u.test(text)) return 'it is no Unicode text';
  try {
    const { definitions } = parse(text, { maxTokens: MAX_TOKENS, noLocation: true });
    if (definitions.some(({ kind }) => kind !== Kind.OPERATION_DEFINITION && kind !== Kind.FRAGMENT_DEFINITION)) return 'it defines a schema';
    return definitions.some(({ kind }) => kind === Kind.OPERATION_DEFINITION) ? undefined : 'it has no operation';
  } catch (error) {
    return error instanceof GraphQLError ? error.message.slice(0, 200) : 'it cannot be read';
  }
}

async function register(tx: EntityManager, { clientId, documents }: RegisterPortalDocumentsInput, actor: Actor): Promise<DocumentsAnswer> {
  const read = documents.slice(0, MAX_DOCUMENTS_AT_ONCE + 1).map(readDocument);
  const no = documentsObjection(read.map(({ text, bytes }) => ({ bytes, problem: problemOf(text) })));
  if (no) return no;
  const client = await clientOf(tx, actor, clientId);
  if (isRefusal(client)) return client as PortalClientRefusal;
  const added = await newDocuments(tx, client.id, read);
  await addDocuments(tx, { clientId: client.id, by: actor.viewer.subject }, added);
  const tooMany = holdingsObjection(await holdingsOf(tx, client.id));
  if (tooMany) return tooMany;
  await noteClient(tx, actor, { action: 'portalClient.documentsRegistered', id: client.id, detail: { sha256: added.map(({ sha256 }) => sha256) } });
  return { clientId: client.id, documentIds: read.map(({ sha256 }) => `sha256:${sha256}`), changed: added.length };
}

async function withdraw(tx: EntityManager, { clientId, documentIds }: WithdrawPortalDocumentsInput, actor: Actor): Promise<DocumentsAnswer> {
  const hashes = documentIds.map(hashOfId).filter((hash) => hash !== undefined);
  if (hashes.length === 0 || hashes.length !== documentIds.length || hashes.length > MAX_DOCUMENTS_AT_ONCE) return portalClientRefusals.notFound();
  const client = await clientOf(tx, actor, clientId);
  if (isRefusal(client)) return client as PortalClientRefusal;
  const changed = await removeDocuments(tx, client.id, hashes);
  await noteClient(tx, actor, { action: 'portalClient.documentsWithdrawn', id: client.id, detail: { sha256: hashes } });
  return { clientId: client.id, documentIds, changed };
}
