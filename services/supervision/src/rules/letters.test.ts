import { publishedCalendar } from '@anjie/calendar';
import { isRefusal, ROLES } from '@anjie/contracts';
import { officeRules } from '@anjie/service-kit/runtime';
import { canMoveLetter, isAcceptableText, letterNumber, mayActOnLetters, replyDue, type LetterAction, type LetterState, type ReplyTerms } from './letters';

const sources = { rules: officeRules(), calendar: publishedCalendar() };
const viewer = (roles: string[], unitId: string | null = 'u') => ({ kind: 'OFFICIAL', subject: 's', unitId, divisionCode: null, roles, locale: 'en' }) as never;

describe('《信访工作条例》第四十条: who may do what with a letter', () => {
  const allowed: Record<LetterAction, string> = { ISSUE: 'JOINT_OFFICE', REPLY: 'UNIT_HANDLER', CLOSE: 'JOINT_OFFICE' };
  const grid = ROLES.flatMap((role) => (['ISSUE', 'REPLY', 'CLOSE'] as const).map((action) => [role, action] as const));
  test.each(grid)('%s %s', (role, action) => {
    expect(mayActOnLetters(viewer([role]), action)).toBe(allowed[action] === role);
  });
  test('nobody without a unit', () => {
    expect(mayActOnLetters(viewer(['JOINT_OFFICE', 'UNIT_HANDLER'], null), 'ISSUE')).toBe(false);
  });
});

describe('states of a letter', () => {
  const legal = new Set(['ISSUED REPLY', 'ISSUED CLOSE', 'REPLIED CLOSE']);
  const pairs = (['ISSUED', 'REPLIED', 'CLOSED'] as LetterState[]).flatMap((state) => (['REPLY', 'CLOSE'] as const).map((action) => [state, action] as const));
  test.each(pairs)('%s %s', (state, action) => {
    expect(canMoveLetter(state, action)).toBe(legal.has(`${state} ${action}`));
  });
});

describe('when a reply is due', () => {
  const terms = (part: Partial<ReplyTerms>): ReplyTerms => ({ kind: 'SUPERVISION_LETTER', issuedOn: '2025-09-26', replyDueOn: null, jurisdictionCode: '640104', ...part });
  test.each<[string, Partial<ReplyTerms>, string]>([
    ['第四十条, practice: 7 日, moved over 国庆节', {}, '2025-10-09'],
    ['T18, practice: 30 日 for a suggestion letter', { kind: 'SUGGESTION_LETTER' }, '2025-10-27'],
    ['the date of the letter, not moved', { replyDueOn: '2025-10-01' }, '2025-10-01'],
    ['a letter before 2022-05-01', { issuedOn: '2021-06-01' }, '2021-06-08'],
  ])('%s', (_sentence, part, dueOn) => {
    expect(replyDue(terms(part), sources)).toMatchObject({ due: { dueEffective: dueOn } });
  });
  test.each(['2025-09-26', '2025-01-01', '2027-01-01'])('%s is refused', (replyDueOn) => {
    expect(isRefusal(replyDue(terms({ replyDueOn }), sources))).toBe(true);
  });
});

test('督〔2021〕0001号, and beyond four digits it grows', () => {
  expect([letterNumber(2021, 1), letterNumber(2021, 12_345)]).toEqual(['督〔2021〕0001号', '督〔2021〕12345号']);
});
test('texts are neither blank nor longer than 4,000 characters', () => {
  expect(['', ' \n', '字', '字'.repeat(4000), '字'.repeat(4001)].map(isAcceptableText)).toEqual([false, false, true, true, false]);
});
