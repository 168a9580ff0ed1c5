import type { DataSource, EntityManager } from 'typeorm';
import { isRefusal, refuse } from '@anjie/contracts';
import { inTransaction, isId, newId, runMutation, type Actor } from '@anjie/service-kit/database';
import type { ImportEngine } from '@anjie/service-kit/imports';
import type { DirectoryRefusal } from '../directory/directory-change';
import { DIRECTORY_SHEETS, commitDecision, directoryImportState, sheetToCommit } from '../rules/directory-import';
import { mayDo } from '../rules/permissions';
import { committingImportIds, directoryImportsByIds, holdDirectoryImport, insertDirectoryImport, markCommitting, runsOf, type DirectoryImportRow } from './directory-import-repository';

export interface DirectoryImportDeps {
  readonly db: DataSource;
  readonly engine: ImportEngine;
}
export type DirectoryImportAnswer = { readonly directoryImportId: string } | DirectoryRefusal;

const notFound = () => refuse('NOT_FOUND', '文件或导入不存在，或对您不可见。', 'The file or import does not exist, or is not visible to you.');
const forbidden = () => refuse('NOT_PERMITTED', '仅系统管理员可维护名录。', 'Only an administrator keeps the directory.');
const notNow = () => refuse('NOT_NOW', '校验尚未完成，或文件无法导入。', 'The check is not done, or the file cannot be imported.');

/** One workbook, three runs of the importer, committed one after the other. */
export function createDirectoryImportService({ db, engine }: DirectoryImportDeps) {
  return {
    async check(actor: Actor, input: { idempotencyKey: string; fileId: string }): Promise<DirectoryImportAnswer> {
      if (!mayDo(actor.viewer, 'KEEP_DIRECTORY')) return forbidden();
      if (!isId(input.fileId)) return notFound();
      return runMutation<DirectoryImportAnswer>(db, {
        actor, operation: 'checkDirectoryImport', key: input.idempotencyKey, input,
        work: async (tx) => {
          const runIds: string[] = [];
          for (const { kind } of DIRECTORY_SHEETS) {
            const run = await engine.requestCheck(tx, { kind, fileId: input.fileId, parameters: {}, actor });
            if (isRefusal(run)) return notFound();
            runIds.push((run as { runId: string }).runId);
          }
          const directoryImportId = newId();
          await insertDirectoryImport(tx, actor, { id: directoryImportId, runIds });
          return { directoryImportId };
        },
      });
    },
    async commit(actor: Actor, input: { idempotencyKey: string; importId: string }): Promise<DirectoryImportAnswer> {
      if (!mayDo(actor.viewer, 'KEEP_DIRECTORY')) return forbidden();
      return runMutation<DirectoryImportAnswer>(db, {
        actor, operation: 'commitDirectoryImport', key: input.idempotencyKey, input, work: (tx) => requestCommit(tx, engine, { actor, importId: input.importId }),
      });
    },
    /** Lets the next sheet of every import begin whose earlier sheet is done. Answers how many it looked at. */
    async advance(): Promise<number> {
      const ids = await committingImportIds(db.manager);
      for (const id of ids) await inTransaction(db, (tx) => advanceOne(tx, engine, id));
      return ids.length;
    },
  };
}
export type DirectoryImportService = ReturnType<typeof createDirectoryImportService>;

async function requestCommit(tx: EntityManager, engine: ImportEngine, { actor, importId }: { actor: Actor; importId: string }): Promise<DirectoryImportAnswer> {
  const [row] = isId(importId) ? await directoryImportsByIds(tx, actor.viewer, [importId]) : [];
  if (!row) return notFound();
  const runs = await runsOf(tx, row);
  const decision = commitDecision(runs, row.isCommitRequested);
  if (decision === 'IS_REQUESTED') return { directoryImportId: row.id };
  if (decision === 'NOT_NOW' || isRefusal(await engine.requestCommit(tx, { runId: decision.id, actor }))) return notNow();
  await markCommitting(tx, row.id, true);
  return { directoryImportId: row.id };
}

const actorOf = (row: DirectoryImportRow): Actor => ({ viewer: row.requestedBy, requestId: row.requestId });

async function advanceOne(tx: EntityManager, engine: ImportEngine, id: string): Promise<void> {
  const row = await holdDirectoryImport(tx, id);
  if (!row) return;
  const runs = await runsOf(tx, row);
  const next = sheetToCommit(runs, false);
  if (next && !isRefusal(await engine.requestCommit(tx, { runId: next.id, actor: actorOf(row) }))) return;
  if (next || directoryImportState(runs, true) !== 'COMMITTING') await markCommitting(tx, id, false);
}
