import { shownDetail } from './shown-detail';

test.each<[string, unknown, unknown]>([
  ['codes, ids, days, moments, divisions, hashes, numbers', { a: 'MASKED', b: '7f7c1e0a-6f0f-4e64-8f0e-6b0a3f1f2c11', c: '2022-09-27', d: '2022-09-27T01:02:03.004Z', e: '640104', f: 'a'.repeat(64), g: 3, h: true, i: null }, 'SAME'],
  ['a reason', { reason: '核对信访人马小明身份' }, { reason: '…' }],
  ['a name in Latin letters, a client key', { name: 'Ma Xiaoming', key: 'ma-xiaoming-1' }, { name: '…', key: '…' }],
  ['an ID number, a telephone number', { id: '640104195001010077', phone: '13800000007' }, { id: '…', phone: '…' }],
  ['deep inside', { filter: { search: '张三', roles: ['ADMIN', '李四'] } }, { filter: { search: '…', roles: ['ADMIN', '…'] } }],
])('of a detail %s: only what cannot name a person is shown', (_what, detail, shown) => {
  expect(JSON.parse(shownDetail(JSON.stringify(detail)))).toEqual(shown === 'SAME' ? detail : shown);
});

test('a detail that is no JSON shows nothing', () => {
  expect(shownDetail('not json')).toBe('{}');
});
