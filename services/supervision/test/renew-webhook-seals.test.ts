import { createCipheriv, hkdfSync, randomBytes, randomUUID } from 'node:crypto';
import { insertRows, select } from '@anjie/service-kit/database';
import { log, openSupervision, type Supervision } from './builders';
import { renewSeals } from '../src/webhooks/renew-seals';
import { createSecretBox, newWebhookSecret } from '../src/webhooks/webhook-secrets';

let supervision: Supervision;
beforeAll(async () => void (supervision = await openSupervision()));
beforeEach(() => supervision.truncate());
afterAll(() => supervision?.close());

const [old, next] = [randomBytes(32).toString('base64'), randomBytes(32).toString('base64')];
const bytesOf = (secret: string): Buffer => Buffer.from(secret.slice('whsec_'.length), 'base64');

async function endpoint(seal: (secret: string, id: string) => Buffer): Promise<{ id: string; secret: string }> {
  const [id, secret] = [randomUUID(), newWebhookSecret()];
  await insertRows(supervision.db.manager, 'webhook_endpoints', [{ id, unit_id: randomUUID(), url: 'https://a.example', state: 'ENABLED', secret: seal(secret, id), made_by: 'a', made_at: new Date(), version: 1 }]);
  return { id, secret };
}
/** As the version before suites sealed it. */
const sealedBefore = (secret: string, id: string): Buffer => {
  const iv = randomBytes(12);
  const key = Buffer.from(hkdfSync('sha256', Buffer.from(old, 'base64'), Buffer.alloc(0), 'anjie/webhook-secrets', 32));
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(id));
  return Buffer.concat([iv, cipher.update(bytesOf(secret)), cipher.final(), cipher.getAuthTag()]);
};
const stored = async (id: string): Promise<Buffer> => (await select<{ secret: Buffer }>(supervision.db.manager, 'SELECT secret FROM webhook_endpoints WHERE id = ?', [id]))[0]?.secret ?? Buffer.alloc(0);

test.each(['AES-256-GCM', 'SM4-CTR-HMAC-SM3'] as const)('after a change of the message key every secret is sealed anew with %s, and opens without the old key', async (suite) => {
  const made = [await endpoint(createSecretBox({ current: old }).seal), await endpoint(sealedBefore)];
  const turned = createSecretBox({ current: next, other: old, suite });
  for (const { id, secret } of made) expect(turned.open(await stored(id), id)).toEqual(bytesOf(secret));
  expect(await renewSeals(supervision.db.manager, turned, log)).toBe(2);
  expect(await renewSeals(supervision.db.manager, turned, log)).toBe(0);
  const after = createSecretBox({ current: next, suite });
  for (const { id, secret } of made) {
    expect(after.open(await stored(id), id)).toEqual(bytesOf(secret));
    expect(after.open(await stored(id), randomUUID())).toBeUndefined();
    expect(createSecretBox({ current: old }).open(await stored(id), id)).toBeUndefined();
  }
});

test('a secret that opens with neither key is told and left as it is', async () => {
  const { id } = await endpoint(createSecretBox({ current: randomBytes(32).toString('base64') }).seal);
  const before = await stored(id);
  expect(await renewSeals(supervision.db.manager, createSecretBox({ current: next, other: old }), log)).toBe(0);
  expect(await stored(id)).toEqual(before);
});
