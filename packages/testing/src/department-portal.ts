import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface PortalEvent {
  readonly id: string;
  readonly type: string;
  readonly timestamp: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Seconds that a signature's time may lie away from the receiver's clock. */
const TOLERANCE_S = 300;

/** A department's own system: takes webhooks as docs/webhooks.md tells it to, and knows nothing of the sender's code. */
export async function openDepartmentPortal(options: { readonly port?: number } = {}) {
  const events = new Map<string, PortalEvent>();
  const tries: string[] = [];
  const rejected: string[] = [];
  let secrets: readonly string[] = [];
  let answerWith: (event: PortalEvent) => number | Promise<number> = () => 204;
  const take = async (request: IncomingMessage): Promise<number> => {
    const body = await textOf(request);
    const id = String(request.headers['webhook-id']);
    tries.push(id);
    if (!isGenuine(request, body, secrets)) {
      rejected.push(id);
      return 401;
    }
    const event = { ...(JSON.parse(body) as Omit<PortalEvent, 'id'>), id };
    const status = await answerWith(event);
    // a repeat has the same id: taken once, answered the same
    if (status < 300) events.set(id, event);
    return status;
  };
  const server = createServer((request, response) => {
    void take(request).then((status) => response.writeHead(status, { location: '/elsewhere' }).end('thank you'), () => response.writeHead(500).end());
  });
  await listen(server, options.port ?? 0);
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `http://127.0.0.1:${port}/hooks`,
    events: (): readonly PortalEvent[] => [...events.values()],
    /** Ids of everything that arrived, repeats included. */
    tries: (): readonly string[] => tries,
    rejected: (): readonly string[] => rejected,
    trust: (...known: readonly string[]): void => void (secrets = known),
    answer: (next: typeof answerWith): void => void (answerWith = next),
    close: () => closeServer(server),
  };
}
export type DepartmentPortal = Awaited<ReturnType<typeof openDepartmentPortal>>;

const closeServer = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.closeAllConnections();
    server.close(() => resolve());
  });

const listen = (server: Server, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function isGenuine({ headers }: IncomingMessage, body: string, secrets: readonly string[]): boolean {
  const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures } = headers;
  if (Math.abs(Date.now() / 1_000 - Number(timestamp)) > TOLERANCE_S) return false;
  return secrets.some((secret) => {
    const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
    const expected = Buffer.from(createHmac('sha256', key).update(`${String(id)}.${String(timestamp)}.${body}`).digest('base64'));
    return String(signatures).split(' ').some((one) => {
      const given = Buffer.from(one.replace(/^v1,/, ''));
      return given.length === expected.length && timingSafeEqual(given, expected);
    });
  });
}
