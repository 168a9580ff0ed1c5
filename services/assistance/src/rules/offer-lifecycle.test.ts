import { EXPLANATION_LIFE, OFFER_LIFE, refusesDay, refusesDocuments, refusesPlace } from './offer-lifecycle';
import { stepsOf } from './service-life';

test('of a service only offer and answer are kept, and the answer may be taken back', () => {
  expect(stepsOf(OFFER_LIFE)).toEqual(['ACCEPTED>DECLINED', 'OFFERED>ACCEPTED', 'OFFERED>DECLINED']);
});

describe('《信访工作条例》第三十二条、第三十七条: an explanation is offered', () => {
  test('legal steps are these and no others: nothing is held that was not accepted', () => {
    expect(stepsOf(EXPLANATION_LIFE)).toEqual(['ACCEPTED>CALLED_OFF', 'ACCEPTED>DECLINED', 'ACCEPTED>HELD', 'OFFERED>ACCEPTED', 'OFFERED>CALLED_OFF', 'OFFERED>DECLINED']);
  });
  test.each([[true, true, undefined], [true, false, 'PLACE_INVALID'], [false, true, 'PLACE_INVALID'], [false, false, undefined]])('accepted %s with a place %s: %s', (isAccepted, hasPlace, code) => {
    expect(refusesPlace({ isAccepted, hasPlace })?.code).toBe(code);
  });
  test.each([[true, 0, 'DOCUMENTS_MISSING'], [true, 1, undefined], [false, 0, undefined]])('papers needed %s, handed over %d: %s', (needsDocuments, count, code) => {
    expect(refusesDocuments({ needsDocuments, count })?.code).toBe(code);
  });
  test.each([['2024-03-01', true], ['2024-03-05', true], ['2024-02-29', false], ['2024-03-06', false]])('offered on 1 March, recorded on 5 March: %s is in order: %s', (day, inOrder) => {
    expect(refusesDay(day, { notBefore: '2024-03-01', today: '2024-03-05' }) === null).toBe(inOrder);
  });
});
