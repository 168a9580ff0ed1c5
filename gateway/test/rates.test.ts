import { testEngines } from '@anjie/testing';
import { openRedis, parseRedisUrl } from '@anjie/redis';
import { randomUUID } from 'node:crypto';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { createLog } from '../src/log';
import { createLimiter, type LimiterOptions } from '../src/rates/limiter';
import { createPortalKeeper } from './portal-keeper';
import { openHouse, type Answer } from './support';

/** A line to the test's Redis that can be frozen: what is sent arrives nowhere, and nothing is closed. */
async function openLine() {
  const place = parseRedisUrl(testEngines().redis);
  if (place.kind !== 'SOCKET') throw new Error('the test engines have a socket');
  const sockets = new Set<Socket>();
  let isFrozen = false;
  const server = createServer((near) => {
    const far = connect(place.path);
    for (const [from, to] of [[near, far], [far, near]] as const) {
      sockets.add(from);
      from.on('error', () => undefined).on('close', () => void (sockets.delete(from), to.destroy())).on('data', (chunk: Buffer) => void (isFrozen || to.write(chunk)));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const cut = () => {
    isFrozen = false;
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: `redis://127.0.0.1:${(server.address() as AddressInfo).port}/${place.db}`,
    freeze: () => void (isFrozen = true),
    /** Ends the frozen connections, as a restart of the server would; new ones work. */
    cut,
    close: () => (cut(), server.close()),
  };
}

const budgets = { client: { points: 1_000, seconds: 30 }, viewer: { points: 100, seconds: 30 }, failure: { points: 5, seconds: 30 } };
const log = createLog('silent');
const limiterOf = (part: Partial<LimiterOptions> = {}) => createLimiter({ redisUrl: testEngines().redis, gateways: 1, budgets, log, ...part });
const spendMany = async (limiters: readonly ReturnType<typeof limiterOf>[], key: string, times: number): Promise<number> => {
  const answers = await Promise.all(Array.from({ length: times }, (_none, n) => limiters[n % limiters.length]?.spend('viewer', key, 1)));
  return answers.filter((spent) => spent && !spent.isOver).length;
};
/** Redis is there for this limiter: what it counts can be read. */
const connected = async (limiter: ReturnType<typeof limiterOf>): Promise<void> => {
  const redis = openRedis(testEngines().redis, 'QUESTION');
  await redis.connect();
  for (;;) {
    const key = randomUUID();
    await limiter.spend('viewer', key, 1);
    if ((await redis.exists(`gateway:viewer:${key}`)) === 1) break;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  redis.disconnect();
};

describe('counting', () => {
  test('three gateways and one that was started again count together', async () => {
    const three = [limiterOf(), limiterOf(), limiterOf()];
    await Promise.all(three.map(connected));
    const key = randomUUID();
    expect(await spendMany(three, key, 250)).toBe(100);
    three[0]?.close();
    const again = limiterOf();
    await connected(again);
    const spent = await again.spend('viewer', key, 1);
    expect([spent.isOver, spent.remaining]).toEqual([true, 0]);
    expect(spent.resetS).toBeGreaterThan(0);
    expect(await spendMany([again], randomUUID(), 10)).toBe(10);
    for (const limiter of [...three, again]) limiter.close();
  });

  test('a large request takes many points, and what one spent is not taken from another', async () => {
    const limiter = limiterOf();
    await connected(limiter);
    const [a, b] = [randomUUID(), randomUUID()];
    expect(await limiter.spend('viewer', a, 90)).toMatchObject({ isOver: false, remaining: 10, limit: 100 });
    expect(await limiter.spend('viewer', a, 11)).toMatchObject({ isOver: true });
    expect(await limiter.spend('viewer', b, 100)).toMatchObject({ isOver: false, remaining: 0 });
    limiter.close();
  });

  test('without Redis each gateway gives away its part: never open, never closed', async () => {
    const nowhere = 'redis://127.0.0.1:1';
    const three = [1, 2, 3].map(() => limiterOf({ redisUrl: nowhere, gateways: 3 }));
    const key = randomUUID();
    expect(await spendMany(three, key, 300)).toBe(99);
    expect((await three[0]?.spend('viewer', key, 1))?.isOver).toBe(true);
    for (const limiter of three) limiter.close();
  });

  test('a Redis that freezes costs a moment and opens nothing, and is taken back when it answers', async () => {
    const line = await openLine();
    const limiter = limiterOf({ gateways: 2, redisUrl: line.url });
    await connected(limiter);
    line.freeze();
    const key = randomUUID();
    const startedAt = performance.now();
    expect(await spendMany([limiter], key, 120)).toBe(50);
    for (let n = 0; n < 20; n += 1) expect((await limiter.spend('viewer', key, 1)).isOver).toBe(true);
    // one time-out for all that were under way, at most one a second afterwards
    expect(performance.now() - startedAt).toBeLessThan(10_000);
    line.cut();
    await connected(limiter);
    expect((await limiter.spend('viewer', randomUUID(), 60)).isOver).toBe(false);
    limiter.close();
    line.close();
  });
});

const codeOf = ({ status, errors }: Answer): [number, string | undefined] => [status, errors?.[0]?.extensions.code];

describe('what a client is told', () => {
  test('a person over the budget gets 429 with the time to wait; others go on, and a good token is never counted as an attempt', async () => {
    const portal = createPortalKeeper();
    const house = await openHouse({ ANJIE_BUDGET_VIEWER: '60/30', ANJIE_BUDGET_FAILURE: '3/30', ANJIE_TRUSTED_PROXIES: '127.0.0.1' }, { portal });
    const token = await house.token();
    const ask = () => house.ask('{ cases(first: 10) { nodes { id title } } }', { token });
    const first = await ask();
    expect([first.status, first.headers.get('ratelimit-limit')]).toEqual([200, '60']);
    const left = Number(first.headers.get('ratelimit-remaining'));
    expect(left).toBeGreaterThan(20);
    expect(left).toBeLessThan(50);
    let last = first;
    for (let n = 0; n < 5 && last.status === 200; n += 1) last = await ask();
    expect(codeOf(last)).toEqual([429, 'RATE_LIMITED']);
    expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(Number(last.headers.get('retry-after'))).toBeLessThanOrEqual(30);
    expect(last.headers.get('ratelimit-remaining')).toBe('0');
    const seen = house.cases.seen.length;
    expect((await ask()).status).toBe(429);
    expect(house.cases.seen.length).toBe(seen);
    const other = await house.token({}, (jwt) => jwt.setSubject(randomUUID()));
    expect((await house.ask('{ whoami }', { token: other })).status).toBe(200);
    const attempt = (from: string) => house.ask('{ whoami }', { token: 'a.b.c', headers: { 'x-forwarded-for': from } });
    const statuses: number[] = [];
    for (let n = 0; n < 5; n += 1) statuses.push((await attempt(`198.51.100.${n}, 203.0.113.9`)).status);
    expect(statuses).toEqual([401, 401, 401, 429, 429]);
    expect((await attempt('203.0.113.10')).status).toBe(401);
    expect((await house.ask('{ whoami }', { token: other, headers: { 'x-forwarded-for': '203.0.113.9' } })).status).toBe(200);
    await house.stop();
  });

  test('without a proxy on the list, X-Forwarded-For changes nothing', async () => {
    const house = await openHouse({ ANJIE_BUDGET_FAILURE: '3/30' });
    const statuses: number[] = [];
    for (let n = 0; n < 5; n += 1) statuses.push((await house.ask('{ whoami }', { token: 'a.b.c', headers: { 'x-forwarded-for': `203.0.113.${n}` } })).status);
    expect(statuses).toEqual([401, 401, 401, 429, 429]);
    await house.stop();
  });

  test('a client is counted for each unit, and a colleague over the budget takes nothing from it', async () => {
    const portal = createPortalKeeper();
    const { key } = portal.keep({ scopes: ['cases:read'] });
    const house = await openHouse({ ANJIE_BUDGET_CLIENT: '30/30', ANJIE_BUDGET_VIEWER: '20/30' }, { portal });
    const [unitA, unitB] = [randomUUID(), randomUUID()];
    const asker = async (unit: string) => {
      const token = await house.token({ unit }, (jwt) => jwt.setSubject(randomUUID()));
      return () => house.ask('{ cases(first: 5) { nodes { id } } }', { token, headers: { 'x-anjie-client-key': key } });
    };
    const [one, two, three] = [await asker(unitA), await asker(unitA), await asker(unitB)];
    while ((await one()).status === 401) await new Promise((resolve) => setTimeout(resolve, 50));
    const statusesOf = async (ask: typeof one, times: number) => {
      const statuses: number[] = [];
      for (let n = 0; n < times; n += 1) statuses.push((await ask()).status);
      return statuses;
    };
    expect((await statusesOf(one, 6)).at(-1)).toBe(429);
    expect((await statusesOf(two, 1))[0]).toBe(200);
    expect((await statusesOf(two, 6)).at(-1)).toBe(429);
    expect((await statusesOf(three, 1))[0]).toBe(200);
    await house.stop();
  });

  test('whoever tries links to downloads is refused before the owner of the file hears of it; links that work count for nothing', async () => {
    const house = await openHouse({ ANJIE_BUDGET_FAILURE: '3/30', ANJIE_TRUSTED_PROXIES: '127.0.0.1' });
    const follow = async (kind: 'good' | 'used', from: string) => (await fetch(`${house.base}/files/cases/${kind.padEnd(43, '-0123456789')}`, { headers: { 'x-forwarded-for': from } })).status;
    const statuses: number[] = [];
    for (const kind of ['good', 'good', 'good', 'good', 'used', 'used', 'used', 'used'] as const) statuses.push(await follow(kind, '203.0.113.9'));
    expect(statuses).toEqual([200, 200, 200, 200, 404, 404, 404, 429]);
    const seen = house.cases.seen.length;
    expect([await follow('used', '203.0.113.9'), await follow('good', '203.0.113.9')]).toEqual([429, 429]);
    expect(house.cases.seen.length).toBe(seen);
    expect(await follow('good', '203.0.113.10')).toBe(200);
    // one rule with tokens: who tried links may not go on with those, and a good one is never refused for it
    const asked = async (token: string) => (await house.ask('{ whoami }', { token, headers: { 'x-forwarded-for': '203.0.113.9' } })).status;
    expect([await asked('a.b.c'), await asked(await house.token())]).toEqual([429, 200]);
    await house.stop();
  });

  test('what is no link at all is a failure, too', async () => {
    const house = await openHouse({ ANJIE_BUDGET_FAILURE: '2/30' });
    const statuses: number[] = [];
    for (const path of ['cases/short', `nowhere/${'a'.repeat(43)}`, 'x', `cases/${'a'.repeat(43)}`]) statuses.push((await fetch(`${house.base}/files/${path}`)).status);
    expect(statuses).toEqual([404, 404, 429, 429]);
    expect(house.cases.seen.length).toBe(0);
    await house.stop();
  });
});
