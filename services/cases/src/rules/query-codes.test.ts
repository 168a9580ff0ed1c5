import { base32, inGroups, QUERY_CODE_LENGTH, readTyped, SECRET_LENGTH } from './query-codes';

test.each([
  [[0, 0, 0, 0, 0], 8, '00000000'],
  [[255, 255, 255, 255, 255], 8, 'ZZZZZZZZ'],
  [[0b00001_000, 0b10_00011_0, 0b0100_0010, 0b1_00110_00, 0b111_01000], 8, '12345678'],
])('%j reads as %i digits %s', (bytes, length, text) => {
  expect(base32(Uint8Array.from(bytes), length)).toBe(text);
});

test('too few bytes are refused, not padded', () => {
  expect(() => base32(new Uint8Array(6), SECRET_LENGTH)).toThrow(RangeError);
  expect(base32(new Uint8Array(8), QUERY_CODE_LENGTH)).toHaveLength(12);
});

test.each([
  ['abcd-efgh-jkmn', 'ABCDEFGHJKMN'], [' ABCD EFGH JKMN ', 'ABCDEFGHJKMN'], ['oO0-iIlL1', '0001' + '1111'], ['ＡＢ１', 'AB1'], ['', ''], ['A'.repeat(500), 'A'.repeat(64)],
])('%j is read as %s', (typed, read) => expect(readTyped(typed)).toBe(read));

test('a code is printed in groups and read back', () => {
  expect(inGroups('ABCDEFGHJKMN', 4)).toBe('ABCD-EFGH-JKMN');
  expect(readTyped(inGroups('ABCDEFGHJKMN', 4))).toBe('ABCDEFGHJKMN');
});
