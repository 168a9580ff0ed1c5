import { join } from 'node:path';
import type { Engines } from './engines';
import { endStaleInstance, recordInstance } from './identity';
import { makePrivateDir, socketPathFor } from './paths';
import { startProcess } from './processes';
import { waitUntilReady } from './readiness';

export interface RedisOptions {
  /** Everything of this instance: append-only file, log, socket (unless its path would be too long). */
  dir: string;
  /** Allows the DEBUG command, for tests that need Redis to stall or to die. */
  enableDebug?: boolean;
  /** Also listens on 127.0.0.1 at this port; by default only on the unix socket. */
  port?: number;
  /** Server options by their name, over the ones chosen here. */
  settings?: Record<string, string>;
}

export interface Redis {
  readonly socketPath: string;
  readonly pid: number;
  readonly logFile: string;
  stop(): Promise<void>;
  kill9(): Promise<void>;
}

export async function startRedis(engines: Engines, options: RedisOptions): Promise<Redis> {
  const dir = makePrivateDir(options.dir);
  const record = join(dir, 'instance.json');
  await endStaleInstance(record, 'Redis');
  const socketPath = socketPathFor(dir, 'redis.sock');
  const started = await startProcess({
    name: 'Redis',
    command: engines.redisServer,
    args: redisArguments({ ...options, dir: makePrivateDir(join(dir, 'data')) }, socketPath),
    env: engines.env,
    logFile: join(dir, 'redis.log'),
  });
  recordInstance(record, started.pid);
  await waitUntilReady(started, {
    at: { path: socketPath },
    hello: 'PING\r\n',
    isReady: (answer) => answer.toString('latin1').startsWith('+PONG'),
    timeoutMs: 60_000,
  });
  return { socketPath, pid: started.pid, logFile: started.logFile, stop: () => started.stop(), kill9: () => started.kill9() };
}

function redisArguments(options: RedisOptions, socketPath: string): string[] {
  const settings: Record<string, string> = {
    ...(options.port === undefined ? { port: '0' } : { port: String(options.port), bind: '127.0.0.1' }),
    unixsocket: socketPath,
    unixsocketperm: '700',
    dir: options.dir,
    daemonize: 'no',
    save: '',
    appendonly: 'yes',
    appendfsync: 'everysec',
    'maxmemory-policy': 'noeviction',
    'enable-debug-command': options.enableDebug ? 'yes' : 'no',
    ...options.settings,
  };
  return Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
}
