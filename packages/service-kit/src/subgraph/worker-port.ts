import type { DataSource } from 'typeorm';
import type { ServiceName } from '@anjie/contracts';
import type { Closable, Logger } from '../runtime';
import { createMetrics, type OwnMetric } from '../upkeep';
import { serveRoutes } from './http';
import { healthRoutes } from './server';

export interface WorkerPort {
  readonly service: ServiceName;
  readonly db: DataSource;
  readonly env: { readonly ANJIE_HOST: string; readonly ANJIE_PORT: number; readonly ANJIE_REDIS_URL: string };
  readonly log: Logger;
}

/** The port of a worker: health for who supervises it, metrics for Prometheus. Counts and seconds only, so it needs no token. */
export async function serveHealth({ service, db, env, log }: WorkerPort, own: readonly OwnMetric[] = []): Promise<Closable & { port: number }> {
  const metrics = createMetrics({ service, db, redisUrl: env.ANJIE_REDIS_URL, log, own });
  const http = await serveRoutes(
    [...healthRoutes(db), {
      method: 'GET', path: '/metrics',
      async answer(_request, response) {
        const text = await metrics.text();
        response.writeHead(200, { 'content-type': metrics.contentType, 'content-length': Buffer.byteLength(text) });
        response.end(text);
      },
    }],
    { host: env.ANJIE_HOST, port: env.ANJIE_PORT, log },
  );
  return {
    port: http.port,
    async close() {
      await http.close();
      await metrics.close();
    },
  };
}
