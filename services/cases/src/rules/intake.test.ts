import type { Viewer } from '@anjie/access';
import type { AgentAuthorityInput, PetitionerInput, RegisterPetitionInput } from '../generated/graphql';
import { intakeOf } from './intake';
import { isFormOf, isPurposeOf, FORMS, STATED_PURPOSES } from './intake-kinds';
import { peopleOf } from './intake-people';
import { acceptableRegistration } from './registration';

const TODAY = '2024-03-01';
const clerk: Viewer = { kind: 'OFFICIAL', subject: 'clerk', unitId: null, divisionCode: null, roles: ['WINDOW_CLERK'], locale: 'zh-CN' };
const petition: RegisterPetitionInput = {
  idempotencyKey: 'k', channel: 'VISIT', purpose: 'CLAIM', petitionedOn: '2024-02-29', divisionCode: '640104', title: '标题', summary: '概况', petitioners: [{ name: '马小明' }],
};
type Part = Partial<RegisterPetitionInput>;
const judge = (part: Part) => acceptableRegistration({ ...petition, ...part }, { today: TODAY, viewer: clerk, isDivisionKnown: true })?.code;
const known = (part: Part) => intakeOf({ ...petition, ...part }, TODAY);
const people = (count: number, part: PetitionerInput = {}) => Array.from({ length: count }, (_unused, i) => ({ name: `代表${i}`, ...part }));
const authority: AgentAuthorityInput = { principalOrdinal: 1, scope: ['SUBMIT', 'RECEIVE_DOCUMENTS'], validFrom: '2024-01-01', validTo: '2024-12-31', documentRef: '授权委托书1号' };
const withAgent = (part: Partial<AgentAuthorityInput> | null, agent: PetitionerInput = {}): Part => ({
  petitioners: [{ name: '马小明' }, { name: '李律师', role: 'AGENT', ...(part ? { authority: { ...authority, ...part } } : {}), ...agent }],
});

describe('days', () => {
  test.each<[string, Part, string | undefined]>([
    ['received on the day that it bears', { receivedOn: '2024-02-29' }, undefined], ['received today', { receivedOn: TODAY }, undefined], ['received tomorrow', { receivedOn: '2024-03-02' }, 'DATE_IN_FUTURE'],
    ['received before it was written', { receivedOn: '2024-02-28' }, 'DATE_ORDER'], ['written tomorrow', { petitionedOn: '2024-03-02' }, 'DATE_IN_FUTURE'],
  ])('%s: %s', (_what, part, code) => expect(judge(part)).toBe(code));
  test('第二十二条: receipt is today when nothing is said', () => expect([known({}).receivedOn, known({ receivedOn: '2024-02-29' }).receivedOn]).toEqual([TODAY, '2024-02-29']));
});

describe('kinds (brief §4.3)', () => {
  test('every form is a kind of one channel and every stated purpose of one purpose, and of no other', () => {
    for (const channel of ['LETTER', 'VISIT', 'ONLINE', 'PHONE', 'FAX', 'LEADER_MAILBOX', 'OTHER']) for (const form of FORMS) expect(isFormOf(form.value, channel)).toBe(form.of === channel);
    for (const purpose of ['CLAIM', 'SUGGESTION', 'ACCUSATION', 'OTHER']) for (const stated of STATED_PURPOSES) expect(isPurposeOf(stated.value, purpose)).toBe(stated.of === purpose);
    expect([FORMS.length, STATED_PURPOSES.length]).toEqual([8, 6]);
  });
  test.each<[Part, string | undefined]>([
    [{ channel: 'ONLINE', externalForm: 'WECHAT' }, undefined], [{ channel: 'VISIT', externalForm: 'WECHAT' }, 'KIND_MISMATCH'], [{ purpose: 'CLAIM', statedPurpose: 'APPEAL' }, undefined],
    [{ purpose: 'OTHER', statedPurpose: 'CONSULTATION' }, undefined], [{ purpose: 'CLAIM', statedPurpose: 'ACCUSATION' }, 'KIND_MISMATCH'],
    [{ contentCategory: 'land.expropriation' }, undefined], [{ contentCategory: '土地征收' }, 'CATEGORY_UNKNOWN'], [{ contentCategory: "land' OR 1=1" }, 'CATEGORY_UNKNOWN'],
    [{ externalCategory: { slug: '土地征收', externalCode: '050101' } }, undefined], [{ externalCategory: { externalCode: '05 01' } }, 'TEXT_LENGTH'], [{ cause: { externalCode: '1'.repeat(17) } }, 'TEXT_LENGTH'],
    [{ hotTopic: { slug: '题'.repeat(65) } }, 'TEXT_LENGTH'], [{ addressee: '信'.repeat(101) }, 'TEXT_LENGTH'], [{ addressee: '区长\u202e' }, 'TEXT_LENGTH'],
    [{ residenceDivisionCode: '330402', householdDivisionCode: '610902107' }, undefined], [{ residenceDivisionCode: '33%' }, 'DIVISION_UNKNOWN'], [{ householdDivisionCode: '银川' }, 'DIVISION_UNKNOWN'],
  ])('%j: %s', (part, code) => expect(judge(part)).toBe(code));
});

describe('匿名, and 姓名、住址不清 (第二十三条第二款)', () => {
  test.each<[string, Part, string | undefined, boolean]>([
    ['anonymous and nobody named', { isAnonymous: true, petitioners: [] }, undefined, true], ['nobody named', { petitioners: [] }, undefined, true], ['somebody without a name', { petitioners: [{ phone: '13800000007' }] }, undefined, true],
    ['a name without an address', {}, undefined, false], ['said to be unclear, without an address', { isIdentityUnclear: true }, undefined, true], ['said to be clear', { isIdentityUnclear: false, petitioners: [] }, undefined, false],
    ['name and address', { petitioners: [{ name: '马小明', address: '某路1号' }], isIdentityUnclear: true }, 'IDENTITY_IS_CLEAR', true], ['anonymous with a phone', { isAnonymous: true, petitioners: [{ phone: '13800000007' }] }, 'ANONYMOUS_WITH_IDENTITY', true],
    ['anonymous with a name', { isAnonymous: true }, 'ANONYMOUS_WITH_IDENTITY', true],
  ])('%s: %s', (_what, part, code, unclear) => {
    expect(judge(part)).toBe(code);
    expect(known(part).isIdentityUnclear).toBe(unclear);
  });
});

describe('many people', () => {
  test.each<[string, Part, boolean, boolean]>([
    ['a visit of four', { petitionerCount: 4 }, false, false], ['a visit of five (practice: 集体访)', { petitionerCount: 5 }, false, true], ['a letter of four', { channel: 'LETTER', petitionerCount: 4 }, false, false],
    ['a letter of five (practice: 联名)', { channel: 'LETTER', petitionerCount: 5 }, true, false], ['a post signed by six', { channel: 'ONLINE', petitioners: people(6) }, true, false], ['a call for many', { channel: 'PHONE', petitionerCount: 50 }, false, false],
  ])('%s', (_what, part, isJoint, isCollective) => expect(known(part)).toMatchObject({ isJoint, isCollective }));

  test.each<[string, Part, string | undefined]>([
    ['five speakers of a visit (第二十条第三款)', { petitioners: people(5), petitionerCount: 50 }, undefined], ['six (第二十条第三款)', { petitioners: people(6), petitionerCount: 50 }, 'TOO_MANY_REPRESENTATIVES'],
    ['five speakers and forty who signed the list', { petitioners: [...people(5), ...people(40, { role: 'CO_SIGNER' })] }, undefined],
    ['Zhejiang, four speakers of ten (《浙江省信访条例》第十五条)', { divisionCode: '330402', petitioners: people(4), petitionerCount: 10 }, 'TOO_MANY_REPRESENTATIVES'],
    ['Zhejiang, three speakers of ten', { divisionCode: '330402', petitioners: people(3), petitionerCount: 10 }, undefined], ['Zhejiang, five speakers of eleven', { divisionCode: '330402', petitioners: people(5), petitionerCount: 11 }, undefined],
    ['fewer people than are named', { channel: 'LETTER', petitioners: people(3), petitionerCount: 2 }, 'COUNT_INVALID'], ['two billion people', { petitionerCount: 2_147_483_647 }, 'COUNT_INVALID'], ['two billion concerned', { affectedCount: 2_147_483_647 }, 'COUNT_INVALID'],
    ['two principals', { petitioners: people(2, { role: 'PRINCIPAL' }) }, 'PRINCIPAL_UNCLEAR'], ['no principal', { petitioners: people(2, { role: 'CO_SIGNER' }) }, 'PRINCIPAL_UNCLEAR'],
  ])('%s: %s', (_what, part, code) => expect(judge(part)).toBe(code));

  test('the first is the principal; others represent in a visit and sign in a letter; an agent is not counted', () => {
    const roles = (part: Part) => peopleOf({ ...petition, ...part }, TODAY).map((one) => one.role);
    expect(roles({ petitioners: people(3) })).toEqual(['PRINCIPAL', 'REPRESENTATIVE', 'REPRESENTATIVE']);
    expect(roles({ channel: 'LETTER', petitioners: people(2) })).toEqual(['PRINCIPAL', 'CO_SIGNER']);
    expect(roles({ petitioners: [{ name: '李律师', role: 'AGENT', authority: { ...authority, principalOrdinal: 2 } }, { name: '马小明' }] })).toEqual(['AGENT', 'PRINCIPAL']);
    expect(roles({ petitioners: [{ name: '甲' }, { name: '乙', isPrincipal: true }] })).toEqual(['REPRESENTATIVE', 'PRINCIPAL']);
  });
});

describe('代理人 (《北京市信访条例》第二十七条, 《山东省信访条例》第二十八条)', () => {
  test.each<[string, Part, string | undefined]>([
    ['with a paper', withAgent({}), undefined], ['with a stored file', withAgent({ documentRef: null, attachmentId: '00000000-0000-4000-8000-000000000000' }), undefined], ['for one day', withAgent({ validTo: '2024-01-01' }), undefined],
    ['without an authority', withAgent(null), 'AUTHORITY_MISSING'], ['without a paper', withAgent({ documentRef: ' ' }), 'AUTHORITY_MISSING'], ['without a scope', withAgent({ scope: [] }), 'AUTHORITY_MISSING'],
    ['for somebody who is not on the list', withAgent({ principalOrdinal: 3 }), 'AUTHORITY_MISSING'], ['for itself', withAgent({ principalOrdinal: 2 }), 'AUTHORITY_MISSING'], ['for nobody', withAgent({ principalOrdinal: 0 }), 'AUTHORITY_MISSING'],
    ['without a name', withAgent({}, { name: null }), 'AUTHORITY_MISSING'], ['that ends before it begins', withAgent({ validTo: '2023-12-31' }), 'DATE_ORDER'], ['with a paper of 101 characters', withAgent({ documentRef: '书'.repeat(101) }), 'AUTHORITY_MISSING'],
    ['an authority of somebody who is no agent', withAgent({}, { role: 'REPRESENTATIVE' }), 'AUTHORITY_MISSING'],
  ])('an agent %s: %s', (_what, part, code) => expect(judge(part)).toBe(code));
});

test.each<[string, PetitionerInput, string | undefined]>([
  ['an emoji in a name', { name: '马😀' }, 'NAME_INVALID'], ['a name with a middle dot', { name: '阿依古丽•买买提' }, undefined], ['a permit given as an ID number', { idNumber: 'H12345678' }, 'ID_NUMBER_INVALID'],
  ['the same with its kind', { idNumber: 'H12345678', idKind: 'HK_MACAU_PERMIT' }, undefined], ['an old card', { idNumber: '110105491231002' }, undefined], ['a kind without a number', { idKind: 'PASSPORT' }, undefined],
])('%s: %s', (_what, person, code) => expect(judge({ petitioners: [{ name: '马小明', ...person }] })).toBe(code));
