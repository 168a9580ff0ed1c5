import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { hasRole, type InternalClaims } from '@anjie/access';
import { AppError } from '@anjie/contracts';
import { audit, inTransaction, newId } from '../database';
import { claimsOf, sendJson, type Route } from '../subgraph';
import { insertFile } from './file-repository';
import type { FileRouteOptions } from './route-options';
import { StorageUnavailable } from './storage';

/** Bytes of one uploaded file; the workbook reader has the same limit. */
export const UPLOAD_LIMIT = 20 * 1024 * 1024;

interface Upload {
  readonly purpose: string;
  readonly name: string;
  readonly mediaType: string;
  readonly declaredSize: number | undefined;
}

interface Received {
  readonly sha256: Buffer;
  readonly size: number;
}

export function uploadRoute(options: FileRouteOptions): Route {
  return {
    method: 'PUT',
    path: '/internal/files',
    async answer(request, response) {
      if (typeof request.headers['x-internal-auth'] !== 'string') throw new AppError('UNAUTHENTICATED');
      const upload = readUpload(request, options.allowedPurposes);
      if ((upload.declaredSize ?? 0) > UPLOAD_LIMIT) throw tooLarge(response);
      const id = newId();
      const received = await receive(id, { request, response, options });
      try {
        const claims = claimsOf(options.gate, request, received.sha256.toString('base64url'));
        checkSize(received, upload);
        const viewer = await options.admit(claims.viewer);
        if (!viewer) throw new AppError('FORBIDDEN');
        await keep(id, { upload, received, claims: { ...claims, viewer }, options });
      } catch (error) {
        await options.storage.remove(id).catch((left: unknown) => options.log.error({ err: left, fileId: id }, 'the content of a refused upload stays behind'));
        throw error;
      }
      sendJson(response, 201, { id, sha256: received.sha256.toString('hex'), size: received.size });
    },
  };
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly options: FileRouteOptions;
}

/** Streams the body into the storage; the token is bound to the hash, so it can be judged only at the end. */
async function receive(key: string, { request, response, options }: Exchange): Promise<Received> {
  const hash = createHash('sha256');
  let size = 0;
  async function* measured() {
    // leaving the loop early must not destroy the socket that still has to carry the refusal
    for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > UPLOAD_LIMIT) throw tooLarge(response);
      hash.update(chunk);
      yield chunk;
    }
  }
  try {
    await options.storage.put(key, Readable.from(measured(), { objectMode: false }));
  } catch (error) {
    // the sender went away in the middle: its fault, not ours
    if (request.destroyed && !request.complete) throw new AppError('BAD_USER_INPUT', { field: 'body' });
    if (error instanceof StorageUnavailable) {
      options.log.error({ err: error }, 'an upload could not be stored');
      throw new AppError('SERVICE_UNAVAILABLE');
    }
    throw error;
  }
  return { sha256: hash.digest(), size };
}

function tooLarge(response: ServerResponse): AppError {
  response.setHeader('connection', 'close');
  return new AppError('PAYLOAD_TOO_LARGE', { limit: UPLOAD_LIMIT });
}

function checkSize({ size }: Received, { declaredSize }: Upload): void {
  if (size === 0 || (declaredSize !== undefined && declaredSize !== size)) throw new AppError('BAD_USER_INPUT', { field: 'size' });
}

interface Receipt {
  readonly upload: Upload;
  readonly received: Received;
  readonly claims: InternalClaims;
  readonly options: FileRouteOptions;
}

async function keep(id: string, { upload, received, claims, options }: Receipt): Promise<void> {
  const { purpose, name, mediaType } = upload;
  const { viewer, requestId } = claims;
  if (hasRole(viewer, 'PUBLIC_PORTAL')) throw new AppError('FORBIDDEN');
  await inTransaction(options.db, async (tx) => {
    await insertFile(tx, { id, purpose, ...keptName(id, name, options), mediaType, ...received, storageKey: id, owner: viewer, expireAfterHours: options.expireAfterHours });
    await audit(tx, { viewer, requestId }, {
      action: 'FILE_RECEIVED', subjectType: 'FILE', subjectId: id, detail: { purpose, size: received.size, sha256: received.sha256.toString('hex') },
    });
  });
}

/** Sealed, the row keeps no more of it than its extension. */
function keptName(id: string, name: string, { sealName }: FileRouteOptions): { name: string; nameSealed?: Buffer } {
  if (!sealName) return { name };
  return { name: `upload${/\.[a-z0-9]{1,8}$/i.exec(name)?.[0] ?? ''}`, nameSealed: sealName(name, id) };
}

const MEDIA_TYPE = /^[a-z0-9][a-z0-9!#$&^_.+-]{0,62}\/[a-z0-9][a-z0-9!#$&^_.+-]{0,62}$/;
const UNFIT_FOR_NAME = /[\p{Cc}\p{Surrogate}/\\\u202a-\u202e\u2066-\u2069]/u;

/** @throws AppError BAD_USER_INPUT */
function readUpload(request: IncomingMessage, allowedPurposes: readonly string[]): Upload {
  const query = new URL(request.url ?? '/', 'http://internal').searchParams;
  const purpose = query.get('purpose') ?? '';
  const name = (query.get('name') ?? '').normalize('NFC').trim();
  const size = query.get('size');
  if (!allowedPurposes.includes(purpose)) throw new AppError('BAD_USER_INPUT', { field: 'purpose' });
  if (name === '' || [...name].length > 255 || UNFIT_FOR_NAME.test(name)) throw new AppError('BAD_USER_INPUT', { field: 'name' });
  if (size !== null && !/^\d{1,12}$/.test(size)) throw new AppError('BAD_USER_INPUT', { field: 'size' });
  const declared = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  const mediaType = MEDIA_TYPE.test(declared) ? declared : 'application/octet-stream';
  return { purpose, name, mediaType, declaredSize: size === null ? undefined : Number(size) };
}
