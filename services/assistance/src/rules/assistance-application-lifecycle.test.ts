import { APPLICATION_STATES, refusesAmount, refusesApplicationMove, refusesPaymentDay } from './assistance-application-lifecycle';

const LEGAL = new Set(['SUBMITTED>APPROVED', 'SUBMITTED>DECLINED', 'APPROVED>PAID']);

describe('the life of an application for aid, 《信访工作条例》 Art. 37', () => {
  test.each(APPLICATION_STATES.flatMap((from) => APPLICATION_STATES.map((to) => [from, to, LEGAL.has(`${from}>${to}`)] as const)))(
    '%s to %s: %s', (from, to, legal) => {
      expect(refusesApplicationMove(from, to)).toEqual(legal ? null : expect.objectContaining({ code: 'ILLEGAL_STATE', basis: '《信访工作条例》第三十七条' }));
    });

  test('every state can be reached from SUBMITTED', () => {
    const reached = new Set<string>(['SUBMITTED']);
    for (const _state of APPLICATION_STATES) for (const step of LEGAL) if (reached.has(step.split('>')[0] ?? '')) reached.add(step.split('>')[1] ?? '');
    expect([...reached].sort()).toEqual([...APPLICATION_STATES].sort());
  });

  test.each([
    [true, '8000.00', true], [true, '0.01', true], [true, '0.00', false], [true, null, false], [false, null, true], [false, '1.00', false],
  ])('approved %s with the amount %s is in order: %s', (isApproved, amount, inOrder) => {
    expect(refusesAmount({ isApproved, amount }) === null).toBe(inOrder);
  });

  test.each([['2024-03-01', true], ['2024-03-05', true], ['2024-02-29', false], ['2024-03-06', false]])('decided on 1 March, recorded on 5 March, paid on %s: %s', (paidOn, inOrder) => {
    expect(refusesPaymentDay({ decidedOn: '2024-03-01', paidOn, today: '2024-03-05' }) === null).toBe(inOrder);
  });
});
