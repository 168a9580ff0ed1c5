import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { IdentityProvider } from '@anjie/access/identity-provider';
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

const claim = (name: string) => z.string().min(1).default(name);
const boardShape = z.object({
  ANJIE_REDIS_URL: shape.shape.ANJIE_REDIS_URL,
  ANJIE_JWT_ISSUER: z.string({ error: 'set it as the gateway has it: who signs the tokens of administrators' }).min(1),
  ANJIE_JWT_AUDIENCE: z.string().min(1).default('anjie'),
  ANJIE_JWKS_FILE: z.string().optional(),
  ANJIE_JWKS_URL: z.url({ protocol: /^https?$/, error: 'set it to an http(s) URL' }).optional(),
  ANJIE_JWT_CLAIM_SUBJECT: claim('sub'),
  ANJIE_JWT_CLAIM_UNIT: claim('unit'),
  ANJIE_JWT_CLAIM_DIVISION: claim('division'),
  ANJIE_JWT_CLAIM_ROLES: claim('roles'),
  ANJIE_JWT_CLAIM_LOCALE: claim('locale'),
}).refine((env) => (env.ANJIE_JWKS_FILE === undefined) !== (env.ANJIE_JWKS_URL === undefined), { path: ['ANJIE_JWKS_FILE'], error: 'set exactly one of ANJIE_JWKS_FILE and ANJIE_JWKS_URL, as the gateway has it' });

export interface BoardEnv {
  readonly redisUrl: string;
  readonly provider: IdentityProvider;
}

/** The board needs Redis and the identity provider, no database. @throws Error whose message says which variable to change */
export function readBoardEnv(source: NodeJS.ProcessEnv = process.env): BoardEnv {
  const env = read(boardShape, source);
  return {
    redisUrl: env.ANJIE_REDIS_URL,
    provider: {
      issuer: env.ANJIE_JWT_ISSUER,
      audience: env.ANJIE_JWT_AUDIENCE,
      keys: env.ANJIE_JWKS_URL === undefined ? { jwks: readFileSync(env.ANJIE_JWKS_FILE ?? '', 'utf8') } : { url: env.ANJIE_JWKS_URL },
      claims: {
        subject: env.ANJIE_JWT_CLAIM_SUBJECT, unit: env.ANJIE_JWT_CLAIM_UNIT, division: env.ANJIE_JWT_CLAIM_DIVISION, roles: env.ANJIE_JWT_CLAIM_ROLES,
        locale: env.ANJIE_JWT_CLAIM_LOCALE,
      },
    },
  };
}

function read<Schema extends z.ZodType>(schema: Schema, source: NodeJS.ProcessEnv): z.infer<Schema> {
  const parsed = schema.safeParse(source);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
  throw new Error(`The environment is not usable; change these variables (docs/operations.md):\n${lines.join('\n')}`);
}
