import { idKindNamed, isCodeLike, momentOf, momentText, personLine, personParts, procedureNamed, REPORTED_STATUSES, statusNamed, statusOf } from './exchange-values';
import { formNamed, purposeNamed } from './intake-kinds';
import { CASE_STATUSES } from './life';

test.each([
  '受理申请审查中', '不予受理', '受理', '已作出处理意见', '超期未作出处理意见', '不再受理', '超期未申请复查', '复查', '提出复查意见', '超期未作出复查意见', '超期未申请复核', '复核', '提出复核意见', '超期未作出复核意见', '审核认定办结',
])('信访件状态 %s is known by its name', (name) => expect(statusNamed(` ${name}`)?.zh).toBe(name));

test('there are 15 names; no number is one; a late unit and a lapsed right stay apart', () => {
  expect(REPORTED_STATUSES).toHaveLength(15);
  expect(['1', '01', '15', ''].map(statusNamed)).toEqual([undefined, undefined, undefined, undefined]);
  expect(REPORTED_STATUSES.filter((one) => one.zh.includes('超期')).map((one) => one.slug.split('_')[0])).toEqual(['UNIT', 'RIGHT', 'UNIT', 'RIGHT', 'UNIT']);
});

test('a state of ours has at most one name there, and some have none rather than a wrong one', () => {
  for (const status of CASE_STATUSES) expect(REPORTED_STATUSES.filter((one) => one.of.includes(status)).length).toBeLessThanOrEqual(1);
  expect(CASE_STATUSES.filter((status) => !statusOf(status))).toEqual(['RECEIVED', 'ROUTED_TO_LEGAL', 'TRANSFERRED', 'SETTLED', 'TERMINATED', 'CLOSE_REVIEW']);
});

test.each([
  ['2022-09-27 09:05:06', '2022-09-27T09:05:06+08:00'], ['2022/9/7 9:05', '2022-09-07T09:05:00+08:00'], ['2022-09-27', '2022-09-27T00:00:00+08:00'], ['2024-02-29', '2024-02-29T00:00:00+08:00'], ['2022年9月27日', '2022-09-27T00:00:00+08:00'],
  ['2022-02-29', undefined], ['1899-12-31', undefined], ['2022-09-27 24:00:00', undefined], ['2022-09-27 23:60', undefined], ['0000-00-00', undefined], ['明天', undefined], ["2022-09-27' OR 1=1", undefined],
])('时间 %s is %s', (text, moment) => expect(momentOf(text)).toBe(moment));

test('an instant goes out as it came in', () => expect(momentText(new Date(momentOf('2022-09-27 00:30:00') ?? ''))).toBe('2022-09-27 00:30:00'));

test.each([['来信', 'LETTER'], ['微信信访', 'WECHAT'], ['来电', 'PHONE'], ['311', undefined], ['信', undefined]])('信访形式 %s is %s', (name, form) => expect(formNamed(name)?.value).toBe(form));
test.each([['求决', 'SETTLEMENT'], ['申诉', 'APPEAL'], ['咨询', 'CONSULTATION'], ['检举控告', 'ACCUSATION'], ['举报', 'ACCUSATION'], ['04', undefined]])('信访目的 %s is %s', (name, purpose) => expect(purposeNamed(name)?.value).toBe(purpose));
test.each([['简易', 'SIMPLE'], ['导入法定途径', 'LEGAL_ROUTE'], ['2', undefined]])('办理程序 %s is %s', (name, slug) => expect(procedureNamed(name)?.slug).toBe(slug));
test.each([['居民身份证', 'RESIDENT_ID'], ['111', 'RESIDENT_ID'], ['护照', 'PASSPORT'], ['414', undefined]])('证件类型 %s is %s', (name, kind) => expect(idKindNamed(name)).toBe(kind));
test.each([['050101', true], ['A-1', true], ['政策原因', false], ['', false], ['1'.repeat(17), false]])('%j is a code: %s', (text, is) => expect(isCodeLike(text)).toBe(is));

test('people of one cell are read as they were written, whatever is in the parts', () => {
  const line = personLine(['代表', '马｜小\n明', null, '1', '138', '路｜号']);
  expect(personParts(line)).toEqual([['代表', '马|小 明', null, '1', '138', '路|号']]);
  expect([personParts(''), personParts('代表｜马小明')]).toEqual([[], undefined]);
});
