import { REVOCATION_BUDGET, type Viewer } from '@anjie/access';
import { createTokenVerifier, type Verified } from '@anjie/access/identity-provider';
import { providerOf } from '@anjie/access/provider-settings';
import { AppError } from '@anjie/contracts';
import { readFileOf, type GatewayEnv } from './env';
import type { Locale } from './locale';
import type { Logger } from './log';

/** How many verified tokens are remembered: a signature check costs more than a small query. */
const REMEMBER_MAX = 5_000;

interface Remembered extends Pick<Verified, 'claimed'> {
  readonly until: number;
}

/** Who sends this request? @throws AppError UNAUTHENTICATED, the same for every kind of bad or missing token */
export type ReadViewer = (authorization: string | undefined, fallback: Locale) => Promise<Viewer>;

export function createViewerReader(env: GatewayEnv, log: Logger): ReadViewer {
  const verify = createTokenVerifier(providerOf(env, (path) => readFileOf('ANJIE_JWKS_FILE', path)), (error) => log.error({ err: error }, "the identity provider's keys cannot be had"));
  const known = new Map<string, Remembered>();
  return async (authorization, fallback) => {
    const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization ?? '')?.[1];
    if (!token) throw new AppError('UNAUTHENTICATED');
    let entry = known.get(token);
    if (!entry || entry.until <= Date.now()) {
      known.delete(token);
      const { claimed, expiresAt } = await verify(token);
      entry = { claimed, until: Math.min(Date.now() + REVOCATION_BUDGET.tokenKeptMs, expiresAt) };
      if (known.size >= REMEMBER_MAX) known.clear();
      known.set(token, entry);
    }
    return { ...entry.claimed, locale: entry.claimed.locale ?? fallback };
  };
}
