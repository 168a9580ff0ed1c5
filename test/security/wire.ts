import { Agent, request, type IncomingHttpHeaders } from 'node:http';
import { connect } from 'node:net';

export interface Reply {
  readonly status: number;
  readonly text: string;
  readonly headers: IncomingHttpHeaders;
}

export interface Sent {
  readonly url: string;
  readonly method?: string;
  /** Undefined takes a header away that would be there. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly body?: string | Buffer;
  readonly isChunked?: boolean;
}

const GIVE_UP_MS = 60_000;

/** Sends bytes as they are over HTTP and waits for the whole answer. */
export const sendRaw = ({ url, method = 'POST', headers = {}, body = '', isChunked = false }: Sent): Promise<Reply> =>
  new Promise((resolve, reject) => {
    const all = { 'content-type': 'application/json', ...(isChunked ? {} : { 'content-length': String(Buffer.byteLength(body)) }), ...headers };
    const given = Object.fromEntries(Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined));
    // kept alive, or the server might close on what it does not read before its answer is seen; nobody else gets the connection
    const agent = new Agent({ keepAlive: true });
    const sending = request(url, { method, headers: given, timeout: GIVE_UP_MS, agent }, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part)).on('error', reject)
        .on('end', () => resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(parts).toString('utf8'), headers: answer.headers }));
    });
    sending.on('timeout', () => sending.destroy(new Error('no answer'))).on('error', reject).on('close', () => agent.destroy()).end(body);
  });

/** Sends these bytes over a socket of its own; statuses and text of whatever comes back until the other side closes or is quiet. */
export const sendBytes = (port: number, bytes: string, quietMs = 1_500): Promise<{ statuses: string[]; text: string }> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    let text = '';
    socket.setTimeout(quietMs, () => socket.destroy());
    socket.on('data', (part: Buffer) => void (text += part.toString('utf8'))).on('error', () => undefined)
      .on('close', () => resolve({ statuses: [...text.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => status ?? ''), text }));
  });
