import { createHash, randomBytes } from 'node:crypto';

/** A login is short, and is not renewed by use: who is not an administrator any more is out after this time. */
const SESSION_MS = 15 * 60_000;
const MAX_SESSIONS = 100;

interface Session<Holder> {
  readonly holder: Holder;
  readonly until: number;
}

/** Sessions in memory, by the hash of their secret; they end with the process. */
export function createSessions<Holder>(now: () => number = Date.now) {
  const sessions = new Map<string, Session<Holder>>();
  const keyOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');
  return {
    /** @returns the secret for the cookie, and seconds that it is good for: never longer than the token that bought it */
    begin(holder: Holder, tokenExpiresAt: number): { secret: string; maxAgeS: number } {
      for (const [key, { until }] of sessions) if (until <= now()) sessions.delete(key);
      if (sessions.size >= MAX_SESSIONS) sessions.clear();
      const secret = randomBytes(32).toString('base64url');
      const until = Math.min(now() + SESSION_MS, tokenExpiresAt);
      sessions.set(keyOf(secret), { holder, until });
      return { secret, maxAgeS: Math.max(0, Math.floor((until - now()) / 1000)) };
    },
    holderOf(secret: string): Holder | undefined {
      const session = sessions.get(keyOf(secret));
      return session && session.until > now() ? session.holder : undefined;
    },
    end: (secret: string): void => void sessions.delete(keyOf(secret)),
  };
}
export type Sessions<Holder> = ReturnType<typeof createSessions<Holder>>;
