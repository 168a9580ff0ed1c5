import { generateKeyPairSync } from 'node:crypto';
import { bodyHash, createTokenGate, createTokenMint } from './internal-token';

const pair = () => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  return { spki: publicKey.export({ format: 'der', type: 'spki' }).toString('base64'), mint: createTokenMint('cases', privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64')) };
};
const viewer = { kind: 'SERVICE' as const, subject: 'cases', unitId: null, divisionCode: null, roles: [], locale: 'zh-CN' as const };

test('while an issuer\'s key is changed the ring holds both: tokens of either are believed, of a third never', () => {
  const [old, next, foreign] = [pair(), pair(), pair()];
  const gate = createTokenGate('officials', { cases: [old.spki, next.spki] });
  const passes = ({ mint }: ReturnType<typeof pair>, by = gate): boolean => by(mint({ audience: 'officials', viewer, requestId: 'r', body: 'x' }), bodyHash('x')) !== undefined;
  expect([passes(old), passes(next), passes(foreign)]).toEqual([true, true, false]);
  const after = createTokenGate('officials', { cases: next.spki });
  expect([passes(old, after), passes(next, after)]).toEqual([false, true]);
});
