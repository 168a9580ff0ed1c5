import type { Viewer } from '@anjie/access';
import { createTokenVerifier, type Verified } from '@anjie/access/identity-provider';
import { AppError } from '@anjie/contracts';
import { readFileOf, type GatewayEnv } from './env';
import type { Locale } from './locale';
import type { Logger } from './log';

/** How long and how many verified tokens are remembered: a signature check costs more than a small query. */
const REMEMBER_MS = 60_000;
const REMEMBER_MAX = 5_000;

interface Remembered extends Pick<Verified, 'claimed'> {
  readonly until: number;
}

/** Who sends this request? @throws AppError UNAUTHENTICATED, the same for every kind of bad or missing token */
export type ReadViewer = (authorization: string | undefined, fallback: Locale) => Promise<Viewer>;

export function createViewerReader(env: GatewayEnv, log: Logger): ReadViewer {
  const verify = createTokenVerifier(providerOf(env), (error) => log.error({ err: error }, "the identity provider's keys cannot be had"));
  const known = new Map<string, Remembered>();
  return async (authorization, fallback) => {
    const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization ?? '')?.[1];
    if (!token) throw new AppError('UNAUTHENTICATED');
    let entry = known.get(token);
    if (!entry || entry.until <= Date.now()) {
      known.delete(token);
      const { claimed, expiresAt } = await verify(token);
      entry = { claimed, until: Math.min(Date.now() + REMEMBER_MS, expiresAt) };
      if (known.size >= REMEMBER_MAX) known.clear();
      known.set(token, entry);
    }
    return { ...entry.claimed, locale: entry.claimed.locale ?? fallback };
  };
}

const providerOf = (env: GatewayEnv) => ({
  issuer: env.ANJIE_JWT_ISSUER,
  audience: env.ANJIE_JWT_AUDIENCE,
  keys: env.ANJIE_JWKS_URL === undefined ? { jwks: readFileOf('ANJIE_JWKS_FILE', env.ANJIE_JWKS_FILE ?? '') } : { url: env.ANJIE_JWKS_URL },
  claims: {
    subject: env.ANJIE_JWT_CLAIM_SUBJECT, unit: env.ANJIE_JWT_CLAIM_UNIT, division: env.ANJIE_JWT_CLAIM_DIVISION, roles: env.ANJIE_JWT_CLAIM_ROLES, locale: env.ANJIE_JWT_CLAIM_LOCALE,
  },
});
