import { pipeline } from 'node:stream/promises';
import { bodyHash, type InternalClaims } from '@anjie/access';
import { AppError } from '@anjie/contracts';
import { audit, inTransaction } from '../database';
import { claimsOf, type Route } from '../subgraph';
import { useDownloadLink } from './download-links';
import { keptFile, type StoredFile } from './file-repository';
import type { FileRouteOptions } from './route-options';

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
      const file = await inTransaction(options.db, (tx) => takeFile(tx, token, claims));
      if (!file) throw new AppError('NOT_FOUND');
      const content = await options.storage.open(file.storageKey).catch((error: unknown) => {
        options.log.error({ err: error, fileId: file.id }, 'the content of a file is missing');
        throw new AppError('NOT_FOUND');
      });
      response.writeHead(200, headersOf(file));
      await pipeline(content, response);
    },
  };
}

async function takeFile(tx: Parameters<typeof audit>[0], token: string, claims: InternalClaims): Promise<StoredFile | undefined> {
  const link = await useDownloadLink(tx, token);
  const file = link && (await keptFile(tx, link.fileId));
  if (!link || !file) return undefined;
  await audit(tx, claims, { action: 'FILE_DOWNLOADED', subjectType: 'FILE', subjectId: file.id, detail: { linkMadeBy: link.createdBy, purpose: file.purpose } });
  return file;
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
