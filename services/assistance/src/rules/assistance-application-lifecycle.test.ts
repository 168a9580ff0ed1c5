import {
  APPLICATION_LIFE, applicationAfter, openAmount, refusesAmount, refusesApplying, refusesCounter, refusesPayment, refusesPaymentDay, refusesUnpublicised,
  type ApplicationAct, type ReliefRules,
} from './assistance-application-lifecycle';
import { stepsOf } from './service-life';

const money: ReliefRules = { hasAmount: true, isOfferOnly: false, decidingUnitKinds: ['DEPARTMENT'], needsPublicity: false };
const help: ReliefRules = { ...money, hasAmount: false, decidingUnitKinds: [] };

describe('the life of an application for aid, 《信访工作条例》第三十七条', () => {
  test('legal steps are these and no others', () => {
    expect(stepsOf(APPLICATION_LIFE)).toEqual([
      'APPROVED>APPROVED', 'APPROVED>PAID', 'OFFERED>ACCEPTED', 'OFFERED>NOT_TAKEN', 'PAID>APPROVED', 'SUBMITTED>APPROVED', 'SUBMITTED>DECLINED',
    ]);
    for (const act of ['APPROVE', 'DECLINE', 'PAY_REST', 'COUNTER', 'ACCEPT'] as ApplicationAct[]) {
      expect(applicationAfter(act, 'DECLINED')).toMatchObject({ code: 'ILLEGAL_STATE', basis: '《信访工作条例》第三十七条' });
    }
  });

  test.each([
    [true, '8000.00', true], [true, '0.01', true], [true, '0.00', false], [true, null, false], [false, null, true], [false, '1.00', false],
  ])('approved %s with the amount %s is in order: %s', (isApproved, amount, inOrder) => {
    expect(refusesAmount({ isApproved, amount }, money) === null).toBe(inOrder);
  });

  test.each([[true, null, true], [true, '0.00', true], [true, '1.00', false], [false, null, true]])('help that is no money, approved %s with %s: %s', (isApproved, amount, inOrder) => {
    expect(refusesAmount({ isApproved, amount }, help) === null).toBe(inOrder);
  });

  test('a kind has its deciding bodies; what is only offered has no application', () => {
    expect(refusesApplying(money, 'DEPARTMENT')).toBeNull();
    expect(refusesApplying(money, 'COURT_PROCURATORATE')).toMatchObject({ code: 'UNIT_NOT_COMPETENT' });
    expect(refusesApplying(help, 'VILLAGE')).toBeNull();
    expect(refusesApplying({ ...help, isOfferOnly: true }, 'DEPARTMENT')).toMatchObject({ code: 'ILLEGAL_STATE' });
  });

  test.each([['2024-03-01', true], ['2024-03-05', true], ['2024-02-29', false], ['2024-03-06', false]])('decided on 1 March, recorded on 5 March, paid on %s: %s', (paidOn, inOrder) => {
    expect(refusesPaymentDay({ decidedOn: '2024-03-01', paidOn, today: '2024-03-05' }) === null).toBe(inOrder);
  });
});

describe('《社会救助暂行办法》第四十八条: made public before it is approved', () => {
  const asked = { submittedOn: '2024-03-01', today: '2024-03-10', isUrgent: false, publicisedOn: null };
  test.each([
    ['never', asked, 'PUBLICITY_MISSING'], ['never, but urgent', { ...asked, isUrgent: true }, undefined], ['in time', { ...asked, publicisedOn: '2024-03-05' }, undefined],
    ['before it was asked for', { ...asked, publicisedOn: '2024-02-29' }, 'DATE_INVALID'], ['tomorrow', { ...asked, publicisedOn: '2024-03-11' }, 'DATE_INVALID'],
  ])('%s', (_when, publicity, code) => {
    expect(refusesUnpublicised({ needsPublicity: true }, publicity)?.code).toBe(code);
  });
  test('a kind that needs none is approved without', () => {
    expect(refusesUnpublicised({ needsPublicity: false }, asked)).toBeNull();
  });
});

describe('the balance: decided = paid + open', () => {
  test.each([
    ['5000.05', '0.00', '5000.05', undefined], ['5000.05', '3000.00', '2000.05', undefined], ['5000.05', '3000.00', '2000.06', 'OVERPAID'],
    ['5000.05', '5000.05', '0.01', 'OVERPAID'], ['5000.05', '0.00', '0.00', 'AMOUNT_INVALID'], ['0.00', '0.00', '0.00', undefined],
  ])('of %s decided and %s paid, %s more: %s', (decided, paid, amount, code) => {
    expect(refusesPayment({ decided, paid }, amount)?.code).toBe(code);
  });
  test('what is open never comes from a float', () => {
    expect(openAmount({ decided: '0.30', paid: '0.10' })).toBe('0.20');
  });
  test.each([
    ['100.00', '0.00', '100.00', true], ['100.00', '60.00', '40.00', true], ['100.00', '60.00', '40.01', false], ['100.00', '0.00', '0.00', false], ['0.00', '0.00', '0.00', true],
  ])('of a payment of %s with %s countered, %s is countered: %s', (booked, countered, amount, inOrder) => {
    expect(refusesCounter({ booked, countered, isCountered: false }, amount) === null).toBe(inOrder);
  });
  test('help that is no money is countered once', () => {
    expect(refusesCounter({ booked: '0.00', countered: '0.00', isCountered: true }, '0.00')?.code).toBe('AMOUNT_INVALID');
  });
});
