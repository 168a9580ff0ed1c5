import { connect } from 'node:net';

const encode = (command: readonly string[]): string => `*${command.length}\r\n${command.map((part) => `$${Buffer.byteLength(part)}\r\n${part}\r\n`).join('')}`;

/** One command over a connection of its own, and the beginning of its raw reply: `:1`, `+OK`, `$5…`. */
export function askRedis(socketPath: string, command: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(socketPath);
    socket.once('error', reject);
    socket.once('close', () => reject(new Error(`Redis closed the connection instead of answering ${command[0]}`)));
    socket.once('data', (reply) => {
      resolve(reply.toString('utf8').trim());
      socket.destroy();
    });
    socket.write(encode(command));
  });
}
