import { commitDecision, directoryImportState, sheetToCommit, type SheetRun } from './directory-import';

const RUNS: Readonly<Record<string, Omit<SheetRun, 'id'>>> = {
  queued: { state: 'QUEUED', isDryRun: true, failureCode: null },
  checked: { state: 'CHECKED', isDryRun: true, failureCode: null },
  absent: { state: 'FAILED', isDryRun: true, failureCode: 'SHEET_MISSING' },
  unreadable: { state: 'FAILED', isDryRun: true, failureCode: 'HEADERS_MISSING' },
  waiting: { state: 'QUEUED', isDryRun: false, failureCode: null },
  running: { state: 'COMMITTING', isDryRun: false, failureCode: null },
  done: { state: 'COMMITTED', isDryRun: false, failureCode: null },
  broken: { state: 'FAILED', isDryRun: false, failureCode: 'ENGINE_FAULT' },
};
const runs = (words: string): SheetRun[] => words.split(' ').map((word, i) => ({ id: String(i), ...(RUNS[word] as Omit<SheetRun, 'id'>) }));

test.each`
  sheets                          | asked    | state           | next
  ${'queued queued queued'}       | ${false} | ${'CHECKING'}   | ${undefined}
  ${'checked queued absent'}      | ${false} | ${'CHECKING'}   | ${'0'}
  ${'checked checked checked'}    | ${false} | ${'CHECKED'}    | ${'0'}
  ${'absent checked absent'}      | ${false} | ${'CHECKED'}    | ${'1'}
  ${'absent absent absent'}       | ${false} | ${'FAILED'}     | ${undefined}
  ${'checked unreadable checked'} | ${false} | ${'FAILED'}     | ${'0'}
  ${'waiting checked checked'}    | ${true}  | ${'COMMITTING'} | ${undefined}
  ${'running checked checked'}    | ${true}  | ${'COMMITTING'} | ${undefined}
  ${'done checked checked'}       | ${true}  | ${'COMMITTING'} | ${'1'}
  ${'done absent checked'}        | ${true}  | ${'COMMITTING'} | ${'2'}
  ${'done broken checked'}        | ${true}  | ${'FAILED'}     | ${undefined}
  ${'done absent done'}           | ${true}  | ${'COMMITTED'}  | ${undefined}
`('a workbook whose sheets are $sheets is $state and commits sheet $next next', ({ sheets, asked, state, next }: { sheets: string; asked: boolean; state: string; next: string | undefined }) => {
  expect(directoryImportState(runs(sheets), asked)).toBe(state);
  expect(sheetToCommit(runs(sheets), false)?.id).toBe(next);
});

test('a failed commit goes on when a person asks', () => {
  expect(sheetToCommit(runs('done broken checked'), true)?.id).toBe('1');
});

test.each`
  sheets                          | asked    | decision
  ${'checked checked absent'}     | ${false} | ${'0'}
  ${'queued checked checked'}     | ${false} | ${'NOT_NOW'}
  ${'checked unreadable checked'} | ${false} | ${'NOT_NOW'}
  ${'running checked checked'}    | ${true}  | ${'IS_REQUESTED'}
  ${'done done done'}             | ${true}  | ${'IS_REQUESTED'}
  ${'done broken checked'}        | ${true}  | ${'1'}
`('asked to commit $sheets (asked before: $asked): $decision', ({ sheets, asked, decision }: { sheets: string; asked: boolean; decision: string }) => {
  const answer = commitDecision(runs(sheets), asked);
  expect(typeof answer === 'string' ? answer : answer.id).toBe(decision);
});
