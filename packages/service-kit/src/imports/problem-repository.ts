import { select, write, type Sql } from '../database';
import { groupBy } from '../runtime';
import type { PlacedProblem } from './read-row';

/** Rows whose problems stay in the table; the workbook holds all of them. */
export const KEPT_PROBLEM_ROWS = 1_000;

const PROBLEMS_PER_ROW = 100;

/** Adds the problems of a chunk; a row's problems always come together, so that their ordinals start at 0. */
export async function addProblems(tx: Sql, runId: string, problems: readonly PlacedProblem[]): Promise<void> {
  if (problems.length === 0) return;
  const rows = [...groupBy(problems, (p) => p.rowNumber).values()].flatMap((own) =>
    own.slice(0, PROBLEMS_PER_ROW).map((p, ordinal) => [runId, p.rowNumber, ordinal, p.address, p.header, p.code, p.isNotice ? 1 : 0, cut(p.zh, 300), cut(p.en, 500)]));
  await write(tx, 'INSERT INTO import_problems (run_id, `row_number`, ordinal, address, header, code, is_notice, message_zh, message_en) VALUES ?', [rows]);
}

const cut = (text: string, length: number): string => [...text].slice(0, length).join('');

export const removeProblems = (tx: Sql, runId: string): Promise<number> => write(tx, 'DELETE FROM import_problems WHERE run_id = ?', [runId]);

/** Keeps the problems of the first rows only, once the workbook with all of them is written. */
export async function trimProblems(tx: Sql, runId: string): Promise<void> {
  const [beyond] = await select<{ n: number }>(
    tx, `SELECT DISTINCT \`row_number\` AS n FROM import_problems WHERE run_id = ? ORDER BY \`row_number\` LIMIT 1 OFFSET ${KEPT_PROBLEM_ROWS}`, [runId],
  );
  if (beyond) await write(tx, 'DELETE FROM import_problems WHERE run_id = ? AND `row_number` >= ?', [runId, beyond.n]);
}

interface ProblemRow {
  readonly rowNumber: number;
  readonly address: string | null;
  readonly header: string | null;
  readonly zh: string;
  readonly en: string;
}

const PAGE = 1_000;

/** The problems of a run in the order of its rows, a page in memory at a time. */
export async function* problemsInOrder(sql: Sql, runId: string): AsyncGenerator<{ rowNumber: number; problems: readonly ProblemRow[] }> {
  let after = 0;
  for (;;) {
    const rows = await select<ProblemRow>(
      sql,
      `SELECT \`row_number\` AS rowNumber, address, header, message_zh AS zh, message_en AS en FROM import_problems
        WHERE run_id = ? AND \`row_number\` > ? ORDER BY \`row_number\`, ordinal LIMIT ${PAGE}`,
      [runId, after],
    );
    const groups = [...groupBy(rows, (row) => row.rowNumber)];
    // the last row of a full page may go on behind it; PROBLEMS_PER_ROW keeps one row from filling a page
    const whole = rows.length === PAGE ? groups.slice(0, -1) : groups;
    for (const [rowNumber, problems] of whole) {
      after = rowNumber;
      yield { rowNumber, problems };
    }
    if (rows.length < PAGE) return;
  }
}
