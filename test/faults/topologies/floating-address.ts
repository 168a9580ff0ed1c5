import { mkdirSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { socketPathFor } from '@anjie/devtools';

export interface FloatingAddress {
  readonly socketPath: string;
  /** Leads to another server from now on; what was open to the old one is cut, as a fence does it. */
  moveTo(socketPath: string): void;
  close(): Promise<void>;
}

/** The address that the services know while the server behind it changes: keepalived, a proxy or a DNS name in real life. */
export async function openFloatingAddress(dir: string, first: string): Promise<FloatingAddress> {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const socketPath = socketPathFor(dir, 'db.sock');
  const sockets = new Set<Socket>();
  let target = first;
  const listener = createServer((client) => {
    const server = connect(target);
    for (const [one, other] of [[client, server], [server, client]] as const) {
      sockets.add(one);
      one.on('error', () => undefined).on('close', () => {
        sockets.delete(one);
        other.destroy();
      });
      one.pipe(other);
    }
  });
  await new Promise<void>((resolve, reject) => listener.once('error', reject).listen(socketPath, resolve));
  const cut = (): void => [...sockets].forEach((socket) => socket.destroy());
  return {
    socketPath,
    moveTo(next) {
      target = next;
      cut();
    },
    close: () => new Promise((resolve) => {
      listener.close(() => resolve());
      cut();
    }),
  };
}
