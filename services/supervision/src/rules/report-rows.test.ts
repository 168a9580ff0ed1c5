import type { Mark } from './report-facts';
import type { FigureCode } from './report-figures';
import { cellKey, reportRows, rowFinder, tally } from './report-rows';
import { hiddenCells } from './small-cells';

const unit = (code: string, divisionCode: string) => ({ id: `id-${code}`, code, name: `${code}局`, divisionCode });
const divisions = [{ code: '640105', name: '西夏区' }, { code: '640100', name: '银川市' }, { code: '640104', name: '兴庆区' }, { code: '640104100', name: '掌政镇' }, { code: '640104001', name: '凤凰北街街道' }, { code: '640200', name: '石嘴山市' }];
const rows = reportRows('640100', { divisions, units: [unit('B2', '640104'), unit('A9', '640104'), unit('C1', '640104100'), unit('Z0', '640100'), unit('X', '640201')] });

test('divisions and units stand in the fixed order, those without anything too · row 126', () => {
  expect(rows.map(({ ordinal, lastOrdinal, name }) => [ordinal, lastOrdinal, name])).toEqual([
    [0, 7, '银川市'], [1, 1, 'Z0局'], [2, 6, '兴庆区'], [3, 3, 'A9局'], [4, 4, 'B2局'], [5, 6, '掌政镇'], [6, 6, 'C1局'], [7, 7, '西夏区'],
  ]);
});

const mark = (unitId: string | null, divisionCode: string, figure: FigureCode = 'RESOLVED', side: Mark['side'] = 'VALUE'): Mark => ({ figure, side, unitId, divisionCode, caseId: 'c' });
const count = (marks: readonly Mark[]) => {
  const find = rowFinder(rows);
  return tally(rows, marks.flatMap((one) => ((ordinal) => (ordinal === undefined ? [] : [{ ordinal, mark: one }]))(find(one))));
};
const times = (n: number, one: Mark): Mark[] => Array.from({ length: n }, () => one);

test('a mark goes to its unit, else to the nearest division, and a division is the sum of its subtree · row 126', () => {
  const cells = count([mark('id-C1', '640104100'), mark(null, '640104100'), mark('id-unknown', '640105'), mark(null, '640106'), mark('id-X', '640201')]);
  expect([...cells.values()].map(({ ordinal, value }) => [ordinal, value])).toEqual([[0, 4], [2, 2], [5, 2], [6, 1], [7, 1]]);
});

describe('what a reader without the cases is not told (brief §3.10, small cells) · row 126', () => {
  const hidden = (marks: readonly Mark[]) => [...hiddenCells(rows, count(marks))].filter((key) => !key.startsWith('rest')).toSorted();
  test('a zero is shown, five are shown, one to four are not', () => {
    expect(hidden(times(5, mark('id-A9', '640104')))).toEqual([]);
    expect(hidden(times(4, mark('id-A9', '640104')))).toEqual(['0|RESOLVED', '2|RESOLVED', '3|RESOLVED']);
  });
  test('what the total would give away is hidden with it', () => {
    const marks = [...times(2, mark('id-A9', '640104')), ...times(9, mark('id-B2', '640104')), ...times(30, mark('id-C1', '640104100'))];
    expect(hidden(marks)).toEqual(['3|RESOLVED', '4|RESOLVED']);
  });
  test('a stock less its flows gives nothing away, nor does the rate beside it', () => {
    const marks = [
      ...times(20, mark('id-A9', '640104', 'OPENING_STOCK')), ...times(2, mark('id-A9', '640104', 'ENTERED')), ...times(22, mark('id-A9', '640104', 'CLOSING_STOCK')),
      ...times(60, mark('id-A9', '640104', 'RESOLUTION_RATE', 'BASE')), ...times(38, mark('id-A9', '640104', 'RESOLUTION_RATE')),
    ];
    expect(hidden(marks)).toEqual(expect.arrayContaining([cellKey(3, 'ENTERED'), cellKey(3, 'OPENING_STOCK')]));
    expect(hidden([...times(12, mark('id-A9', '640104', 'RESOLUTION_RATE', 'BASE')), ...times(10, mark('id-A9', '640104', 'RESOLUTION_RATE'))])).toContain(cellKey(3, 'RESOLUTION_RATE'));
  });
  test('what stands at the division itself has no line and is not worked out either', () => {
    const marks = [...times(3, mark(null, '640104')), ...times(9, mark('id-B2', '640104')), ...times(40, mark('id-C1', '640104100'))];
    expect(hidden(marks)).toEqual(['4|RESOLVED']);
  });
});
