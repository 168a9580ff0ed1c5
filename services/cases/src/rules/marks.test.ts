import { difficultyLevel, markFault, wordOfThePerson, type CriterionFact, type MarkWords } from './marks';

const days = { today: '2022-09-27', latest: '2023-09-27' };
const words = (part: Partial<MarkWords> = {}): MarkWords => ({ reason: '危房已现裂缝，雨季将至', reviewOn: '2022-10-27', ...part });
const fact = (criterion: CriterionFact['criterion'], text = '2008年至今14年'): CriterionFact => ({ criterion, fact: text });

test.each<[string, Partial<MarkWords>, string | undefined]>([
  ['a reason about the harm', {}, undefined], ['four characters', { reason: '有危险呀' }, 'TEXT_LENGTH'], ['501 characters', { reason: '危'.repeat(501) }, 'TEXT_LENGTH'],
  ['500 characters beyond the basic plane', { reason: '𠮷'.repeat(500) }, undefined], ['a control character', { reason: '危房已现\u0007裂缝' }, 'TEXT_LENGTH'],
  ['a review today', { reviewOn: '2022-09-27' }, 'REVIEW_OUT_OF_RANGE'], ['a review tomorrow', { reviewOn: '2022-09-28' }, undefined],
  ['a review in a year', { reviewOn: '2023-09-27' }, undefined], ['a review after more than a year', { reviewOn: '2023-09-28' }, 'REVIEW_OUT_OF_RANGE'],
  ['no criterion', { criteria: [] }, 'CRITERIA_INVALID'], ['a criterion twice', { criteria: [fact('POLICY'), fact('POLICY')] }, 'CRITERIA_INVALID'],
  ['a criterion without a fact', { criteria: [fact('POLICY', ' ')] }, 'TEXT_LENGTH'], ['four criteria with facts', { criteria: [fact('TIME_SPAN'), fact('HEADCOUNT', '129户'), fact('POLICY', '政策前后不一'), fact('COMPLEXITY', '三个部门')] }, undefined],
  ['a fact about a person', { criteria: [fact('COMPLEXITY', '本人性格偏执')] }, 'ABOUT_A_PERSON'],
])('brief §5.3 三色: %s → %s', (_what, part, fault) => {
  expect(markFault(words(part), days)).toBe(fault);
});

test.each(['多次越级上访', '越 级', '扬言进京', '敏感时期', '属于缠访', '有精神病', '需要稳控', '不签息诉承诺'])('brief §5.3 三色: "%s" is no ground for a mark', (text) => {
  expect(markFault(words({ reason: `理由如下：${text}` }), days)).toBe('ABOUT_A_PERSON');
});

test.each(['电力家属院房屋漏水', '距复查期满只有3日', '责任单位两个月没有动作', '涉及敏捷小区129户'])('a reason about the matter or the unit stands: %s', (text) => {
  expect(wordOfThePerson(text)).toBeUndefined();
});

test('兴庆区方案 2020 §疑难积案: the level is the number of criteria that facts bear out', () => {
  expect([[], [fact('POLICY')], [fact('POLICY'), fact('TIME_SPAN')], [fact('POLICY'), fact('POLICY')]].map(difficultyLevel)).toEqual([0, 1, 2, 1]);
});
