import { createLocalJWKSet, createRemoteJWKSet, errors, jwtVerify, type JSONWebKeySet, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import { viewerSchema, type Viewer } from '@anjie/access';
import { AppError, ROLES, rolesInForce } from '@anjie/contracts';
import { readFileOf, type GatewayEnv } from './env';
import type { Locale } from './locale';
import type { Logger } from './log';

/** Asymmetric only: with HS256 whoever knows the public key could sign. */
const ALGORITHMS = ['EdDSA', 'ES256', 'RS256', 'PS256'];
const CLOCK_TOLERANCE_S = 5;
const MAX_TOKEN_AGE = '12h';
/** How long and how many verified tokens are remembered: a signature check costs more than a small query. */
const REMEMBER_MS = 60_000;
const REMEMBER_MAX = 5_000;

type Claimed = Omit<Viewer, 'locale'> & { readonly locale: Locale | undefined };
interface Remembered {
  readonly claimed: Claimed;
  readonly until: number;
}

/** Who sends this request? @throws AppError UNAUTHENTICATED, the same for every kind of bad or missing token */
export type ReadViewer = (authorization: string | undefined, fallback: Locale) => Promise<Viewer>;

export function createViewerReader(env: GatewayEnv, log: Logger): ReadViewer {
  const verify = createVerifier(env, log);
  const known = new Map<string, Remembered>();
  return async (authorization, fallback) => {
    const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization ?? '')?.[1];
    if (!token) throw new AppError('UNAUTHENTICATED');
    let entry = known.get(token);
    if (!entry || entry.until <= Date.now()) {
      known.delete(token);
      entry = await verify(token);
      if (known.size >= REMEMBER_MAX) known.clear();
      known.set(token, entry);
    }
    return { ...entry.claimed, locale: entry.claimed.locale ?? fallback };
  };
}

function createVerifier(env: GatewayEnv, log: Logger) {
  const keys = keySource(env);
  return async (token: string): Promise<Remembered> => {
    const { payload } = await jwtVerify(token, keys, {
      algorithms: ALGORITHMS,
      issuer: env.ANJIE_JWT_ISSUER,
      audience: env.ANJIE_JWT_AUDIENCE,
      requiredClaims: ['exp'],
      clockTolerance: CLOCK_TOLERANCE_S,
      maxTokenAge: MAX_TOKEN_AGE,
    }).catch((error: unknown) => {
      if (!isProviderOutage(error)) throw new AppError('UNAUTHENTICATED');
      log.error({ err: error }, "the identity provider's keys cannot be had");
      throw new AppError('SERVICE_UNAVAILABLE');
    });
    const claimed = claimsToViewer(payload, env);
    if (!claimed) throw new AppError('UNAUTHENTICATED');
    return { claimed, until: Math.min(Date.now() + REMEMBER_MS, ((payload.exp ?? 0) + CLOCK_TOLERANCE_S) * 1000) };
  };
}

function keySource(env: GatewayEnv): JWTVerifyGetKey {
  if (env.ANJIE_JWKS_URL !== undefined) return createRemoteJWKSet(new URL(env.ANJIE_JWKS_URL), { timeoutDuration: 3_000 });
  try {
    return createLocalJWKSet(JSON.parse(readFileOf('ANJIE_JWKS_FILE', env.ANJIE_JWKS_FILE ?? '')) as JSONWebKeySet);
  } catch (error) {
    throw new Error('ANJIE_JWKS_FILE: must be a readable JSON Web Key Set, {"keys":[…]}', { cause: error });
  }
}

/** The provider's keys could not be fetched: the viewer can do nothing about it, a retry may. */
function isProviderOutage(error: unknown): boolean {
  return !(error instanceof errors.JOSEError) || error instanceof errors.JWKSTimeout || error instanceof errors.JWKSInvalid || error.code === 'ERR_JOSE_GENERIC';
}

/** Providers also list roles of other systems; those are no roles here. */
const rolesClaim = z
  .union([z.array(z.string()), z.string().transform((text) => text.split(/[\s,]+/))])
  .nullish()
  .transform((names) => rolesInForce(ROLES.filter((role) => names?.includes(role))));
const localeClaim = z.unknown().transform((value): Locale | undefined => (value === 'en' || value === 'zh-CN' ? value : undefined));

function claimsToViewer(payload: JWTPayload, env: GatewayEnv): Claimed | undefined {
  const parsed = viewerSchema.extend({ subject: z.uuid(), roles: rolesClaim, locale: localeClaim }).safeParse({
    kind: 'OFFICIAL',
    subject: claimAt(payload, env.ANJIE_JWT_CLAIM_SUBJECT),
    unitId: claimAt(payload, env.ANJIE_JWT_CLAIM_UNIT) ?? null,
    divisionCode: claimAt(payload, env.ANJIE_JWT_CLAIM_DIVISION) ?? null,
    roles: claimAt(payload, env.ANJIE_JWT_CLAIM_ROLES),
    locale: claimAt(payload, env.ANJIE_JWT_CLAIM_LOCALE),
  });
  return parsed.success ? parsed.data : undefined;
}

/** A claim by its name, which may hold dots (`https://…/unit`), or by a path (`realm_access.roles`). */
function claimAt(payload: JWTPayload, name: string): unknown {
  if (Object.hasOwn(payload, name)) return payload[name];
  return name.split('.').reduce<unknown>((value, key) => (typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined), payload);
}
