import { rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { checkoutPaths, makeTestFolder, findOrFetchEngines, startRedisSentinel, until, type RedisSentinel } from '@anjie/devtools';
import { openQueue } from '@anjie/service-kit/messaging';

let dir: string;
let redis: RedisSentinel;
jest.setTimeout(180_000);
beforeAll(async () => {
  const paths = checkoutPaths(__dirname);
  dir = makeTestFolder(paths, 'topo');
  redis = await startRedisSentinel(await findOrFetchEngines({ cacheDir: paths.cacheDir, log: () => undefined }), dir);
});
afterAll(async () => {
  await redis.stop();
  rmSync(dir, { recursive: true, force: true });
});

test('a queue that is closed no longer listens to the Sentinels', async () => {
  const queue = openQueue(redis.url, 'cases', 'drill');
  await until('a queue listens to each Sentinel', 20_000, async () => same(await redis.listeners(), 1));
  await queue.close();
  await until('it left the Sentinels', 20_000, async () => same(await redis.listeners(), 0)).catch(() => undefined);
  expect(await redis.listeners()).toEqual([0, 0, 0]);
});

test('Sentinels that come back mute end no process, and are listened to again once they speak', async () => {
  const queue = openQueue(redis.url, 'cases', 'drill');
  await until('a queue listens to each Sentinel', 20_000, async () => same(await redis.listeners(), 1));
  await redis.killSentinels();
  const mute = await Promise.all(redis.ports.map(openMute));
  await until('the queue asked each of the mute', 30_000, async () => mute.every(({ asked }) => asked() > 0));
  await until('it gave up waiting for an answer', 30_000, async () => mute.every(({ silentMs }) => silentMs() > 3_000));
  await Promise.all(mute.map(({ close }) => close()));
  await redis.startSentinels();
  await until('it listens to each Sentinel again', 30_000, async () => same(await redis.listeners(), 1));
  expect(await redis.listeners()).toEqual([1, 1, 1]);
  // a process with an unheard rejection would have ended; here it fails this test
  const old = await redis.master();
  old.freeze();
  await redis.promoted(old);
  await until('jobs go to the new master', 10_000, async () => (await queue.add('drill', {}, { jobId: 'drill-1' })).id === 'drill-1');
  old.thaw();
  await queue.close();
});

const same = (counts: readonly number[], count: number): boolean => counts.every((other) => other === count);

/** Takes connections, and answers nobody. */
async function openMute(port: number): Promise<{ asked(): number; silentMs(): number; close(): Promise<void> }> {
  const sockets = new Set<Socket>();
  let [asked, lastAt] = [0, 0];
  const server: Server = createServer((socket) => {
    sockets.add(socket.on('error', () => undefined).on('data', () => ((asked += 1), (lastAt = performance.now()))));
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
  return {
    asked: () => asked,
    silentMs: () => performance.now() - lastAt,
    close: () => new Promise((resolve) => {
      for (const socket of sockets) socket.destroy();
      server.close(() => resolve());
    }),
  };
}
