import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { DataSource } from 'typeorm';
import type { Viewer } from '@anjie/access';
import { audit, businessTime, inTransaction, newId } from '@anjie/service-kit/database';
import { insertFile, type FileStorage } from '@anjie/service-kit/files';
import { repeat, type Closable, type Logger } from '@anjie/service-kit/runtime';
import { writeWorkbook, type CellInput } from '@anjie/workbook';
import type { IdentityVault } from '../petitioners/identity-vault';
import { momentText } from '../rules/exchange-values';
import { claimExport, exporterName, finishExport, tellProgress, type ClaimedExport } from './export-repository';
import { exportPage } from './export-rows';
import { EXCHANGE_SHEET } from './exchange-columns';
import { EXPORT_HEADERS, pageCells, type Stamp } from './export-cells';

const PAGE_ROWS = 500;
const MAX_ATTEMPTS = 3;
/** Hours that an export can be fetched. */
const KEPT_HOURS = 24;
const MEDIA_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

export interface ExportJobDeps {
  readonly db: DataSource;
  readonly storage: FileStorage;
  readonly vault: IdentityVault;
  /** Is whoever asked still who they were, by today's directory? */
  readonly mayGoOn: (asked: { readonly viewer: Viewer }) => Promise<boolean>;
  readonly log: Logger;
}

class ClaimLost extends Error {}

/** Writes exports one after the other, a page of rows in memory; a run that died is begun again by the next worker. */
export function createExportJob(deps: ExportJobDeps) {
  const runOnce = async (): Promise<boolean> => {
    const task = await inTransaction(deps.db, claimExport);
    if (!task) return false;
    try {
      await ((await deps.mayGoOn(task.actor)) ? writeExport(deps, task) : dropExport(deps, task));
    } catch (error) {
      if (error instanceof ClaimLost) return true;
      deps.log.error({ err: error, exportId: task.id, attempt: task.attempts }, 'an export stopped');
      if (task.attempts >= MAX_ATTEMPTS) await finishExport(deps.db.manager, task, null);
    }
    return true;
  };
  return { runOnce, start: (everyMs = 500): Closable => repeat('exchange-exports', everyMs, { work: runOnce, log: deps.log }) };
}
export type ExportJob = ReturnType<typeof createExportJob>;

/** What was asked for in a post is not written for whoever does not hold it any more. */
const dropExport = ({ db }: ExportJobDeps, task: ClaimedExport): Promise<void> =>
  inTransaction(db, async (tx) => {
    if (!(await finishExport(tx, task, null))) throw new ClaimLost();
    await audit(tx, task.actor, { action: 'EXCHANGE_EXPORT_FAILED', subjectType: 'ExchangeExport', subjectId: task.id, detail: { code: 'REQUESTER_LEFT' } });
  });

async function writeExport(deps: ExportJobDeps, task: ClaimedExport): Promise<void> {
  const { now, today } = await businessTime(deps.db.manager);
  const who = await exporterName(deps.db.manager, task.actor.viewer);
  const stamp: Stamp = { senderDivision: (task.actor.viewer.divisionCode ?? '').slice(0, 6).padEnd(6, '0'), exportedAt: now, watermark: `${who} ${momentText(now)} ${task.reason}` };
  const counts = { written: 0, shortened: 0 };
  const content = await writeWorkbook({ buffer: true }, {
    sheets: [
      { name: EXCHANGE_SHEET, columns: EXPORT_HEADERS.map((header) => ({ header, type: 'text' as const })), rows: exportRows(deps, { task, stamp, counts }) },
      { name: sheetName(task, today), columns: [{ header: '导出说明', type: 'text', width: 16 }, { header: '内容', type: 'text', width: 60 }], rows: notes({ task, who, stamp, counts }) },
    ],
  });
  const storageKey = newId();
  await deps.storage.put(storageKey, Readable.from([content]));
  const file = {
    id: newId(), purpose: 'EXCHANGE_EXPORT', name: `交换记录-${today}-${task.id.slice(0, 8)}.xlsx`, mediaType: MEDIA_TYPE, size: content.length,
    sha256: createHash('sha256').update(content).digest(), storageKey, owner: task.actor.viewer, expireAfterHours: KEPT_HOURS,
  };
  await inTransaction(deps.db, async (tx) => {
    await insertFile(tx, file);
    if (!(await finishExport(tx, task, file.id))) throw new ClaimLost();
    await audit(tx, task.actor, { action: 'EXCHANGE_EXPORTED', subjectType: 'ExchangeExport', subjectId: task.id, detail: { identity: task.identity, rows: counts.written, fileId: file.id } });
  }).catch(async (error: unknown) => {
    await deps.storage.remove(storageKey);
    throw error;
  });
}

interface Run {
  readonly task: ClaimedExport;
  readonly stamp: Stamp;
  readonly counts: { written: number; shortened: number };
}

async function* exportRows({ db, vault }: ExportJobDeps, { task, stamp, counts }: Run): AsyncGenerator<CellInput[]> {
  const { viewer } = task.actor;
  let after: { registeredOn: string; id: string } | null = null;
  for (;;) {
    const rows = await exportPage(db.manager, viewer, { filter: task.filter, after, size: PAGE_ROWS });
    const page = await pageCells(db.manager, vault, { rows, stamp, identity: task.identity, viewer });
    counts.written += page.rows.length;
    counts.shortened += page.shortened;
    if (!(await tellProgress(db.manager, task, counts))) throw new ClaimLost();
    yield* page.rows;
    const last = rows.at(-1);
    if (!last || rows.length < PAGE_ROWS) return;
    after = { registeredOn: last.registeredOn, id: last.id };
  }
}

/** Written after the rows, so that the counts are known. */
function* notes({ task, who, stamp, counts }: Run & { who: string }): Generator<CellInput[]> {
  yield ['导出人', who];
  yield ['导出时间', momentText(stamp.exportedAt)];
  yield ['导出事由', task.reason];
  yield ['身份信息', task.identity === 'FULL' ? '完整' : '脱敏'];
  yield ['行数', String(counts.written)];
  yield ['超长截短', `${counts.shortened} 处`];
  yield ['代码', '未公布代码表的字段填写名称；不得保存的字段为空'];
}

/** ≤ 31 characters, so that a printed page says what it is. */
const sheetName = (task: ClaimedExport, today: string): string => `导出说明-${task.identity === 'FULL' ? '完整' : '脱敏'}-${today.replaceAll('-', '')}-${task.id.slice(0, 8)}`;
