import { createServer, type Server } from 'node:net';
import { freePort } from '../src/stack/ports';

const listening: Server[] = [];
const listenOn = (port: number): Promise<void> => new Promise((resolve, reject) => {
  const server = createServer().once('error', reject).listen(port, '127.0.0.1', resolve);
  listening.push(server);
});
afterEach(() => Promise.all(listening.splice(0).map((server) => new Promise((resolve) => void server.close(resolve)))));

/** What Linux gives to outgoing connections begins at 32768: a service once found its port taken by somebody's other end. */
test('a port is chosen where no outgoing connection is given one, and not twice in a row, although nobody listens there yet', async () => {
  const ports: number[] = [];
  for (let i = 0; i < 200; i += 1) ports.push(await freePort());
  expect(ports.filter((port) => port < 1_024 || port + 10_000 >= 32_768)).toEqual([]);
  expect(new Set(ports).size).toBe(200);
});

test('a port on which somebody listens is passed over; a preferred one is taken when it is free', async () => {
  const taken = await freePort();
  await listenOn(taken + 1);
  expect(await freePort()).not.toBe(taken + 1);
  expect(await freePort(taken)).toBe(taken);
  await listenOn(taken);
  expect(await freePort(taken)).not.toBe(taken);
});
