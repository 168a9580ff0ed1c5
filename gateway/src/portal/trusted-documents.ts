import { hasRole, type Viewer } from '@anjie/access';
import { AppError, FREE_DOCUMENT_PATH, type FreeDocument } from '@anjie/contracts';
import type { AskOfficials } from './ask-officials';
import { documentHash, type ClientRegister, type KnownClient } from './register';

/** The document of a request, as it was sent: its text, or the id of one that is registered. */
export type Sent = { readonly query: string } | { readonly documentId: string };

export interface Admitted {
  readonly query: string;
  /** FREE: sent under the break-glass role, and told before it runs. ANY: nobody asks what is registered. */
  readonly standing: 'REGISTERED' | 'STRAY' | 'FREE' | 'ANY';
  readonly sha256: string;
}

const DOCUMENT_ID = /^sha256:([0-9a-f]{64})$/;

/** Which document is meant, and does this client have it on its list? @throws AppError PERSISTED_QUERY_REQUIRED */
export function admitDocument(sent: Sent, client: KnownClient | undefined, viewer: Viewer): Admitted {
  if ('documentId' in sent) {
    const sha256 = DOCUMENT_ID.exec(sent.documentId)?.[1] ?? '';
    const query = client?.documents.get(sha256);
    if (query === undefined) throw new AppError('PERSISTED_QUERY_REQUIRED', { field: 'documentId' });
    return { query, standing: 'REGISTERED', sha256 };
  }
  const { query } = sent;
  if (!client) return { query, standing: 'ANY', sha256: '' };
  const sha256 = documentHash(query);
  if (client.documents.has(sha256)) return { query, standing: 'REGISTERED', sha256 };
  if (client.mode === 'MEASURE') return { query, standing: 'STRAY', sha256 };
  if (!hasRole(viewer, 'FREE_QUERY')) throw new AppError('PERSISTED_QUERY_REQUIRED');
  return { query, standing: 'FREE', sha256 };
}

export interface Telling {
  readonly client: KnownClient | undefined;
  readonly viewer: Viewer;
  readonly requestId: string;
  readonly operationName: string | null;
}

/** Counts a stray document, and writes down a free one before it runs. @throws AppError when it could not be written */
export const createDocumentTeller = ({ ask, register }: { readonly ask: AskOfficials; readonly register: Pick<ClientRegister, 'noteStray'> }) =>
  async ({ standing, sha256 }: Admitted, { client, viewer, requestId, operationName }: Telling): Promise<void> => {
    if (!client) return;
    if (standing === 'STRAY') register.noteStray(client.id, sha256);
    if (standing !== 'FREE') return;
    const asked: FreeDocument = { clientId: client.id, sha256, operationName: operationName?.slice(0, 100) ?? null };
    await ask({ path: FREE_DOCUMENT_PATH, asked, viewer, requestId });
  };
export type TellDocument = ReturnType<typeof createDocumentTeller>;
