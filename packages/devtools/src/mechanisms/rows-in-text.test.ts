import { rowsOfDescription, rowsOfTest, sentenceOf } from './rows-in-text';

test.each`
  title                                             | rows
  ${'a promise becomes a duty · row 59'}            | ${[59]}
  ${'a reception day is published · rows 58–60, 64'} | ${[58, 59, 60, 64]}
  ${'with a hyphen · rows 1-3'}                     | ${[1, 2, 3]}
  ${'rows of a table are kept'}                     | ${[]}
  ${'a · row without a number'}                     | ${[]}
`('"$title" exercises $rows', ({ title, rows }: { title: string; rows: number[] }) => {
  expect(rowsOfTest(title)).toEqual(rows);
});

test.each`
  text                                                      | rows
  ${'调解: with consent. Catalogue row 96.'}                  | ${[96]}
  ${'活动: what leaders do. Catalogue rows 58–60, 64.'}        | ${[58, 59, 60, 64]}
  ${'分页: rows per page, 1–100.'}                           | ${[]}
`('"$text" serves $rows', ({ text, rows }: { text: string; rows: number[] }) => {
  expect(rowsOfDescription(text)).toEqual(rows);
});

test('the sentence of a test is its name without the tag', () => {
  expect(sentenceOf('a promise becomes a duty · row 59')).toBe('a promise becomes a duty');
});
