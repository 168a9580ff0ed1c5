import { LIVELY_COUNTIES } from '../divisions';
import { ledgerOf } from '../ledger-rows';
import { settledRows, visitedRows } from '../story';
import { openRow, type OpenCase } from './world';

test('the open cases of 兴庆区 are led by whom the scenes take for their leads, the first three past their limit', () => {
  const names: readonly OpenCase[] = ['land', 'wages', 'unfinished', 'titles', 'resettlement', 'estate', 'hardship'];
  expect(names.map((name) => openRow(name).lead)).toEqual(['ZRJ', 'RSJ', 'ZJJ', 'ZJJ', 'ZJJ', 'ZJJ', 'MZJ']);
  expect(names.map((name) => openRow(name).title)).toEqual([
    expect.stringMatching(/征地|失地/), expect.stringMatching(/工资|劳务费/), expect.stringMatching(/停工|烂尾/), expect.stringMatching(/房产证|不动产/), expect.stringMatching(/拆迁/),
    expect.stringMatching(/物业|水泵/), expect.stringMatching(/低保|救助/),
  ]);
});

test('there are settled cases to visit, one of them of a town, and in every lively county one that is open', () => {
  expect(settledRows.length).toBeGreaterThanOrEqual(4);
  expect(settledRows.some((row) => visitedRows.includes(row))).toBe(false);
  expect(settledRows.some(({ lead }) => lead === 'XZ2')).toBe(true);
  for (const code of LIVELY_COUNTIES) expect(ledgerOf(code).filter(({ resolvedOn }) => resolvedOn === null).length).toBeGreaterThan(0);
});
