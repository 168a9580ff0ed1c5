import { HEARING_LIFE, refusesAnswer, refusesHeldDays, refusesNotice, refusesPanel, refusesTrigger } from './hearing-lifecycle';
import { stepsOf } from './service-life';

const seat = (id: string, isChair = false) => ({ isChair, personIds: [id] });

describe('《信访工作条例》第三十一条第六项: hearings', () => {
  test('legal steps are these and no others', () => {
    expect(stepsOf(HEARING_LIFE)).toEqual([
      'CONSENTED>CALLED_OFF', 'CONSENTED>NOTICED', 'HELD>CONCLUDED', 'NOTICED>CALLED_OFF', 'NOTICED>HELD', 'NOTICED>NOTICED', 'PROPOSED>CALLED_OFF', 'PROPOSED>CONSENTED',
      'PROPOSED>DECLINED', 'REQUESTED>CALLED_OFF', 'REQUESTED>CONSENTED', 'REQUESTED>DECLINED',
    ]);
  });
  test.each([
    ['PROPOSED', true, null, undefined], ['PROPOSED', false, null, undefined], ['PROPOSED', false, '不想参加', 'NOTHING_TO_RECORD'],
    ['REQUESTED', true, null, undefined], ['REQUESTED', false, null, 'TEXT_MISSING'], ['REQUESTED', false, '事实清楚', undefined], ['REQUESTED', true, '同意', 'NOTHING_TO_RECORD'],
  ] as const)('%s, consent %s, reason %s: %s', (state, isConsent, reason, code) => {
    expect(refusesAnswer({ state, isConsent, reason })?.code).toBe(code);
  });
  test('宿信发〔2024〕8号第二条: the ground is one that the kind names', () => {
    const rules = { triggers: [{ code: 'WIDE_EFFECT' }] };
    expect([refusesTrigger(rules, 'WIDE_EFFECT'), refusesTrigger(rules, null)?.code, refusesTrigger(rules, 'REPEATED')?.code, refusesTrigger({ triggers: [] }, null)]).toEqual([null, 'TRIGGER_INVALID', 'TRIGGER_INVALID', null]);
  });
  test.each([
    ['three with a chair', [seat('a', true), seat('b'), seat('c')], true], ['two', [seat('a', true), seat('b')], false], ['no chair', [seat('a'), seat('b'), seat('c')], false],
    ['two chairs', [seat('a', true), seat('b', true), seat('c')], false], ['one twice', [seat('a', true), seat('a'), seat('c')], false],
    ['a seat of two', [seat('a', true), seat('b'), { isChair: false, personIds: ['c', 'd'] }], false], ['an empty seat', [seat('a', true), seat('b'), { isChair: false, personIds: [] }], false],
  ])('a panel of %s', (_who, seats, fits) => {
    expect(refusesPanel({ panelMin: 3 }, seats) === null).toBe(fits);
  });
  test.each([['2024-03-06', true], ['2024-03-05', false], ['2024-02-28', false]])('noticed on 1 March with 5 days, on %s: %s', (scheduledOn, inTime) => {
    expect(refusesNotice({ noticeDays: 5 }, { noticedOn: '2024-03-01', scheduledOn }) === null).toBe(inTime);
  });
  test.each([['2024-03-06', '2024-03-07', true], ['2024-03-05', '2024-03-07', false], ['2024-03-07', '2024-03-06', false], ['2024-03-08', '2024-03-09', false]])(
    'noticed for 6 March, held from %s to %s, recorded on 8 March: %s', (heldOn, endedOn, inOrder) => {
      expect(refusesHeldDays({ scheduledOn: '2024-03-06', heldOn, endedOn, today: '2024-03-08' }) === null).toBe(inOrder);
    });
});
