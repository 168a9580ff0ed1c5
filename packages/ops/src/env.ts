import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { IdentityProvider } from '@anjie/access/identity-provider';
import { providerEnv, providerFaults, providerOf } from '@anjie/access/provider-settings';
import { SERVICES, type ServiceName } from '@anjie/contracts';
import { SUITE_NAMES } from '@anjie/service-kit/vault';

const shape = z.object({
  ANJIE_MODE: z.enum(['PRODUCTION', 'DEMO', 'TEST']).default('PRODUCTION'),
  ANJIE_DATABASE_URL: z.string({ error: 'set it as the services have it, mysql://…' }).startsWith('mysql://'),
  ANJIE_REDIS_URL: z.string({ error: 'set it as the services have it, redis://…' }).min(1),
  ANJIE_AUDIT_KEY_FILE: z.string().min(1).optional(),
  ANJIE_AUDIT_EARLIER_KEY_FILES: z.string().min(1).optional(),
  ANJIE_IDENTITY_KEY_FILE: z.string().min(1).optional(),
  ANJIE_IDENTITY_PREVIOUS_KEY_FILE: z.string().min(1).optional(),
  ANJIE_RETENTION_DAYS: z.string().optional(),
  ANJIE_CRYPTO_SUITE: z.enum(SUITE_NAMES).default('AES-256-GCM'),
});

export interface OpsEnv extends z.infer<typeof shape> {
  readonly databaseUrlOf: (service: ServiceName) => string;
}

/** The same variables as the services read. @throws Error whose message says which variable to change */
export function readOpsEnv(source: NodeJS.ProcessEnv = process.env): OpsEnv {
  const env = read(shape, source);
  const urls = new Map(SERVICES.map((service) => [service, source[`ANJIE_DATABASE_URL_${service.toUpperCase()}`] || env.ANJIE_DATABASE_URL]));
  return { ...env, databaseUrlOf: (service) => urls.get(service) ?? env.ANJIE_DATABASE_URL };
}

const boardShape = z.object({ ...providerEnv, ANJIE_REDIS_URL: shape.shape.ANJIE_REDIS_URL, ANJIE_DATABASE_URL: shape.shape.ANJIE_DATABASE_URL }).superRefine((env, context) => {
  for (const [variable, message] of providerFaults(env)) context.addIssue({ code: 'custom', path: [variable], message });
});

export interface BoardEnv {
  readonly redisUrl: string;
  /** Of officials, who keep the directory. */
  readonly databaseUrl: string;
  readonly provider: IdentityProvider;
}

/** The board needs Redis, the identity provider, and the directory. @throws Error whose message says which variable to change */
export function readBoardEnv(source: NodeJS.ProcessEnv = process.env): BoardEnv {
  const env = read(boardShape, source);
  return { redisUrl: env.ANJIE_REDIS_URL, databaseUrl: source['ANJIE_DATABASE_URL_OFFICIALS'] || env.ANJIE_DATABASE_URL, provider: providerOf(env, (path) => readFileSync(path, 'utf8')) };
}

function read<Schema extends z.ZodType>(schema: Schema, source: NodeJS.ProcessEnv): z.infer<Schema> {
  const parsed = schema.safeParse(source);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
  throw new Error(`The environment is not usable; change these variables (docs/operations.md):\n${lines.join('\n')}`);
}
