import { CASE_STATUSES } from './life';
import { DUTY_WORDS, NOTICES, RIGHT_WORDS, STATUS_WORDS, STEP_WORDS } from './matter-words';

const all = [...Object.values(STATUS_WORDS), ...Object.values(STEP_WORDS), ...Object.values(DUTY_WORDS), ...Object.values(RIGHT_WORDS), ...NOTICES];

test('every status has plain words in both languages, and no text shows a code', () => {
  expect(Object.keys(STATUS_WORDS).sort()).toEqual([...CASE_STATUSES].sort());
  for (const { zh, en } of all) {
    expect(zh).toMatch(/\p{Script=Han}/u);
    expect(en).not.toMatch(/\p{Script=Han}/u);
    expect(`${zh}${en}`).not.toMatch(/[A-Z]+_[A-Z]+/);
  }
});

test.each(['PLAN_MADE', 'MILESTONE_DONE', 'PETITION_ADDED', 'REPEATED_AFTER_FINAL', 'SENT', 'UNDELIVERED'])('%s is internal or about others: a petitioner is not shown it', (action) => {
  expect(STEP_WORDS).not.toHaveProperty(action);
});

test.each(['CAMPAIGN_LIMIT', 'GUIDANCE', 'COORDINATION', 'T5', 'BACK_TRACE'])('%s is between offices: a petitioner is not shown it', (code) => expect(DUTY_WORDS).not.toHaveProperty(code));

test('《行政复议法》第二十条: the notice of other ways names the 60 days', () => {
  expect(NOTICES.find(({ code }) => code === 'OTHER_ROUTES')).toMatchObject({ zh: expect.stringContaining('60日') as string, basis: expect.stringContaining('第二十条') as string });
});
