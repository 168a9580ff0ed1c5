import { createCipheriv, hkdfSync, randomBytes, randomUUID } from 'node:crypto';
import { select } from '../src/database';
import { createLog } from '../src/runtime';
import { LEAD_S, SUITE_NAMES } from '../src/vault';
import { openVaultWorld, type ColumnName, type VaultWorld } from './vault-world';

let world: VaultWorld;
beforeAll(async () => void (world = await openVaultWorld()));
beforeEach(() => world.forget());
afterAll(() => world.close());

const keys = () => select<{ id: number; keyClass: string; period: string; suite: string; wrapped: Buffer | null }>(world.db.manager, 'SELECT id, key_class AS keyClass, period, suite, wrapped_key AS wrapped FROM data_keys ORDER BY id');
const month = new Date().toISOString().slice(0, 7);

describe.each(SUITE_NAMES)('sealed with %s', (suite) => {
  test('a value opens in its own place only: not in another row, column or table', async () => {
    const vault = await world.open({ suite });
    const [row, other] = [randomUUID(), randomUUID()];
    const sealed = vault.seal('马小明', { column: 'notes.text_sealed', rowId: row });
    expect(vault.open(sealed, { column: 'notes.text_sealed', rowId: row })).toBe('马小明');
    const elsewhere: [ColumnName, string][] = [['notes.text_sealed', other], ['notes.title_sealed', row], ['letters.text_sealed', row]];
    for (const [column, rowId] of elsewhere) expect(() => vault.open(sealed, { column, rowId })).toThrow('the seal does not fit');
  });

  test('every flipped bit and every cut refuses to open, the head included', async () => {
    const vault = await world.open({ suite });
    const place = { column: 'notes.text_sealed' as const, rowId: randomUUID() };
    const sealed = vault.seal('640000195001010017', place) ?? Buffer.alloc(0);
    for (let bit = 0; bit < sealed.length * 8; bit += 1) {
      const changed = Buffer.from(sealed);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(() => vault.open(changed, place)).toThrow();
    }
    for (let length = 0; length < sealed.length; length += 1) expect(() => vault.open(sealed.subarray(0, length), place)).toThrow();
  });

  test('what it sealed opens in a process that was told the other suite', async () => {
    const place = { column: 'letters.text_sealed' as const, rowId: randomUUID() };
    const sealed = (await world.open({ suite })).seal('信', place);
    for (const other of SUITE_NAMES) expect((await world.open({ suite: other })).open(sealed, place)).toBe('信');
  });

  test('a value of another data key does not open under this one, though both are known', async () => {
    const vault = await world.open({ suite });
    const place = { column: 'notes.text_sealed' as const, rowId: randomUUID() };
    const sealed = vault.seal('甲', place) ?? Buffer.alloc(0);
    const other = vault.keyring.current('FILE').id;
    sealed.writeUInt32BE(other, 1);
    expect(() => vault.open(sealed, place)).toThrow('the seal does not fit');
  });
});

test('nothing stays nothing', async () => {
  const vault = await world.open();
  for (const text of [null, undefined, '']) expect(vault.seal(text, { column: 'notes.text_sealed', rowId: 'x' })).toBeNull();
  expect(vault.open(null, { column: 'notes.text_sealed', rowId: 'x' })).toBeNull();
});

test('an empty system gets one key for each class and month and one for each secret, however many processes start at once', async () => {
  await Promise.all(Array.from({ length: 6 }, () => world.open()));
  const rows = await keys();
  expect(rows.map(({ keyClass, period }) => `${keyClass} ${period}`).sort()).toEqual([`FILE ${month}`, `NOTE ${month}`, 'SECRET_INDEX v1']);
  const [one, another] = [await world.open(), await world.open()];
  expect(one.fingerprints('INDEX', 'a')).toEqual(another.fingerprints('INDEX', 'a'));
});

test('a month that begins gets its key ahead, and nobody seals with it before everybody knows it', async () => {
  const vault = await world.open();
  await world.db.query("UPDATE data_keys SET period = '2020-01' WHERE key_class = 'NOTE'");
  const before = vault.keyring.current('NOTE').id;
  await vault.keyring.refresh();
  expect((await keys()).filter(({ keyClass }) => keyClass === 'NOTE').map(({ period }) => period)).toEqual(['2020-01', month]);
  expect(vault.keyring.current('NOTE').id).toBe(before);
  await world.db.query('UPDATE data_keys SET usable_at = usable_at - INTERVAL ? SECOND', [LEAD_S]);
  await vault.keyring.refresh();
  expect(vault.keyring.current('NOTE').period).toBe(month);
});

test('a key file that does not fit is refused, and nothing is made', async () => {
  await world.open();
  const before = await keys();
  await expect(world.open({ master: randomBytes(32) })).rejects.toThrow('ANJIE_TEST_KEY_FILE does not hold the key that this database was sealed with');
  expect(await keys()).toEqual(before);
});

test('a wrapped key that is passed off as another one does not open', async () => {
  await world.open();
  await world.db.query("UPDATE data_keys n JOIN data_keys f ON f.key_class = 'FILE' SET n.wrapped_key = f.wrapped_key WHERE n.key_class = 'NOTE'");
  await expect(world.open()).rejects.toThrow('does not hold the key');
});

test('what a destroyed key sealed is gone, and reads as nothing', async () => {
  const vault = await world.open();
  const place = { column: 'notes.text_sealed' as const, rowId: randomUUID() };
  const sealed = vault.seal('忘却', place);
  await world.db.query("UPDATE data_keys SET wrapped_key = NULL, destroyed_at = UTC_TIMESTAMP(3), period = '2020-01' WHERE key_class = 'NOTE'");
  await vault.keyring.refresh();
  expect(vault.open(sealed, place)).toBeNull();
  expect(vault.open(vault.seal('新', place), place)).toBe('新');
});

test('a process that has not heard of the keys for long seals nothing', async () => {
  const vault = await world.open();
  const clock = jest.spyOn(performance, 'now');
  const watching = vault.keyring.keepFresh(createLog('test', 'silent'));
  await watching.close();
  const now = performance.now();
  clock.mockReturnValue(now + 46_000);
  expect(() => vault.seal('x', { column: 'notes.text_sealed', rowId: 'x' })).toThrow('A part of the system is not available');
  await vault.keyring.refresh();
  expect(vault.seal('x', { column: 'notes.text_sealed', rowId: 'x' })).not.toBeNull();
  clock.mockRestore();
});

/** As the version before suites sealed: one data key, AES-256-GCM, tag before the ciphertext, no table in the associated data. */
async function sealedBefore(master: Buffer) {
  const gcm = (key: Buffer, plain: Buffer, aad: string): Buffer => {
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(aad));
    const body = Buffer.concat([cipher.update(plain), cipher.final()]);
    return Buffer.concat([iv, cipher.getAuthTag(), body]);
  };
  const derive = (use: string): Buffer => Buffer.from(hkdfSync('sha256', master, Buffer.alloc(0), `anjie/${use}`, 32));
  const key = randomBytes(32);
  await world.db.query("INSERT INTO data_keys (id, suite, wrapped_key, created_at) VALUES (1, 'AES-256-GCM', ?, UTC_TIMESTAMP(3))", [gcm(derive('wrap-data-keys'), key, 'data-key|1')]);
  return { derive, seal: (text: string, rowId: string): Buffer => Buffer.concat([Buffer.from([1, 0, 0, 0, 1]), gcm(key, Buffer.from(text), `identity|text|${rowId}|1`)]) };
}

test('what was sealed before there were suites still opens, and its derived secrets keep their values, also when the key file changes', async () => {
  const before = await sealedBefore(world.master);
  const row = randomUUID();
  const sealed = before.seal('早先', row);
  const vault = await world.open({ suite: 'SM4-CTR-HMAC-SM3' });
  expect(vault.open(sealed, { column: 'notes.text_sealed', rowId: row })).toBe('早先');
  expect(() => vault.open(sealed, { column: 'notes.text_sealed', rowId: randomUUID() })).toThrow('the seal does not fit');
  expect(() => vault.open(sealed, { column: 'letters.text_sealed', rowId: row })).toThrow('never held the old format');
  expect(vault.keyring.secret('INDEX')).toEqual(before.derive('index/text'));
  expect((await keys()).map(({ keyClass }) => keyClass)).toEqual(['OLD', 'NOTE', 'FILE', 'SECRET_INDEX']);
  expect((await keys())[3]?.suite).toBe('AES-256-GCM');
});
