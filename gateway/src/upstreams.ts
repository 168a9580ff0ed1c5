import { Pool, type Dispatcher } from 'undici';
import { AppError } from '@anjie/contracts';
import type { Logger } from './log';

/** For one fetch; a statement behind it has as long. */
export const FETCH_MS = 5_000;
const CONNECTIONS = 64;
/** Of their own, so that neither those who try links nor slow readers hold the connections of queries. */
const DOWNLOAD_CONNECTIONS = 16;
/** Beyond this many waiting calls another one would only wait longer than its client does. */
const QUEUE_MAX = 2_000;
/** So many failures in a row open the circuit, so that a hanging subgraph does not hold every request for seconds. */
const CIRCUIT_FAILURES = 5;
const CIRCUIT_OPEN_MS = 1_000;

export interface UpstreamRequest extends Omit<Dispatcher.RequestOptions, 'origin'> {
  readonly isDownload?: boolean;
}

/** One subgraph over HTTP, with a pool of kept-alive connections. */
export interface Upstream {
  readonly name: string;
  readonly graphqlPath: string;
  /** @throws AppError SERVICE_UNAVAILABLE or TIMEOUT */
  call(request: UpstreamRequest): Promise<Dispatcher.ResponseData>;
  isAlive(): Promise<boolean>;
}

/** All subgraphs, by name; they become known when the executor reads the supergraph. */
export interface Upstreams {
  open(name: string, url: string): Upstream;
  get(name: string): Upstream | undefined;
  all(): readonly Upstream[];
  close(): Promise<void>;
}

export function createUpstreams(urls: Readonly<Record<string, string>>, log: Logger): Upstreams {
  const opened = new Map<string, { upstream: Upstream; pools: readonly Pool[] }>();
  return {
    open(name, url) {
      const found = opened.get(name)?.upstream;
      if (found) return found;
      const target = new URL(urls[name] ?? url);
      const poolOf = (connections: number) => new Pool(target.origin, { connections, connect: { timeout: 2_000 }, headersTimeout: FETCH_MS, bodyTimeout: FETCH_MS, keepAliveTimeout: 30_000 });
      const [pool, downloads] = [poolOf(CONNECTIONS), poolOf(DOWNLOAD_CONNECTIONS)];
      const upstream = createUpstream({ name, pool, downloads, graphqlPath: target.pathname === '/' ? '/graphql' : target.pathname, log });
      opened.set(name, { upstream, pools: [pool, downloads] });
      return upstream;
    },
    get: (name) => opened.get(name)?.upstream,
    all: () => [...opened.values()].map(({ upstream }) => upstream),
    close: async () => void (await Promise.all([...opened.values()].flatMap(({ pools }) => pools.map((pool) => pool.destroy())))),
  };
}

interface UpstreamParts {
  readonly name: string;
  readonly pool: Pool;
  readonly downloads: Pool;
  readonly graphqlPath: string;
  readonly log: Logger;
}

function createUpstream({ name, pool, downloads, graphqlPath, log }: UpstreamParts): Upstream {
  const circuit = createCircuit();
  return {
    name,
    graphqlPath,
    async call({ isDownload = false, ...request }) {
      const through = isDownload ? downloads : pool;
      if (circuit.isOpen() || through.stats.queued > QUEUE_MAX) throw new AppError('SERVICE_UNAVAILABLE');
      try {
        const response = await through.request(request);
        circuit.succeeded();
        return response;
      } catch (error) {
        circuit.failed();
        log.warn({ upstream: name, reason: reasonOf(error) }, 'a subgraph did not answer');
        throw outageOf(error);
      }
    },
    async isAlive() {
      const response = await pool.request({ method: 'GET', path: '/livez', headersTimeout: 2_000, bodyTimeout: 2_000 }).catch(() => undefined);
      await response?.body.dump();
      const alive = response?.statusCode === 200;
      // Whoever was told "ready" must not meet a circuit that is still open.
      if (alive) circuit.succeeded();
      return alive;
    },
  };
}

const reasonOf = (error: unknown): string => (error instanceof Error ? String(Reflect.get(error, 'code') ?? error.name) : 'unknown');

/** What undici says, in a word of our table. */
export function outageOf(error: unknown): AppError {
  const isTimeout = ['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT'].includes(reasonOf(error));
  return new AppError(isTimeout ? 'TIMEOUT' : 'SERVICE_UNAVAILABLE');
}

/** Opens after some failures in a row; when the time is over one call is let through to try. */
function createCircuit() {
  let failures = 0;
  let openUntil = 0;
  return {
    isOpen(): boolean {
      if (failures < CIRCUIT_FAILURES) return false;
      if (Date.now() < openUntil) return true;
      openUntil = Date.now() + CIRCUIT_OPEN_MS;
      return false;
    },
    succeeded: () => void (failures = 0),
    failed() {
      failures += 1;
      openUntil = Date.now() + CIRCUIT_OPEN_MS;
    },
  };
}
