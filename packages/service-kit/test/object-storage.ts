import { createHash, createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/**
 * A stand-in for a foreign service, for tests: a server that speaks the part of the S3 protocol that we use. It checks
 * every signature by its own reading of Signature Version 4 (node:crypto, not the library that signs), keeps objects in
 * memory, shows a multipart object only when it is completed, and can be told to misbehave.
 */
export interface ObjectStorageOptions {
  readonly bucket: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly region: string;
  /** Keep hashes instead of contents: for a test of the client's memory. */
  readonly forgetsContent?: boolean;
}

export interface StoredObject {
  readonly size: number;
  readonly sha256: string;
  readonly content: Buffer;
}
interface Upload {
  readonly key: string;
  readonly parts: Map<number, StoredObject>;
}
/** Judges a signed request before it is answered: `cut` ends the connection, a number is answered as a status. */
export type Misbehaviour = (request: { method: string; key: string; query: URLSearchParams }) => 'cut' | 'lose-answer' | 'error-in-200' | number | undefined;

const LEAST_PART = 5 * 1024 * 1024;
const sha256 = (data: Buffer | string): string => createHash('sha256').update(data).digest('hex');
const hmac = (key: Buffer | string, data: string): Buffer => createHmac('sha256', key).update(data).digest();

export async function startObjectStorage(options: ObjectStorageOptions) {
  const objects = new Map<string, StoredObject>();
  const uploads = new Map<string, Upload>();
  const seen: string[] = [];
  const state = { misbehave: (() => undefined) as Misbehaviour };
  const server = createServer((request, response) => {
    void answer({ options, objects, uploads, seen, misbehave: (asked) => state.misbehave(asked) }, request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    endpoint: `http://127.0.0.1:${port}`, objects, uploads,
    /** Method and place of each request, in order. */
    seen,
    misbehave: (how: Misbehaviour) => (state.misbehave = how),
    close: () => new Promise<void>((resolve) => (server.closeAllConnections(), server.close(() => resolve()))),
  };
}

interface World {
  readonly options: ObjectStorageOptions;
  readonly objects: Map<string, StoredObject>;
  readonly uploads: Map<string, Upload>;
  readonly seen: string[];
  readonly misbehave: Misbehaviour;
}

async function answer(world: World, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://storage');
  const [, bucket = '', ...rest] = url.pathname.split('/');
  const asked = { method: request.method ?? '', key: decodeURIComponent(rest.join('/')), query: url.searchParams };
  const body = await receive(request, world.options);
  const refusal = refusalOf(world.options, { request, url, bucket, body });
  if (refusal) return fault(response, ...refusal);
  world.seen.push(`${asked.method} ${[...asked.query.keys()].join(',')}`.trim());
  const how = world.misbehave(asked);
  if (how === 'cut') return void response.destroy();
  if (typeof how === 'number') return fault(response, how, 'ServiceUnavailable');
  if (how === 'error-in-200') return send(response, 200, '<Error><Code>InternalError</Code></Error>');
  act(world, { ...asked, body }, how === 'lose-answer' ? undefined : response);
  if (how === 'lose-answer') response.destroy();
}

async function receive(request: IncomingMessage, { forgetsContent }: ObjectStorageOptions): Promise<StoredObject> {
  const [hash, chunks] = [createHash('sha256'), [] as Buffer[]];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    hash.update(chunk);
    size += chunk.length;
    if (!forgetsContent || size < 10_000) chunks.push(chunk);
  }
  return { size, sha256: hash.digest('hex'), content: Buffer.concat(chunks) };
}

interface Act {
  readonly method: string;
  readonly key: string;
  readonly query: URLSearchParams;
  readonly body: StoredObject;
}
function act(world: World, { method, key, query, body }: Act, response: ServerResponse | undefined): void {
  const { objects, uploads } = world;
  const uploadId = query.get('uploadId');
  if (method === 'GET' && key === '') return send(response, 200, `<ListBucketResult><KeyCount>${objects.size}</KeyCount></ListBucketResult>`);
  if (method === 'POST' && query.has('uploads')) {
    const id = `${randomUUID()}&"1"`;
    uploads.set(id, { key, parts: new Map() });
    return send(response, 200, `<?xml version="1.0"?><InitiateMultipartUploadResult><UploadId>${id.replace('&', '&amp;').replaceAll('"', '&quot;')}</UploadId></InitiateMultipartUploadResult>`);
  }
  if (uploadId !== null) return multipart(world, { method, key, query, body }, response);
  if (method === 'PUT') {
    objects.set(key, body);
    return send(response, 200, '', { etag: `"${body.sha256}"` });
  }
  const object = objects.get(key);
  if (method === 'DELETE') return (objects.delete(key), send(response, 204, ''));
  if (!object) return fault(response, 404, 'NoSuchKey');
  send(response, 200, object.content);
}

function multipart(world: World, { method, query, body }: Act, response: ServerResponse | undefined): void {
  const id = query.get('uploadId') ?? '';
  const upload = world.uploads.get(id);
  if (!upload) return fault(response, 404, 'NoSuchUpload');
  if (method === 'DELETE') return (world.uploads.delete(id), send(response, 204, ''));
  if (method === 'PUT') {
    upload.parts.set(Number(query.get('partNumber')), body);
    return send(response, 200, '', { etag: `"${body.sha256}"` });
  }
  const listed = [...body.content.toString().matchAll(/<PartNumber>(\d+)<\/PartNumber><ETag>&quot;(\w+)&quot;<\/ETag>/g)];
  const parts = listed.map(([, number, tag]) => ({ tag, part: upload.parts.get(Number(number)) }));
  if (parts.length === 0 || parts.some(({ tag, part }) => part?.sha256 !== tag)) return fault(response, 400, 'InvalidPart');
  if (parts.slice(0, -1).some(({ part }) => (part?.size ?? 0) < LEAST_PART)) return fault(response, 400, 'EntityTooSmall');
  const content = Buffer.concat(parts.flatMap(({ part }) => (part ? [part.content] : [])));
  world.objects.set(upload.key, { content, sha256: sha256(content), size: parts.reduce((sum, { part }) => sum + (part?.size ?? 0), 0) });
  world.uploads.delete(id);
  send(response, 200, '<CompleteMultipartUploadResult/>');
}

interface Arrived {
  readonly request: IncomingMessage;
  readonly url: URL;
  readonly bucket: string;
  readonly body: StoredObject;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html, step by step. */
function refusalOf(options: ObjectStorageOptions, { request, url, bucket, body }: Arrived): [number, string] | undefined {
  const parsed = /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([a-z0-9;-]+), ?Signature=([0-9a-f]{64})$/.exec(request.headers.authorization ?? '');
  if (!parsed) return [403, 'AccessDenied'];
  const [, accessKeyId = '', day = '', region = '', signedHeaders = '', signature = ''] = parsed;
  if (accessKeyId !== options.accessKeyId) return [403, 'InvalidAccessKeyId'];
  if (region !== options.region) return [400, 'AuthorizationHeaderMalformed'];
  const names = signedHeaders.split(';');
  if (!['host', 'x-amz-content-sha256', 'x-amz-date'].every((name) => names.includes(name))) return [403, 'AccessDenied'];
  const claimed = String(request.headers['x-amz-content-sha256']);
  const query = [...url.searchParams].map(([name, value]) => `${strict(name)}=${strict(value)}`).sort().join('&');
  const canonical = [
    request.method, url.pathname.split('/').map((part) => strict(decodeURIComponent(part))).join('/'), query,
    ...names.map((name) => `${name}:${String(request.headers[name]).trim()}`), '', signedHeaders, claimed,
  ].join('\n');
  const date = String(request.headers['x-amz-date']);
  const toSign = ['AWS4-HMAC-SHA256', date, `${day}/${region}/s3/aws4_request`, sha256(canonical)].join('\n');
  const key = [day, region, 's3', 'aws4_request'].reduce<Buffer | string>((parent, part) => hmac(parent, part), `AWS4${options.secretAccessKey}`);
  if (!timingSafeEqual(hmac(key, toSign), Buffer.from(signature, 'hex'))) return [403, 'SignatureDoesNotMatch'];
  if (claimed !== body.sha256) return [400, 'XAmzContentSHA256Mismatch'];
  return bucket === options.bucket ? undefined : [404, 'NoSuchBucket'];
}

const strict = (text: string): string => encodeURIComponent(text).replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);

const fault = (response: ServerResponse | undefined, status: number, code: string): void =>
  send(response, status, `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code></Error>`);

function send(response: ServerResponse | undefined, status: number, body: string | Buffer, headers: Record<string, string> = {}): void {
  response?.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) }).end(body);
}
