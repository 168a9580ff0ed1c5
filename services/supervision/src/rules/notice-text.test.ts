import { NOTICE_KINDS } from '@anjie/contracts';
import { noticeName, noticeText } from './notice-text';

test('a notice is told by its kind in both languages', () => {
  expect(noticeText({ kind: 'REFERRAL_DELIVERED' }, 'zh-CN')).toBe('收到转办事项，请签收或者提出异议。');
  expect(noticeText({ kind: 'REFERRAL_DELIVERED' }, 'en')).toBe('A referral has arrived: sign for it or object.');
});

test('a letter is named by its number and the day of its reply', () => {
  const facts = { kind: 'LETTER_ISSUED', letterNumber: '督〔2022〕0007号', letterReplyDueOn: '2022-10-10' };
  expect(noticeText(facts, 'zh-CN')).toBe('收到督办函件，请按期回复：督〔2022〕0007号，要求于2022-10-10前回复。');
  expect(noticeText(facts, 'en')).toBe('A supervision letter has arrived: reply in time: 督〔2022〕0007号, reply due on 2022-10-10.');
});

test('a reminder says what the reminder says', () => {
  const duty = { dutyName: '办结', basis: '《信访工作条例》第三十四条', dueOn: '2022-10-09', on: '2022-10-08' };
  expect(noticeText({ kind: 'DUTY_COMING_DUE', duty }, 'zh-CN')).toBe('“办结”应于2022-10-09前完成：还剩1日。依据：《信访工作条例》第三十四条');
});

test('a kind of a newer release is news in general', () => {
  expect(noticeName('SOMETHING_NEW', 'en')).toBe('There is news');
});

test.each(Object.entries(NOTICE_KINDS))('%s has a code that fits its column and words in two languages', (code, { zh, en }) => {
  expect(code).toMatch(/^[A-Z][A-Z0-9_]{0,47}$/);
  expect(zh).toMatch(/^\p{Script=Han}/u);
  expect(en).toMatch(/^[A-Z][ -~]+$/);
});
