import { openKinds } from '../kinds';
import { isWithoutProgress, ladderStanding, nextRung, type LadderLetter } from './ladder';

const kinds = openKinds().instruments.all;
const TODAY = '2022-09-20';
const letter = (kind: string, part: Partial<LadderLetter> = {}): LadderLetter => ({ kind, state: 'ISSUED', issuedOn: '2022-09-01', replyDueOn: '2022-09-08', hasProgress: null, ...part });
const times = (count: number, kind: string): LadderLetter[] => Array.from({ length: count }, () => letter(kind));
const next = (letters: readonly LadderLetter[]) => nextRung(ladderStanding(kinds, letters, TODAY));
const openKindsOf = (letters: readonly LadderLetter[]) => ladderStanding(kinds, letters, TODAY).flatMap((one) => one.options.filter((option) => option.isOpen).map((option) => option.kind.code));

describe('what is without progress', () => {
  test.each<[string, Partial<LadderLetter>, boolean]>([
    ['not answered by its day', {}, true],
    ['its day is today', { replyDueOn: TODAY }, false],
    ['answered, not closed', { state: 'REPLIED' }, false],
    ['closed without a word', { state: 'CLOSED' }, false],
    ['closed: nothing moved', { state: 'CLOSED', hasProgress: false }, true],
    ['closed: it moved', { state: 'CLOSED', hasProgress: true }, false],
    ['withdrawn', { state: 'WITHDRAWN', hasProgress: false }, false],
    ['a draft', { state: 'DRAFTED', issuedOn: null, replyDueOn: null }, false],
  ])('%s: %#', (_sentence, part, expected) => {
    expect(isWithoutProgress(letter('URGE_NOTE', part), TODAY)).toBe(expected);
  });
});

describe('《信访工作条例》第三十九条第三款 and practice: 电话提醒 → 通报 → 约谈 → 问责建议 · rows 121, 122', () => {
  test.each<[string, LadderLetter[], number | undefined]>([
    ['nothing has gone out: no rung is open', [], undefined],
    ['one supervision without progress: the reminder', times(1, 'SUPERVISION_LETTER'), 1],
    ['an answered one opens nothing', [letter('SUPERVISION_LETTER', { state: 'REPLIED' })], undefined],
    ['a reminder without progress: the circular', [...times(1, 'URGE_NOTE'), letter('PHONE_REMINDER')], 2],
    ['a reminder that waits for its answer: nothing yet', [...times(1, 'URGE_NOTE'), letter('PHONE_REMINDER', { replyDueOn: '2022-09-30' })], undefined],
    ['a circular without progress: the interview', [letter('PHONE_REMINDER'), letter('CIRCULAR')], 3],
    ['an interview without progress: the suggestion of accountability', [letter('CIRCULAR'), letter('INTERVIEW_NOTICE', { state: 'CLOSED', hasProgress: false })], 4],
    ['an interview that helped: the ladder ends', [letter('CIRCULAR'), letter('INTERVIEW_NOTICE', { state: 'CLOSED', hasProgress: true })], undefined],
    ['a reminder that was taken back is none', [...times(1, 'URGE_NOTE'), letter('PHONE_REMINDER', { state: 'WITHDRAWN' })], 1],
  ])('%s', (_sentence, letters, rung) => {
    expect(next(letters)?.rung).toBe(rung);
  });

  test('the third supervision without progress opens the interview by the discipline organ, and the second does not · row 122', () => {
    expect(openKindsOf(times(2, 'SUPERVISION_LETTER'))).toEqual(['PHONE_REMINDER', 'CIRCULAR']);
    expect(openKindsOf(times(3, 'SUPERVISION_LETTER'))).toEqual(['PHONE_REMINDER', 'CIRCULAR', 'DISCIPLINE_INTERVIEW']);
  });

  test('each option says what is needed and what was found', () => {
    const interview = ladderStanding(kinds, times(2, 'URGE_NOTE'), TODAY)[2]?.options.find((option) => option.kind.code === 'DISCIPLINE_INTERVIEW');
    expect(interview?.preconditions.map(({ needed, found, isMet }) => [needed, found, isMet])).toEqual([[1, 0, false], [3, 2, false]]);
  });

  test('whatever the letters, no rung that has a precondition is open without one that is met', () => {
    const codes = kinds.map((kind) => kind.code);
    for (let seed = 1; seed <= 400; seed += 1) {
      const letters = Array.from({ length: seed % 6 }, (_unused, i) => letter(codes[(seed * 7 + i * 5) % codes.length] ?? '', { state: (['ISSUED', 'REPLIED', 'CLOSED', 'WITHDRAWN'] as const)[(seed + i) % 4] ?? 'ISSUED', hasProgress: (seed + i) % 3 === 0 ? false : null }));
      for (const { rung, options } of ladderStanding(kinds, letters, TODAY)) {
        for (const option of options) expect([rung, option.isOpen]).toEqual([rung, option.preconditions.some((one) => one.isMet)]);
      }
    }
  });
});
