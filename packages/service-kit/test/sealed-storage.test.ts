import { createCipheriv, randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, renameSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { createFolderStorage, createSealedStorage } from '../src/files';
import { openVaultWorld, type VaultWorld } from './vault-world';

let world: VaultWorld;
beforeAll(async () => void (world = await openVaultWorld()));
afterAll(() => world.close());

const oldKey = randomBytes(32);
const open = () => {
  const dir = mkdtempSync(join(process.env['ANJIE_TEST_DIR'] ?? tmpdir(), 'sealed-'));
  return { dir, storage: createSealedStorage(createFolderStorage(dir), { keyring: world.vault.keyring, keyClass: 'FILE', oldKey }, join(dir, 'scratch')) };
};
const read = async (stream: Readable): Promise<string> => Buffer.concat((await stream.toArray()) as Buffer[]).toString();
const fileOf = (dir: string, key: string): string => join(dir, key.slice(0, 2), key);

test('a sealed file comes back whole, and its text is nowhere in the folder', async () => {
  const { dir, storage } = open();
  const key = randomUUID();
  await storage.put(key, Readable.from([Buffer.from('张三,640'), Buffer.from('000195001010017')]));
  expect(await read(await storage.open(key))).toBe('张三,640000195001010017');
  const bytes = readFileSync(fileOf(dir, key));
  expect(bytes.includes('张三')).toBe(false);
  expect(bytes.includes('640000195001010017')).toBe(false);
  expect(readdirSync(join(dir, 'drafts'))).toEqual([]);
});

test('a file that was put under another name, or cut, does not open', async () => {
  const { dir, storage } = open();
  const [key, other] = [randomUUID(), randomUUID()];
  await storage.put(key, Readable.from([Buffer.from('内容')]));
  mkdirSync(join(dir, other.slice(0, 2)), { recursive: true });
  renameSync(fileOf(dir, key), fileOf(dir, other));
  await expect(storage.open(other)).rejects.toThrow('does not open');
});

test('a byte that was changed, anywhere in the file, is noticed', async () => {
  const { dir, storage } = open();
  const key = randomUUID();
  await storage.put(key, Readable.from([Buffer.from('内容')]));
  const bytes = readFileSync(fileOf(dir, key));
  for (let i = 0; i < bytes.length; i += 1) {
    const changed = Buffer.from(bytes);
    changed[i] = (changed[i] ?? 0) ^ 1;
    writeFileSync(fileOf(dir, key), changed);
    await expect(storage.open(key)).rejects.toThrow('does not open');
  }
});

test('what was sealed before files had data keys still opens', async () => {
  const { dir, storage } = open();
  const key = randomUUID();
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', oldKey, iv).setAAD(Buffer.from(key));
  mkdirSync(join(dir, key.slice(0, 2)), { recursive: true });
  writeFileSync(fileOf(dir, key), Buffer.concat([iv, cipher.update('旧内容'), cipher.final(), cipher.getAuthTag()]));
  expect(await read(await storage.open(key))).toBe('旧内容');
});
