import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { openTestDatabase, TEST_AUDIT_KEY, viewers } from '@anjie/testing';
import { anchorLine, readAnchors, sealEntries, takeAnchor, takeOverUnsealed, verifyAudit } from '../src/audit';
import { auditAll, auditSealOf, createAuditSeal, inTransaction, kitMigrations, kitTables, select, useAuditSeal, write } from '../src/database';

let database: Awaited<ReturnType<typeof openTestDatabase>>;
let db: DataSource;
beforeAll(async () => {
  database = await openTestDatabase({ service: 'kit_audit', tables: kitTables, migrations: kitMigrations });
  ({ db } = database);
});
beforeEach(async () => {
  await database.truncate();
  await db.query("UPDATE audit_chains SET seq = 0, head = UNHEX(REPEAT('00', 32)), swept_to = 0, candidate = 0");
});
afterAll(() => database.close());

const clerk = { viewer: viewers.clerk(randomUUID()), requestId: 'r' };
const noted = (count: number) =>
  inTransaction(db, (tx) => auditAll(tx, Array.from({ length: count }, (_, i) => ({
    actor: clerk, note: { action: 'CASE_READ', subjectType: 'Case', subjectId: String(i), caseId: i % 5 === 0 ? null : randomUUID().toUpperCase(), detail: { i, 说明: '核对' } },
  }))));
async function sealedWorld(count: number): Promise<void> {
  await noted(count);
  while ((await sealEntries(db)).sealed > 0);
}
const entryIds = async (): Promise<string[]> => (await select<{ id: string }>(db.manager, 'SELECT id FROM audit_entries ORDER BY id')).map(({ id }) => id);

test('what the product wrote is proven: every entry lies in a chain, nothing is found', async () => {
  await sealedWorld(300);
  expect(await verifyAudit(db)).toEqual({ entries: 300, links: 300, takenOver: 0, anchors: 0, problems: [] });
  const chains = await select<{ n: string }>(db.manager, 'SELECT COUNT(DISTINCT chain) AS n FROM audit_links');
  expect(Number(chains[0]?.n)).toBe(16);
});

test('two sealers at once make one chain', async () => {
  await noted(600);
  await Promise.all([sealEntries(db), sealEntries(db), sealEntries(db)]);
  expect(await verifyAudit(db)).toMatchObject({ links: 600, problems: [] });
});

test('an entry of a transaction that was open meanwhile is taken up when it commits, although others came later', async () => {
  const late = db.createQueryRunner();
  await late.startTransaction();
  try {
    await auditAll(late.manager, [{ actor: clerk, note: { action: 'LATE', subjectType: 'Case', subjectId: '1' } }]);
    await sealedWorld(20);
    expect(await verifyAudit(db)).toMatchObject({ links: 20, problems: [] });
    await late.commitTransaction();
  } finally {
    await late.release();
  }
  expect(await sealEntries(db)).toEqual({ sealed: 1, forged: [] });
  expect(await verifyAudit(db)).toMatchObject({ entries: 21, links: 21, problems: [] });
});

interface Tampering {
  readonly name: string;
  readonly on: (id: string, other: string) => Promise<unknown>;
}
const set = (assignment: string): Tampering => ({ name: assignment, on: (id) => write(db.manager, `UPDATE audit_entries SET ${assignment} WHERE id = ?`, [id]) });
const EDITS: readonly Tampering[] = [
  set("actor = 'somebody-else'"), set("actor_kind = 'SERVICE'"), set('actor_unit_id = UUID()'), set("request_id = 'x'"), set("action = 'NOTHING'"), set("subject_type = 'Unit'"),
  set("subject_id = 'other'"), set('case_id = UUID()'), set("detail = '{}'"), set('uid = UUID()'), set('mac = NULL'), set("mac = UNHEX(SHA2('guess', 256))"),
  set('recorded_at = recorded_at - INTERVAL 1 DAY'), set('business_at = business_at + INTERVAL 1 SECOND'),
  { name: 'deleted', on: (id) => write(db.manager, 'DELETE FROM audit_entries WHERE id = ?', [id]) },
  { name: 'deleted with its link', on: async (id) => [await write(db.manager, 'DELETE FROM audit_entries WHERE id = ?', [id]), await write(db.manager, 'DELETE FROM audit_links WHERE entry_id = ?', [id])] },
  { name: 'link deleted', on: (id) => write(db.manager, 'DELETE FROM audit_links WHERE entry_id = ?', [id]) },
  { name: 'link changed', on: (id) => write(db.manager, 'UPDATE audit_links SET hash = UNHEX(SHA2(UUID(), 256)) WHERE entry_id = ?', [id]) },
  {
    name: 'sealed with another key',
    on: async (id) => {
      const foreign = createAuditSeal(randomBytes(32).toString('base64'));
      const mac = foreign.ofEntry({ uid: id, actorKind: 'OFFICIAL', actor: 'x', actorUnitId: null, requestId: 'r', action: 'A', subjectType: 'T', subjectId: 's', caseId: null, detail: '{}' });
      return write(db.manager, 'UPDATE audit_entries SET mac = ? WHERE id = ?', [mac, id]);
    },
  },
  {
    name: 'exchanged with another',
    on: async (id, other) => {
      for (const [from, to] of [[id, '-1'], [other, id], ['-1', other]]) await write(db.manager, 'UPDATE audit_links SET entry_id = ? WHERE entry_id = ?', [to, from]);
    },
  },
];

test('1,000 tamperings of 20 kinds: every one is found', async () => {
  await sealedWorld(2_000);
  const ids = await entryIds();
  const linkOf = new Map((await select<{ entry_id: string; chain: number; seq: string }>(db.manager, 'SELECT entry_id, chain, seq FROM audit_links')).map((row) => [row.entry_id, row]));
  const found = async () => (await verifyAudit(db)).problems.map(({ entryId, chain, seq }) => `${entryId ?? ''}|${chain ?? ''}|${seq ?? ''}`);
  const missed: string[] = [];
  for (let round = 0; round < EDITS.length; round += 1) {
    const edit = EDITS[round];
    if (!edit) continue;
    // 50 victims of each kind, far apart; all others of the world stay as they are
    const victims = Array.from({ length: 50 }, (_, i) => ids[(i * 40 + round * 2) % ids.length] ?? '');
    for (const id of victims) await edit.on(id, ids[ids.indexOf(id) + 1] ?? '');
  }
  const problems = await found();
  for (let round = 0; round < EDITS.length; round += 1) {
    for (let i = 0; i < 50; i += 1) {
      const id = ids[(i * 40 + round * 2) % ids.length] ?? '';
      const link = linkOf.get(id);
      const isFound = problems.some((one) => one.startsWith(`${id}|`) || one === `|${link?.chain}|${link?.seq}`);
      if (!isFound) missed.push(`${EDITS[round]?.name} ${id}`);
    }
  }
  expect(missed).toEqual([]);
});

test('an entry that somebody wrote past the product is not taken into a chain and is told, a copy of a genuine one is refused by its key', async () => {
  await sealedWorld(10);
  const [id] = await entryIds();
  const copy = (columns: string, values: string) => db.query(`INSERT INTO audit_entries (${columns}) SELECT ${values} FROM audit_entries WHERE id = ?`, [id]);
  const rest = 'recorded_at, business_at, actor_kind, actor, actor_unit_id, request_id, action, subject_type, subject_id, case_id, detail, mac';
  await expect(copy(`uid, ${rest}`, `uid, ${rest}`)).rejects.toThrow(/Duplicate/);
  await copy(`uid, ${rest}`, `UUID(), ${rest}`);
  await copy(rest.replace(', mac', ''), rest.replace(', mac', ''));
  expect((await sealEntries(db)).forged).toHaveLength(2);
  expect((await verifyAudit(db)).problems.map(({ kind }) => kind)).toEqual(['FORGED', 'FORGED']);
});

const UNSEALED = 'INSERT INTO audit_entries (recorded_at, business_at, actor_kind, actor, request_id, action, subject_type, subject_id, detail) VALUES';
const unsealed = (recordedAt: string, count = 1): Promise<unknown> =>
  db.query(`${UNSEALED} ${Array.from({ length: count }, () => `(${recordedAt}, ${recordedAt}, 'OFFICIAL', 'somebody', 'r', 'CASE_READ', 'Case', '1', '{}')`).join(', ')}`);
const newestId = async (): Promise<string> => (await entryIds()).at(-1) ?? '';
const FORGERIES: readonly { readonly name: string; readonly forge: () => Promise<unknown> }[] = [
  { name: 'dated before the chains began', forge: () => unsealed("'2020-01-01'") },
  {
    name: 'of today, with the beginning of the chains moved to the future',
    forge: async () => [await db.query("UPDATE audit_chains SET since = '2999-01-01'"), await unsealed('UTC_TIMESTAMP(3)')],
  },
  {
    name: 'whose seal a trigger took away, for one actor, while the beginning of the chains was moved',
    forge: async () => {
      await db.query("UPDATE audit_chains SET since = '2999-01-01'");
      await db.query(`CREATE TRIGGER forget BEFORE INSERT ON audit_entries FOR EACH ROW SET NEW.mac = IF(NEW.actor = '${clerk.viewer.subject}', NULL, NEW.mac)`);
      try {
        await noted(1);
      } finally {
        await db.query('DROP TRIGGER forget');
      }
    },
  },
];

test.each(FORGERIES)('an entry without a seal is a forgery for the sealer and the verifier: $name', async ({ forge }) => {
  await takeOverUnsealed(db, 'cases');
  await sealedWorld(10);
  await forge();
  await takeOverUnsealed(db, 'cases');
  const forged = await newestId();
  expect(await sealEntries(db)).toEqual({ sealed: 0, forged: [forged] });
  expect((await verifyAudit(db)).problems).toEqual([{ kind: 'FORGED', chain: null, seq: null, entryId: forged }]);
});

test.each([[99, 1], [-1, 1], [3, 0], [3, -5]])('a link of number %p, %p, where no chain is, hides no forgery', async (chain, seq) => {
  await sealedWorld(10);
  await unsealed('UTC_TIMESTAMP(3)');
  const forged = await newestId();
  await db.query('INSERT INTO audit_links (entry_id, chain, seq, hash) VALUES (?, ?, ?, ?)', [forged, chain, seq, Buffer.alloc(32)]);
  expect((await verifyAudit(db)).problems).toEqual([{ kind: 'FORGED', chain: null, seq: null, entryId: forged }]);
});

test.each(['-1', '-9223372036854775808'])('a forgery of number %s, before all that are counted, is found', async (forged) => {
  await sealedWorld(10);
  await db.query(`${UNSEALED.replace('(', '(id, ')} (?, UTC_TIMESTAMP(3), UTC_TIMESTAMP(3), 'OFFICIAL', 'somebody', 'r', 'CASE_READ', 'Case', '1', '{}')`, [forged]);
  expect((await verifyAudit(db)).problems).toEqual([{ kind: 'FORGED', chain: null, seq: null, entryId: forged }]);
});

test('entries of versions that knew no seal are taken over once, and from then on every change of them is found', async () => {
  await unsealed("'2020-01-01'", 1_002);
  const old = await entryIds();
  await noted(5);
  await unsealed("'2020-01-01'");
  const forged = await newestId();
  // two workers start at once
  await Promise.all([takeOverUnsealed(db, 'cases'), takeOverUnsealed(db, 'cases')]);
  const [told] = await select<{ n: string; detail: string }>(db.manager, "SELECT COUNT(*) AS n, MIN(detail) AS detail FROM audit_entries WHERE action = 'AUDIT_TAKEN_OVER'");
  expect(told).toEqual({ n: '1', detail: '{"entries":1002}' });
  expect(await sealEntries(db)).toEqual({ sealed: 6, forged: [forged] });
  const lone = { kind: 'FORGED', chain: null, seq: null, entryId: forged };
  expect(await verifyAudit(db)).toMatchObject({ entries: 1_009, links: 1_008, takenOver: 1_002, problems: [lone] });

  await db.query("UPDATE audit_entries SET actor = 'another' WHERE id = ?", [old[0]]);
  await db.query('DELETE FROM audit_entries WHERE id = ?', [old[1]]);
  const { problems, takenOver } = await verifyAudit(db);
  expect([takenOver, problems.map(({ kind, entryId }) => `${kind} ${entryId}`)]).toEqual([1_000, [`CHANGED ${old[0]}`, `DELETED ${old[1]}`, `FORGED ${forged}`]]);
});

test('forgeries in numbers do not keep genuine entries out of the chains', async () => {
  await unsealed('UTC_TIMESTAMP(3)', 1_000);
  await noted(3);
  expect((await sealEntries(db)).sealed).toBe(3);
});

test('a tail that was cut off with its links and its head is seen by the anchor, and only by it', async () => {
  const file = join(mkdtempSync(join(process.env['ANJIE_TEST_DIR'] ?? '.', 'anchor-')), 'anchors.jsonl');
  await sealedWorld(200);
  const seal = auditSealOf(db.manager);
  writeFileSync(file, anchorLine(await takeAnchor(db, 'kit', new Date()), seal));
  const anchors = await readAnchors(file, 'kit', seal);
  expect(await verifyAudit(db, anchors)).toMatchObject({ anchors: 1, problems: [] });
  const [cut] = await select<{ entry_id: string; seq: string; chain: number }>(db.manager, 'SELECT entry_id, seq, chain FROM audit_links WHERE chain = 3 ORDER BY seq DESC LIMIT 1');
  await db.query('DELETE FROM audit_entries WHERE id = ?', [cut?.entry_id]);
  await db.query('DELETE FROM audit_links WHERE entry_id = ?', [cut?.entry_id]);
  await db.query('UPDATE audit_chains c JOIN audit_links l ON l.chain = c.chain AND l.seq = c.seq - 1 SET c.head = l.hash, c.seq = l.seq WHERE c.chain = 3');
  expect((await verifyAudit(db)).problems).toEqual([]);
  expect((await verifyAudit(db, anchors)).problems).toEqual([{ kind: 'CUT', chain: 3, seq: cut?.seq, entryId: null }]);
  writeFileSync(file, readFileSync(file, 'utf8').replace('kit', 'kid'));
  await expect(readAnchors(file, 'kit', seal)).rejects.toThrow(/line 1: not an anchor/);
});

test('of a tail that was cut off while the head stands, each entry is told', async () => {
  await sealedWorld(200);
  const cut = await select<{ entry_id: string; seq: string }>(db.manager, 'SELECT entry_id, seq FROM audit_links WHERE chain = 3 ORDER BY seq DESC LIMIT 3');
  const ids = cut.map(({ entry_id }) => entry_id);
  await db.query('DELETE FROM audit_entries WHERE id IN (?)', [ids]);
  await db.query('DELETE FROM audit_links WHERE entry_id IN (?)', [ids]);
  expect((await verifyAudit(db)).problems.map(({ kind, seq }) => `${kind} ${seq}`)).toEqual([`LINK_MISSING ${cut[2]?.seq}`, `LINK_MISSING ${cut[1]?.seq}`, `CUT ${cut[0]?.seq}`]);
});

test('the key may be changed: what the earlier one sealed stays genuine where it is named, and is a forgery where it is not', async () => {
  await noted(3);
  await sealEntries(db);
  const next = Buffer.alloc(32, 9).toString('base64');
  useAuditSeal(db, createAuditSeal(next, [TEST_AUDIT_KEY]));
  await noted(3);
  await sealEntries(db);
  expect(await verifyAudit(db)).toMatchObject({ entries: 6, links: 6, problems: [] });
  useAuditSeal(db, createAuditSeal(next));
  expect((await verifyAudit(db)).problems.filter(({ kind }) => kind === 'CHANGED')).toHaveLength(3);
  useAuditSeal(db, createAuditSeal(TEST_AUDIT_KEY));
});

test('without a key nothing can be audited, and so nothing done', async () => {
  const bare = { query: () => Promise.resolve([]) };
  await expect(auditAll(bare as never, [{ actor: clerk, note: { action: 'A', subjectType: 'T', subjectId: 's' } }])).rejects.toThrow('set ANJIE_AUDIT_KEY_FILE');
  expect(() => createAuditSeal('c2hvcnQ=')).toThrow(/at least 32 random bytes/);
});
