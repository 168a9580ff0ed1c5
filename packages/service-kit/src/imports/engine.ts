import type { DataSource } from 'typeorm';
import type { Viewer } from '@anjie/access';
import { WorkbookError } from '@anjie/workbook';
import type { Refusal } from '@anjie/contracts';
import { audit, businessTime, inTransaction, type Sql } from '../database';
import { insertFile, keptFile, type FileStorage } from '../files';
import { repeat, type Closable, type Logger } from '../runtime';
import { applyChunk, type PendingRow } from './chunk';
import type { AnyImportDefinition } from './definition';
import { writeErrorWorkbook } from './error-workbook';
import { failure, failureOfWorkbook, ImportFailure } from './failure';
import { matchHeaders } from './headers';
import { trimProblems } from './problem-repository';
import { strangeHeaders, type PlacedProblem } from './read-row';
import { requestCheck, requestCommit, type CheckRefusalCode, type CheckRequest, type CommitAnswer, type CommitRefusalCode, type CommitRequest } from './request-import';
import { checkContent, createRowPreparer, rowsOf, withLocalFile } from './row-source';
import { ClaimLost, claimRun, failRun, finishRun, holdRun, releaseRun, renewLease, type ClaimedRun } from './run-repository';

export interface ImportEngineOptions {
  readonly db: DataSource;
  readonly storage: FileStorage;
  readonly definitions: readonly AnyImportDefinition[];
  /** At least 32 random bytes, base64: row keys may contain identity data, so only their HMAC is stored. */
  readonly hmacKey: string;
  /** May what this viewer asked for go on? Asked before the first chunk and before each further one: who lost their place imports no more. */
  readonly mayGoOn: (asked: { readonly viewer: Viewer; readonly isBegun: boolean }) => Promise<boolean>;
  readonly log: Logger;
}

export interface ImportEngine {
  /** In the caller's transaction. @throws AppError BAD_USER_INPUT for an unknown kind */
  requestCheck(tx: Sql, request: CheckRequest): Promise<{ runId: string } | Refusal<CheckRefusalCode>>;
  /** In the caller's transaction. */
  requestCommit(tx: Sql, request: CommitRequest): Promise<CommitAnswer | Refusal<CommitRefusalCode>>;
  /** Works on one run that waits, to its end; false when there was none. */
  runOnce(): Promise<boolean>;
  /** Runs `runOnce` again and again; closing it hands a long run over after its current chunk. */
  start(everyMs?: number): Closable;
}

const CHUNK_ROWS = 500;
/** After so many attempts without one chunk of progress a person must look. */
const MAX_ATTEMPTS = 5;

interface Engine extends ImportEngineOptions {
  readonly byKind: ReadonlyMap<string, AnyImportDefinition>;
  readonly key: Buffer;
  readonly stopping: () => boolean;
}

class Stopped extends Error {}

/** The one importer: checks a workbook without a trace, then imports its good rows exactly once, whatever happens to the workers. */
export function createImportEngine(options: ImportEngineOptions): ImportEngine {
  const key = Buffer.from(options.hmacKey, 'base64');
  if (key.length < 32) throw new Error('the import key must hold at least 32 random bytes, base64');
  let isStopping = false;
  const byKind = new Map(options.definitions.map((definition) => [definition.kind, definition]));
  const engine: Engine = { ...options, byKind, key, stopping: () => isStopping };
  const runOnce = () => workOnce(engine);
  return {
    requestCheck: (tx, request) => requestCheck(tx, byKind, request),
    requestCommit: (tx, request) => requestCommit(tx, byKind, request),
    runOnce,
    start(everyMs = 300) {
      const loop = repeat('imports', everyMs, { work: runOnce, log: options.log });
      return { close: () => ((isStopping = true), loop.close()) };
    },
  };
}

async function workOnce(engine: Engine): Promise<boolean> {
  const run = await inTransaction(engine.db, claimRun);
  if (!run) return false;
  try {
    await workOn(engine, run);
  } catch (error) {
    return settle(engine, run, error);
  }
  return true;
}

/** A refused file is the sender's to mend; anything else is tried again from the last chunk, and in the end left to a person. */
async function settle({ db, log }: Engine, run: ClaimedRun, error: unknown): Promise<boolean> {
  if (error instanceof ClaimLost) return true;
  if (error instanceof Stopped) return (await releaseRun(db.manager, run, 0)) === 0;
  const known = error instanceof WorkbookError ? failureOfWorkbook(error) : error instanceof ImportFailure ? error : undefined;
  if (!known) log.error({ err: error, runId: run.id, kind: run.kind, attempt: run.attempts }, 'an import stopped');
  const [attempt] = await db.query('SELECT attempts AS n FROM import_runs WHERE id = ?', [run.id]) as { n: number }[];
  const attempts = attempt?.n ?? run.attempts;
  if (!known && attempts < MAX_ATTEMPTS) {
    await releaseRun(db.manager, run, attempts);
    return false;
  }
  await inTransaction(db, async (tx) => {
    await holdRun(tx, run);
    await failRun(tx, run, known ?? failure('ENGINE_FAULT'));
    await audit(tx, run.actor, { action: 'IMPORT_FAILED', subjectType: 'IMPORT_RUN', subjectId: run.id, detail: { code: known?.code ?? 'ENGINE_FAULT' } });
  });
  return true;
}

async function workOn(engine: Engine, run: ClaimedRun): Promise<void> {
  const { db, storage } = engine;
  // its workers die without a word: nobody came far enough to count the attempt
  if (run.attempts > MAX_ATTEMPTS) throw failure('ENGINE_FAULT');
  const definition = engine.byKind.get(run.kind);
  if (!definition) throw failure('KIND_UNKNOWN');
  const file = await keptFile(db.manager, run.fileId);
  if (!file) throw failure('FILE_NOT_FOUND');
  await checkContent(storage, file.storageKey, run.fileSha256);
  await withLocalFile(storage, file.storageKey, async (path) => {
    await readThrough(engine, { run, definition, path });
    await finish(engine, { run, definition, path });
  });
}

interface Task {
  readonly run: ClaimedRun;
  readonly definition: AnyImportDefinition;
  readonly path: string;
}

/** Reads the file once, a chunk in memory; a resumed run reads the rows before its resume point again, but does nothing with them. */
async function readThrough(engine: Engine, { run, definition, path }: Task): Promise<void> {
  const lookup = await definition.prepare(engine.db.manager, run);
  const { today } = await businessTime(engine.db.manager);
  let prepare: ReturnType<typeof createRowPreparer> | undefined;
  let headerProblems: readonly PlacedProblem[] = [];
  let rows: PendingRow[] = [];
  let isBegun = run.lastRow > 0;
  const flush = async () => {
    if (rows.length === 0) return;
    if (!(await engine.mayGoOn({ viewer: run.actor.viewer, isBegun }))) throw failure('REQUESTER_LEFT');
    await inTransaction(engine.db, (tx) => applyChunk(tx, { run, definition, rows, headerProblems }));
    isBegun = true;
    rows = [];
    headerProblems = [];
  };
  for await (const row of rowsOf(path, definition)) {
    if (!prepare) {
      const headers = matchHeaders(row, definition.columns);
      prepare = createRowPreparer({ definition, headers, lookup, today }, run, engine.key);
      headerProblems = run.lastRow === 0 ? strangeHeaders(row, headers) : [];
    }
    const pending = prepare(row);
    if (row.rowNumber <= run.lastRow) continue;
    rows.push(pending);
    if (rows.length < CHUNK_ROWS) continue;
    await flush();
    if (engine.stopping()) throw new Stopped();
  }
  if (!prepare) throw failure('NO_ROWS');
  await flush();
}

async function finish({ db, storage }: Engine, { run, definition, path }: Task): Promise<void> {
  await renewLease(db.manager, run);
  const report = await writeErrorWorkbook({ sql: db.manager, storage, run, definition, path });
  await inTransaction(db, async (tx) => {
    await holdRun(tx, run);
    if (report) await insertFile(tx, report);
    await finishRun(tx, run, report?.id ?? null);
    await trimProblems(tx, run.id);
    await audit(tx, run.actor, {
      action: run.isDryRun ? 'IMPORT_CHECKED' : 'IMPORT_COMMITTED', subjectType: 'IMPORT_RUN', subjectId: run.id, detail: { kind: run.kind, fileId: run.fileId },
    });
  });
}
