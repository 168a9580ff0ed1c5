import { createHash, createPrivateKey, randomUUID, sign, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { LocalSystem } from '../../faults/harness/probes';
import type { Claims } from './people';

export const keyOf = (system: LocalSystem, issuer: string): KeyObject =>
  createPrivateKey({ key: Buffer.from(readFileSync(system.stack.wiring.secrets.privateKeyFile(issuer), 'utf8'), 'base64'), format: 'der', type: 'pkcs8' });

export interface InternalToken {
  readonly who: Claims;
  readonly body: string | Buffer;
  readonly audience: string;
  /** Claims that differ from what the gateway would write. */
  readonly claims?: object;
  readonly signer?: KeyObject;
}

/** An internal token as the gateway makes it, written once more from its description. */
export function internalToken(system: LocalSystem, { who, body, audience, claims = {}, signer = keyOf(system, 'gateway') }: InternalToken): string {
  const now = Math.floor(Date.now() / 1000);
  const viewer = { kind: 'OFFICIAL', subject: who.sub, unitId: who.unit ?? null, divisionCode: who.division ?? null, roles: who.roles, locale: 'zh-CN' };
  const all = { iss: 'gateway', aud: audience, viewer, requestId: randomUUID(), iat: now, exp: now + 30, jti: randomUUID(), bh: createHash('sha256').update(body).digest('base64url'), ...claims };
  const payload = Buffer.from(JSON.stringify(all)).toString('base64url');
  return `${payload}.${sign(null, Buffer.from(payload), signer).toString('base64url')}`;
}
