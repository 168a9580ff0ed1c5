import { isCleanText, isFitText, isName, nameForm } from './text-form';

test.each([
  ['一个字', '李', true], ['rare characters outside the basic plane', '𠮷𡈽𪚥', true], ['an Uyghur name with its dot', '阿依古丽·买买提', true], ['a Latin name', "O'Brien-李", true],
  ['a unit', '兴庆区某某村3组', true], ['a company', '某某（宁夏）有限公司', true], ['a hundred characters', '𠮷'.repeat(100), true],
  ['nothing', '', false], ['blanks', ' \u3000', false], ['101 characters', '李'.repeat(101), false], ['an emoji', '李😀', false], ['a formula', '=cmd|', false], ['a tag', '<b>李', false],
  ['NUL', '李\u0000', false], ['a right-to-left override', '李\u202e明', false], ['a zero-width space', '李\u200b明', false], ['half a surrogate pair', '李\ud842', false], ['a dot alone', '·', false],
])('姓名 %s (%j): %s', (_what, name, is) => expect(isName(name)).toBe(is));

test.each([
  ['阿依古丽•买买提', '阿依古丽·买买提'], ['阿依古丽・买买提', '阿依古丽·买买提'], ['阿依古丽 · 买买提', '阿依古丽·买买提'], ['ＬＩ　ＭＩＮＧ', 'LI MING'], ['  李  明 ', '李 明'], ['e\u0301', 'é'], ['𠮷田', '𠮷田'],
])('%j is stored as %j, and once more it stays so', (text, form) => {
  expect(nameForm(text)).toBe(form);
  expect(nameForm(nameForm(text))).toBe(form);
});

test.each([['\u0007', false], ['\u001b[31m', false], ['\u202e', false], ['\u2066', false], ['\ufeff', false], ['\udc00', false], ['一\n二\t三\r\n', true], ['😀𠮷', true], [null, true]])('%j is clean: %s', (text, is) => expect(isCleanText(text)).toBe(is));

test('lengths are counted in characters, as the database does', () => {
  expect([isFitText('𠮷'.repeat(200), 1, 200), isFitText('𠮷'.repeat(201), 1, 200), isFitText(undefined, 0, 1), isFitText(undefined, 1, 1)]).toEqual([true, false, true, false]);
});
