import {
  answered, MEDIATION_LIFE, refusesAnswer, refusesConfirmation, refusesItems, refusesMediator, refusesRoute, refusesUntoldFree, type AgreementItem,
} from './mediation-lifecycle';
import { stateAfter, stepsOf } from './service-life';

const offered = { petitioner: 'OFFERED', respondent: 'OFFERED' } as const;

describe('《信访工作条例》第三十三条: with the consent of both sides', () => {
  test('legal steps are these and no others', () => {
    expect(stepsOf(MEDIATION_LIFE)).toEqual([
      'CONSENTED>STOPPED', 'CONSENTED>UNDER_WAY', 'PROPOSED>CONSENTED', 'PROPOSED>DECLINED', 'PROPOSED>STOPPED', 'UNDER_WAY>AGREED', 'UNDER_WAY>NOT_AGREED', 'UNDER_WAY>STOPPED',
    ]);
    expect(stateAfter(MEDIATION_LIFE, 'STOP', 'AGREED')).toMatchObject({ code: 'ILLEGAL_STATE', basis: expect.stringContaining('第三十三条') });
  });
  test('one consent is not enough where both are needed', () => {
    const first = answered({ needsBothConsents: true }, offered, { side: 'PETITIONER', isConsent: true });
    expect(first).toEqual({ answers: { petitioner: 'CONSENTED', respondent: 'OFFERED' }, act: null });
    expect(answered({ needsBothConsents: true }, first.answers, { side: 'RESPONDENT', isConsent: true }).act).toBe('CONSENT');
  });
  test.each(['PETITIONER', 'RESPONDENT'] as const)('《人民调解法》第十七条: %s declines, and there is no mediation', (side) => {
    expect(answered({ needsBothConsents: true }, offered, { side, isConsent: false }).act).toBe('DECLINE');
  });
  test('where the unit owes the talk the petitioner alone is asked', () => {
    expect(answered({ needsBothConsents: false }, offered, { side: 'PETITIONER', isConsent: true }).act).toBe('CONSENT');
    expect(refusesAnswer({ needsBothConsents: false }, offered, { side: 'RESPONDENT', isConsent: false })?.code).toBe('CONSENT_NOT_ASKED');
    expect(refusesAnswer({ needsBothConsents: false }, offered, { side: 'PETITIONER', isConsent: false })).toBeNull();
  });
  test('a side answers once', () => {
    expect(refusesAnswer({ needsBothConsents: true }, { ...offered, petitioner: 'CONSENTED' }, { side: 'PETITIONER', isConsent: false })?.code).toBe('ILLEGAL_STATE');
  });
  test.each([
    [true, '2024-03-01', undefined], [true, '2024-03-02', 'FREE_OF_CHARGE_UNTOLD'], [true, null, 'FREE_OF_CHARGE_UNTOLD'], [false, null, undefined],
  ])('《人民调解法》第四条: consent %s on 1 March, told on %s that it is free: %s', (isConsent, toldFreeOn, code) => {
    expect(refusesUntoldFree({ isConsent, toldFreeOn, answeredOn: '2024-03-01' })?.code).toBe(code);
  });
  test.each([
    [{ unitId: true, officialId: false, participantId: false }, true], [{ unitId: false, officialId: false, participantId: true }, true],
    [{ unitId: false, officialId: true, participantId: false }, false], [{ unitId: true, officialId: false, participantId: true }, false], [{ unitId: false, officialId: false, participantId: false }, false],
  ])('mediators %j of a form that takes units and the directory: %s', (given, fits) => {
    expect(refusesMediator({ mediatorFrom: ['UNIT', 'DIRECTORY'] }, given) === null).toBe(fits);
  });
  test.each([['TERMINATED', true], ['ARCHIVED', true], ['HANDLING', false], ['RE_REVIEW', false]])('《信访工作条例》第三十七条: the route after finality is open for a case that is %s: %s', (status, open) => {
    expect(refusesRoute({ isPostFinal: true }, status) === null).toBe(open);
    expect(refusesRoute({ isPostFinal: false }, status)).toBeNull();
  });
});

describe('an agreement binds units and officials', () => {
  const item: AgreementItem = { promise: '修复管道', hasUnit: true, hasOfficial: false, dueOn: '2024-04-01' };
  const days = { effectiveOn: '2024-03-01', today: '2024-03-02' };
  test.each([
    ['in order', [item], days, undefined], ['owed by two', [{ ...item, hasOfficial: true }], days, 'OBLIGOR_INVALID'], ['owed by nobody', [{ ...item, hasUnit: false }], days, 'OBLIGOR_INVALID'],
    ['due before it', [{ ...item, dueOn: '2024-02-29' }], days, 'DATE_INVALID'], ['of tomorrow', [item], { ...days, effectiveOn: '2024-03-03' }, 'DATE_INVALID'], ['empty', [{ ...item, promise: ' ' }], days, 'TEXT_MISSING'],
  ])('%s', (_what, items, when, code) => {
    expect(refusesItems(items, when)?.code).toBe(code);
  });
  test.each([
    ['2024-03-31', null, undefined], ['2024-04-01', null, 'CONFIRMATION_TOO_LATE'], ['2024-02-28', null, 'DATE_INVALID'], ['2024-03-10', '2024-03-05', 'DATE_INVALID'], ['2024-03-10', '2024-03-20', undefined],
  ])('《人民调解法》第三十三条: effective on 1 March, asked for on %s, confirmed %s: %s', (appliedOn, confirmedOn, code) => {
    expect(refusesConfirmation({ effectiveOn: '2024-03-01', confirmBy: '2024-03-31', appliedOn, confirmedOn, today: '2024-04-30' })?.code).toBe(code);
  });
  test('a form without court confirmation has none', () => {
    expect(refusesConfirmation({ effectiveOn: '2024-03-01', confirmBy: null, appliedOn: '2024-03-02', confirmedOn: null, today: '2024-03-03' })?.code).toBe('NOT_CONFIRMABLE');
  });
});
