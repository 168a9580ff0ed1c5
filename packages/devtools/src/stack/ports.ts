import { createServer } from 'node:net';

/** The preferred port when it is free, else any free one. */
export async function freePort(preferred = 0): Promise<number> {
  for (const port of [preferred, 0]) {
    const taken = await tryPort(port);
    if (taken) return taken;
  }
  throw new Error('no free port on 127.0.0.1');
}

const tryPort = (port: number): Promise<number | undefined> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : undefined));
    });
  });
