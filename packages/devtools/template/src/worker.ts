import { startWorker } from './app';
import { env } from './env';

void startWorker(env).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
