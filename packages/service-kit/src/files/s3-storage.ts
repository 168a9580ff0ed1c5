import type { Readable } from 'node:stream';
import { isId } from '../database';
import { codeIn, createS3Client, S3Refusal, textIn, type S3Client } from './s3-client';
import { ContentMissing, StorageUnavailable, type FileStorage } from './storage';
import type { S3Settings } from './storage-settings';

/** The protocol's least size of a part that is not the last; what one upload holds in memory. */
export const PART_BYTES = 5 * 1024 * 1024;

/**
 * Files in a bucket of an S3-compatible server. Up to one part is a single PUT, which the protocol stores whole or not
 * at all; more is a multipart upload, which nobody sees before it is completed, and which a failure aborts. What a
 * killed process leaves is unseen too, but takes room: a rule of the bucket has to clear it (docs/operations.md).
 */
export function createS3Storage(settings: S3Settings): FileStorage {
  const client = createS3Client(settings);
  const nameOf = (key: string): string => {
    if (!isId(key)) throw new Error('a storage key must be an id');
    return `${settings.prefix}${key}`;
  };
  return {
    put: (key, stream) => putStream(client, nameOf(key), stream),
    async open(key) {
      const answer = await client.ask({ method: 'GET', key: nameOf(key) }).catch((error: unknown) => {
        throw error instanceof S3Refusal && error.status === 404 ? new ContentMissing(`no content under ${key}`, { cause: error }) : error;
      });
      return answer.body;
    },
    remove: (key) => removeObject(client, nameOf(key)),
    fault: () => faultOf(client, settings),
  };
}

async function putStream(client: S3Client, key: string, stream: Readable): Promise<void> {
  const upload: Upload = { client, key, id: undefined, tags: [], isFinal: false };
  try {
    for await (const part of partsOf(stream)) await (part.length === PART_BYTES ? putPart(upload, part) : finish(upload, part));
  } catch (error) {
    stream.destroy();
    await undo(upload);
    throw error;
  }
}

/** Full parts, then the rest, which may be empty. The memory of a part is used again for the next one. */
async function* partsOf(stream: Readable): AsyncGenerator<Buffer> {
  const part = Buffer.allocUnsafe(PART_BYTES);
  let filled = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    for (let read = 0; read < chunk.length; ) {
      const taken = chunk.copy(part, filled, read);
      read += taken;
      filled += taken;
      if (filled < PART_BYTES) continue;
      yield part;
      filled = 0;
    }
  }
  yield part.subarray(0, filled);
}

interface Upload {
  readonly client: S3Client;
  readonly key: string;
  /** Known once it is more than one part. */
  id: string | undefined;
  readonly tags: string[];
  /** The request that makes the object visible was sent. */
  isFinal: boolean;
}

async function putPart(upload: Upload, body: Buffer): Promise<void> {
  const { client, key, tags } = upload;
  upload.id ??= await startUpload(client, key);
  const answer = await client.ask({ method: 'PUT', key, query: { partNumber: String(tags.length + 1), uploadId: upload.id }, body });
  await answer.body.dump();
  tags.push(String(answer.headers['etag'] ?? ''));
}

async function startUpload(client: S3Client, key: string): Promise<string> {
  const answer = await client.ask({ method: 'POST', key, query: { uploads: '' } });
  const id = textIn(await answer.body.text(), 'UploadId');
  if (!id) throw new StorageUnavailable('the object storage began an upload without naming it');
  return unescaped(id);
}

async function finish(upload: Upload, rest: Buffer): Promise<void> {
  const { client, key, tags } = upload;
  if (upload.id !== undefined && rest.length > 0) await putPart(upload, rest);
  upload.isFinal = true;
  if (upload.id === undefined) return (await client.ask({ method: 'PUT', key, body: rest })).body.dump();
  const parts = tags.map((tag, i) => `<Part><PartNumber>${i + 1}</PartNumber><ETag>${escaped(tag)}</ETag></Part>`).join('');
  const body = Buffer.from(`<CompleteMultipartUpload xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${parts}</CompleteMultipartUpload>`);
  const answer = await (await client.ask({ method: 'POST', key, query: { uploadId: upload.id }, body })).body.text();
  // the protocol allows "200" first and the failure in the body
  if (/<Error>/.test(answer)) throw new S3Refusal(200, codeIn(answer));
}

/** The cause is told to the caller; what cannot be undone is left to the bucket's rule. */
async function undo({ client, key, id, isFinal }: Upload): Promise<void> {
  const ignore = () => undefined;
  if (id !== undefined) await client.ask({ method: 'DELETE', key, query: { uploadId: id } }).then((answer) => answer.body.dump(), ignore);
  // its answer may have been lost on the way back
  if (isFinal) await removeObject(client, key).catch(ignore);
}

async function removeObject(client: S3Client, key: string): Promise<void> {
  try {
    await (await client.ask({ method: 'DELETE', key })).body.dump();
  } catch (error) {
    if (!(error instanceof S3Refusal && error.code === 'NoSuchKey')) throw error;
  }
}

const SENTENCES: Readonly<Record<string, string>> = {
  NoSuchBucket: 'make the bucket of ANJIE_STORAGE_URL: it does not exist',
  InvalidAccessKeyId: 'ANJIE_STORAGE_ACCESS_KEY_FILE holds a key that the object storage does not know',
  SignatureDoesNotMatch: 'ANJIE_STORAGE_SECRET_KEY_FILE does not belong to the access key, or ANJIE_STORAGE_REGION is wrong',
  AuthorizationHeaderMalformed: 'ANJIE_STORAGE_REGION is not the region of the bucket',
  PermanentRedirect: 'ANJIE_STORAGE_ENDPOINT or ANJIE_STORAGE_PATH_STYLE does not fit the bucket',
  AccessDenied: "allow the access key to list, read, write and delete below the prefix of ANJIE_STORAGE_URL",
  RequestTimeTooSkewed: "this machine's clock is too far away from the object storage's; synchronise them",
};

async function faultOf(client: S3Client, { prefix, endpoint }: S3Settings): Promise<string | undefined> {
  try {
    await (await client.ask({ method: 'GET', query: { 'list-type': '2', 'max-keys': '1', prefix } })).body.dump();
    return undefined;
  } catch (error) {
    if (error instanceof S3Refusal) return SENTENCES[error.code] ?? `the bucket of ANJIE_STORAGE_URL cannot be used: ${error.message}`;
    return `ANJIE_STORAGE_ENDPOINT (${endpoint}) cannot be reached: ${causeOf(error)}`;
  }
}

const causeOf = (error: unknown): string => {
  const cause = (error as { cause?: unknown }).cause ?? error;
  return (cause as { code?: string }).code ?? (cause instanceof Error ? cause.message : String(cause));
};

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
const unescaped = (text: string): string => text.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
