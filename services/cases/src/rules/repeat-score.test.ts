import { clueText, scoreRepeat, type Likeness, type RepeatClueCode } from './repeat-score';

const nothing: Likeness = { sameIdNumber: false, samePhone: false, sameName: false, similarity: 0, containment: 0, samePlace: false, sameCategory: false };
const judge = (part: Partial<Likeness>) => scoreRepeat({ ...nothing, containment: part.similarity ?? 0, ...part });

/** 同人: at least one identical petitioner; 同事: facts and claims basically the same. Both make a repeat. */
test.each<[string, Partial<Likeness>, string | undefined]>([
  ['同人同事: same ID number, same text', { sameIdNumber: true, similarity: 0.95 }, 'STRONG'],
  ['同人同事: same ID number, similar text', { sameIdNumber: true, similarity: 0.35 }, 'STRONG'],
  ['同人同事: same telephone and name, similar text', { samePhone: true, sameName: true, similarity: 0.4 }, 'STRONG'],
  ['same name in the county, same text', { sameName: true, similarity: 0.9 }, 'STRONG'],
  ['联名、群发: same text, nobody in common', { similarity: 1 }, 'LIKELY'],
  ['similar text, nobody in common', { similarity: 0.3 }, 'POSSIBLE'],
  ['a text that shares little, nobody in common', { similarity: 0.2 }, undefined],
  ['同人不同事: same ID number, text that shares little', { sameIdNumber: true, similarity: 0.1 }, 'POSSIBLE'],
  ['同人 alone: same ID number, nothing in common', { sameIdNumber: true, similarity: 0.02 }, undefined],
  ['a short note that stands in a long letter of the same person', { sameIdNumber: true, similarity: 0.06, containment: 0.9 }, 'STRONG'],
  ['the same of others', { similarity: 0.06, containment: 0.9 }, undefined],
  ['same person, place and category, other words', { sameIdNumber: true, samePlace: true, sameCategory: true, similarity: 0.03 }, 'POSSIBLE'],
  ['place and category alone', { samePlace: true, sameCategory: true, similarity: 0.05 }, undefined],
])('%s', (_what, part, band) => expect(judge(part)?.band).toBe(band));

test('more in common never scores less', () => {
  for (const flags of [{}, { sameName: true }, { samePhone: true }, { sameIdNumber: true }]) {
    const scores = Array.from({ length: 101 }, (_u, i) => judge({ ...flags, similarity: i / 100 })?.score ?? -1);
    expect(scores).toEqual([...scores].sort((a, b) => a - b));
    expect(Math.max(...scores)).toBeLessThanOrEqual(100);
  }
});

test('without an identical petitioner it is never called a strong repeat, whatever else agrees', () => {
  expect(judge({ similarity: 1, samePlace: true, sameCategory: true })).toMatchObject({ band: 'LIKELY', samePerson: false, score: 50 });
  expect(judge({ sameIdNumber: true, similarity: 1 })).toMatchObject({ samePerson: true, score: 100 });
});

test('the reasons say what a clerk can check', () => {
  const scored = judge({ sameIdNumber: true, samePhone: true, sameName: true, similarity: 0.62, samePlace: true, sameCategory: true });
  expect(scored?.reasons.map((reason) => reason.code)).toEqual(['SAME_ID_NUMBER', 'SAME_PHONE', 'SAME_NAME', 'SIMILAR_TEXT', 'SAME_PLACE', 'SAME_CATEGORY']);
  expect(scored?.reasons.map((reason) => clueText(reason, 'zh-CN'))).toContain('反映内容相近，文字重合约62%');
  expect(scored?.reasons.map((reason) => clueText(reason, 'en'))).toContain('Similar text, about 62% in common');
});

test.each<[Partial<Likeness>, RepeatClueCode]>([[{ similarity: 0.9 }, 'SAME_TEXT'], [{ similarity: 0.4, containment: 0.6 }, 'SIMILAR_TEXT'], [{ similarity: 0.4, containment: 0.95 }, 'TEXT_CONTAINED']])(
  'text %p is said as %s', (part, code) => expect(judge(part)?.reasons[0]?.code).toBe(code),
);
