import { publishedCalendar } from '@anjie/calendar';
import { isRefusal, ROLES } from '@anjie/contracts';
import { officeRules } from '@anjie/service-kit/runtime';
import { canMoveLetter, letterNumber, mayActOnLetters, replyDue, type LetterAction, type LetterMove, type LetterState, type ReplyTerms } from './letters';

const sources = { rules: officeRules(), calendar: publishedCalendar() };
const viewer = (roles: string[], unitId: string | null = 'u') => ({ kind: 'OFFICIAL', subject: 's', unitId, divisionCode: null, roles, locale: 'en' }) as never;

describe('《信访工作条例》第四十条: who may do what with a letter', () => {
  const allowed: Record<LetterAction, string> = {
    ISSUE: 'JOINT_OFFICE', REPLY: 'UNIT_HANDLER', CLOSE: 'JOINT_OFFICE', WITHDRAW: 'JOINT_OFFICE', OBJECT: 'UNIT_HANDLER', RECORD_INTERVIEW: 'JOINT_OFFICE',
  };
  const grid = ROLES.flatMap((role) => (Object.keys(allowed) as LetterAction[]).map((action) => [role, action] as const));
  test.each(grid)('%s %s', (role, action) => {
    expect(mayActOnLetters(viewer([role]), action)).toBe(allowed[action] === role);
  });
  test('nobody without a unit', () => {
    expect(mayActOnLetters(viewer(['JOINT_OFFICE', 'UNIT_HANDLER'], null), 'ISSUE')).toBe(false);
  });
});

describe('states of a letter', () => {
  const legal = new Set([
    'ISSUED REPLY', 'ISSUED CLOSE', 'REPLIED CLOSE', 'DRAFTED WITHDRAW', 'ISSUED WITHDRAW', 'REPLIED WITHDRAW', 'ISSUED OBJECT', 'REPLIED OBJECT',
    'ISSUED RECORD_INTERVIEW', 'REPLIED RECORD_INTERVIEW',
  ]);
  const moves: LetterMove[] = ['REPLY', 'CLOSE', 'WITHDRAW', 'OBJECT', 'RECORD_INTERVIEW'];
  const pairs = (['DRAFTED', 'ISSUED', 'REPLIED', 'CLOSED', 'WITHDRAWN'] as LetterState[]).flatMap((state) => moves.map((action) => [state, action] as const));
  test.each(pairs)('%s %s', (state, action) => {
    expect(canMoveLetter(state, action)).toBe(legal.has(`${state} ${action}`));
  });
});

describe('when a reply is due', () => {
  const terms = (part: Partial<ReplyTerms>): ReplyTerms => ({ replyRule: 'LETTER_REPLY', issuedOn: '2025-09-26', replyDueOn: null, jurisdictionCode: '640104', ...part });
  test.each<[string, Partial<ReplyTerms>, string]>([
    ['第四十条, practice: 7 日, moved over 国庆节', {}, '2025-10-09'],
    ['第四十条第四款 names no days; T18, practice: 30 日 for the three suggestions · row 120', { replyRule: 'T18' }, '2025-10-27'],
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
