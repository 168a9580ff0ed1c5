import { randomUUID } from 'node:crypto';
import { get } from 'node:http';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { fetch, type Response } from 'undici';
import type { Viewer } from '@anjie/access';
import { createTokenVerifier } from '@anjie/access/identity-provider';
import { openQueue } from '@anjie/service-kit/messaging';
import { silent, testEngines } from '@anjie/testing';
import { openQueuePages } from '../src/board/queue-pages';
import { serveBoard } from '../src/board/serve-board';

const ISSUER = 'https://issuer.example.invalid';
let board: Awaited<ReturnType<typeof openBoard>>;
beforeAll(async () => void (board = await openBoard()));
afterAll(() => board.close());

async function openBoard() {
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  const jwks = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: 'k', alg: 'ES256' }] });
  const claims = { subject: 'sub', unit: 'unit', division: 'division', roles: 'roles', locale: 'locale' };
  const verify = createTokenVerifier({ issuer: ISSUER, audience: 'anjie', keys: { jwks }, claims, clockSkewS: 5 }, () => undefined);
  const directory = new Set<string>();
  const admit = async (viewer: Viewer) => (directory.has(viewer.subject) ? viewer : undefined);
  const server = await serveBoard({ pages: openQueuePages(testEngines().redis), verify, admit, port: 0, log: silent });
  const url = `http://127.0.0.1:${server.port}`;
  return {
    url, close: () => server.close(),
    directory,
    token: (roles: readonly string[], { audience = 'anjie', expires = '8h', sub = randomUUID() as string, isInOffice = true } = {}) => {
      if (isInOffice) directory.add(sub);
      return new SignJWT({ sub, roles }).setProtectedHeader({ alg: 'ES256', kid: 'k' }).setIssuer(ISSUER).setAudience(audience).setIssuedAt().setExpirationTime(expires).sign(privateKey);
    },
    logIn: (token: string, headers: Record<string, string> = {}): Promise<Response> =>
      fetch(`${url}/login`, { method: 'POST', body: new URLSearchParams({ token }).toString(), headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers }, redirect: 'manual' }),
    ask: (path: string, cookie = '', init: { method?: string; headers?: Record<string, string>; body?: string } = {}): Promise<Response> =>
      fetch(url + path, { redirect: 'manual', ...init, headers: { ...(cookie ? { cookie } : {}), ...init.headers } }),
  };
}
const cookieOf = (response: Response): string => (response.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
const admin = async (): Promise<string> => cookieOf(await board.logIn(await board.token(['ADMIN'])));

/** A delayed job that stays where it is, with a seal. */
async function haveJob<T>(work: (queue: ReturnType<typeof openQueue>) => Promise<T>): Promise<T> {
  const queue = openQueue(testEngines().redis, 'cases', 'directory');
  await queue.waitUntilReady();
  await queue.add('message', { source: 'officials', id: 'x', mac: 'secret-seal' }, { jobId: 'looked-at', delay: 3_600_000 });
  try {
    return await work(queue);
  } finally {
    await queue.remove('looked-at');
    await queue.close();
  }
}

test.each(['/', '/queue/cases.directory', '/api/queues', '/static/js/main.js', '/login', '/nothing'])('without a login %s is 401 and says nothing of queues', async (path) => {
  const response = await board.ask(path, 'anjie_board=guessed');
  expect(response.status).toBe(401);
  const text = await response.text();
  expect(text).toContain('<form method="post" action="/login">');
  expect(text).not.toMatch(/cases\.|<script/);
});

test('no token, a forged one, another audience, an expired one and one that is no administrator\'s get no session', async () => {
  const { privateKey } = await generateKeyPair('ES256');
  const forged = await new SignJWT({ sub: randomUUID(), roles: ['ADMIN'] }).setProtectedHeader({ alg: 'ES256', kid: 'k' }).setIssuer(ISSUER).setAudience('anjie').setIssuedAt().setExpirationTime('1h').sign(privateKey);
  const refused = [
    ['', 401], ['x'.repeat(30_000), 401], [forged, 401], [await board.token(['ADMIN'], { audience: 'other' }), 401], [await board.token(['ADMIN'], { expires: '-1h' }), 401],
    [await board.token(['ADMIN'], { isInOffice: false }), 401],
    [await board.token(['UNIT_HANDLER']), 403], [await board.token([]), 403], [await board.token(['ADMIN', 'PUBLIC_PORTAL']), 403],
  ] as const;
  for (const [token, status] of refused) {
    const response = await board.logIn(token);
    expect([response.status, response.headers.get('set-cookie')]).toEqual([status, null]);
  }
});

test('an administrator gets a short session in a cookie that no script and no other site can use, and sees the queues', async () => {
  const response = await board.logIn(await board.token(['ADMIN']));
  expect([response.status, response.headers.get('location')]).toEqual([303, '/']);
  expect(response.headers.get('set-cookie')).toMatch(/^anjie_board=[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/; Max-Age=(900|89\d)$/);
  const cookie = cookieOf(response);
  const page = await board.ask('/', cookie);
  expect(page.status).toBe(200);
  await haveJob(async () => {
    const { queues } = (await (await board.ask('/api/queues?activeQueue=cases.directory&status=delayed&page=1&jobsPerPage=10', cookie)).json()) as { queues: { name: string; readOnlyMode: boolean; allowRetries: boolean; jobs: unknown[] }[] };
    expect(queues.map(({ name }) => name)).toEqual(expect.arrayContaining(['cases.directory', 'cases.acks', 'supervision.deadlines', 'assistance.referrals', 'officials.scopes']));
    expect(queues.every(({ readOnlyMode, allowRetries }) => readOnlyMode && !allowRetries)).toBe(true);
    const jobs = JSON.stringify(queues.find(({ name }) => name === 'cases.directory')?.jobs);
    expect(jobs).toContain('looked-at');
    expect(jobs).not.toContain('secret-seal');
  });
});

test('the page and all that it names come from here, and the browser is told to allow nothing else', async () => {
  const cookie = await admin();
  const page = await board.ask('/', cookie);
  const policy = page.headers.get('content-security-policy') ?? '';
  for (const part of ["default-src 'none'", "script-src 'self'", "connect-src 'self'", "font-src 'self'", "frame-ancestors 'none'", "form-action 'self'"]) expect(policy.split(';')).toContain(part);
  expect(policy).not.toMatch(/script-src[^;]*unsafe|https?:/);
  expect([page.headers.get('x-frame-options'), page.headers.get('x-content-type-options'), page.headers.get('cache-control')]).toEqual(['DENY', 'nosniff', 'no-store']);
  const html = await page.text();
  const named = [...html.matchAll(/(?:href|src)="([^"]*)"/g)].map(([, target]) => target ?? '');
  expect(named.length).toBeGreaterThan(4);
  expect(named.filter((target) => /^(https?:)?\/\//.test(target))).toEqual([]);
  for (const target of named.filter((one) => one.startsWith('static/'))) expect([target, (await board.ask(`/${target}`, cookie)).status]).toEqual([target, 200]);
});

test('nothing can be changed: every way that the board has to change a queue is refused, and the job is still there', async () => {
  const cookie = await admin();
  await haveJob(async (queue) => {
    const job = '/api/queues/cases.directory';
    for (const [method, path] of [
      ['PUT', `${job}/pause`], ['PUT', `${job}/empty`], ['PUT', `${job}/obliterate`], ['PUT', `${job}/looked-at/clean`], ['PUT', `${job}/looked-at/promote`], ['PUT', `${job}/clean/delayed`],
      ['PUT', '/api/queues/pause'], ['POST', `${job}/add`], ['PATCH', `${job}/looked-at/update-data`], ['DELETE', '/'], ['POST', '/'],
    ] as const) {
      const response = await board.ask(path, cookie, { method, body: method === 'DELETE' ? undefined as never : '{}', headers: { 'content-type': 'application/json' } });
      expect([method, path, response.status]).toEqual([method, path, 405]);
    }
    expect(await queue.isPaused()).toBe(false);
    expect(await queue.getJobState('looked-at')).toBe('delayed');
  });
});

test('a login or a look from another site or under another name is refused', async () => {
  const token = await board.token(['ADMIN']);
  for (const headers of [{ origin: 'https://evil.example' }, { 'sec-fetch-site': 'cross-site' }] as Record<string, string>[]) expect((await board.logIn(token, headers)).status).toBe(403);
  expect((await board.logIn(token, { origin: board.url, 'sec-fetch-site': 'same-origin' })).status).toBe(303);
  const cookie = await admin();
  expect((await board.ask('/', cookie, { headers: { 'sec-fetch-site': 'cross-site' } })).status).toBe(403);
});

test('another name for this machine in somebody\'s DNS is refused, with a session too', async () => {
  const cookie = await admin();
  const statusUnder = (host: string): Promise<number | undefined> => new Promise((resolve, reject) => {
    get(board.url, { headers: { host, cookie } }, (response) => (response.resume(), resolve(response.statusCode))).once('error', reject);
  });
  expect(await Promise.all(['evil.example', 'localhost.evil.example', `localhost:${new URL(board.url).port}`].map(statusUnder))).toEqual([403, 403, 200]);
});

test('logged out is out', async () => {
  const cookie = await admin();
  expect((await board.ask('/logout', cookie, { method: 'POST' })).status).toBe(303);
  expect((await board.ask('/api/queues', cookie)).status).toBe(401);
});

test('an administrator who leaves the directory, or is signed out, is out at the next look and does not come in again', async () => {
  const sub = randomUUID();
  const token = await board.token(['ADMIN'], { sub });
  const cookie = cookieOf(await board.logIn(token));
  expect((await board.ask('/api/queues', cookie)).status).toBe(200);
  board.directory.delete(sub);
  expect((await board.ask('/api/queues', cookie)).status).toBe(401);
  expect((await board.logIn(token)).status).toBe(401);
  board.directory.add(sub);
  expect((await board.ask('/api/queues', cookie)).status).toBe(401);
});
