import { publishedCalendar } from '@anjie/calendar';
import { officeRules } from '@anjie/service-kit/runtime';
import { dutyEndFor, dutyTerm, refusesLateReturn } from './referral-terms';

const books = { rules: officeRules(), calendar: publishedCalendar() };
const sign = (startOn: string) => dutyTerm(books, { dutyCode: 'REFERRAL_SIGN', startOn, jurisdictionCode: '640104' });

describe('the terms of a referral', () => {
  test.each([
    ['2024-03-01', '2024-03-08', 'a plain week'],
    ['2024-02-08', '2024-02-21', 'over 春节: Friday 9 February counts, Sunday 18 February too'],
    ['2024-09-29', '2024-10-11', 'over 国庆节'],
  ])('REFERRAL_SIGN, 《信访工作条例》 Art. 23 ¶3 by analogy: %s + 5 working days = %s (%s)', (startOn, dueOn) => {
    expect(sign(startOn)).toMatchObject({ dueOn, dueRaw: dueOn, isProvisional: false, ruleCode: 'REFERRAL_SIGN', ruleVersion: '2022' });
    expect(sign(startOn).basis).toContain('第二十三条第三款');
  });

  test('in a year without a holiday notice the day is marked provisional', () => {
    expect(sign('2031-03-03')).toMatchObject({ dueOn: '2031-03-10', isProvisional: true });
  });

  test('REFERRAL_COMPLETE is the promised day itself, a Sunday too, published or not', () => {
    const promised = dutyTerm(books, { dutyCode: 'REFERRAL_COMPLETE', startOn: '2024-03-01', jurisdictionCode: '640104', promisedOn: '2024-03-31' });
    expect(promised).toMatchObject({ dueRaw: '2024-03-31', dueOn: '2024-03-31', isProvisional: false, ruleCode: 'REFERRAL_COMPLETE' });
  });

  test('Art. 23 ¶3: an objection on the last working day is in time, on the next day too late', () => {
    expect(refusesLateReturn({ today: '2024-03-08', signDueOn: '2024-03-08' })).toBeNull();
    expect(refusesLateReturn({ today: '2024-03-09', signDueOn: '2024-03-08' })).toMatchObject({ code: 'RETURN_TOO_LATE', basis: expect.stringContaining('第二十三条第三款') });
  });

  test('signing meets the sign duty, consent and withdrawal cancel it, an objection leaves it open', () => {
    expect(dutyEndFor('SIGN')).toEqual({ dutyCode: 'REFERRAL_SIGN', state: 'MET' });
    expect(dutyEndFor('CONSENT_TO_RETURN')).toEqual({ dutyCode: 'REFERRAL_SIGN', state: 'CANCELLED' });
    expect(dutyEndFor('WITHDRAW')).toEqual({ dutyCode: 'REFERRAL_SIGN', state: 'CANCELLED' });
    expect(dutyEndFor('COMPLETE')).toEqual({ dutyCode: 'REFERRAL_COMPLETE', state: 'MET' });
    for (const action of ['REQUEST_RETURN', 'REFUSE_RETURN', 'ACCEPT', 'DELIVER'] as const) expect(dutyEndFor(action)).toBeNull();
  });
});
