import type { ReadRow, RowProblem } from '@anjie/service-kit/imports';
import { momentOf, procedureNamed, statusNamed } from '../rules/exchange-values';
import type { ReportedFacts } from './reported-facts';

export const flagIn = (row: ReadRow, key: string): boolean | null => (row.text(key) === null ? null : row.text(key) === '1');

/** An instant that a cell names; a fault when no clock shows it. */
function momentIn(row: ReadRow, key: string, problems: RowProblem[]): string | null {
  const text = row.text(key);
  const moment = text === null ? null : momentOf(text);
  if (moment === undefined) problems.push({ key, code: 'DATE_INVALID', zh: '不是有效时间，请按 2022-09-27 09:00:00 填写', en: 'Not a real time; write it as 2022-09-27 09:00:00' });
  return moment ?? null;
}

/** The sender's own state of things. Problems with a severity of their own are told only. */
export function reportedFacts(row: ReadRow, problems: RowProblem[]): ReportedFacts {
  const status = statusNamed(row.text('xfjzt') ?? '');
  const procedure = procedureNamed(row.text('blcx') ?? '');
  if (row.text('xfjzt') && !status) {
    problems.push({ key: 'xfjzt', code: 'STATUS_UNKNOWN', severity: 'NOTICE', zh: '状态只按名称对应，此值仅作为外部代码保存', en: 'States are matched by name only; this one is kept as a foreign code' });
  }
  return {
    externalId: row.text('xfjid'), jointId: row.text('lhxfjid'), registeredAt: momentIn(row, 'djsj', problems), orgName: row.text('djjgmc'), orgCode: row.text('djjgdm'),
    orgKind: row.text('djjglb'), orgDepartment: row.text('djbm'), clerk: row.text('djr'), status: status?.slug ?? null, ...historyIn(row),
    isClosed: flagIn(row, 'bjbz'), isClosingAccepted: flagIn(row, 'shrdbjbz'), dueAt: momentIn(row, 'xbjzsj', problems), procedure: procedure?.slug ?? null,
    codes: codesOf([['xfjzt', status ? null : row.text('xfjzt')], ['blcx', procedure ? null : row.text('blcx')]]),
  };
}

const historyIn = (row: ReadRow) => ({
  firstOrg: row.text('scxfjg'), firstOn: row.text('scxfrq'), isRepeat: flagIn(row, 'cfxfbz'), repeatOf: row.text('repeated_id'), isBacklog: flagIn(row, 'jabz'),
  isReviewed: flagIn(row, 'fcbz'), isReReviewed: flagIn(row, 'fhbz'),
});

export const codesOf = (entries: readonly (readonly [string, string | null])[]): Record<string, string> =>
  Object.fromEntries(entries.filter((entry): entry is readonly [string, string] => entry[1] !== null));
