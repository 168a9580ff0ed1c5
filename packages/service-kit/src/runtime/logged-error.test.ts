import { loggedError, withoutValues } from './logged-error';

test.each([
  ["Duplicate entry 'O'Brien's' for key 'uq_units_name'", "Duplicate entry … for key 'uq_units_name'"],
  ["Duplicate entry 'a for key 'b'' for key 'PRIMARY'", "Duplicate entry … for key 'PRIMARY'"],
  ["Incorrect string value: '\\xE5\\xBC' for column `cases`.`cases`.`title` at row 1", 'Incorrect string value: … for column `cases`.`cases`.`title` at row 1'],
  ["Data too long for column 'title' at row 3", "Data too long for column 'title' at row 3"],
  ["Unknown column 'titel' in 'SELECT'", "Unknown column 'titel' in …"],
  ["Table 'cases.nothing' doesn't exist", "Table 'cases.nothing' doesn't exist"],
  ["You have an error; check the right syntax to use near '5';--x' at line 1", 'You have an error; check the right syntax to use near … at line 1'],
  ["Truncated incorrect DOUBLE value: '张某's", 'Truncated incorrect DOUBLE value: …'],
  [`Unexpected token '张', "张某" is not valid JSON`, 'Unexpected token … is not valid JSON'],
  ["Cannot read properties of undefined (reading 'title')", "Cannot read properties of undefined (reading 'title')"],
  ["Cannot read properties of undefined (reading '110101199001011234')", 'Cannot read properties of undefined (reading …)'],
  ["the owner can't be asked, it doesn't answer", "the owner can't be asked, it doesn't answer"],
])('%s', (message, kept) => {
  expect(withoutValues(message)).toBe(kept);
});

test('only what is named is kept, of causes and of many errors too, and a chain without end has one', () => {
  const inner = Object.assign(new Error("near '张某'"), { errno: 1064, sql: '张某', query: '张某', parameters: ['张某'], code: '张某' });
  const many = new AggregateError([inner, '张某'], 'two', { cause: inner });
  many.cause = Object.assign(new TypeError('again'), { cause: many });
  const kept = loggedError(many);
  expect(kept).toMatchObject({ type: 'AggregateError', message: 'two', errors: [{ type: 'Error', message: 'near …', errno: 1064 }, { type: 'string' }], cause: { type: 'TypeError' } });
  expect(JSON.stringify(kept)).not.toContain('张某');
});

test('a stack keeps its frames and not its head', () => {
  const { stack = '' } = loggedError(new Error("first line\n    at '张某' of the second"));
  expect(stack).toMatch(/^ {4}at .*logged-error\.test/);
  expect(stack).not.toContain('张某');
});
