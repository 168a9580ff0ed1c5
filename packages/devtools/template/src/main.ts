import { startHttp } from './app';
import { env } from './env';

void startHttp(env).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
