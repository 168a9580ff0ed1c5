import { createLocalJWKSet, createRemoteJWKSet, customFetch, errors, jwtVerify, type JSONWebKeySet, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import { AppError, ROLES, rolesInForce } from '@anjie/contracts';
import { REVOCATION_BUDGET } from './revocation-budget';
import { viewerSchema, type Viewer } from './viewer';

/** Asymmetric only: with HS256 whoever knows the public key could sign. */
const ALGORITHMS = ['EdDSA', 'ES256', 'RS256', 'PS256'];
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
  /** Where its public keys are: as its discovery document says, at a URL, or here, the text of a JSON Web Key Set. */
  readonly keys: 'DISCOVERY' | { readonly url: string } | { readonly jwks: string };
  /** Seconds by which its clock may differ from ours. */
  readonly clockSkewS: number;
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
  const { clockSkewS } = provider;
  return async (token) => {
    const { payload } = await jwtVerify(token, keys, {
      algorithms: ALGORITHMS, issuer: provider.issuer, audience: provider.audience, requiredClaims: ['exp'], clockTolerance: clockSkewS, maxTokenAge: MAX_TOKEN_AGE,
    }).catch((error: unknown) => {
      if (!isProviderOutage(error)) throw new AppError('UNAUTHENTICATED');
      onOutage(error);
      throw new AppError('SERVICE_UNAVAILABLE');
    });
    const claimed = claimsToViewer(payload, provider.claims);
    if (!claimed) throw new AppError('UNAUTHENTICATED');
    return { claimed: { ...claimed, signedInAt: signedInAt(payload) - clockSkewS }, expiresAt: ((payload.exp ?? 0) + clockSkewS) * 1000 };
  };
}

/** When the official signed in: a token that was renewed in the same session says so in `auth_time`. */
function signedInAt({ iat = 0, auth_time: authTime }: JWTPayload): number {
  return typeof authTime === 'number' ? Math.floor(Math.min(iat, authTime)) : Math.floor(iat);
}

const REMOTE = { timeoutDuration: REVOCATION_BUDGET.keyFetchMs, cacheMaxAge: REVOCATION_BUDGET.keysKeptMs, cooldownDuration: REVOCATION_BUDGET.keyLookMs };

function keySource({ issuer, keys }: IdentityProvider): JWTVerifyGetKey {
  if (keys === 'DISCOVERY') return createRemoteJWKSet(discoveryUrl(issuer), { ...REMOTE, [customFetch]: (url, options) => fetchDiscovered(issuer, url, options) });
  if ('url' in keys) return createRemoteJWKSet(new URL(keys.url), REMOTE);
  try {
    return createLocalJWKSet(JSON.parse(keys.jwks) as JSONWebKeySet);
  } catch (error) {
    throw new Error('ANJIE_JWKS_FILE: must be a readable JSON Web Key Set, {"keys":[…]}', { cause: error });
  }
}

/** OpenID Connect Discovery 1.0, §4: the well-known path is added to the issuer's own. */
const discoveryUrl = (issuer: string): URL => new URL(`${issuer.replace(/\/+$/, '')}/.well-known/openid-configuration`);

/**
 * The key set by way of the discovery document, which is read each time: a provider that moves its keys is followed as fast as one that
 * changes them. Both requests share the time that one has. @throws Error when the document is another issuer's, or leads somewhere unsafe
 */
async function fetchDiscovered(issuer: string, url: string, options: RequestInit): Promise<Response> {
  const answer = await fetch(url, options);
  if (answer.status !== 200) return answer;
  const document = (await answer.json()) as { issuer?: unknown; jwks_uri?: unknown };
  if (document.issuer !== issuer) throw new Error(`the discovery document of ${issuer} names another issuer`);
  const at = typeof document.jwks_uri === 'string' && URL.canParse(document.jwks_uri) ? new URL(document.jwks_uri) : undefined;
  if (!at || !isSafeProviderUrl(at.href, issuer)) throw new Error(`the discovery document of ${issuer} names no usable jwks_uri`);
  return fetch(at, options);
}

/** Keys that came over plain HTTP could be anybody's; on this machine, and beside an issuer that is itself on this machine, they may. */
const isSafeProviderUrl = (url: string, issuer: string): boolean => isHttps(url) || (isLoopback(url) && isLoopback(issuer));

export const isHttps = (url: string): boolean => URL.canParse(url) && new URL(url).protocol === 'https:';
export const isLoopback = (url: string): boolean => URL.canParse(url) && /^(127\.\d+\.\d+\.\d+|localhost|\[::1\])$/.test(new URL(url).hostname);

/** Signs the tokens of the demo and of tests; whoever has the checkout has its key. Never in production. */
export const DEV_ISSUER = 'https://dev-issuer.anjie.invalid';

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
  const parsed = viewerSchema.omit({ signedInAt: true }).extend({ subject: z.uuid(), roles: rolesClaim, locale: localeClaim }).safeParse({
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
