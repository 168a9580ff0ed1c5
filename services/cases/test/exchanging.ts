import { createHash, randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import type { Viewer } from '@anjie/access';
import { insertFile, keptFile } from '@anjie/service-kit/files';
import { writeCsv, writeWorkbook, type CellInput } from '@anjie/workbook';
import { exportView } from '../src/exchange/export-repository';
import type { Answer } from './asking';
import { rowsShown, type Run, type SheetRow } from './workbooks';
import { anIdNumber, key, people, type CasesWorld } from './world';

/** A record as another office sends it, by pinyin code. All people are made up. */
export const aRecord = (i: number, part: SheetRow = {}): SheetRow => ({
  xzqh: '640100', xfjbh: `LF201603310${String(i).padStart(5, '0')}`, xfrq: '2022-09-01', xfxs: '来信', xfrs: '2', sjrs: '30', djjgmc: '银川市信访局', djjgdm: '640100', djjglb: '0201', djbm: '接访科',
  djsj: '2022-09-02 08:30:15', gkxx: `某小区物业乱收费问题${i}`, tsnr: '小区物业乱收费，请核实。', sxr: '市长', xfjzt: '受理', bjgccbz: '1', qgccbz: '0', cfxfbz: '0', wtsddm: '640104', nrfldm: '住房保障与房地产',
  xfmddm: '求决', xfyydm: '03', scxfjg: '银川市信访局', scxfrq: '2022-09-01', sksflbz: '1', jabz: '0', fcbz: '0', fhbz: '0', bjbz: '0', shrdbjbz: '0', lmbz: '0', gkbz: '1', zdjjbz: '0', nmbz: '0',
  rdwt: '12', ssxt: '住建', xbjzsj: '2022-11-01 18:00:00', blcx: '普通程序', lhxfjid: `J${i}`, repeated_id: null, sfssbz: '0', bt: `物业收费问题${i}`, sq: '退还多收的费用\n公开收支',
  xm: `化名${i}`, zz: '某路1号', zzdm: '640104', zjlx: '居民身份证', zjhm: anIdNumber(i), sjh: `1380000${String(i % 10_000).padStart(4, '0')}`, hkszd: '610902', ...part,
});

export const headersOf = (rows: readonly SheetRow[]): string[] => [...new Set(rows.flatMap((row) => Object.keys(row)))];

function* cellsOf(rows: readonly SheetRow[], headers: readonly string[]): Generator<CellInput[]> {
  for (const row of rows) yield headers.map((header) => row[header] ?? null);
}

export async function uploadRecords(world: CasesWorld, viewer: Viewer, rows: readonly SheetRow[], format: 'xlsx' | 'csv' = 'xlsx'): Promise<string> {
  const headers = headersOf(rows);
  const table = { columns: headers.map((header) => ({ header, type: 'text' as const })), rows: cellsOf(rows, headers) };
  const content = format === 'csv' ? await writeCsv({ buffer: true }, table) : await writeWorkbook({ buffer: true }, { sheets: [{ name: '信访件', ...table }] });
  const id = randomUUID();
  await world.services.storage.put(id, Readable.from([content]));
  await insertFile(world.db.manager, { id, purpose: 'EXCHANGE_IMPORT', name: `exchange.${format}`, mediaType: 'application/octet-stream', size: content.length, sha256: createHash('sha256').update(content).digest(), storageKey: id, owner: viewer });
  return id;
}

export type ExchangeRun = Run & { readonly droppedFields: { header: string; isForbidden: boolean; rows: number }[] };
const RUN = 'id state rowsRead rowsValid rowsFaulty rowsDuplicate rowsCommitted rowsRepeated failure droppedFields { header isForbidden rows } problems(first: 100) { totalCount nodes { rowNumber address header code message } }';

const ask = async <Result>(world: CasesWorld, viewer: Viewer, { field, input, selection }: { field: string; input: Record<string, unknown>; selection: string }): Promise<Result> => {
  const type = `${field[0]?.toUpperCase()}${field.slice(1)}Input`;
  const answer = await world.client.query<Record<string, Result>>(viewer, `mutation ($input: ${type.replace('CreateExchangeExportLink', 'ExchangeExportLink')}!) { ${field}(input: $input) { __typename ${selection} } }`, { input: { idempotencyKey: key(), ...input } });
  return answer[field] as Result;
};

export const requestCheck = (world: CasesWorld, fileId: string, viewer: Viewer = people.county) =>
  ask<Answer & { import: ExchangeRun }>(world, viewer, { field: 'checkExchangeImport', input: { fileId }, selection: `... on ImportPayload { import { ${RUN} } } ... on ImportRefusal { code }` });

const runOf = async (world: CasesWorld, viewer: Viewer, id: string): Promise<ExchangeRun> =>
  (await world.client.query<{ importRun: ExchangeRun }>(viewer, `query ($id: ID!) { importRun(id: $id) { ${RUN} } }`, { id })).importRun;

export async function checkRecords(world: CasesWorld, rows: readonly SheetRow[], { viewer = people.county, format = 'xlsx' as 'xlsx' | 'csv' } = {}): Promise<ExchangeRun> {
  const { import: run } = await requestCheck(world, await uploadRecords(world, viewer, rows, format), viewer);
  await world.services.engine.runOnce();
  return runOf(world, viewer, run.id);
}

export async function importRecords(world: CasesWorld, rows: readonly SheetRow[], options: Parameters<typeof checkRecords>[2] = {}): Promise<ExchangeRun> {
  const viewer = options.viewer ?? people.county;
  const { id } = await checkRecords(world, rows, options);
  await ask(world, viewer, { field: 'commitImport', input: { importId: id }, selection: '' });
  await world.services.engine.runOnce();
  return runOf(world, viewer, id);
}

export interface ExportAnswer extends Answer {
  readonly export: { id: string; state: string; rowsTotal: number; rowsWritten: number };
}
export const requestExport = (world: CasesWorld, input: Record<string, unknown> = {}, viewer: Viewer = people.county) =>
  ask<ExportAnswer>(world, viewer, {
    field: 'exportExchangeRecords', input: { filter: {}, identity: 'FULL', reason: '报送市信访局汇总', ...input }, selection: '... on ExchangeExportPayload { export { id state rowsTotal rowsWritten } } ... on ExchangeRefusal { code message basis }',
  });
export const exportOf = async (world: CasesWorld, id: string, viewer: Viewer = people.county) =>
  (await world.client.query<{ exchangeExport: Record<string, unknown> | null }>(viewer, 'query ($id: ID!) { exchangeExport(id: $id) { id state identity reason rowsTotal rowsWritten textsShortened requestedAt finishedAt } }', { id })).exchangeExport;
export const linkOf = (world: CasesWorld, exportId: string, viewer: Viewer = people.county, part: Record<string, unknown> = {}) =>
  ask<Answer & { path?: string }>(world, viewer, { field: 'createExchangeExportLink', input: { exportId, ...part }, selection: '... on ExchangeExportLink { path } ... on ExchangeRefusal { code }' });

/** Exports and reads what the workbook shows, by Chinese header. */
export async function exported(world: CasesWorld, input: Record<string, unknown> = {}, viewer: Viewer = people.county): Promise<Record<string, string>[]> {
  const answer = await requestExport(world, input, viewer);
  if (answer.code) throw new Error(`refused: ${answer.code}`);
  await world.services.exports.runOnce();
  const view = await exportView(world.db.manager, viewer, answer.export.id);
  const file = await keptFile(world.db.manager, view?.fileId ?? '');
  return rowsShown(world, file?.storageKey ?? '', { columns: 160 });
}
