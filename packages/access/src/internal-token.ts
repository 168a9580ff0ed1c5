import { createHash, createPrivateKey, createPublicKey, randomUUID, sign, verify, type KeyObject } from 'node:crypto';
import { z } from 'zod';
import { viewerSchema, type Viewer } from './viewer';

/** Lifetime in seconds: a subgraph call starts at once, so the token need not outlive it by much. */
const LIFETIME_S = 30;

const claimsSchema = z.strictObject({
  iss: z.string(),
  aud: z.string(),
  viewer: viewerSchema,
  requestId: z.string().max(64),
  iat: z.number().int(),
  exp: z.number().int(),
  jti: z.string(),
  /** SHA-256 of the raw body, base64url: the token is good for this request only. */
  bh: z.string(),
});
export type InternalClaims = z.infer<typeof claimsSchema>;

interface TokenTarget {
  readonly audience: string;
  readonly viewer: Viewer;
  readonly requestId: string;
}
/** The body itself, or its `bodyHash` when it is streamed and was hashed on the way. */
export type TokenRequest = TokenTarget & ({ readonly body: string | Uint8Array } | { readonly bodyHash: string });

export const bodyHash = (body: string | Uint8Array): string => createHash('sha256').update(body).digest('base64url');

/** Signs tokens as `issuer` (`gateway` or a service's name) with its Ed25519 key (PKCS#8 DER, base64). */
export function createTokenMint(issuer: string, privateKeyBase64: string, nowMs: () => number = Date.now) {
  const key = createPrivateKey({ key: Buffer.from(privateKeyBase64, 'base64'), format: 'der', type: 'pkcs8' });
  return (request: TokenRequest): string => {
    const { audience, viewer, requestId } = request;
    const iat = Math.floor(nowMs() / 1000);
    const claims: InternalClaims = {
      iss: issuer, aud: audience, viewer, requestId, iat, exp: iat + LIFETIME_S, jti: randomUUID(),
      bh: 'bodyHash' in request ? request.bodyHash : bodyHash(request.body),
    };
    const payload = Buffer.from(JSON.stringify(claims)).toString('base64url');
    return `${payload}.${sign(null, Buffer.from(payload), key).toString('base64url')}`;
  };
}
export type TokenMint = ReturnType<typeof createTokenMint>;

/** Public keys by issuer (SPKI DER, base64); several while an issuer's key is changed: each of them is believed. */
export type Keyring = Readonly<Record<string, string | readonly string[]>>;

/**
 * Checks signature, issuer, audience, time, body and single use. Answers undefined for every kind of wrong token,
 * so that a caller cannot tell which check failed.
 */
export function createTokenGate(audience: string, keyring: Keyring, nowMs: () => number = Date.now) {
  const keys = new Map<string, readonly KeyObject[]>(
    Object.entries(keyring).map(([issuer, spki]) => [issuer, [spki].flat().map((one) => createPublicKey({ key: Buffer.from(one, 'base64'), format: 'der', type: 'spki' }))]),
  );
  const seen = createReplayWindow(nowMs);
  return (token: string | undefined, bh: string): InternalClaims | undefined => {
    const claims = signedClaims(token, keys);
    if (!claims) return undefined;
    const now = Math.floor(nowMs() / 1000);
    const fits = claims.aud === audience && claims.bh === bh && claims.iat <= now + 2 && claims.exp > now && claims.exp - claims.iat <= LIFETIME_S;
    return fits && seen.firstUse(claims.jti, claims.exp) ? claims : undefined;
  };
}
export type TokenGate = ReturnType<typeof createTokenGate>;

function signedClaims(token: string | undefined, keys: ReadonlyMap<string, readonly KeyObject[]>): InternalClaims | undefined {
  const [payload, signature, ...rest] = (token ?? '').split('.');
  if (!payload || !signature || rest.length > 0) return undefined;
  const parsed = claimsSchema.safeParse(parseJson(payload));
  if (!parsed.success) return undefined;
  const ofIssuer = keys.get(parsed.data.iss) ?? [];
  return ofIssuer.some((key) => verify(null, Buffer.from(payload), key, Buffer.from(signature, 'base64url'))) ? parsed.data : undefined;
}

function parseJson(payload: string): unknown {
  try {
    return JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}

/** Remembers token ids until they expire. Per process: a token is bound to one body, so a replay elsewhere repeats a read. */
function createReplayWindow(nowMs: () => number) {
  const used = new Map<string, number>();
  let sweepAt = 0;
  return {
    firstUse(jti: string, exp: number): boolean {
      const now = Math.floor(nowMs() / 1000);
      if (now >= sweepAt) {
        for (const [id, until] of used) if (until <= now) used.delete(id);
        sweepAt = now + 10;
      }
      if (used.has(jti)) return false;
      used.set(jti, exp);
      return true;
    },
  };
}
