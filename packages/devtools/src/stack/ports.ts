import { createServer } from 'node:net';

/**
 * Below what systems give to outgoing connections (Linux from 32768, others from 49152): a port of theirs that is free now
 * may be somebody's other end before its server has started. And low enough for the Cluster's second port, 10,000 above.
 */
const [FIRST, COUNT] = [10_000, 10_000];

/** Each process begins elsewhere and goes on from there, so that two that start systems at once do not choose the same ports. */
let next = (process.pid * 37) % COUNT;

/** The preferred port when it is free, else one that no caller in this process had lately. */
export async function freePort(preferred = 0): Promise<number> {
  if (preferred !== 0 && (await isFree(preferred))) return preferred;
  for (let tried = 0; tried < COUNT; tried += 1) {
    const port = FIRST + next;
    next = (next + 1) % COUNT;
    if (await isFree(port)) return port;
  }
  throw new Error('no free port on 127.0.0.1');
}

/** Whether a server could listen there now. */
export const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
