import { ROLES } from '@anjie/contracts';
import type { Candidate } from './assignment';
import { capacityOf, isWithdrawalReason, signingObjection, textObjection, type ClosingCapacity, type Signing } from './closing-opinion';

describe('专项工作方案 (包案领导对办结报告签署书面意见): who signs', () => {
  const table: [string, string, string | null, string | null, ClosingCapacity | null][] = [
    ['the sponsor', 'a', 'a', 'b', 'SPONSOR'],
    ['a sponsor who heads the lead unit', 'a', 'a', 'a', 'SPONSOR'],
    ['the head, where nobody sponsors', 'b', null, 'b', 'UNIT_HEAD'],
    ['the head, where somebody sponsors', 'b', 'a', 'b', null],
    ['somebody else, where somebody sponsors', 'c', 'a', 'b', null],
    ['somebody else, where nobody sponsors', 'c', null, 'b', null],
    ['nobody, where there is neither', 'c', null, null, null],
  ];
  test.each(table)('%s', (_who, subject, sponsorId, leadUnitHeadId, capacity) => {
    expect(capacityOf({ subject, sponsorId, leadUnitHeadId })).toBe(capacity);
  });
  test('a role of the system is not asked for, so none can stand in for the person', () => {
    expect(ROLES.map((role) => capacityOf({ subject: role, sponsorId: 'a', leadUnitHeadId: 'b' }))).toEqual(ROLES.map(() => null));
  });
});

const candidate: Candidate = { officialId: 'a', unitId: 'u', divisionCode: '640104', unitLine: ['u', 'above'], divisionCodes: ['640104'] };
const facts = (part: Partial<Signing> = {}): Signing => ({
  subject: 'a', sponsorId: 'a', leadUnitHeadId: null, candidate, excluded: new Set(), hasStanding: false, ...part,
});

test.each<[string, Partial<Signing>, string | undefined]>([
  ['nothing speaks against the sponsor', {}, undefined],
  ['somebody else', { subject: 'x' }, 'NOT_THE_SIGNER'],
  ['a sponsor who left office', { candidate: undefined }, 'NOT_IN_OFFICE'],
  ['a sponsor without a post', { candidate: { ...candidate, unitId: null } }, 'NOT_IN_OFFICE'],
  ['第三十条第三款: a sponsor whom the report names', { excluded: new Set(['a']) }, 'SIGNER_EXCLUDED'],
  ['第三十条第三款: a sponsor whose unit stands below a named one', { excluded: new Set(['above']) }, 'SIGNER_EXCLUDED'],
  ['a sponsor whose opinion stands', { hasStanding: true }, 'ALREADY_SIGNED'],
])('%s: %o → %s', (_sentence, part, code) => {
  expect(signingObjection(facts(part))?.code).toBe(code);
});

test.each<[string, string, string | null, string | null, string | undefined]>([
  ['with the report by name', '同意报结。', '办结报告', null, undefined],
  ['with the report by document', '同意报结。', null, 'id', undefined],
  ['without a report', '同意报结。', null, null, 'REPORT_MISSING'],
  ['with a blank report', '同意报结。', ' ', null, 'REPORT_MISSING'],
  ['without a text', ' \n', '办结报告', null, 'TEXT_NOT_ACCEPTABLE'],
  ['with 4,000 characters outside the BMP', '𠮷'.repeat(4000), '办结报告', null, undefined],
  ['with 4,001', '字'.repeat(4001), '办结报告', null, 'TEXT_NOT_ACCEPTABLE'],
  ['with a control character', '同意\u0007', '办结报告', null, 'TEXT_NOT_ACCEPTABLE'],
  ['with one in the report', '同意', '办结\u0000报告', null, 'TEXT_NOT_ACCEPTABLE'],
])('an opinion %s', (_sentence, opinion, onReport, reportDocumentId, code) => {
  expect(textObjection({ opinion, onReport, reportDocumentId })?.code).toBe(code);
});

test('a withdrawal says why', () => {
  expect(['', ' ', '事实有误', '字'.repeat(500), '字'.repeat(501), 'a\u0000'].map(isWithdrawalReason)).toEqual([false, false, true, true, false, false]);
});
