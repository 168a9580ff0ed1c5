import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, renameSync, mkdirSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { createFolderStorage, createSealedStorage } from '../src/files';

const open = () => {
  const dir = mkdtempSync(join(process.env['ANJIE_TEST_DIR'] ?? tmpdir(), 'sealed-'));
  return { dir, storage: createSealedStorage(createFolderStorage(dir), randomBytes(32), join(dir, 'scratch')) };
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
  await expect(storage.open(other)).rejects.toThrow();
});
