import type { CorrectPetitionInput } from '../generated/graphql';
import { areClaimsOpen, changesOf, claimFault, CORRECTABLE, correctionFault, type CorrectableField } from './corrections';
import { CASE_STATUSES } from './life';

const input: CorrectPetitionInput = { idempotencyKey: 'k', petitionId: 'p', expectedVersion: 1, reason: '登记时笔误' };
const current = {
  title: '标题', summary: '概况', contentCategory: null, divisionCode: '640104', addressee: '区长', petitionerCount: 3, affectedCount: null, consentsToPublication: null,
  isMajorUrgent: false, involvesLitigation: false, isCrossSeparation: false, residenceDivisionCode: null, householdDivisionCode: null,
} satisfies Record<CorrectableField, unknown>;

test('no day, no number, no channel and nobody\'s identity can be mended: limits and numbers stay', () => {
  const fields = Object.keys(CORRECTABLE);
  for (const field of ['petitionedOn', 'receivedOn', 'registeredOn', 'majorUrgentAt', 'number', 'channel', 'purpose', 'content', 'petitioners', 'isAnonymous', 'status']) expect(fields).not.toContain(field);
  expect(fields).toHaveLength(13);
});

test('only what is given and different changes; null empties, left out stays', () => {
  expect(changesOf({ ...input, title: ' 标题 ', addressee: null, petitionerCount: 5, isMajorUrgent: true }, current)).toEqual([
    { field: 'addressee', before: '区长', after: null }, { field: 'petitionerCount', before: 3, after: 5 }, { field: 'isMajorUrgent', before: false, after: true },
  ]);
  expect(changesOf(input, current)).toEqual([]);
});

test.each<[Partial<CorrectPetitionInput>, string | undefined]>([
  [{}, undefined], [{ reason: '笔误' }, 'REASON_MISSING'], [{ reason: '由'.repeat(201) }, 'REASON_MISSING'], [{ reason: '登记时\u202e笔误' }, 'REASON_MISSING'], [{ title: null }, 'TEXT_LENGTH'], [{ title: ' ' }, 'TEXT_LENGTH'],
  [{ title: '题'.repeat(201) }, 'TEXT_LENGTH'], [{ summary: null }, 'TEXT_LENGTH'], [{ summary: '概\u0000' }, 'TEXT_LENGTH'], [{ addressee: null }, undefined], [{ contentCategory: '土地' }, 'CATEGORY_UNKNOWN'], [{ contentCategory: null }, undefined],
  [{ residenceDivisionCode: 'x' }, 'DIVISION_UNKNOWN'], [{ petitionerCount: 0 }, 'COUNT_INVALID'], [{ petitionerCount: null }, 'COUNT_INVALID'], [{ affectedCount: null }, undefined], [{ affectedCount: -1 }, 'COUNT_INVALID'],
])('%j: %s', (part, code) => expect(correctionFault({ ...input, ...part })?.code).toBe(code));

test.each(CASE_STATUSES)('第三十二条: whether claims may change in the state %s', (status) => {
  const isBefore = ['RECEIVED', 'REGISTERED', 'FORWARDED', 'ASSIGNED', 'RETURN_REQUESTED', 'JURISDICTION_DISPUTE', 'ACCEPTED', 'HANDLING', 'EXTENDED'].includes(status);
  expect(areClaimsOpen(status)).toBe(isBefore);
  expect(claimFault({ reason: '补充登记一项', status, text: '补办手续' })?.code).toBe(isBefore ? undefined : 'CLAIMS_CLOSED');
});

test.each([['笔误', '求', 'REASON_MISSING'], ['登记时遗漏', ' ', 'TEXT_LENGTH'], ['登记时遗漏', '求'.repeat(501), 'TEXT_LENGTH'], ['登记时遗漏', '求\u202e', 'TEXT_LENGTH'], ['本人要求撤回', null, undefined]])(
  'a change for the reason %s to %j: %s', (reason, text, code) => expect(claimFault({ reason, status: 'HANDLING', text })?.code).toBe(code),
);
