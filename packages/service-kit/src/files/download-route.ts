import { bodyHash, keepsPlace, type InternalClaims, type Viewer } from '@anjie/access';
import { AppError } from '@anjie/contracts';
import { audit, inTransaction, type Sql } from '../database';
import { claimsOf, type Route } from '../subgraph';
import { makerOfLink, useDownloadLink } from './download-links';
import { keptFile, type StoredFile } from './file-repository';
import type { FileRouteOptions } from './route-options';
import { ContentMissing, StorageUnavailable } from './storage';
import { verifiedContent } from './verified-content';

const PATH = '/internal/downloads/';
const NO_BODY = bodyHash('');

export function downloadRoute(options: FileRouteOptions): Route {
  return {
    method: 'GET',
    path: PATH,
    async answer(request, response) {
      const claims = claimsOf(options.gate, request, NO_BODY);
      if (claims.viewer.kind !== 'SERVICE' || claims.viewer.subject !== 'gateway' || claims.iss !== 'gateway') throw new AppError('UNAUTHENTICATED');
      const token = (request.url ?? '').split('?')[0]?.slice(PATH.length) ?? '';
      const maker = await makerOfLink(options.db.manager, token);
      // a link is no better than the session and the post in which it was made; of whom nothing is known gets nothing
      const viewer = maker && (await options.admit(maker));
      if (!maker || !viewer || !keepsPlace(maker, viewer)) throw new AppError('NOT_FOUND');
      const file = await inTransaction(options.db, (tx) => takeFile(tx, options, { token, claims, viewer }));
      if (!file) throw new AppError('NOT_FOUND');
      const content = await contentOf(file, options);
      response.writeHead(200, headersOf(file));
      response.end(content);
    },
  };
}

interface Asked {
  readonly token: string;
  readonly claims: InternalClaims;
  /** Who made the link, as today's directory bounds them. */
  readonly viewer: Viewer;
}

async function takeFile(tx: Sql, { mayStillRead }: FileRouteOptions, { token, claims, viewer }: Asked): Promise<StoredFile | undefined> {
  const link = await useDownloadLink(tx, token);
  const file = link && (await keptFile(tx, link.fileId));
  if (!link || !file) return undefined;
  if (mayStillRead && !(await mayStillRead(tx, { file, viewer }))) return undefined;
  await audit(tx, claims, { action: 'FILE_DOWNLOADED', subjectType: 'FILE', subjectId: file.id, detail: { linkMadeBy: link.createdBy, purpose: file.purpose } });
  return file;
}

/** @throws AppError NOT_FOUND (missing), INTERNAL (damaged), SERVICE_UNAVAILABLE */
async function contentOf(file: StoredFile, { storage, log }: FileRouteOptions): Promise<Buffer> {
  try {
    return await verifiedContent(storage, file);
  } catch (error) {
    log.error({ err: error, fileId: file.id }, 'the content of a file cannot be given out');
    if (error instanceof StorageUnavailable) throw new AppError('SERVICE_UNAVAILABLE');
    throw error instanceof ContentMissing ? new AppError('NOT_FOUND') : error;
  }
}

const headersOf = (file: StoredFile): Record<string, string | number> => ({
  'content-type': file.mediaType,
  'content-length': file.size,
  'content-disposition': attachment(file.name),
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
});

/** RFC 6266 with the extended name of RFC 5987; the plain name is for programs that know only ASCII. */
function attachment(name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const extended = encodeURIComponent(name).replace(/['()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
  return `attachment; filename="${plain}"; filename*=UTF-8''${extended}`;
}
