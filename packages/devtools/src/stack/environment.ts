import { join } from 'node:path';
import { AUDIENCE, DEV_ISSUER } from './dev-issuer';
import { jobsUser, urlFor, webUser } from './schemas';
import type { Secrets } from './secrets';
import type { StackOptions } from './options';

export interface Wiring extends StackOptions {
  readonly services: readonly string[];
  readonly ports: ReadonlyMap<string, number>;
  readonly secrets: Secrets;
}

const subgraphUrls = ({ services, ports }: Wiring): string => services.map((name) => `${name}=http://127.0.0.1:${ports.get(name)}`).join(',');

const common = (wiring: Wiring): NodeJS.ProcessEnv => ({
  PATH: process.env['PATH'],
  HOME: process.env['HOME'],
  NODE_ENV: 'production',
  APOLLO_TELEMETRY_DISABLED: '1',
  ANJIE_MODE: wiring.mode,
  ANJIE_HOST: '127.0.0.1',
  ...passedOn(['ANJIE_DATABASE_POOL', 'ANJIE_HOLIDAYS_FILE', 'ANJIE_KINDS_DIR', 'ANJIE_RULEBOOK_DIR', 'ANJIE_AUDIT_ANCHOR_FILE', 'ANJIE_AUDIT_EARLIER_KEY_FILES', 'ANJIE_CRYPTO_SUITE', 'ANJIE_MESSAGE_OTHER_KEY_FILE', 'ANJIE_RETENTION_DAYS']),
  ANJIE_LOG_LEVEL: wiring.logLevel ?? 'info',
  ANJIE_SUBGRAPH_URLS: subgraphUrls(wiring),
  ...wiring.env,
});

/** Variables of the operator's that go through as they are. */
const passedOn = (names: readonly string[]): NodeJS.ProcessEnv => Object.fromEntries(names.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));

const BUCKET = ['ANJIE_STORAGE_URL', 'ANJIE_STORAGE_ENDPOINT', 'ANJIE_STORAGE_REGION', 'ANJIE_STORAGE_PATH_STYLE', 'ANJIE_STORAGE_ACCESS_KEY_FILE', 'ANJIE_STORAGE_SECRET_KEY_FILE'] as const;

/** The database as a process of the service dials it. */
export const processUrlOf = ({ isPrivate, databaseUrl }: StackOptions, service: string, kind: 'web' | 'jobs'): string =>
  isPrivate ? urlFor(databaseUrl, kind === 'web' ? webUser(service) : jobsUser(service)) : (process.env[`ANJIE_DATABASE_URL_${service.toUpperCase()}`] ?? databaseUrl);

/** Environment of one service process. Only cases gets the key of identity data. */
export function serviceEnv(wiring: Wiring, service: string, kind: 'web' | 'jobs'): NodeJS.ProcessEnv {
  const databaseUrl = processUrlOf(wiring, service, kind);
  return {
    ...common(wiring),
    ANJIE_PORT: String(kind === 'web' ? wiring.ports.get(service) : (process.env[`ANJIE_METRICS_PORT_${service.toUpperCase()}`] ?? 0)),
    ANJIE_DATABASE_URL: databaseUrl,
    ANJIE_REDIS_URL: wiring.redisUrl,
    ANJIE_INTERNAL_KEYRING_FILE: wiring.secrets.keyringFile,
    ANJIE_INTERNAL_PRIVATE_KEY_FILE: wiring.secrets.privateKeyFile(service),
    ANJIE_MESSAGE_KEY_FILE: wiring.secrets.messageKeyFile,
    ANJIE_AUDIT_KEY_FILE: wiring.secrets.auditKeyFile,
    ANJIE_STORAGE_DIR: join(wiring.dir, 'files', service),
    // the demo keeps its files on this machine, whatever bucket the developer works with
    ...(wiring.isPrivate ? {} : passedOn(BUCKET)),
    ...(service === 'supervision' ? passedOn(['ANJIE_WEBHOOK_TARGETS']) : {}),
    ...(service === 'cases' ? { ANJIE_IDENTITY_KEY_FILE: wiring.secrets.identityKeyFile, ...passedOn(['ANJIE_IDENTITY_PREVIOUS_KEY_FILE']) } : {}),
  };
}

const IDENTITY_PROVIDER = ['ANJIE_OIDC_ISSUER', 'ANJIE_JWT_CLOCK_SKEW', 'ANJIE_JWT_ISSUER', 'ANJIE_JWT_AUDIENCE', 'ANJIE_JWKS_FILE', 'ANJIE_JWKS_URL', 'ANJIE_CORS_ORIGINS',
  'ANJIE_JWT_CLAIM_SUBJECT', 'ANJIE_JWT_CLAIM_UNIT', 'ANJIE_JWT_CLAIM_DIVISION', 'ANJIE_JWT_CLAIM_ROLES', 'ANJIE_JWT_CLAIM_LOCALE'] as const;

const EDGE = ['ANJIE_PORTAL_CLIENTS', 'ANJIE_GATEWAYS', 'ANJIE_BUDGET_CLIENT', 'ANJIE_BUDGET_VIEWER', 'ANJIE_BUDGET_FAILURE', 'ANJIE_TRUSTED_PROXIES'] as const;

/** Environment of the gateway: the dev issuer on private instances, the operator's identity provider otherwise. */
export function gatewayEnv(wiring: Wiring): NodeJS.ProcessEnv {
  const provider = wiring.jwksFile
    ? { ANJIE_JWT_ISSUER: DEV_ISSUER, ANJIE_JWT_AUDIENCE: AUDIENCE, ANJIE_JWKS_FILE: wiring.jwksFile, ANJIE_DEV_ISSUER: '1' }
    : passedOn([...IDENTITY_PROVIDER, 'ANJIE_HOST']);
  return {
    ...common(wiring),
    ...provider,
    ANJIE_PORT: String(wiring.ports.get('gateway')),
    ANJIE_REDIS_URL: wiring.redisUrl,
    ...(wiring.isPrivate ? {} : passedOn(EDGE)),
    ANJIE_SUPERGRAPH_FILE: join(wiring.root, 'gateway/supergraph.graphql'),
    ANJIE_INTERNAL_PRIVATE_KEY_FILE: wiring.secrets.privateKeyFile('gateway'),
    ANJIE_STATE_DIR: wiring.dir,
  };
}
