import { askedFault, DATA_RIGHTS, outcomeBasis, restricts } from './data-rights';

const RIGHTS = ['COPY', 'CORRECTION', 'EXPLANATION', 'RESTRICTION', 'DELETION'] as const;
const OUTCOMES = ['GRANTED', 'PARTLY_GRANTED', 'REFUSED'] as const;

test('《个人信息保护法》第四十四至四十八条: what an office may answer, each with its article', () => {
  const allowed = RIGHTS.flatMap((right) => OUTCOMES.map((outcome) => [right, outcome, outcomeBasis(right, outcome)] as const)).flatMap(([right, outcome, basis]) => (typeof basis === 'string' ? [`${right} ${outcome} ${basis}`] : []));
  expect(allowed).toEqual([
    'COPY GRANTED 《中华人民共和国个人信息保护法》第四十五条第二款',
    'COPY REFUSED 《中华人民共和国个人信息保护法》第十八条第一款、第三十五条、第四十五条第一款',
    'CORRECTION GRANTED 《中华人民共和国个人信息保护法》第四十六条第二款',
    'CORRECTION REFUSED 《中华人民共和国个人信息保护法》第四十六条第二款',
    'EXPLANATION GRANTED 《中华人民共和国个人信息保护法》第四十八条',
    'RESTRICTION GRANTED 《中华人民共和国个人信息保护法》第四十四条',
    'RESTRICTION REFUSED 《中华人民共和国个人信息保护法》第三十四条、第四十四条',
    'DELETION PARTLY_GRANTED 《中华人民共和国个人信息保护法》第四十七条第二款；《中华人民共和国档案法》第十三条、第十四条',
    'DELETION REFUSED 《中华人民共和国个人信息保护法》第四十七条第二款；《中华人民共和国档案法》第十三条、第十四条',
  ]);
  expect(Object.keys(DATA_RIGHTS)).toEqual([...RIGHTS]);
});

test('an explanation is never refused (第四十八条), a petition\'s file never deleted (第四十七条第二款、档案法)', () => {
  expect(outcomeBasis('EXPLANATION', 'REFUSED')).toMatchObject({ code: 'OUTCOME_NOT_ALLOWED' });
  expect(outcomeBasis('DELETION', 'GRANTED')).toMatchObject({ code: 'OUTCOME_NOT_ALLOWED', basis: expect.stringContaining('档案法') as string });
});

test('a granted restriction and a deletion granted in part hide the petitioner; nothing else does', () => {
  expect(RIGHTS.flatMap((right) => OUTCOMES.filter((outcome) => restricts(right, outcome)).map((outcome) => `${right} ${outcome}`))).toEqual(['RESTRICTION GRANTED', 'DELETION PARTLY_GRANTED']);
});

test.each([
  ['CORRECTION', null, 'CORRECTION_NOT_FIT'],
  ['COPY', { field: 'NAME', value: '马小明' }, 'CORRECTION_NOT_FIT'],
  ['CORRECTION', { field: 'NAME', value: '' }, 'CORRECTION_NOT_FIT'],
  ['CORRECTION', { field: 'NAME', value: '马小明' }, undefined],
  ['CORRECTION', { field: 'ID_NUMBER', value: '11010519491231002x' }, undefined],
  ['CORRECTION', { field: 'ID_NUMBER', value: '110105194912310021' }, 'CORRECTION_NOT_FIT'],
  ['CORRECTION', { field: 'ADDRESS', value: '' }, undefined],
  ['CORRECTION', { field: 'PHONE', value: '+86 138-0000-0007' }, undefined],
] as const)('%s of %j: %s', (right, correction, code) => {
  expect(askedFault({ right, words: null, correction: correction && { ...correction, idKind: 'RESIDENT_ID' }, today: '2022-09-27' })?.code).toBe(code);
});

test('words are limited and clean', () => {
  expect(askedFault({ right: 'COPY', words: '字'.repeat(2_001), correction: null, today: '2022-09-27' })?.code).toBe('TEXT_LENGTH');
  expect(askedFault({ right: 'COPY', words: '\u202e', correction: null, today: '2022-09-27' })?.code).toBe('TEXT_LENGTH');
});
