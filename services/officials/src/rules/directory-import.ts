/** The sheets of a directory workbook, in the order in which they lean on each other. */
export const DIRECTORY_SHEETS = [
  { kind: 'DIRECTORY_DIVISIONS', name: '行政区划' },
  { kind: 'DIRECTORY_UNITS', name: '单位' },
  { kind: 'DIRECTORY_OFFICIALS', name: '干部' },
] as const;
export type DirectorySheetKind = (typeof DIRECTORY_SHEETS)[number]['kind'];

export type DirectoryImportState = 'CHECKING' | 'CHECKED' | 'COMMITTING' | 'COMMITTED' | 'SKIPPED' | 'FAILED';

export interface SheetRun {
  readonly id: string;
  readonly state: string;
  /** True until its commit was asked for. */
  readonly isDryRun: boolean;
  readonly failureCode: string | null;
}

/** A workbook may leave sheets out or empty. */
const ABSENT = new Set(['SHEET_MISSING', 'NO_ROWS']);

export function sheetState(run: SheetRun): DirectoryImportState {
  if (run.state === 'FAILED') return run.isDryRun && ABSENT.has(run.failureCode ?? '') ? 'SKIPPED' : 'FAILED';
  if (run.state === 'CHECKED' || run.state === 'COMMITTED') return run.state;
  return run.isDryRun ? 'CHECKING' : 'COMMITTING';
}

export function directoryImportState(runs: readonly SheetRun[], isCommitRequested: boolean): DirectoryImportState {
  const states = runs.map(sheetState);
  if (states.includes('FAILED') || states.every((state) => state === 'SKIPPED')) return 'FAILED';
  if (states.includes('CHECKING')) return 'CHECKING';
  if (!isCommitRequested) return 'CHECKED';
  return states.every((state) => state === 'COMMITTED' || state === 'SKIPPED') ? 'COMMITTED' : 'COMMITTING';
}

/** The sheet to commit now: each waits for the one before. A commit that failed goes on only when a person asks. */
export function sheetToCommit(runs: readonly SheetRun[], isAskedFor: boolean): SheetRun | undefined {
  const next = runs.find((run) => !['COMMITTED', 'SKIPPED'].includes(sheetState(run)));
  if (!next) return undefined;
  const isFailedCommit = sheetState(next) === 'FAILED' && !next.isDryRun;
  return sheetState(next) === 'CHECKED' || (isFailedCommit && isAskedFor) ? next : undefined;
}

/** What a person's request to commit means now: nothing new, not possible, or this sheet begins. */
export function commitDecision(runs: readonly SheetRun[], isCommitRequested: boolean): 'IS_REQUESTED' | 'NOT_NOW' | SheetRun {
  const state = directoryImportState(runs, isCommitRequested);
  if (state === 'COMMITTED' || state === 'COMMITTING') return 'IS_REQUESTED';
  const mayBegin = state === 'CHECKED' || (state === 'FAILED' && isCommitRequested);
  return (mayBegin ? sheetToCommit(runs, true) : undefined) ?? 'NOT_NOW';
}
