import { PARTY_ROLES } from '@anjie/contracts';
import { ENDED_REFERRAL_STATES, REFERRAL_STATES, type ReferralState } from './referral-lifecycle';
import { refusesSending, type SendingFacts } from './referral-sending';

const b = { id: 'B', name: '县人社局', isOpen: true, successorName: null };
const facts = (part: Partial<SendingFacts> = {}): SendingFacts => ({
  fromUnitId: 'A', receiver: b, rolesOfSender: ['LEAD'], isReceiverExcluded: false, earlier: [], ...part,
});
const edge = (fromUnitId: string, toUnitId: string, state: ReferralState = 'SIGNED') => ({ fromUnitId, toUnitId, state });

describe('sending a referral', () => {
  test.each(PARTY_ROLES.map((role) => [role, ['LEAD', 'SUPPORT', 'REFERRED', 'REGISTRAR'].includes(role)] as const))(
    'a unit with the part %s may send: %s', (role, may) => {
      expect(refusesSending(facts({ rolesOfSender: [role] }))?.code).toBe(may ? undefined : 'NOT_A_PARTY');
    });

  test('《信访工作条例》 Art. 24 ¶2: a closed unit is refused by the name of its successor', () => {
    const closed = { ...b, isOpen: false, successorName: '县行政审批局' };
    expect(refusesSending(facts({ receiver: closed }))).toMatchObject({ code: 'UNIT_CLOSED', message: { zh: expect.stringContaining('县行政审批局') }, basis: '《信访工作条例》第二十四条第二款' });
  });

  test('an unknown unit, and one closed without successor, do not exist', () => {
    for (const receiver of [undefined, { ...b, isOpen: false }]) expect(refusesSending(facts({ receiver }))?.code).toBe('UNIT_NOT_FOUND');
  });

  test('a unit refers nothing to itself', () => {
    expect(refusesSending(facts({ fromUnitId: 'B' }))?.code).toBe('OWN_UNIT');
  });

  test('《信访工作条例》 Art. 30 ¶3: nothing goes to the unit that is complained of', () => {
    expect(refusesSending(facts({ isReceiverExcluded: true }))).toMatchObject({ code: 'UNIT_EXCLUDED', basis: '《信访工作条例》第三十条第三款' });
  });

  test.each(REFERRAL_STATES.map((state) => [state, ENDED_REFERRAL_STATES.includes(state)] as const))(
    'B→A in state %s: sending back A→B is permitted: %s', (state, may) => {
      expect(refusesSending(facts({ earlier: [edge('B', 'A', state)] }))?.code).toBe(may ? undefined : 'LOOP');
    });

  test('a longer loop B→C→A→B is seen too; a mere meeting of chains is none', () => {
    expect(refusesSending(facts({ earlier: [edge('B', 'C'), edge('C', 'A')] }))?.code).toBe('LOOP');
    expect(refusesSending(facts({ earlier: [edge('C', 'B'), edge('C', 'A')] }))).toBeNull();
    expect(refusesSending(facts({ earlier: [edge('B', 'C', 'COMPLETED'), edge('C', 'A')] }))).toBeNull();
  });

  test('the same referral is not sent twice while it is open', () => {
    expect(refusesSending(facts({ earlier: [edge('A', 'B', 'SENT')] }))?.code).toBe('ALREADY_OPEN');
    expect(refusesSending(facts({ earlier: [edge('A', 'B', 'RETURNED')] }))).toBeNull();
  });
});
