import type { Viewer } from '@anjie/access';
import type { RegisterPetitionInput } from '../generated/graphql';
import { acceptableRegistration } from './registration';

const clerk: Viewer = { kind: 'OFFICIAL', subject: 'clerk', unitId: null, divisionCode: null, roles: ['WINDOW_CLERK'], locale: 'zh-CN' };
const office = (divisionCode: string): Viewer => ({ ...clerk, roles: ['JOINT_OFFICE'], divisionCode });

const petition: RegisterPetitionInput = {
  idempotencyKey: 'k', channel: 'VISIT', purpose: 'CLAIM', petitionedOn: '2022-09-27', divisionCode: '640104', title: '标题', summary: '概况', petitioners: [{ name: '马小明' }],
};
const judge = (part: Partial<RegisterPetitionInput>, facts: Partial<Parameters<typeof acceptableRegistration>[1]> = {}) =>
  acceptableRegistration({ ...petition, ...part }, { today: '2022-09-27', viewer: clerk, isDivisionKnown: true, ...facts })?.code;

const people = (count: number) => Array.from({ length: count }, (_unused, i) => ({ name: `代表${i}` }));

test.each<[string, Partial<RegisterPetitionInput>]>([
  ['the plain petition', {}], ['an accusation (第三十条)', { purpose: 'ACCUSATION' }], ['an anonymous accusation of a unit', { purpose: 'ACCUSATION', petitioners: [], accused: [{ unitId: 'u' }] }], ['the petition of today', { petitionedOn: '2022-09-27' }], ['five representatives of a visit (第二十条第三款)', { petitioners: people(5) }],
  ['a letter of a hundred', { channel: 'LETTER', petitioners: people(100) }], ['nobody known (第二十三条: 姓名不清的除外)', { petitioners: [] }],
  ['a title of 200 characters outside the basic plane', { title: '𠮷'.repeat(200) }], ['a text with line breaks and tabs', { content: '一\n二\t三\r\n' }],
  ['20 claims of 500 characters', { claims: Array.from({ length: 20 }, () => '求'.repeat(500)) }],
])('%s is accepted', (_what, part) => expect(judge(part)).toBeUndefined());

test.each<[string, string, Partial<RegisterPetitionInput>]>([
  ['the accused in a claim (第三十条第三款)', 'ACCUSED_NOT_FIT', { accused: [{ description: '某' }] }], ['tomorrow', 'DATE_IN_FUTURE', { petitionedOn: '2022-09-28' }],
  ['a sixth representative (第二十条第三款)', 'TOO_MANY_REPRESENTATIVES', { petitioners: people(6) }], ['101 people in a letter', 'TEXT_LENGTH', { channel: 'LETTER', petitioners: people(101) }],
  ['a blank title', 'TEXT_LENGTH', { title: ' \u3000 ' }], ['a title of 201', 'TEXT_LENGTH', { title: '题'.repeat(201) }], ['a summary of 4,001', 'TEXT_LENGTH', { summary: '概'.repeat(4_001) }],
  ['a content of 100,001', 'TEXT_LENGTH', { content: '文'.repeat(100_001) }], ['a blank claim', 'TEXT_LENGTH', { claims: [' '] }], ['21 claims', 'TEXT_LENGTH', { claims: Array.from({ length: 21 }, () => '求') }],
  ['a claim of 501', 'TEXT_LENGTH', { claims: ['求'.repeat(501)] }], ['an escape character in a name', 'TEXT_LENGTH', { petitioners: [{ name: '马\u001b明' }] }],
  ['a name of 101', 'TEXT_LENGTH', { petitioners: [{ name: '马'.repeat(101) }] }], ['an address of 301', 'TEXT_LENGTH', { petitioners: [{ address: '路'.repeat(301) }] }],
  ['a phone that grows when it is normalised', 'TEXT_LENGTH', { petitioners: [{ phone: '\ufdfa'.repeat(30) }] }], ['a name that grows when it is composed', 'TEXT_LENGTH', { petitioners: [{ name: '\u{1d160}'.repeat(100) }] }],
  ['no petitioner at all by count', 'TEXT_LENGTH', { petitionerCount: 0 }], ['fewer than no people concerned', 'TEXT_LENGTH', { affectedCount: -1 }],
  ['a content category of 65', 'TEXT_LENGTH', { contentCategory: 'c'.repeat(65) }], ['a NUL in the content category', 'TEXT_LENGTH', { contentCategory: 'a\u0000' }],
  ['a wrong ID number', 'ID_NUMBER_INVALID', { petitioners: [{ idNumber: '110105194912310021' }] }], ['an ID number of somebody not yet born', 'ID_NUMBER_INVALID', { petitioners: [{ idNumber: '640000202209280010' }] }],
])('%s is refused: %s', (_what, code, part) => expect(judge(part)).toBe(code));

test.each([
  ['640104', '640104', undefined], ['640104', '640100', undefined], ['640104', '640000', undefined], ['640104100', '640104', undefined],
  ['640121', '640104', 'DIVISION_UNKNOWN'], ['640100', '640104', 'DIVISION_UNKNOWN'], ['64%', '640000', 'DIVISION_UNKNOWN'],
])('a petition of %s at the joint office of %s: %s', (divisionCode, reach, code) => {
  expect(judge({ divisionCode }, { viewer: office(reach) })).toBe(code);
});

test('a place that is not known is refused to everybody, and a joint office without a division reaches nothing', () => {
  expect(judge({}, { isDivisionKnown: false })).toBe('DIVISION_UNKNOWN');
  expect(judge({}, { viewer: { ...office('640104'), divisionCode: null } })).toBe('DIVISION_UNKNOWN');
});
