import { matterGrams, normaliseMatterText } from './matter-text';

test.each([
  ['full-width letters and digits', 'ＡＢ１２区', 'ab12区'], ['spaces between characters', '房 产\n证', '房产证'], ['spaces between words stay', 'Road No 5', 'road no 5'],
  ['称呼', '尊敬的市委书记：小区停水', ' :小区停水'], ['套话', '小区停水，希望有关部门尽快处理', '小区停水, 尽快处理'], ['客套', '您好！小区停水，谢谢', ' !小区停水, '],
])('%s: "%s" is compared as "%s"', (_what, text, plain) => expect(normaliseMatterText(text)).toBe(plain));

test('a text is its pairs of neighbouring characters and its foreign words', () => {
  expect([...matterGrams(['5G基站 太近'])]).toEqual(['5g', '基站', '站太', '太近']);
  expect([...matterGrams(['水'])]).toEqual(['水']);
  expect(matterGrams([null, undefined, '  ，。'])).toEqual(new Set());
});

test('a summary that repeats the letter changes nothing, and neither does the order of the texts', () => {
  const letter = '小区供暖不足，顶层室温只有十四度';
  expect(matterGrams([letter, '顶层室温只有十四度'])).toEqual(matterGrams([letter]));
  expect(matterGrams(['停水', '停电'])).toEqual(matterGrams(['停电', '停水']));
});

test('characters outside the basic plane are whole', () => expect([...matterGrams(['𠮷田村'])]).toEqual(['𠮷田', '田村']));

test('what stands behind the first 20,000 characters is not compared', () => {
  expect(matterGrams([`${'水电'.repeat(10_000)}暖气`])).toEqual(matterGrams(['水电'.repeat(10_000)]));
});
