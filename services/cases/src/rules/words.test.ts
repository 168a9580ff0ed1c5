import { isWords } from './words';

test.each<[string, string, boolean]>([
  ['four characters', '化解完毕', false], ['five', '已经化解了', true], ['blanks around five', '  已经化解了  ', true], ['only blanks', '        ', false], ['501', '案'.repeat(501), false],
  ['500', '案'.repeat(500), true], ['500 beyond the basic plane', '𠮷'.repeat(500), true], ['a line break', '第一行\n第二行', true], ['a bell', '已经\u0007化解了', false], ['a direction character', '已经\u202e化解了', false], ['a NUL', '已经\u0000化解了', false],
])('words of 5 to 500 characters: %s', (_what, text, ok) => {
  expect(isWords(text, 5, 500)).toBe(ok);
});
