import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Viewer } from '@anjie/access';
import { insertFile } from '@anjie/service-kit/files';
import { openRows, writeWorkbook, type CellInput } from '@anjie/workbook';
import { ledgerColumns, petitionListColumns } from '../src/imports/import-columns';
import type { Answer } from './asking';
import { key, people, type CasesWorld } from './world';

/** A row as a clerk types it: template header → cell. */
export type SheetRow = Readonly<Record<string, string | number | null>>;

/** A repeat of 2019 in the county, entered in July 2020; open and without a unit unless the test says otherwise. */
export const aLedgerRow = (i: number, part: SheetRow = {}): SheetRow => ({
  信访件编号: `XF${String(i).padStart(6, '0')}`, 信访人姓名: `化名${i}`, 信访日期: '2019-05-20', 信访形式: '来信', 问题属地代码: '640104', 标题: `安置房产权证问题${i}`,
  概况信息: '2015年入住至今未办理不动产权证。', 登记日期: '2019-05-21', 交办日期: '2020-07-15', ...part,
});
export const aPetitionRow = (i: number, part: SheetRow = {}): SheetRow => ({
  信访件编号: `W${i}`, 信访人姓名: `化名${i}`, 信访日期: '2022-09-20', 信访形式: '网上信访', 问题属地代码: '640104', 标题: `物业收费问题${i}`, 投诉内容: '小区物业乱收费，请核实。', ...part,
});

const LEDGER_HEADERS = ledgerColumns.map((column) => column.header);
const PETITION_HEADERS = petitionListColumns.map((column) => column.header);

function* cellsOf(rows: Iterable<SheetRow>, headers: readonly string[]): Generator<CellInput[]> {
  for (const row of rows) yield headers.map((header) => row[header] ?? null);
}

const bookOf = (rows: Iterable<SheetRow>, headers: readonly string[]) => ({
  sheets: [{ name: '台账', columns: headers.map((header) => ({ header, type: 'text' as const })), rows: cellsOf(rows, headers) }],
});

/** Puts a workbook into the storage as the upload route does. */
export async function upload(world: CasesWorld, viewer: Viewer, rows: Iterable<SheetRow>, headers = LEDGER_HEADERS): Promise<string> {
  const content = await writeWorkbook({ buffer: true }, bookOf(rows, headers));
  return keep(world, viewer, { content: Readable.from([content]), size: content.length, sha256: createHash('sha256').update(content).digest() });
}

/** What a stored workbook shows, row by row: header → text. */
export async function rowsShown(world: CasesWorld, storageKey: string, limits: { readonly columns?: number } = {}): Promise<Record<string, string>[]> {
  const path = join(process.env['ANJIE_TEST_DIR'] ?? tmpdir(), `${randomUUID()}.xlsx`);
  await pipeline(await world.services.storage.open(storageKey), createWriteStream(path));
  const rows: Record<string, string>[] = [];
  for await (const row of openRows({ path }, { limits })) rows.push(Object.fromEntries(Object.entries(row.cells).map(([header, cell]) => [header, cell.text])));
  return rows;
}

/** The same through a file, for sheets that should not stand in memory. */
export async function uploadLarge(world: CasesWorld, viewer: Viewer, rows: Iterable<SheetRow>): Promise<string> {
  const path = join(process.env['ANJIE_TEST_DIR'] ?? tmpdir(), `${randomUUID()}.xlsx`);
  await writeWorkbook({ path }, bookOf(rows, LEDGER_HEADERS));
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return keep(world, viewer, { content: createReadStream(path), size: (await stat(path)).size, sha256: hash.digest() });
}

async function keep(world: CasesWorld, owner: Viewer, file: { content: Readable; size: number; sha256: Buffer }): Promise<string> {
  const id = randomUUID();
  await world.services.storage.put(id, file.content);
  await insertFile(world.db.manager, { id, purpose: 'LEDGER_IMPORT', name: '台账.xlsx', mediaType: 'application/octet-stream', size: file.size, sha256: file.sha256, storageKey: id, owner });
  return id;
}

export interface Run {
  readonly id: string;
  readonly state: string;
  readonly rowsRead: number;
  readonly rowsValid: number;
  readonly rowsFaulty: number;
  readonly rowsDuplicate: number;
  readonly rowsCommitted: number;
  readonly rowsRepeated: number;
  readonly failure: string | null;
  readonly problems: { totalCount: number; nodes: { rowNumber: number; address: string | null; header: string | null; code: string; message: string }[] };
}
export type RunAnswer = Answer & { readonly import: Run };
const FIELDS = 'id state rowsRead rowsValid rowsFaulty rowsDuplicate rowsCommitted rowsRepeated failure problems(first: 100) { totalCount nodes { rowNumber address header code message } }';
const ANSWER = `__typename ... on ImportPayload { import { ${FIELDS} } } ... on ImportRefusal { code message }`;

export async function ask(world: CasesWorld, viewer: Viewer, mutation: 'checkLedgerImport' | 'checkPetitionImport' | 'commitImport', part: Record<string, unknown>): Promise<RunAnswer> {
  const type = `${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input`;
  const document = `mutation ($input: ${type}!) { ${mutation}(input: $input) { ${ANSWER} } }`;
  const answer = await world.client.query<Record<string, RunAnswer>>(viewer, document, { input: { idempotencyKey: key(), ...part } });
  return answer[mutation] as RunAnswer;
}
export const runOf = async (world: CasesWorld, viewer: Viewer, id: string): Promise<Run | null> =>
  (await world.client.query<{ importRun: Run | null }>(viewer, `query ($id: ID!) { importRun(id: $id) { ${FIELDS} } }`, { id })).importRun;

/** Asks, lets the engine work, and answers how it went. */
async function worked(world: CasesWorld, viewer: Viewer, answer: RunAnswer): Promise<Run> {
  if (answer.code) throw new Error(`the import was refused: ${answer.code}`);
  await world.services.engine.runOnce();
  return (await runOf(world, viewer, answer.import.id)) as Run;
}

export const checkLedger = async (world: CasesWorld, campaignId: string, rows: Iterable<SheetRow>, viewer: Viewer = people.county): Promise<Run> =>
  worked(world, viewer, await ask(world, viewer, 'checkLedgerImport', { fileId: await upload(world, viewer, rows), campaignId }));
export const checkPetitions = async (world: CasesWorld, rows: Iterable<SheetRow>, viewer: Viewer = people.county): Promise<Run> =>
  worked(world, viewer, await ask(world, viewer, 'checkPetitionImport', { fileId: await upload(world, viewer, rows, PETITION_HEADERS) }));
export const commit = async (world: CasesWorld, importId: string, viewer: Viewer = people.county): Promise<Run> =>
  worked(world, viewer, await ask(world, viewer, 'commitImport', { importId }));

/** Check and commit; the rows must be good. */
export async function importLedger(world: CasesWorld, campaignId: string, rows: Iterable<SheetRow>, viewer: Viewer = people.county): Promise<Run> {
  return commit(world, (await checkLedger(world, campaignId, rows, viewer)).id, viewer);
}
export const importPetitions = async (world: CasesWorld, rows: Iterable<SheetRow>, viewer: Viewer = people.county): Promise<Run> =>
  commit(world, (await checkPetitions(world, rows, viewer)).id, viewer);
