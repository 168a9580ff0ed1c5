import { AppError, refuse, type Refusal } from '@anjie/contracts';
import { audit, canonicalJson, newId, select, write, type Actor, type Sql } from '../database';
import { visibleFile } from '../files';
import type { AnyImportDefinition } from './definition';
import { importRunView } from './import-run-view';
import { removeDroppedFields } from './dropped-fields';
import { removeProblems } from './problem-repository';

export interface CheckRequest {
  readonly kind: string;
  readonly fileId: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly actor: Actor;
}

export interface CommitRequest {
  readonly runId: string;
  readonly actor: Actor;
}

export type CheckRefusalCode = 'FILE_NOT_FOUND';
export type CommitRefusalCode = 'NOT_FOUND' | 'NOT_CHECKED' | 'FILE_NOT_FOUND' | 'FILE_CHANGED';

/** `isRepeat`: the commit was asked for before, and this is the same run. */
export interface CommitAnswer {
  readonly runId: string;
  readonly isRepeat: boolean;
}

type Definitions = ReadonlyMap<string, AnyImportDefinition>;

const noFile = () => refuse('FILE_NOT_FOUND', '文件不存在，或对您不可见。', 'The file does not exist, or is not visible to you.');

/** Queues a dry run over a file of the actor's own. */
export async function requestCheck(tx: Sql, definitions: Definitions, request: CheckRequest): Promise<{ runId: string } | Refusal<CheckRefusalCode>> {
  const { kind, actor } = request;
  const definition = definitions.get(kind);
  if (!definition) throw new AppError('BAD_USER_INPUT', { field: 'kind' });
  const file = await visibleFile(tx, actor.viewer, request.fileId);
  if (!file) return noFile();
  const runId = newId();
  await write(
    tx,
    `INSERT INTO import_runs (id, kind, definition_version, file_id, file_sha256, parameters, state, is_dry_run, requester, requester_unit_id, requested_by,
       request_id, created_at) VALUES (?, ?, ?, ?, ?, ?, 'QUEUED', 1, ?, ?, ?, ?, UTC_TIMESTAMP(3))`,
    [
      runId, kind, definition.version, file.id, file.sha256, canonicalJson(request.parameters), actor.viewer.subject, actor.viewer.unitId,
      JSON.stringify(actor.viewer), actor.requestId,
    ],
  );
  await audit(tx, actor, { action: 'IMPORT_CHECK_REQUESTED', subjectType: 'IMPORT_RUN', subjectId: runId, detail: { kind, fileId: file.id } });
  return { runId };
}

interface RunRow {
  readonly state: string;
  readonly isDryRun: number;
  readonly kind: string;
  readonly definitionVersion: number;
  readonly fileId: string;
  readonly fileSha256: Buffer;
  readonly requester: string;
}

/** Queues the commit of a checked run; asked again, it answers the same run. A commit that failed goes on where it stopped. */
export async function requestCommit(tx: Sql, definitions: Definitions, request: CommitRequest): Promise<CommitAnswer | Refusal<CommitRefusalCode>> {
  const { runId, actor } = request;
  if (!(await importRunView(tx, actor.viewer, runId))) return refuse('NOT_FOUND', '导入任务不存在，或对您不可见。', 'The import does not exist, or is not visible to you.');
  const [run] = await select<RunRow>(
    tx,
    `SELECT state, is_dry_run AS isDryRun, kind, definition_version AS definitionVersion, file_id AS fileId, file_sha256 AS fileSha256, requester
       FROM import_runs WHERE id = ? FOR UPDATE`,
    [runId],
  );
  const isFailedCommit = run?.state === 'FAILED' && run.isDryRun === 0;
  if (run?.isDryRun === 0 && !isFailedCommit) return { runId, isRepeat: true };
  const isFresh = run?.state === 'CHECKED' && definitions.get(run.kind)?.version === run.definitionVersion;
  if (!run || (!isFailedCommit && !isFresh)) return refuse('NOT_CHECKED', '请先校验文件，校验完成后再导入。', 'Check the file first; it can be imported when the check is done.');
  const [file] = await select<{ sha256: Buffer }>(
    tx, 'SELECT sha256 FROM files WHERE id = ? AND deleted_at IS NULL AND (expires_at IS NULL OR expires_at > UTC_TIMESTAMP(3))', [run.fileId],
  );
  if (!file) return noFile();
  if (!file.sha256.equals(run.fileSha256)) return refuse('FILE_CHANGED', '文件内容与校验时不一致，请重新校验。', 'The file is not what was checked; check it again.');
  await queueCommit(tx, { runId, actor, goesOn: isFailedCommit });
  await audit(tx, actor, { action: 'IMPORT_COMMIT_REQUESTED', subjectType: 'IMPORT_RUN', subjectId: runId, detail: { kind: run.kind, fileId: run.fileId } });
  return { runId, isRepeat: false };
}

/** From here on the work is done in the name of whoever asked for the commit. */
async function queueCommit(tx: Sql, { runId, actor, goesOn }: CommitRequest & { readonly goesOn: boolean }): Promise<void> {
  const fromTheStart = `, rows_read = 0, rows_valid = 0, rows_faulty = 0, rows_duplicate = 0, rows_committed = 0, rows_repeated = 0, last_row = 0, error_file_id = NULL`;
  await write(
    tx,
    `UPDATE import_runs SET state = 'QUEUED', is_dry_run = 0, attempts = 0, failure_code = NULL, failure_text = NULL, claim_token = NULL, lease_until = NULL,
            finished_at = NULL, requested_by = ?, request_id = ?, version = version + 1${goesOn ? '' : fromTheStart} WHERE id = ?`,
    [JSON.stringify(actor.viewer), actor.requestId, runId],
  );
  if (goesOn) return;
  await removeProblems(tx, runId);
  await removeDroppedFields(tx, runId);
}
