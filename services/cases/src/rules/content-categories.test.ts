import { categoryBySlug, CONTENT_CATEGORIES, sortCategory } from './content-categories';

test('the catalogue holds the 17 names of level 1 and those of level 2, each slug and each name once (brief §4.2)', () => {
  const first = CONTENT_CATEGORIES.filter((one) => one.parent === null);
  expect(first.map((one) => one.zh)).toEqual([
    '政法', '科技与信息产业', '纪检监察', '党务政务', '国土资源', '教育文体', '劳动和社会保障', '城乡建设', '农村农业', '卫生计生', '环境保护', '交通运输', '民政', '经济管理', '商贸旅游', '组织人事', '其他',
  ]);
  expect(CONTENT_CATEGORIES.length - first.length).toBe(44);
  for (const key of ['slug', 'zh', 'en'] as const) expect(new Set(CONTENT_CATEGORIES.map((one) => one[key])).size).toBe(CONTENT_CATEGORIES.length);
  for (const one of CONTENT_CATEGORIES) expect(one.slug).toMatch(/^[a-z-]+(\.[a-z-]+)?$/);
  expect(CONTENT_CATEGORIES.every((one) => one.parent === null || categoryBySlug(one.parent)?.parent === null)).toBe(true);
});

test('no official code is invented: only 990000 其他 is published', () => {
  expect(CONTENT_CATEGORIES.filter((one) => one.externalCode !== null).map((one) => [one.slug, one.externalCode])).toEqual([['other', '990000']]);
});

test.each([
  ['土地征收', { slug: 'land.expropriation', externalCode: null, externalText: null }], ['land.expropriation', { slug: 'land.expropriation', externalCode: null, externalText: null }],
  ['自然资源', { slug: 'land', externalCode: null, externalText: null }], ['其它', { slug: 'other', externalCode: null, externalText: null }], ['990000', { slug: 'other', externalCode: '990000', externalText: null }],
  ['050101', { slug: null, externalCode: '050101', externalText: null }], ['飞碟管理', { slug: null, externalCode: null, externalText: '飞碟管理' }], [' ', { slug: null, externalCode: null, externalText: null }],
])('%s is sorted to %j', (text, sorted) => expect(sortCategory(text)).toEqual(sorted));
