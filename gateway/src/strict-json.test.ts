import fc from 'fast-check';
import { parseStrict } from './strict-json';

test.each([
  '{"a":1,"a":2}', '{"query":"{ a }","variables":{},"query":"{ b }"}', '{"a":{"b":1,"b":1}}', '{"a":[{"b":1,"c":2,"b":3}]}', '{"query":1,"\\u0071uery":2}', '{"a\\"b":1,"a\\"b":2}',
  '{"":1,"":2}', '{"__proto__":1,"__proto__":2}', '{"a":"{","a":"}"}',
])('%s names a member twice', (text) => {
  expect(() => parseStrict(text)).toThrow(expect.objectContaining({ code: 'BAD_USER_INPUT', detail: { rule: 'no member twice' } }) as Error);
});

test.each(['{"a":{"a":{"a":1}},"b":{"a":1}}', '[{"a":1},{"a":2}]', '{"a":"a\\":1,\\"a\\":2"}', '{"a":"b","b":"a"}', '{"a":["a","a"]}', '{"A":1,"a":2}', '"text"', '[]', 'null', '1'])('%s is read as it is', (text) => {
  expect(parseStrict(text)).toEqual(JSON.parse(text));
});

test.each([['[', ']'], ['{"a":', '}']])('depth of %s', (open, close) => {
  const nested = (depth: number): string => `${open.repeat(depth)}1${close.repeat(depth)}`;
  expect(parseStrict(nested(40))).toBeDefined();
  for (const depth of [41, 10_000]) expect(() => parseStrict(nested(depth))).toThrow(expect.objectContaining({ code: 'BAD_USER_INPUT' }) as Error);
});

test('whatever JSON.stringify writes is read back the same', () => {
  fc.assert(fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => expect(parseStrict(JSON.stringify(value))).toEqual(JSON.parse(JSON.stringify(value)))));
});

test('a large text is read in time that grows with its length', () => {
  const text = JSON.stringify({ rows: Array.from({ length: 2_000 }, (_none, n) => ({ id: n, name: '欧阳"\\某某', text: '{[:]}'.repeat(10) })) });
  expect((parseStrict(text) as { rows: unknown[] }).rows).toHaveLength(2_000);
  expect(() => parseStrict(`"${'\\'.repeat(200_000)}"`)).not.toThrow();
});
