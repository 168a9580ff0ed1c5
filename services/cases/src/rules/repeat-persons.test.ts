import { comparableName, personMarks } from './repeat-persons';

const person = { name: null, idNumber: null, phone: null };
const ID = '11010519491231002X';

test.each([['马小明', '马小明'], [' 马 小明 ', '马小明'], ['阿依古丽•买买提', '阿依古丽·买买提'], ['Ann  Lee', 'ann lee'], ['欧阳春晓', '欧阳春晓']])('name "%s" is compared as "%s"', (name, plain) => {
  expect(comparableName(name)).toBe(plain);
});

test.each(['', ' ', '匿名', '张某', '张某某', '李先生', '全体业主', '村民代表', '王*', '张XX', '未知', '123', '李', '热心市民', '广大职工'])('"%s" names nobody', (name) => expect(comparableName(name)).toBeNull());

test('匿名: a petition without a name, number or telephone has no person to be found by', () => {
  expect(personMarks([person, { ...person, name: '匿名' }], '640104')).toEqual([]);
});

test('同人: every co-signer and representative counts', () => {
  const marks = personMarks([{ ...person, name: '马小明' }, { ...person, name: '李小红' }, { ...person, name: '马小明' }], '640104');
  expect(marks.map((mark) => mark.value)).toEqual(['640104|马小明', '640104|李小红']);
});

test('代理: the principal is compared, the agent is not', () => {
  const marks = personMarks([{ ...person, name: '马小明', idNumber: ID }, { name: '王代理', idNumber: '440524188001010014', phone: '13800000000', isAgent: true }], '640104');
  expect(marks.map((mark) => mark.kind)).toEqual(['ID_NUMBER', 'NAME']);
});

test('a number is compared in its one form, and only when it can be one', () => {
  expect(personMarks([{ ...person, idNumber: '110105 1949 1231 002x', phone: '+86 138-0000-0007' }], '640104').map((mark) => mark.value)).toEqual([ID, '13800000007']);
  expect(personMarks([{ ...person, idNumber: '110105194912310021', phone: '无' }, { ...person, phone: '00000000' }], '640104')).toEqual([]);
});

test('a passport number is compared with passports only', () => {
  const of = (part: object) => personMarks([{ ...person, ...part }], '640104').map((mark) => mark.value);
  expect(of({ idKind: 'PASSPORT', idNumber: 'e12345678' })).toEqual(of({ idKind: 'PASSPORT', idNumber: 'E1234 5678' }));
  expect(of({ idKind: 'PASSPORT', idNumber: '12345678' })).not.toEqual(of({ idKind: 'OTHER', idNumber: '12345678' }));
});

test('a name is compared within one county only', () => {
  const [here] = personMarks([{ ...person, name: '马小明' }], '640104');
  const [there] = personMarks([{ ...person, name: '马小明' }], '640121');
  expect(here?.value).not.toBe(there?.value);
});
