import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import helmet from 'helmet';
import { AppError, ERROR_CODES } from '@anjie/contracts';
import { localeOf, messageOf, type Locale } from './locale';
import type { Logger } from './log';

/** One HTTP request on its way through the gateway. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: URL;
  readonly requestId: string;
  /** The client's wish, until the viewer's own locale is known. */
  readonly locale: Locale;
  readonly log: Logger;
}

export interface Route {
  readonly method: 'GET' | 'POST';
  /** Exact path, or a prefix that ends with `/`. */
  readonly path: string;
  readonly answer: (exchange: Exchange) => Promise<void>;
  /** How a fault looks on this route; `{ error: { code, message } }` when left out. */
  readonly fault?: (error: AppError, locale: Locale) => unknown;
}

export interface ServeOptions {
  readonly routes: readonly Route[];
  readonly host: string;
  readonly port: number;
  readonly corsOrigins: ReadonlySet<string>;
  readonly log: Logger;
}

const SLOW_MS = 2_000;
const SHUTDOWN_GRACE_MS = 10_000;
const REQUEST_ID = /^[\w-]{8,64}$/;

const secure = helmet({ contentSecurityPolicy: { useDefaults: false, directives: { 'default-src': ["'none'"], 'frame-ancestors': ["'none'"] } }, xFrameOptions: { action: 'deny' } });

/** A plain node:http server: a framework around the same handler was measured 15-30 % dearer (design/performance.md). */
export async function serveHttp(options: ServeOptions): Promise<{ port: number; close(): Promise<void> }> {
  const server = createServer({ connectionsCheckingInterval: 5_000 }, (request, response) => void handle(options, { request, response }));
  server.keepAliveTimeout = 65_000;
  server.headersTimeout = 10_000;
  // An upload of 20 MB over a slow line must fit.
  server.requestTimeout = 120_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, resolve);
  });
  const address = server.address();
  return { port: typeof address === 'object' && address ? address.port : options.port, close: () => closeServer(server) };
}

interface NodeExchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

async function handle({ routes, corsOrigins, log }: ServeOptions, { request, response }: NodeExchange): Promise<void> {
  const startedAt = performance.now();
  const exchange = openExchange({ request, response }, log);
  secure(request, response, () => undefined);
  response.setHeader('cache-control', 'no-store');
  response.setHeader('x-request-id', exchange.requestId);
  response.once('finish', () => logAnswer(exchange, performance.now() - startedAt));
  allowOrigin(exchange, corsOrigins);
  if (request.method === 'OPTIONS') return void response.writeHead(204).end();
  const route = routes.find((r) => r.method === request.method && (r.path === exchange.url.pathname || (r.path.endsWith('/') && exchange.url.pathname.startsWith(r.path))));
  try {
    refuseTwice(request);
    if (!route) throw new AppError('NOT_FOUND');
    await route.answer(exchange);
  } catch (error) {
    sendFault(exchange, error, route?.fault ?? plainFault);
  }
}

/** Of which a proxy and we might each believe another one. The parser itself refuses two lengths, and a length beside chunks. */
const ONCE = new Set(['host', 'authorization', 'content-type', 'content-encoding', 'x-anjie-client-key']);

function refuseTwice({ rawHeaders }: IncomingMessage): void {
  const seen = new Set<string>();
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = (rawHeaders[at] ?? '').toLowerCase();
    if (ONCE.has(name) && seen.has(name)) throw new AppError('BAD_USER_INPUT', { rule: 'a header once' });
    seen.add(name);
  }
}

function openExchange({ request, response }: NodeExchange, log: Logger): Exchange {
  const given = request.headers['x-request-id'];
  const path = request.url ?? '/';
  return {
    request,
    response,
    url: new URL(`http://gateway${path.startsWith('/') ? path.replace(/^\/+/, '/') : '/'}`),
    requestId: typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID(),
    locale: localeOf(request.headers['accept-language']),
    log,
  };
}

/** Only listed origins get the headers that let a browser read the answer. */
function allowOrigin({ request, response }: Exchange, origins: ReadonlySet<string>): void {
  response.setHeader('vary', 'origin');
  const { origin } = request.headers;
  if (origin === undefined || !origins.has(origin)) return;
  response.setHeader('access-control-allow-origin', origin);
  response.setHeader('access-control-expose-headers', 'x-request-id, content-disposition, retry-after, ratelimit-limit, ratelimit-remaining, ratelimit-reset');
  // helmet's same-origin would forbid what the list has just allowed
  response.setHeader('cross-origin-resource-policy', 'cross-origin');
  if (request.method !== 'OPTIONS') return;
  response.setHeader('access-control-allow-methods', 'GET, POST');
  response.setHeader('access-control-allow-headers', 'authorization, content-type, accept-language, x-request-id, x-file-name, x-anjie-client-key');
  response.setHeader('access-control-max-age', '600');
}

const plainFault = (error: AppError, locale: Locale) => ({ error: { code: error.code, message: messageOf(error.code, locale), ...(error.detail ? { detail: error.detail } : {}) } });

function sendFault({ response, requestId, locale, log }: Exchange, error: unknown, fault: NonNullable<Route['fault']>): void {
  const known = error instanceof AppError ? error : new AppError('INTERNAL');
  // nobody waits for the rest of a body that does not come
  if (known.code === 'TIMEOUT') response.setHeader('connection', 'close');
  if (known.code === 'INTERNAL') log.error({ requestId, err: error }, 'a route failed');
  // What has begun cannot be taken back; a cut connection is the only way to say that it is not whole.
  if (response.headersSent) return void response.destroy();
  sendJson(response, ERROR_CODES[known.code].status, fault(known, locale));
}

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  sendText(response, status, JSON.stringify(body));
}

/** `text` is JSON. The rest of an unread body is read and dropped by node, so that the client gets to see the answer. */
export function sendText(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'content-length': Buffer.byteLength(text) });
  response.end(text);
}

function logAnswer({ request, response, url, requestId, log }: Exchange, ms: number): void {
  // Below /files/ the path is itself a secret.
  const path = url.pathname.startsWith('/files/') ? '/files/…' : url.pathname.slice(0, 100);
  const line = { requestId, method: request.method, path, status: response.statusCode, ms: Math.round(ms) };
  if (ms > SLOW_MS) log.warn(line, 'slow');
  else log.debug(line, 'answered');
}

export interface BodyLimits {
  readonly limit: number;
  readonly withinMs: number;
}

/**
 * Reads a body up to `limit` bytes. Listens to events instead of iterating, because leaving a `for await` early would
 * destroy the connection before the 413 is written.
 * @throws AppError PAYLOAD_TOO_LARGE, TIMEOUT
 */
export function readBody(request: IncomingMessage, { limit, withinMs }: BodyLimits): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > limit) return Promise.reject(new AppError('PAYLOAD_TOO_LARGE'));
  let slow: NodeJS.Timeout | undefined;
  return new Promise<Buffer>((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    slow = setTimeout(() => reject(new AppError('TIMEOUT')), withinMs);
    const onData = (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limit) return void chunks.push(chunk);
      request.off('data', onData).resume();
      reject(new AppError('PAYLOAD_TOO_LARGE'));
    };
    request.on('data', onData);
    request.once('end', () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)));
    request.once('error', () => reject(new AppError('BAD_USER_INPUT')));
    request.once('close', () => reject(new AppError('BAD_USER_INPUT')));
  }).finally(() => clearTimeout(slow));
}

const LAST_REQUESTS_MS = 300;

/** Stops accepting, lets what is under way finish, and cuts what is still open after the grace time. */
function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    // a kept-alive connection that answers one more request closes with it
    server.prependListener('request', (_request: IncomingMessage, response: ServerResponse) => response.setHeader('connection', 'close'));
    const cut = setTimeout(() => server.closeAllConnections(), SHUTDOWN_GRACE_MS);
    // an idle connection may have a request on its way: for a moment all are still answered, and told that it was the last
    setTimeout(() => {
      server.close(() => {
        clearTimeout(cut);
        resolve();
      });
      server.closeIdleConnections();
      server.keepAliveTimeout = 1;
    }, LAST_REQUESTS_MS);
  });
}
