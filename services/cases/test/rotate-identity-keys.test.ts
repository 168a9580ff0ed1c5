import { createCipheriv, createHash, createHmac, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { inTransaction, select } from '@anjie/service-kit/database';
import { sealedWith } from '@anjie/service-kit/files';
import { createLog } from '@anjie/service-kit/runtime';
import { latestRotations, requestRotation } from '@anjie/service-kit/vault';
import { valuesOnFile, type IndexedField } from '../src/petitioners/blind-index';
import { openIdentityVault, type IdentityVault } from '../src/petitioners/identity-vault';
import { createKeyRotation } from '../src/petitioners/key-rotation';
import { openPetitioner, petitionersOf } from '../src/petitioners/petitioner-repository';
import { SEALED_COLUMNS } from '../src/petitioners/sealed-columns';
import { aPdf, upload } from './files';
import { anIdNumber, openCases, people, register, type CasesWorld } from './world';

let world: CasesWorld;
beforeAll(async () => (world = await openCases()));
beforeEach(() => world.reset());
afterAll(() => world?.close());

const log = createLog('test', 'silent');
const ask = (keyClass: string) => inTransaction(world.db, (tx) => requestRotation(tx, { keyClass, by: people.county.subject }));
const everybodyKnows = () => world.db.query('UPDATE data_keys SET usable_at = UTC_TIMESTAMP(3) WHERE usable_at > UTC_TIMESTAMP(3)');
const rotator = (vault: IdentityVault = world.services.vault) => createKeyRotation({ db: world.db, vault, log, files: world.files, scratchDir: world.scratchDir }, 0);
const states = async () => (await latestRotations(world.db.manager)).map(({ state }) => state);

async function runToEnd(each: () => Promise<void> = async () => undefined): Promise<void> {
  const { step } = rotator();
  for (let i = 0; i < 3_000; i += 1) {
    const isMore = await step();
    await everybodyKnows();
    await each();
    if (!isMore && (await states()).every((state) => state === 'DONE')) return;
  }
  throw new Error('the rotation does not come to its end');
}

const phoneOf = (i: number): string => `139${String(i).padStart(8, '0')}`;
/** A process of its own, that has read the keys once. */
const anotherProcess = () => openIdentityVault(world.db, { identityKey: world.identityKey });

const found = async (vault: IdentityVault, field: IndexedField, values: readonly string[]): Promise<number> => (await valuesOnFile(world.db.manager, vault.keyring, { field, values })).size;

test('the blind indexes are changed while petitions come in: before, during and after everybody is found, by processes that know the new secret and by those that do not', async () => {
  const numbers: number[] = [];
  for (let i = 100; i < 115; i += 1) {
    await register(world, people.clerk, { petitioners: [{ name: `化名${i}`, idNumber: anIdNumber(i), phone: phoneOf(i) }] });
    numbers.push(i);
  }
  const others = [await anotherProcess(), await anotherProcess()];
  const everybodyIsFound = async (vaults: readonly IdentityVault[]): Promise<void> => {
    for (const vault of vaults) {
      expect(await found(vault, 'phone', numbers.map(phoneOf))).toBe(numbers.length);
      expect(await found(vault, 'id_number', numbers.map((i) => anIdNumber(i)))).toBe(numbers.length);
    }
  };
  await everybodyIsFound([world.services.vault, ...others]);
  const before = await select<{ p: Buffer }>(world.db.manager, 'SELECT phone_index AS p FROM petitioners ORDER BY id');
  await ask('SECRET_INDEX_PHONE');
  await ask('SECRET_INDEX_ID_NUMBER');
  let next = 200;
  await runToEnd(async () => {
    // within ten seconds every process has read the keys again
    for (const vault of others) await vault.keyring.refresh();
    next += 1;
    await register(world, people.clerk, { petitioners: [{ name: `化名${next}`, idNumber: anIdNumber(next), phone: phoneOf(next) }] });
    numbers.push(next);
    await everybodyIsFound([world.services.vault, ...others]);
  });
  await everybodyIsFound([world.services.vault, ...others, await anotherProcess()]);
  const [left] = await select<{ n: string }>(world.db.manager, 'SELECT COUNT(*) AS n FROM petitioners WHERE phone_index IS NOT NULL OR id_number_index IS NOT NULL');
  expect(Number(left?.n)).toBe(0);
  const after = await select<{ p: Buffer }>(world.db.manager, 'SELECT phone_index_v2 AS p FROM petitioners ORDER BY id');
  expect(after.every(({ p }) => p !== null && !before.some((old) => old.p.equals(p)))).toBe(true);
  expect(await found(world.services.vault, 'phone', ['13711112222'])).toBe(0);
}, 240_000);

test('and back again: the third version is written into the first column', async () => {
  await register(world, people.clerk, { petitioners: [{ name: '化名', idNumber: anIdNumber(8), phone: phoneOf(8) }] });
  for (let i = 0; i < 2; i += 1) {
    await ask('SECRET_INDEX_PHONE');
    await runToEnd();
    expect(await found(world.services.vault, 'phone', [phoneOf(8)])).toBe(1);
  }
});

test('a stranger who holds the index, a dump of the schema and other keys finds nobody by trying', async () => {
  await register(world, people.clerk, { petitioners: [{ name: '化名', idNumber: anIdNumber(9), phone: phoneOf(9) }] });
  const rows = await select<{ p: Buffer | null; q: Buffer | null }>(world.db.manager, 'SELECT phone_index AS p, phone_index_v2 AS q FROM petitioners');
  const stored = rows.map(({ p, q }) => (p ?? q)?.toString('hex'));
  const guesses = [createHash('sha256').update(phoneOf(9)), createHash('sm3').update(phoneOf(9)), createHmac('sha256', randomBytes(32)).update(phoneOf(9)), createHmac('sha256', '').update(phoneOf(9))];
  for (const guess of guesses) expect(stored).not.toContain(guess.digest('hex'));
});

test('each class of data keys is changed: every sealed value of a lived case opens afterwards, and lies under the new key', async () => {
  const registered = await register(world);
  const ids = (await select<{ id: string }>(world.db.manager, 'SELECT id FROM petitions')).map(({ id }) => id);
  const openAll = async (vault: IdentityVault) => (await petitionersOf(world.db.manager, ids)).map((row) => openPetitioner(vault, row));
  const before = await openAll(world.services.vault);
  const keysInUse = async (): Promise<ReadonlySet<number>> => {
    const used = new Set<number>();
    for (const { table, column } of Object.values(SEALED_COLUMNS)) {
      for (const { k } of await select<{ k: string }>(world.db.manager, `SELECT DISTINCT HEX(SUBSTR(${column}, 2, 4)) AS k FROM ${table} WHERE ${column} IS NOT NULL`)) used.add(Number.parseInt(k, 16));
    }
    return used;
  };
  const old = await keysInUse();
  for (const keyClass of ['ACCUSATION', 'IDENTITY', 'PAPER', 'PETITION']) await ask(keyClass);
  await runToEnd();
  const now = await keysInUse();
  expect([...now].filter((id) => old.has(id))).toEqual([]);
  expect(now.size).toBeGreaterThan(1);
  expect(await openAll(await anotherProcess())).toEqual(before);
  expect(before[0]).toMatchObject({ name: '马小明', phone: '13800000007' });
  const seen = await world.client.query<{ petition: { content: string } }>(people.clerk, 'query ($id: ID!) { petition(id: $id) { content } }', { id: registered.petition.id });
  expect(seen.petition.content).toBe('我们小区的住户反映……');
  expect((await select<{ n: string }>(world.db.manager, 'SELECT COUNT(*) AS n FROM data_keys WHERE destroyed_at IS NOT NULL'))[0]?.n).not.toBe('0');
});

test('files are sealed anew in their place, those from before there were data keys too, and are given out as before', async () => {
  const content = aPdf('甲');
  const [one, old] = [await upload(world, people.housing, content), await upload(world, people.housing, content)];
  const raw = async (id: string): Promise<Buffer> => Buffer.concat((await (await world.files.open(id)).toArray()) as Buffer[]);
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', world.services.vault.oldFileKey, iv).setAAD(Buffer.from(old));
  await world.files.put(old, Readable.from([Buffer.concat([iv, cipher.update(content), cipher.final(), cipher.getAuthTag()])]));
  const before = [await raw(one), await raw(old)];
  await ask('FILE');
  await runToEnd();
  const key = world.services.vault.keyring.current('FILE').id;
  for (const [i, id] of [one, old].entries()) {
    expect(await sealedWith(world.files, id)).toBe(key);
    expect((await raw(id)).equals(before[i] ?? Buffer.alloc(0))).toBe(false);
    expect(Buffer.concat((await (await world.services.storage.open(id)).toArray()) as Buffer[]).equals(content)).toBe(true);
  }
});
