import { figureDiff, figuresDue, type CountableObligation } from './figure-diff';

const ledgers = [{ campaignId: 'district', divisionCode: '640104' }, { campaignId: 'city', divisionCode: '640104' }];
const open: CountableObligation = { id: 'o', dutyCode: 'T8', state: 'OPEN', isOverdue: false };

describe('which figures count an obligation', () => {
  test.each<[string, CountableObligation, number, number]>([
    ['open: once per ledger', open, 2, 0],
    ['open and overdue: in both figures', { ...open, isOverdue: true }, 2, 2],
    ['met after it was overdue: in none', { ...open, state: 'MET', isOverdue: true }, 0, 0],
    ['cancelled: in none', { ...open, state: 'CANCELLED' }, 0, 0],
  ])('%s', (_sentence, obligation, openCount, overdueCount) => {
    const due = figuresDue([obligation], ledgers);
    expect(due.filter((one) => one.figure === 'OPEN_OBLIGATIONS')).toHaveLength(openCount);
    expect(due.filter((one) => one.figure === 'OVERDUE_OBLIGATIONS')).toHaveLength(overdueCount);
  });
  test.each([['MEETING_DECISION', 'DECISIONS_OPEN'], ['INQUIRY_CONCLUSION', 'INQUIRIES_OPEN'], ['INQUIRY_APPEAL', 'INQUIRIES_OPEN']])('an open %s counts in %s besides, and met in none · rows 61, 127', (dutyCode, figure) => {
    const names = (state: 'OPEN' | 'MET') => figuresDue([{ ...open, dutyCode, state }], [{ campaignId: 'c', divisionCode: '640104' }]).map((one) => one.figure);
    expect([names('OPEN'), names('MET')]).toEqual([['OPEN_OBLIGATIONS', figure], []]);
  });
  test('a letter that waits for its reply and a listed case have figures of their own · rows 123, 134', () => {
    const figuresOf = (dutyCode: string, isOverdue: boolean) => figuresDue([{ ...open, dutyCode, isOverdue }], ledgers.slice(0, 1)).map((one) => one.figure);
    expect(figuresOf('REPLY_SUPERVISION_LETTER', false)).toEqual(['OPEN_OBLIGATIONS', 'LETTERS_OPEN']);
    expect(figuresOf('REPLY_SUPERVISION_LETTER', true)).toEqual(['OVERDUE_OBLIGATIONS', 'OPEN_OBLIGATIONS', 'LETTERS_OPEN', 'LETTERS_OVERDUE']);
    expect(figuresOf('LISTED_SUPERVISION', false)).toEqual(['OPEN_OBLIGATIONS', 'PLATES_OPEN']);
  });
  test('outside every ledger it is counted nowhere', () => {
    expect(figuresDue([open], [])).toEqual([]);
  });
});

describe('the difference', () => {
  const due = figuresDue([open], ledgers);
  test('counting again changes nothing', () => {
    expect(figureDiff(due, due)).toEqual({ remove: [], add: [] });
  });
  test('a case that moves to another county is taken back there and added here', () => {
    const moved = figuresDue([open], [{ campaignId: 'district', divisionCode: '640105' }]);
    const { remove, add } = figureDiff(due, moved);
    expect([remove.map((one) => one.divisionCode), add.map((one) => one.divisionCode)]).toEqual([['640104', '640104'], ['640105']]);
  });
});
