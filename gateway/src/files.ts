import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { Dispatcher } from 'undici';
import type { TokenMint, Viewer } from '@anjie/access';
import { AppError, ERROR_CODES, FILE_PURPOSES, LINK_MAKERS, TEMPLATES, type ErrorCode } from '@anjie/contracts';
import { sendJson, type Exchange, type Route } from './http';
import { gatewayViewer } from './portal/ask-officials';
import { refuseWithoutFiles } from './portal/client-reader';
import type { Admission, Caller } from './rates/admission';
import type { Spool, SpooledFile } from './spool';
import { outageOf, type UpstreamRequest, type Upstreams } from './upstreams';

/** Checking and storing a file takes longer than a query. */
const STORE_TIMEOUT_MS = 60_000;
/** As long as an upload may take: whoever reads slowly holds one of few connections. */
const SEND_WITHIN_MS = 120_000;
/** What they cost, in the points of a query: as much as objects that cause the same work. */
const UPLOAD_POINTS = 1_000;
const TEMPLATE_POINTS = 100;
/** 32 bytes in base64url: what is no link is not passed on. */
const DOWNLOAD = /^\/files\/([a-z][a-z-]{1,31})\/([\w-]{43})$/;
const MEDIA_TYPE = /^[\w.+-]+\/[\w.+-]+/;

export interface FileRouteOptions {
  readonly upstreams: Upstreams;
  readonly mint: TokenMint;
  readonly admission: Admission;
  readonly spool: Spool;
}

export const fileRoutes = (options: FileRouteOptions): Route[] => [
  { method: 'POST', path: '/files', answer: (exchange) => receiveFile(exchange, options) },
  { method: 'GET', path: '/files/', answer: (exchange) => options.admission.admitBySecret(exchange, () => sendDownload(exchange, options)) },
  { method: 'GET', path: '/templates/', answer: (exchange) => sendTemplate(exchange, options) },
];

async function receiveFile(exchange: Exchange, options: FileRouteOptions): Promise<void> {
  const { request, response, url } = exchange;
  const { viewer } = await admitToFiles(exchange, options, UPLOAD_POINTS);
  const purpose = url.searchParams.get('purpose') ?? '';
  const owner = ownerIn(FILE_PURPOSES, purpose);
  if (!owner) throw new AppError('BAD_USER_INPUT', { field: 'purpose', rule: Object.keys(FILE_PURPOSES).join(', ') });
  const name = fileName(request.headers['x-file-name']);
  const type = MEDIA_TYPE.exec(request.headers['content-type'] ?? '')?.[0] ?? 'application/octet-stream';
  const use = async (file: SpooledFile): Promise<unknown> => {
    if (file.size === 0) throw new AppError('BAD_USER_INPUT', { rule: 'not empty' });
    return storeFile({ exchange, options, viewer, file, type, owner, query: new URLSearchParams({ purpose, name, size: String(file.size) }) });
  };
  const stored = await options.spool.receive(request, { holder: viewer.subject, use });
  sendJson(response, 201, stored);
}

interface Storing {
  readonly exchange: Exchange;
  readonly options: FileRouteOptions;
  readonly viewer: Viewer;
  readonly file: SpooledFile;
  readonly type: string;
  readonly owner: string;
  readonly query: URLSearchParams;
}

async function storeFile({ exchange, options, viewer, file, type, owner, query }: Storing): Promise<unknown> {
  const token = options.mint({ audience: owner, viewer, requestId: exchange.requestId, bodyHash: file.bodyHash });
  const body = createReadStream(file.path);
  try {
    const answer = await callOwner(options.upstreams, owner, {
      method: 'PUT',
      path: `/internal/files?${query.toString()}`,
      headers: { 'content-type': type, 'content-length': String(file.size), 'x-internal-auth': token, 'x-request-id': exchange.requestId },
      body,
      headersTimeout: STORE_TIMEOUT_MS,
    });
    return await readJson(answer);
  } finally {
    body.destroy();
  }
}

/** Percent-encoded, since a header cannot carry Chinese. A path in it is refused rather than cut. */
function fileName(header: string | string[] | undefined): string {
  if (header === undefined) return 'file';
  let name = '';
  try {
    name = decodeURIComponent(String(header)).normalize('NFC').trim();
  } catch {
    throw new AppError('BAD_USER_INPUT', { field: 'x-file-name' });
  }
  if (name === '' || name.length > 200 || /[\p{Cc}\p{Bidi_Control}/\\]/u.test(name)) throw new AppError('BAD_USER_INPUT', { field: 'x-file-name' });
  return name;
}

/** The token in the path is the permission: a browser follows the link without our header. Its owner lets it be used once. */
async function sendDownload(exchange: Exchange, options: FileRouteOptions): Promise<void> {
  const [, owner, secret] = DOWNLOAD.exec(exchange.url.pathname) ?? [];
  if (!owner || !secret || !LINK_MAKERS.some((maker) => maker === owner)) throw new AppError('NOT_FOUND');
  const viewer: Viewer = { ...gatewayViewer, locale: exchange.locale };
  await relayFile({ exchange, options, viewer, owner, path: `/internal/downloads/${secret}` });
}

async function sendTemplate(exchange: Exchange, options: FileRouteOptions): Promise<void> {
  const { viewer } = await admitToFiles(exchange, options, TEMPLATE_POINTS);
  const name = exchange.url.pathname.slice('/templates/'.length);
  const owner = ownerIn(TEMPLATES, name);
  if (!owner) throw new AppError('NOT_FOUND');
  await relayFile({ exchange, options, viewer, owner, path: `/internal/templates/${name}` });
}

async function admitToFiles(exchange: Exchange, { admission }: FileRouteOptions, points: number): Promise<Caller> {
  const caller = await admission.admit(exchange);
  refuseWithoutFiles(caller.client);
  await admission.charge(caller, points, exchange.response);
  return caller;
}

const ownerIn = (table: Readonly<Record<string, string>>, name: string): string | undefined => (Object.hasOwn(table, name) ? table[name] : undefined);

interface Relay {
  readonly exchange: Exchange;
  readonly options: FileRouteOptions;
  readonly viewer: Viewer;
  readonly owner: string;
  readonly path: string;
}

async function relayFile({ exchange, options, viewer, owner, path }: Relay): Promise<void> {
  const { response, requestId } = exchange;
  const token = options.mint({ audience: owner, viewer, requestId, body: '' });
  const answer = await callOwner(options.upstreams, owner, { method: 'GET', path, isDownload: true, headers: { 'x-internal-auth': token, 'x-request-id': requestId } });
  if (answer.statusCode !== 200) return void (await readJson(answer));
  const disposition = answer.headers['content-disposition'];
  // Nothing that people uploaded may open inside our origin.
  const isAttachment = typeof disposition === 'string' && /^attachment\b/i.test(disposition);
  const length = answer.headers['content-length'];
  response.writeHead(200, {
    'content-type': String(answer.headers['content-type'] ?? 'application/octet-stream'),
    ...(length === undefined ? {} : { 'content-length': String(length) }),
    'content-disposition': isAttachment ? disposition : 'attachment',
  });
  await pipeline(answer.body, response, { signal: AbortSignal.timeout(SEND_WITHIN_MS) }).catch(() => response.destroy());
}

async function callOwner(upstreams: Upstreams, owner: string, request: UpstreamRequest): Promise<Dispatcher.ResponseData> {
  const upstream = upstreams.get(owner);
  if (!upstream) throw new AppError('SERVICE_UNAVAILABLE');
  return upstream.call(request);
}

/** @throws AppError with the code that cases gave; a refusal of our own token is our fault, not the viewer's */
async function readJson({ statusCode, body }: Dispatcher.ResponseData): Promise<unknown> {
  const text = await body.text().catch((error: unknown) => {
    throw outageOf(error);
  });
  const answer = parseJson(text);
  if (statusCode >= 200 && statusCode < 300) return answer;
  const error = answer.error as { code?: unknown; detail?: Readonly<Record<string, unknown>> } | undefined;
  const code = String(error?.code);
  if (!Object.hasOwn(ERROR_CODES, code) || code === 'UNAUTHENTICATED') throw new AppError('INTERNAL');
  throw new AppError(code as ErrorCode, error?.detail);
}

function parseJson(text: string): { error?: unknown } {
  try {
    return JSON.parse(text) as { error?: unknown };
  } catch {
    throw new AppError('INTERNAL');
  }
}
