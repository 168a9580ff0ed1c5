import { createLocalJWKSet, createRemoteJWKSet, errors, jwtVerify, type JSONWebKeySet, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import { AppError, ROLES, rolesInForce } from '@anjie/contracts';
import { viewerSchema, type Viewer } from './viewer';

/** Asymmetric only: with HS256 whoever knows the public key could sign. */
const ALGORITHMS = ['EdDSA', 'ES256', 'RS256', 'PS256'];
const CLOCK_TOLERANCE_S = 5;
const MAX_TOKEN_AGE = '12h';

/** Names of the claims, or paths to them (`realm_access.roles`). */
export interface ClaimNames {
  readonly subject: string;
  readonly unit: string;
  readonly division: string;
  readonly roles: string;
  readonly locale: string;
}

export interface IdentityProvider {
  readonly issuer: string;
  readonly audience: string;
  /** Where its public keys are, or the keys themselves: the text of a JSON Web Key Set. */
  readonly keys: { readonly url: string } | { readonly jwks: string };
  readonly claims: ClaimNames;
}

/** An official as a token names them; without a locale the request decides. */
export type Claimed = Omit<Viewer, 'locale'> & { readonly locale: Viewer['locale'] | undefined };
export interface Verified {
  readonly claimed: Claimed;
  /** Milliseconds since 1970 after which the token is not good any more. */
  readonly expiresAt: number;
}

/**
 * Checks tokens of the configured identity provider: signature, issuer, audience, time, claims.
 * @param onOutage hears why the provider's keys cannot be had
 * @throws Error at once when the key set is not one; later AppError UNAUTHENTICATED for every bad token, SERVICE_UNAVAILABLE without keys
 */
export function createTokenVerifier(provider: IdentityProvider, onOutage: (error: unknown) => void): (token: string) => Promise<Verified> {
  const keys = keySource(provider);
  return async (token) => {
    const { payload } = await jwtVerify(token, keys, {
      algorithms: ALGORITHMS, issuer: provider.issuer, audience: provider.audience, requiredClaims: ['exp'], clockTolerance: CLOCK_TOLERANCE_S, maxTokenAge: MAX_TOKEN_AGE,
    }).catch((error: unknown) => {
      if (!isProviderOutage(error)) throw new AppError('UNAUTHENTICATED');
      onOutage(error);
      throw new AppError('SERVICE_UNAVAILABLE');
    });
    const claimed = claimsToViewer(payload, provider.claims);
    if (!claimed) throw new AppError('UNAUTHENTICATED');
    return { claimed, expiresAt: ((payload.exp ?? 0) + CLOCK_TOLERANCE_S) * 1000 };
  };
}

function keySource({ keys }: IdentityProvider): JWTVerifyGetKey {
  if ('url' in keys) return createRemoteJWKSet(new URL(keys.url), { timeoutDuration: 3_000 });
  try {
    return createLocalJWKSet(JSON.parse(keys.jwks) as JSONWebKeySet);
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
const localeClaim = z.unknown().transform((value): Viewer['locale'] | undefined => (value === 'en' || value === 'zh-CN' ? value : undefined));

function claimsToViewer(payload: JWTPayload, names: ClaimNames): Claimed | undefined {
  const parsed = viewerSchema.extend({ subject: z.uuid(), roles: rolesClaim, locale: localeClaim }).safeParse({
    kind: 'OFFICIAL',
    subject: claimAt(payload, names.subject),
    unitId: claimAt(payload, names.unit) ?? null,
    divisionCode: claimAt(payload, names.division) ?? null,
    roles: claimAt(payload, names.roles),
    locale: claimAt(payload, names.locale),
  });
  return parsed.success ? parsed.data : undefined;
}

/** A claim by its name, which may hold dots (`https://…/unit`), or by a path (`realm_access.roles`). */
function claimAt(payload: JWTPayload, name: string): unknown {
  if (Object.hasOwn(payload, name)) return payload[name];
  return name.split('.').reduce<unknown>((value, key) => (typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined), payload);
}
