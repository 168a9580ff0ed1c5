import { mkdirSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { socketPathFor } from '@anjie/devtools';

export interface RedisProxy {
  readonly socketPath: string;
  /** Commands go through and are carried out; their replies never arrive. Until `cut`. */
  eatReplies(onlyAfter?: (sent: Buffer) => boolean): void;
  /** Ends the connections whose replies were eaten, and goes on eating. */
  cutEaten(): void;
  /** Ends those connections, or all when none was to be eaten, and goes back to passing everything on. */
  cut(): void;
  close(): Promise<void>;
}

interface Line {
  readonly client: Socket;
  readonly server: Socket;
  isEaten: boolean;
}

/** Stands between the services and Redis on a unix socket: the part of the network that loses a reply. */
export async function openRedisProxy(dir: string, redisSocket: string): Promise<RedisProxy> {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const socketPath = socketPathFor(dir, 'proxy.sock');
  const lines = new Set<Line>();
  let mustEat: ((sent: Buffer) => boolean) | null = null;
  const hangUp = (line: Line): void => {
    lines.delete(line);
    line.client.destroy();
    line.server.destroy();
  };
  const hangUpOn = (which: (line: Line) => boolean): void => [...lines].filter(which).forEach(hangUp);
  const listener = createServer((client) => {
    const server = connect(redisSocket);
    const line: Line = { client, server, isEaten: false };
    lines.add(line);
    client.on('data', (sent) => {
      if (mustEat?.(sent)) line.isEaten = true;
      server.write(sent);
    });
    server.on('data', (reply) => void (line.isEaten || client.write(reply)));
    for (const end of [client, server]) end.on('error', () => hangUp(line)).on('close', () => hangUp(line));
  });
  await new Promise<void>((resolve, reject) => listener.once('error', reject).listen(socketPath, resolve));
  return {
    socketPath,
    eatReplies(onlyAfter = () => true) {
      mustEat = onlyAfter;
    },
    cutEaten: () => hangUpOn(({ isEaten }) => isEaten),
    cut() {
      const isEverything = mustEat === null;
      mustEat = null;
      hangUpOn(({ isEaten }) => isEverything || isEaten);
    },
    close: () => new Promise((resolve) => {
      listener.close(() => resolve());
      for (const line of lines) hangUp(line);
    }),
  };
}
