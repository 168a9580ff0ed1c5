import { SERVICES, type ServiceName } from '@anjie/contracts';
import { z } from 'zod';

const shape = z.object({
  ANJIE_MODE: z.enum(['PRODUCTION', 'DEMO', 'TEST']).default('PRODUCTION'),
  ANJIE_DATABASE_URL: z.string({ error: 'set it as the services have it, mysql://…' }).startsWith('mysql://'),
  ANJIE_REDIS_URL: z.string({ error: 'set it as the services have it, redis://…' }).min(1),
});

export interface OpsEnv {
  readonly ANJIE_MODE: 'PRODUCTION' | 'DEMO' | 'TEST';
  readonly ANJIE_REDIS_URL: string;
  readonly databaseUrlOf: (service: ServiceName) => string;
}

/** The same variables as the services read. @throws Error whose message says which variable to change */
export function readOpsEnv(source: NodeJS.ProcessEnv = process.env): OpsEnv {
  const parsed = shape.safeParse(source);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`The environment is not usable; change these variables (docs/operations.md):\n${lines.join('\n')}`);
  }
  const urls = new Map(SERVICES.map((service) => [service, source[`ANJIE_DATABASE_URL_${service.toUpperCase()}`] || parsed.data.ANJIE_DATABASE_URL]));
  return { ...parsed.data, databaseUrlOf: (service) => urls.get(service) ?? parsed.data.ANJIE_DATABASE_URL };
}
