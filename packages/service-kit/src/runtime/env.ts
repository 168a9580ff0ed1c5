import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { readRetentionDays } from '@anjie/contracts';
import { parseRedisUrl } from '@anjie/redis';

/** DEMO and TEST are the private instances that `npm start` and `npm test` make; everything else is PRODUCTION. */
export const MODES = ['PRODUCTION', 'DEMO', 'TEST'] as const;
export type Mode = (typeof MODES)[number];

function saysWhere(url: string, context: z.RefinementCtx): void {
  try {
    parseRedisUrl(url);
  } catch (error) {
    context.addIssue({ code: 'custom', message: (error as Error).message });
  }
}

function saysDays(text: string, context: z.RefinementCtx): void {
  try {
    readRetentionDays(text);
  } catch (error) {
    context.addIssue({ code: 'custom', message: (error as Error).message });
  }
}

/** What every service process reads. A service adds its own variables in its env.ts. */
export const commonEnv = {
  ANJIE_MODE: z.enum(MODES).default('PRODUCTION'),
  ANJIE_HOST: z.string().default('127.0.0.1'),
  ANJIE_PORT: z.coerce.number().int().min(0).max(65_535).default(0),
  /** Server part, `mysql://user:password@host:3306` or `mysql://user@localhost?socketPath=/run/…`; the schema is the service's name. */
  ANJIE_DATABASE_URL: z.string().startsWith('mysql://'),
  ANJIE_DATABASE_POOL: z.coerce.number().int().min(1).max(200).default(10),
  /** One server, Sentinel or Cluster: the forms of `parseRedisUrl`. */
  ANJIE_REDIS_URL: z.string().superRefine(saysWhere),
  /** JSON file: issuer → Ed25519 public key (SPKI DER, base64). */
  ANJIE_INTERNAL_KEYRING_FILE: z.string(),
  /** This process's Ed25519 private key (PKCS#8 DER, base64). */
  ANJIE_INTERNAL_PRIVATE_KEY_FILE: z.string(),
  /** 32 random bytes, base64: seals queue payloads. */
  ANJIE_MESSAGE_KEY_FILE: z.string(),
  /** While the message key is changed: the one that comes or the one that goes. It is believed, nothing is sealed with it. */
  ANJIE_MESSAGE_OTHER_KEY_FILE: z.string().min(1).optional(),
  /** 32 random bytes, base64: seals audit entries. Keep it from whoever administers the database. */
  ANJIE_AUDIT_KEY_FILE: z.string(),
  /** Comma separated: keys that sealed audit entries before. What they sealed stays genuine. */
  ANJIE_AUDIT_EARLIER_KEY_FILES: z.string().min(1).optional(),
  /** `notices=365,…`: other periods than the schedule's (docs/operations.md, Retention). */
  ANJIE_RETENTION_DAYS: z.string().superRefine(saysDays).optional(),
  /** Ciphers of data keys that are made from now on; what is sealed names its own. */
  ANJIE_CRYPTO_SUITE: z.enum(['AES-256-GCM', 'SM4-CTR-HMAC-SM3']).default('AES-256-GCM'),
  /** File on another machine, append-only for this one: where the audit's chains stood, each five minutes. */
  ANJIE_AUDIT_ANCHOR_FILE: z.string().min(1).optional(),
  /** `cases=http://127.0.0.1:4001,officials=…`: where the other services answer. */
  ANJIE_SUBGRAPH_URLS: z.string(),
  /** JSON file of State Council holiday notices (format of holiday-cn) for years that this release does not know. */
  ANJIE_HOLIDAYS_FILE: z.string().min(1).optional(),
  /** Folder of `*.yaml` with local time limits (docs/time-limits.md); without it the national ones apply. */
  ANJIE_RULEBOOK_DIR: z.string().min(1).optional(),
  /** Folder with one folder per service and in it `<book>.yaml`: kinds of a locality's own (docs/kinds.md). */
  ANJIE_KINDS_DIR: z.string().min(1).optional(),
  ANJIE_LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
  APOLLO_TELEMETRY_DISABLED: z.literal('1', { error: 'set APOLLO_TELEMETRY_DISABLED=1: nothing may phone home' }),
};
export type CommonEnv = z.infer<z.ZodObject<typeof commonEnv>>;

/** Reads and checks the environment once. @throws Error whose message says in words which variable to change. */
export function readEnv<Shape extends z.ZodRawShape>(shape: Shape, source: NodeJS.ProcessEnv = process.env): z.infer<z.ZodObject<Shape>> {
  const parsed = z.object(shape).safeParse(source);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.') || '(environment)'}: ${issue.message}`);
  throw new Error(`The environment is not usable; change these variables (docs/operations.md):\n${lines.join('\n')}`);
}

/** The message key that seals, and the other one that is believed. Base64. */
export const readMessageKeys = (env: Pick<CommonEnv, 'ANJIE_MESSAGE_KEY_FILE' | 'ANJIE_MESSAGE_OTHER_KEY_FILE'>): { readonly current: string; readonly other?: string | undefined } => ({
  current: readSecretFile(env.ANJIE_MESSAGE_KEY_FILE), other: env.ANJIE_MESSAGE_OTHER_KEY_FILE === undefined ? undefined : readSecretFile(env.ANJIE_MESSAGE_OTHER_KEY_FILE),
});

export const readSecretFile = (path: string): string => readFileSync(path, 'utf8').trim();

/** Of a comma separated list of files. */
export const readSecretFiles = (paths: string | undefined): readonly string[] => (paths ?? '').split(',').filter(Boolean).map((path) => readSecretFile(path.trim()));

/** `a=http://x,b=http://y` → record. */
export function parseUrlList(text: string): Readonly<Record<string, string>> {
  const pairs = text.split(',').map((pair) => pair.trim()).filter(Boolean).map((pair) => pair.split(/=(.*)/s) as [string, string]);
  for (const [name, url] of pairs) if (!name || !URL.canParse(url ?? '')) throw new Error(`ANJIE_SUBGRAPH_URLS: "${name}" has no valid URL`);
  return Object.fromEntries(pairs);
}
