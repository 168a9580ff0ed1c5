import type { DataSource, EntityManager } from 'typeorm';
import { keepsPlace } from '@anjie/access';
import { AppError, DIVISION_CODE, refuse, type Refusal } from '@anjie/contracts';
import { audit, isId, runMutation, type Actor } from '@anjie/service-kit/database';
import { keyedLinks, type KeyedLink, type KeyedLinks } from '@anjie/service-kit/files';
import type { ImportEngine } from '@anjie/service-kit/imports';
import type { CheckExchangeImportInput, ExchangeExportLinkInput, ExchangeRefusalCode, ExportExchangeRecordsInput, ImportRefusalCode } from '../generated/graphql';
import { isReasonFit } from '../rules/corrections';
import { isPermitted } from '../rules/permissions';
import { countExportRows } from './export-rows';
import { exportView, fullExportsOfLastHour, insertExport, type IdentityMode } from './export-repository';

type No = Refusal<ExchangeRefusalCode>;

/** More would not fit a workbook that people open; narrow the range. */
const MOST_ROWS = 20_000;
const FULL_PER_HOUR = 5;
const LINK_MINUTES = 15;

export function createExchangeService({ db, engine, linkKey }: { db: DataSource; engine: ImportEngine; linkKey: Buffer }) {
  const links = keyedLinks(linkKey, { service: 'cases', use: 'export-link' });
  return {
    check: (input: CheckExchangeImportInput, actor: Actor) =>
      runMutation<{ runId: string } | Refusal<ImportRefusalCode>>(db, {
        actor, operation: 'checkExchangeImport', key: input.idempotencyKey, input,
        work: async (tx) => (may('IMPORT', actor) ? engine.requestCheck(tx, { kind: 'EXCHANGE', fileId: input.fileId, parameters: {}, actor })
          : refuse('NOT_PERMITTED', '只有信访工作联席办可以导入。', 'Only a joint office may import.')),
      }),
    export: (input: ExportExchangeRecordsInput, actor: Actor) =>
      runMutation<{ exportId: string } | No>(db, { actor, operation: 'exportExchangeRecords', key: input.idempotencyKey, input, work: (tx) => request(tx, input, actor) }),
    link: async (input: ExchangeExportLinkInput, actor: Actor) =>
      links.told(await runMutation<KeyedLink | No>(db, { actor, operation: 'createExchangeExportLink', key: input.idempotencyKey, input, work: (tx) => link(tx, links, { input, actor }) })),
  };
}

const may = (action: Parameters<typeof isPermitted>[0], { viewer }: Actor): boolean => isPermitted(action, { roles: viewer.roles, parts: [] });
const mayExport = (identity: IdentityMode, actor: Actor): boolean => may('EXPORT', actor) && (identity === 'MASKED' || may('EXPORT_IDENTITY', actor));
const NOT_PERMITTED: No = refuse('NOT_PERMITTED', '您的角色不能导出；完整身份信息只能由信访工作联席办导出。', 'Your role may not export; identities in full leave through a joint office only.', '《个人信息保护法》第六条、第三十四条');
const OTHER_POST: No = refuse('NOT_PERMITTED', '该导出系以原任职务申请，任职变动后不能领取。', 'The export was asked for in another post, and does not outlive it.');

async function request(tx: EntityManager, input: ExportExchangeRecordsInput, actor: Actor): Promise<{ exportId: string } | No> {
  const { filter, identity } = input;
  if (!mayExport(identity, actor)) return NOT_PERMITTED;
  if (!isReasonFit(input.reason)) return refuse('REASON_MISSING', '请填写5至200字的导出事由。', 'Give a reason of 5 to 200 characters.');
  if (filter.divisionCode && !DIVISION_CODE.test(filter.divisionCode)) throw new AppError('BAD_USER_INPUT', { field: 'filter.divisionCode' });
  if (identity === 'FULL' && (await fullExportsOfLastHour(tx, actor.viewer)) >= FULL_PER_HOUR) return refuse('QUOTA_EXCEEDED', '一小时内完整导出次数已达上限。', 'Too many exports in full within an hour.');
  const rowsTotal = filter.caseId && !isId(filter.caseId) ? 0 : await countExportRows(tx, actor.viewer, filter);
  if (rowsTotal === 0) return refuse('NOTHING_TO_EXPORT', '没有符合条件且对您可见的信访件。', 'No petition that you may see fits.');
  if (rowsTotal > MOST_ROWS) return refuse('TOO_MANY_ROWS', `共${rowsTotal}行，超过上限${MOST_ROWS}行，请缩小范围。`, `${rowsTotal} rows, more than ${MOST_ROWS}: narrow the range.`);
  const reason = input.reason.trim();
  const exportId = await insertExport(tx, { filter, identity, reason, rowsTotal }, actor);
  await audit(tx, actor, { action: 'EXCHANGE_EXPORT_REQUESTED', subjectType: 'ExchangeExport', subjectId: exportId, detail: { identity, reason, filter, rowsTotal } });
  return { exportId };
}

async function link(tx: EntityManager, links: KeyedLinks, { input: { exportId }, actor }: { input: ExchangeExportLinkInput; actor: Actor }): Promise<KeyedLink | No> {
  const view = isId(exportId) ? await exportView(tx, actor.viewer, exportId) : undefined;
  if (!view) return refuse('NOT_FOUND', '导出不存在，或对您不可见。', 'The export does not exist or is not yours.');
  // who lost the role meanwhile does not fetch what it once allowed
  if (!mayExport(view.identity, actor)) return NOT_PERMITTED;
  if (!keepsPlace(view.requestedBy, actor.viewer)) return OTHER_POST;
  if (!view.fileId) return refuse('NOT_READY', '导出尚未完成。', 'The export is not finished.');
  return links.make(tx, { fileId: view.fileId, actor, minutes: LINK_MINUTES });
}
