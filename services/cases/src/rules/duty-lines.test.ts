import { PARTY_ROLES } from '@anjie/contracts';
import { canOwe, DUTY_LINE_BASIS, DUTY_LINES, isDueInRange, wordsFault } from './duty-lines';

test(`${DUTY_LINE_BASIS}: three lines of duty, none about anybody's conduct`, () => {
  expect(DUTY_LINES).toEqual(['SETTLE', 'EXPLAIN', 'ASSIST']);
});

test.each(PARTY_ROLES.map((role) => [role, ['LEAD', 'SUPPORT', 'ASSIST', 'COOPERATE', 'REFERRED'].includes(role)] as const))('a unit that is %s owes a line: %s', (role, owes) => {
  expect(canOwe([role])).toBe(owes);
});

test.each([
  ['已为该户办理临时救助，并完成房屋维修', undefined], ['太短', 'TEXT_LENGTH'], ['字'.repeat(1_001), 'TEXT_LENGTH'], ['响铃\u0007在这里的文字内容', 'TEXT_LENGTH'],
  ['信访人已签订息诉罢访承诺书，发放救助金', 'ABOUT_A_PERSON'], ['发放救助后其本人承诺不再信访', 'ABOUT_A_PERSON'], ['其本人写下保证书之后发放救助', 'ABOUT_A_PERSON'], ['签署承诺书之后给予临时救助', 'ABOUT_A_PERSON'], ['该户多次越级反映，已作解释说明', 'ABOUT_A_PERSON'],
])('brief §5.3: "%s" is %s', (text, fault) => {
  expect(wordsFault(text, { least: 10, most: 1_000 })).toBe(fault);
});

test.each([['2022-09-26', false], ['2022-09-27', true], ['2024-09-26', true], ['2024-09-27', false]])('set on 2022-09-27, due on %s: %s', (dueOn, isRight) => {
  expect(isDueInRange(dueOn, { today: '2022-09-27', latest: '2024-09-26' })).toBe(isRight);
});
