import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import helmet from 'helmet';
import type { Viewer } from '@anjie/access';
import type { Verified } from '@anjie/access/identity-provider';
import { AppError } from '@anjie/contracts';
import { closeWithin, type Closable, type Logger } from '@anjie/service-kit/runtime';
import type { Admit } from '@anjie/service-kit/sessions';
import { loginPage, type LoginFailure } from './login-page';
import { createSessions, type Sessions } from './sessions';

export interface BoardOptions {
  readonly pages: Closable & { readonly answer: RequestListener };
  readonly verify: (token: string) => Promise<Verified>;
  /** What the directory says today: asked at the login and at every look. */
  readonly admit: Admit;
  readonly port: number;
  readonly log: Logger;
}

const COOKIE = 'anjie_board';
const BODY_LIMIT = 20_000;

/** Styles of the board are written into its elements; scripts, and all else, come from here alone. */
const secure = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      'default-src': ["'none'"], 'script-src': ["'self'"], 'worker-src': ["'self'"], 'style-src': ["'self'", "'unsafe-inline'"], 'img-src': ["'self'", 'data:'],
      'font-src': ["'self'"], 'connect-src': ["'self'"], 'base-uri': ["'self'"], 'form-action': ["'self'"], 'frame-ancestors': ["'none'"],
    },
  },
  xFrameOptions: { action: 'deny' },
  referrerPolicy: { policy: 'same-origin' },
});

interface Board extends BoardOptions {
  readonly sessions: Sessions<Viewer>;
}

/** On loopback only: an administrator comes through a tunnel. Without a session everything is 401, with one nothing can be changed. */
export async function serveBoard(options: BoardOptions): Promise<Closable & { port: number }> {
  const board: Board = { ...options, sessions: createSessions<Viewer>() };
  const server = createServer((request, response) => {
    secure(request, response, () => {
      answer(board, request, response).catch((error: unknown) => {
        options.log.error({ err: error }, 'the board could not answer');
        if (response.headersSent) response.destroy();
        else send(response, 500, 'failed');
      });
    });
  });
  server.requestTimeout = 10_000;
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(options.port, '127.0.0.1', resolve));
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : options.port,
    async close() {
      server.closeIdleConnections();
      await closeWithin(3_000, new Promise<void>((resolve) => server.close(() => resolve())));
      server.closeAllConnections();
      await options.pages.close();
    },
  };
}

async function answer(board: Board, request: IncomingMessage, response: ServerResponse): Promise<void> {
  response.setHeader('cache-control', 'no-store');
  // another name for 127.0.0.1 in somebody's DNS must not make their page ours
  if (!/^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(request.headers.host ?? '') || isForeign(request)) return send(response, 403, 'not from here');
  const path = (request.url ?? '/').split('?')[0];
  if (request.method === 'POST' && path === '/login') return logIn(board, request, response);
  const secret = secretOf(request);
  if (!(await isAdministrator(board, secret))) return showLogin(response, 401, 'NONE');
  if (request.method === 'POST' && path === '/logout') {
    board.sessions.end(secret);
    return leave(response, `${COOKIE}=; HttpOnly; SameSite=Strict; Path=/; Max-Age=0`);
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') return send(response, 405, 'this board is read only');
  board.pages.answer(request, response);
}

/** Who was removed from the directory, or signed out, since the login is out. */
async function isAdministrator({ sessions, admit }: Board, secret: string): Promise<boolean> {
  const holder = sessions.holderOf(secret);
  if (holder === undefined) return false;
  const isStill = (await admit(holder))?.roles.includes('ADMIN') ?? false;
  if (!isStill) sessions.end(secret);
  return isStill;
}

/** A browser says where a request comes from; what is no browser says nothing and carries no cookie by itself. */
const isForeign = ({ headers, method }: IncomingMessage): boolean =>
  (method === 'POST' && headers.origin !== undefined && headers.origin !== `http://${headers.host}`) || ['cross-site', 'same-site'].includes(String(headers['sec-fetch-site']));

async function logIn({ verify, admit, sessions, log }: Board, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const token = new URLSearchParams(await bodyOf(request)).get('token')?.trim() ?? '';
  try {
    const { claimed, expiresAt } = await verify(token);
    if (!claimed.roles.includes('ADMIN')) throw new AppError('FORBIDDEN');
    const viewer = await admit({ ...claimed, locale: claimed.locale ?? 'zh-CN' });
    if (!viewer) throw new AppError('UNAUTHENTICATED');
    const { secret, maxAgeS } = sessions.begin(viewer, expiresAt);
    log.info({ official: viewer.subject }, 'an administrator looks at the board');
    leave(response, `${COOKIE}=${secret}; HttpOnly; SameSite=Strict; Path=/; Max-Age=${maxAgeS}`);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const [status, why] = FAILURES[error.code] ?? [401, 'UNAUTHENTICATED'];
    log.warn({ code: error.code }, 'a login at the board was refused');
    showLogin(response, status, why);
  }
}
const FAILURES: Readonly<Partial<Record<string, readonly [number, LoginFailure]>>> = { FORBIDDEN: [403, 'FORBIDDEN'], SERVICE_UNAVAILABLE: [503, 'SERVICE_UNAVAILABLE'] };

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= BODY_LIMIT) chunks.push(chunk);
  }
  return size > BODY_LIMIT ? '' : Buffer.concat(chunks).toString('utf8');
}

const secretOf = ({ headers }: IncomingMessage): string => new RegExp(`(?:^|;\\s*)${COOKIE}=([\\w-]+)`).exec(headers.cookie ?? '')?.[1] ?? '';

function leave(response: ServerResponse, cookie: string): void {
  response.writeHead(303, { location: '/', 'set-cookie': cookie });
  response.end();
}

function showLogin(response: ServerResponse, status: number, why: LoginFailure): void {
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' });
  response.end(loginPage(why));
}

function send(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' });
  response.end(text);
}
