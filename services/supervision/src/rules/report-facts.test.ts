import { dutyMarks, ledgerMarks, letterMarks, reviewMarks, type DutyFact, type LedgerFact, type LetterFact, type Mark, type ReviewFact, type Turn } from './report-facts';

const october = { from: '2025-10-01', to: '2025-10-31' };
const place = { caseId: 'c', unitId: 'u', divisionCode: '640104' };
const names = (marks: readonly Mark[]) => marks.map(({ figure, side }) => (side === 'BASE' ? `/${figure}` : figure)).join(' ');
const resolved = (on: string): Turn => ({ on, to: 'RESOLVED' });
const relapsed = (on: string): Turn => ({ on, to: 'RELAPSED' });
const ledger = (part: Partial<LedgerFact>): LedgerFact => ({ ...place, enteredOn: '2025-01-01', removedOn: null, turns: [], ...part });

describe('stock and flow stand together (brief §3.10) · rows 126, 8', () => {
  test.each<[string, Partial<LedgerFact>, string]>([
    ['untouched', {}, 'OPENING_STOCK CLOSING_STOCK /RESOLUTION_RATE'],
    ['entered in the period', { enteredOn: '2025-10-01' }, 'ENTERED CLOSING_STOCK /RESOLUTION_RATE'],
    ['entered and resolved on one day', { enteredOn: '2025-10-31', turns: [resolved('2025-10-31')] }, 'ENTERED RESOLVED /RESOLUTION_RATE RESOLUTION_RATE'],
    ['resolved before it entered does not count', { enteredOn: '2025-10-05', turns: [resolved('2025-10-04')] }, 'ENTERED CLOSING_STOCK /RESOLUTION_RATE'],
    ['resolved before the period', { turns: [resolved('2025-09-30')] }, '/RESOLUTION_RATE RESOLUTION_RATE'],
    ['resolved, came again on the same day', { turns: [relapsed('2025-10-09'), resolved('2025-10-09')] }, 'OPENING_STOCK RESOLVED RELAPSED CLOSING_STOCK /RESOLUTION_RATE'],
    ['recognised twice is resolved once', { turns: [resolved('2025-10-02'), resolved('2025-10-09')] }, 'OPENING_STOCK RESOLVED /RESOLUTION_RATE RESOLUTION_RATE'],
    ['a repeat of what was never recognised is no relapse', { turns: [relapsed('2025-10-09')] }, 'OPENING_STOCK CLOSING_STOCK /RESOLUTION_RATE'],
    ['removed unresolved', { removedOn: '2025-10-20' }, 'OPENING_STOCK REMOVED'],
    ['removed after it was resolved', { removedOn: '2025-10-20', turns: [resolved('2025-10-02')] }, 'OPENING_STOCK RESOLVED'],
    ['recognised and struck off on one day', { removedOn: '2025-10-20', turns: [resolved('2025-10-20')] }, 'OPENING_STOCK RESOLVED'],
    ['not there yet', { enteredOn: '2025-11-01' }, ''],
  ])('%s', (_what, fact, expected) => expect(names(ledgerMarks(ledger(fact), october))).toBe(expected));

  test('opening + entered − removed − resolved + relapsed is the closing stock, whatever happened when', () => {
    const days = ['2025-09-29', '2025-09-30', '2025-10-01', '2025-10-15', '2025-10-31', '2025-11-01'];
    for (const enteredOn of days) for (const removedOn of [null, ...days]) for (const a of days) for (const b of days) for (const c of days) {
      if (removedOn !== null && removedOn < enteredOn) continue;
      const count = new Map<string, number>();
      for (const { figure, side } of ledgerMarks(ledger({ enteredOn, removedOn, turns: [resolved(a), relapsed(b), resolved(c)] }), october)) if (side === 'VALUE') count.set(figure, (count.get(figure) ?? 0) + 1);
      const of = (figure: string) => count.get(figure) ?? 0;
      expect(of('OPENING_STOCK') + of('ENTERED') - of('REMOVED') - of('RESOLVED') + of('RELAPSED')).toBe(of('CLOSING_STOCK'));
    }
  });
});

const duty = (part: Partial<DutyFact>): DutyFact => ({ ...place, dutyCode: 'T8', startOn: '2025-08-01', dueOn: '2025-10-10', metOn: null, ...part });
test.each<[string, Partial<DutyFact>, string]>([
  ['met on its last day', { metOn: '2025-10-10' }, 'DUTIES_ON_TIME /ON_TIME_RATE ON_TIME_RATE'],
  ['met a day later', { metOn: '2025-10-11' }, 'DUTIES_LATE /ON_TIME_RATE'],
  ['open past its date counts against the rate', {}, 'DUTIES_OPEN DUTIES_OVERDUE /ON_TIME_RATE'],
  ['due on the last day is not overdue yet', { dueOn: '2025-10-31' }, 'DUTIES_OPEN'],
  ['met after the period was open in it', { metOn: '2025-11-01' }, 'DUTIES_OPEN DUTIES_OVERDUE /ON_TIME_RATE'],
  ['forwarded, 第二十二条', { dutyCode: 'T2', startOn: '2025-10-01', dueOn: '2025-10-16', metOn: '2025-10-02' }, 'DUTIES_DECLARED DUTIES_ON_TIME FORWARDED /ON_TIME_RATE ON_TIME_RATE'],
])('a duty: %s · row 126', (_what, fact, expected) => expect(names(dutyMarks(duty(fact), october))).toBe(expected));

const letter = (part: Partial<LetterFact>): LetterFact => ({ ...place, isSuggestion: false, issuedOn: '2025-10-01', replyDueOn: '2025-10-08', repliedOn: null, closedOn: null, ...part });
test.each<[string, Partial<LetterFact>, string]>([
  ['waits past its date', {}, 'LETTERS_ISSUED LETTERS_OPEN LETTERS_OVERDUE /REPLY_ON_TIME_RATE'],
  ['replied late', { repliedOn: '2025-10-09' }, 'LETTERS_ISSUED LETTERS_REPLIED /REPLY_ON_TIME_RATE'],
  ['closed without a reply waits no more', { closedOn: '2025-10-09' }, 'LETTERS_ISSUED'],
  ['a suggestion answered in writing, 第四十条', { isSuggestion: true, repliedOn: '2025-10-08' }, 'LETTERS_ISSUED SUGGESTIONS_ISSUED LETTERS_REPLIED SUGGESTIONS_ANSWERED /REPLY_ON_TIME_RATE REPLY_ON_TIME_RATE'],
])('a letter: %s · row 126', (_what, fact, expected) => expect(names(letterMarks(letter(fact), october))).toBe(expected));

const review = (part: Partial<ReviewFact>): ReviewFact => ({ ...place, submittedOn: '2025-10-01', decidedOn: '2025-10-10', state: 'PASSED', wasReturnedBefore: false, isFirstPass: true, relapsedOn: null, ...part });
test.each<[string, Partial<ReviewFact>, string]>([
  ['passed at the first close and held', {}, 'REVIEWS_SUBMITTED REVIEWS_PASSED /FIRST_PASS_RATE FIRST_PASS_RATE /ONE_TIME_RATE ONE_TIME_RATE'],
  ['came again within the watch', { relapsedOn: '2025-10-20' }, 'REVIEWS_SUBMITTED REVIEWS_PASSED /FIRST_PASS_RATE FIRST_PASS_RATE /ONE_TIME_RATE'],
  ['came again after the day that is counted', { relapsedOn: '2025-11-02' }, 'REVIEWS_SUBMITTED REVIEWS_PASSED /FIRST_PASS_RATE FIRST_PASS_RATE /ONE_TIME_RATE ONE_TIME_RATE'],
  ['a second close is no first one', { isFirstPass: false, wasReturnedBefore: true }, 'REVIEWS_SUBMITTED REVIEWS_PASSED /FIRST_PASS_RATE'],
  ['returned', { state: 'RETURNED' }, 'REVIEWS_SUBMITTED REVIEWS_RETURNED'],
  ['waits', { state: 'SUBMITTED', decidedOn: null }, 'REVIEWS_SUBMITTED REVIEWS_WAITING'],
])('a close review: %s · rows 88, 89, 126', (_what, fact, expected) => expect(names(reviewMarks(review(fact), october))).toBe(expected));
