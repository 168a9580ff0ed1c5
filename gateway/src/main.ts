import { startGateway } from './app';
import { readGatewayEnv } from './env';
import { createLog, type Logger } from './log';

/** A little longer than the server's own grace time for requests under way. */
const EXIT_AFTER_MS = 13_000;

async function main(): Promise<void> {
  const env = readGatewayEnv();
  const log = createLog(env.ANJIE_LOG_LEVEL);
  const gateway = await startGateway(env, log);
  log.info({ host: env.ANJIE_HOST, port: gateway.port }, 'listening');
  closeOnSignal(() => gateway.close(), log);
}

function closeOnSignal(close: () => Promise<void>, log: Logger): void {
  let closing = false;
  const stop = (signal: string) => {
    if (closing) return;
    closing = true;
    log.info({ signal }, 'stopping');
    setTimeout(() => process.exit(1), EXIT_AFTER_MS).unref();
    void close().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'stopping failed');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
