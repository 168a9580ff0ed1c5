import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { EntityManager } from 'typeorm';
import type { Viewer } from '@anjie/access';
import { openTestDatabase, viewers } from '@anjie/testing';
import { writeWorkbook, type CellInput } from '@anjie/workbook';
import { createTable, inTransaction, insertRows, kitMigrations, kitTables, newId, select, selectIn, write, type Actor } from '../src/database';
import { createFolderStorage, fileMigrations, fileTables, insertFile, type FileStorage } from '../src/files';
import {
  createImportEngine, defineImport, importMigrations, importProblemConnection, importRunView, importTables, type ImportColumn, type ImportEngine, type ImportRunView,
} from '../src/imports';
import { createLog } from '../src/runtime';

export const unit = randomUUID();
export const clerk = viewers.clerk(unit);
const actor: Actor = { viewer: clerk, requestId: 'r-1' };
const note = { zh: '说明', en: 'note' };

export const columns: readonly ImportColumn[] = [
  { header: '编号', key: 'no', required: true, type: 'text', maxLength: 10, note },
  { header: '姓名', aliases: ['信访人姓名'], key: 'name', required: true, type: 'text', sensitive: 'NAME', note },
  { header: '身份证号', key: 'idNumber', required: false, type: 'idNumber', sensitive: 'ID_NUMBER', note },
  { header: '联系电话', key: 'phone', required: false, type: 'phone', sensitive: 'PHONE', note },
  { header: '登记日期', key: 'day', required: false, type: 'date', note },
  { header: '人数', key: 'people', required: false, type: 'integer', note },
  { header: '类别', key: 'kind', required: false, type: 'choice', choices: [{ value: 'VISIT', label: '来访' }, { value: 'LETTER', label: '来信' }], note },
];

interface Draft {
  readonly no: string;
  readonly people: number | null;
}

/** What the definition's author would do wrong, on demand. */
const calm = { commits: 0, failAt: 0, beforeKeys: async (): Promise<void> => undefined, hasLeft: (_viewer: Viewer): boolean => false };
export const trouble = { ...calm };

export const definition = defineImport<Draft, ReadonlySet<string>>({
  kind: 'TEST_LEDGER', sheet: '台账', columns, version: 1,
  prepare: async () => new Set(['禁']),
  readRow: (row, forbidden) =>
    forbidden.has(row.text('no') ?? '')
      ? { problems: [{ key: 'no', code: 'NO_FORBIDDEN', zh: '编号不可用', en: 'This number cannot be used' }] }
      : { draft: { no: row.text('no') ?? '', people: row.integer('people') } },
  keyOf: (draft) => draft.no,
  async findDuplicates(sql, drafts) {
    await trouble.beforeKeys();
    const known = new Set((await selectIn<{ no: string }>(sql, 'SELECT no FROM test_ledger WHERE is_old = 1 AND no IN (?)', drafts.map((d) => d.no))).map((row) => row.no));
    return drafts.map((d) => (known.has(d.no) ? { key: 'no', code: 'LIKE_AN_OLD_ONE', zh: '疑似重复', en: 'Looks like an old one', ...(d.no.startsWith('旧') ? { severity: 'FAULT' as const } : {}) } : undefined));
  },
  async commit(tx: EntityManager, drafts: readonly Draft[]) {
    trouble.commits += 1;
    await insertRows(tx, 'test_ledger', drafts.map((d) => ({ id: newId(), no: d.no, people: d.people, is_old: 0 })));
    if (trouble.commits === trouble.failAt) throw new Error('killed here');
  },
});

export function* plainRows(count: number, from = 1): Generator<CellInput[]> {
  for (let i = from; i < from + count; i += 1) yield [`N${i}`, '张三丰', '11010519491231002X', '13812341234', '2026-01-31', '3', '来访'];
}

async function openImportDatabase() {
  // no unique key on `no`: the engine alone has to see to it that a row comes once
  const ledger = createTable('CreateTestLedger1767225690000', 'test_ledger', 'id uuid PRIMARY KEY, no varchar(10) NOT NULL, people int NULL, is_old tinyint NOT NULL');
  return openTestDatabase({
    service: 'kit_imports', tables: [...kitTables, ...fileTables, ...importTables], migrations: [...kitMigrations, ...fileMigrations, ...importMigrations, ledger],
  });
}

/** A database with an empty ledger, a folder of files, and the steps of an import as one line each. */
export async function openLedger() {
  const database = await openImportDatabase();
  const { db } = database;
  const dir = await mkdtemp(join(tmpdir(), 'anjie-imports-'));
  const storage = createFolderStorage(dir);
  const hmacKey = randomBytes(32).toString('base64');
  const engineOf = (own: FileStorage = storage): ImportEngine =>
    createImportEngine({ db, storage: own, definitions: [definition], hmacKey, mayGoOn: async ({ viewer }) => !trouble.hasLeft(viewer), log: createLog('test', 'silent') });
  const reset = async () => {
    await database.truncate();
    Object.assign(trouble, calm);
  };
  const close = async () => {
    await database.close();
    await rm(dir, { recursive: true, force: true });
  };
  return { db, storage, engineOf, reset, close, ...files(db, storage), ...steps(db, engineOf), ...facts(db) };
}

type Db = Awaited<ReturnType<typeof openImportDatabase>>['db'];

function files(db: Db, storage: FileStorage) {
  const haveFile = async (content: Buffer): Promise<string> => {
    const id = newId();
    await storage.put(id, Readable.from([content]));
    const sha256 = createHash('sha256').update(content).digest();
    await insertFile(db.manager, { id, purpose: 'LEDGER_IMPORT', name: 'a.xlsx', mediaType: 'x/y', size: content.length, sha256, storageKey: id, owner: clerk });
    return id;
  };
  const sheet = async (rows: Iterable<readonly CellInput[]>, headers = columns.map((c) => c.header)) =>
    haveFile(await writeWorkbook({ buffer: true }, { sheets: [{ name: '台账', columns: headers.map((header) => ({ header, type: 'text' })), rows }] }));
  const pathOf = (key: string | undefined): string => storage.pathOf?.(key ?? '') ?? '';
  return { haveFile, sheet, pathOf };
}

function steps(db: Db, engineOf: () => ImportEngine) {
  type Answer = { runId: string };
  const check = async (fileId: string, as: Actor = actor) =>
    (await inTransaction(db, (tx) => engineOf().requestCheck(tx, { kind: 'TEST_LEDGER', fileId, parameters: {}, actor: as }))) as Answer;
  const commit = async (runId: string, as: Actor = actor) => (await inTransaction(db, (tx) => engineOf().requestCommit(tx, { runId, actor: as }))) as Answer;
  const checked = async (fileId: string): Promise<string> => {
    const { runId } = await check(fileId);
    await engineOf().runOnce();
    return runId;
  };
  const imported = async (fileId: string): Promise<ImportRunView> => {
    const runId = await checked(fileId);
    await commit(runId);
    await engineOf().runOnce();
    return facts(db).view(runId);
  };
  return { check, commit, checked, imported };
}

function facts(db: Db) {
  return {
    view: async (runId: string): Promise<ImportRunView> => {
      const run = await importRunView(db.manager, clerk, runId);
      if (!run) throw new Error('the run is not visible');
      return run;
    },
    ledger: () => select<{ no: string; n: number }>(db.manager, 'SELECT no, COUNT(*) AS n FROM test_ledger WHERE is_old = 0 GROUP BY no'),
    problemsOf: async (runId: string) =>
      (await importProblemConnection(db.manager, clerk, { runId, first: 100 })).nodes.map((p) => [p.rowNumber, p.address, p.header, p.code, p.isNotice]),
    expireLeases: () =>
      write(db.manager, "UPDATE import_runs SET lease_until = UTC_TIMESTAMP(3) - INTERVAL 1 SECOND WHERE state IN ('CHECKING', 'COMMITTING')"),
  };
}
