import { connect } from 'node:net';

export type RedisReply = string | number | null | readonly RedisReply[];

const encode = (command: readonly string[]): string => `*${command.length}\r\n${command.map((part) => `$${Buffer.byteLength(part)}\r\n${part}\r\n`).join('')}`;

/** One command over a connection of its own, which no client library repeats by itself. @throws Error with Redis's own words */
export function askRedis(socketPath: string, command: readonly string[]): Promise<RedisReply> {
  return new Promise((resolve, reject) => {
    const socket = connect(socketPath);
    let received = Buffer.alloc(0);
    socket.once('error', reject);
    socket.once('close', () => reject(new Error(`Redis closed the connection instead of answering ${command[0]}`)));
    socket.on('data', (part) => {
      received = Buffer.concat([received, part]);
      const reply = read(received, 0);
      if (!reply) return;
      socket.destroy();
      if (reply.value instanceof Error) reject(reply.value);
      else resolve(reply.value);
    });
    socket.write(encode(command));
  });
}

interface Read {
  readonly value: RedisReply | Error;
  readonly end: number;
}

/** RESP2; undefined while more is to come. */
function read(bytes: Buffer, from: number): Read | undefined {
  const lineEnd = bytes.indexOf('\r\n', from);
  if (lineEnd < 0) return undefined;
  const text = bytes.toString('utf8', from + 1, lineEnd);
  const kind = String.fromCharCode(bytes[from] ?? 0);
  if (kind === '+') return { value: text, end: lineEnd + 2 };
  if (kind === '-') return { value: new Error(text), end: lineEnd + 2 };
  if (kind === ':') return { value: Number(text), end: lineEnd + 2 };
  if (Number(text) < 0) return { value: null, end: lineEnd + 2 };
  return kind === '$' ? readText(bytes, lineEnd + 2, Number(text)) : readList(bytes, lineEnd + 2, Number(text));
}

function readText(bytes: Buffer, from: number, length: number): Read | undefined {
  const end = from + length + 2;
  return bytes.length < end ? undefined : { value: bytes.toString('utf8', from, end - 2), end };
}

function readList(bytes: Buffer, from: number, length: number): Read | undefined {
  const items: RedisReply[] = [];
  let end = from;
  while (items.length < length) {
    const item = read(bytes, end);
    if (!item) return undefined;
    if (item.value instanceof Error) return item;
    items.push(item.value);
    end = item.end;
  }
  return { value: items, end };
}
