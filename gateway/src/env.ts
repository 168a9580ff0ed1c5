import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { isLoopback } from '@anjie/access/identity-provider';
import { providerEnv, providerFaults } from '@anjie/access/provider-settings';
import { parseRedisUrl } from '@anjie/redis';
import { budget, defaultBudgets, type Budgets } from './rates/budgets';
import { readProxies } from './rates/client-address';

const shape = z.object({
  ...providerEnv,
  ANJIE_HOST: z.string().default('127.0.0.1'),
  ANJIE_PORT: z.coerce.number({ error: 'use a port number' }).int().min(0, 'use a port between 0 and 65535').max(65_535, 'use a port between 0 and 65535').default(4000),
  ANJIE_SUPERGRAPH_FILE: z.string().default(join(__dirname, '..', 'supergraph.graphql')),
  ANJIE_SUBGRAPH_URLS: z.string().default('').transform(parseUrlList),
  ANJIE_INTERNAL_PRIVATE_KEY_FILE: z.string({ error: "set it to the file with the gateway's Ed25519 private key (PKCS#8 DER, base64)" }),
  /** REQUIRED: a request without the key of a registered portal client is refused. Left out: REQUIRED in PRODUCTION. */
  ANJIE_PORTAL_CLIENTS: z.enum(['REQUIRED', 'OPTIONAL'], { error: 'use REQUIRED or OPTIONAL, or leave it out' }).optional(),
  /** Where rates are counted: the forms of the services' variable. Left out, each gateway counts for itself; refused in PRODUCTION. */
  ANJIE_REDIS_URL: z.string().superRefine(saysWhere).optional(),
  ANJIE_GATEWAYS: z.coerce.number().int().min(1, 'how many gateways share the traffic').max(1_000).default(1),
  ANJIE_BUDGET_CLIENT: budget.optional(),
  ANJIE_BUDGET_VIEWER: budget.optional(),
  ANJIE_BUDGET_FAILURE: budget.optional(),
  ANJIE_TRUSTED_PROXIES: z.string().default('').transform(parseProxies),
  ANJIE_CORS_ORIGINS: z.string().default('').transform(parseOrigins),
  ANJIE_DEV_ISSUER: z.enum(['0', '1'], { error: 'use 1, or leave it out' }).default('0').transform((value) => value === '1'),
  ANJIE_LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent'], { error: 'use fatal, error, warn, info, debug or silent' }).default('info'),
  ANJIE_STATE_DIR: z.string().default(tmpdir()),
  ANJIE_UPLOAD_DIR: z.string().optional(),
  APOLLO_TELEMETRY_DISABLED: z.literal('1', { error: 'set APOLLO_TELEMETRY_DISABLED=1: nothing may phone home' }),
  NODE_ENV: z.string().default('development'),
});

type Parsed = z.infer<typeof shape>;
/** What depends on another variable when it is left out. */
interface Derived {
  readonly ANJIE_UPLOAD_DIR: string;
  readonly ANJIE_PORTAL_CLIENTS: NonNullable<Parsed['ANJIE_PORTAL_CLIENTS']>;
  readonly budgets: Budgets;
}
export type GatewayEnv = Omit<Parsed, keyof Derived> & Derived;

const derived = (env: Parsed): Derived => ({
  ANJIE_UPLOAD_DIR: env.ANJIE_UPLOAD_DIR ?? join(env.ANJIE_STATE_DIR, 'uploads'),
  ANJIE_PORTAL_CLIENTS: env.ANJIE_PORTAL_CLIENTS ?? (env.ANJIE_MODE === 'PRODUCTION' ? 'REQUIRED' : 'OPTIONAL'),
  budgets: budgetsOf(env),
});

function budgetsOf(env: Parsed): Budgets {
  const usual = defaultBudgets(env.ANJIE_MODE);
  return { client: env.ANJIE_BUDGET_CLIENT ?? usual.client, viewer: env.ANJIE_BUDGET_VIEWER ?? usual.viewer, failure: env.ANJIE_BUDGET_FAILURE ?? usual.failure };
}

/** Reads and checks the environment once. @throws Error whose message says in words which variable to change. */
export function readGatewayEnv(source: NodeJS.ProcessEnv = process.env): GatewayEnv {
  const parsed = shape.superRefine(refuseContradictions).safeParse(source);
  if (parsed.success) return { ...parsed.data, ...derived(parsed.data) };
  const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.') || '(environment)'}: ${issue.message}`);
  throw new Error(`The environment is not usable; change these variables (docs/operations.md):\n${lines.join('\n')}`);
}

function refuseContradictions(env: Parsed, context: z.RefinementCtx): void {
  const refuse = (variable: string, message: string) => context.addIssue({ code: 'custom', path: [variable], message });
  for (const [variable, message] of providerFaults(env)) refuse(variable, message);
  if (env.ANJIE_DEV_ISSUER) refuseBesideDevIssuer(env, refuse);
  if (env.ANJIE_MODE !== 'PRODUCTION') return;
  if (env.ANJIE_DEV_ISSUER) refuse('ANJIE_DEV_ISSUER', 'the development issuer is refused in production: remove ANJIE_DEV_ISSUER, or set ANJIE_MODE=DEMO on a private instance');
  if (env.ANJIE_REDIS_URL === undefined) refuse('ANJIE_REDIS_URL', 'set it to the Redis in which rates are counted, for example redis://127.0.0.1:6379');
  if (env.NODE_ENV !== 'production') refuse('NODE_ENV', 'set NODE_ENV=production');
}

/** Whoever has the checkout can sign as anybody: such a system has no real provider and is reached from this machine only. */
function refuseBesideDevIssuer(env: z.infer<typeof shape>, refuse: (variable: string, message: string) => void): void {
  for (const variable of ['ANJIE_OIDC_ISSUER', 'ANJIE_JWKS_URL'] as const) {
    if (env[variable] !== undefined) refuse(variable, 'a real identity provider and ANJIE_DEV_ISSUER=1 exclude each other: remove one of them');
  }
  if (!isLoopback(`http://${env.ANJIE_HOST}`)) refuse('ANJIE_HOST', 'with ANJIE_DEV_ISSUER=1 the gateway listens on this machine only: use 127.0.0.1');
}

/** `a=http://x,b=http://y` → record. */
function parseUrlList(text: string, context: z.RefinementCtx): Readonly<Record<string, string>> {
  const pairs = listOf(text).map((pair) => pair.split(/=(.*)/s));
  for (const [name, value] of pairs) {
    if (!name || !URL.canParse(value ?? '')) context.addIssue({ code: 'custom', message: `"${name ?? ''}" has no valid URL; write cases=http://host:4001,officials=http://…` });
  }
  return Object.fromEntries(pairs.map(([name, value]) => [name, value ?? '']));
}

function saysWhere(url: string, context: z.RefinementCtx): void {
  try {
    parseRedisUrl(url);
  } catch (error) {
    context.addIssue({ code: 'custom', message: (error as Error).message });
  }
}

function parseProxies(text: string, context: z.RefinementCtx): ReturnType<typeof readProxies> {
  try {
    return readProxies(text);
  } catch (error) {
    context.addIssue({ code: 'custom', message: (error as Error).message });
    return z.NEVER;
  }
}

/** An origin is compared as a whole: a wildcard or a suffix would let look-alike hosts in. */
function parseOrigins(text: string, context: z.RefinementCtx): ReadonlySet<string> {
  const origins = listOf(text);
  for (const origin of origins) {
    if (!URL.canParse(origin) || new URL(origin).origin !== origin) context.addIssue({ code: 'custom', message: `"${origin}" is no origin; write https://portal.example.gov.cn, without a path or *` });
  }
  return new Set(origins);
}

const listOf = (text: string): string[] => text.split(',').map((item) => item.trim()).filter(Boolean);

/** @throws Error that names the variable whose file cannot be read. */
export function readFileOf(variable: string, path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    throw new Error(`${variable}: the file ${path} cannot be read; correct the path or its permissions`);
  }
}
