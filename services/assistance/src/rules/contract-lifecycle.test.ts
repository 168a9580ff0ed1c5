import { refusesAcceptance, refusesContract, refusesDeliverables, refusesDelivery } from './contract-lifecycle';

const terms = { fromOn: '2024-03-01', toOn: '2024-12-31', confidentialityOn: '2024-02-20', today: '2024-03-01' };

describe('《个人信息保护法》第二十一条: who works for an office keeps what it learns', () => {
  test.each([
    ['signed before', terms, undefined], ['not signed', { ...terms, confidentialityOn: null }, 'CONFIDENTIALITY_MISSING'], ['signed after the start', { ...terms, confidentialityOn: '2024-03-02' }, 'CONFIDENTIALITY_MISSING'],
    ['signed tomorrow', { ...terms, fromOn: '2024-03-05', confidentialityOn: '2024-03-02' }, 'CONFIDENTIALITY_MISSING'], ['ends before it begins', { ...terms, toOn: '2024-02-29' }, 'DATE_INVALID'],
  ])('%s', (_what, given, code) => {
    expect(refusesContract(given)?.code).toBe(code);
  });
  test('results are due within the contract', () => {
    expect(refusesDeliverables(['2024-03-01', '2024-12-31'], terms)).toBeNull();
    expect(refusesDeliverables(['2025-01-01'], terms)?.code).toBe('DATE_INVALID');
  });
  test.each([['2024-03-10', null, undefined], ['2024-02-28', null, 'DATE_INVALID'], ['2024-04-02', null, 'DATE_INVALID'], ['2024-03-10', '2024-03-09', 'ILLEGAL_STATE']])('delivered on %s, before that %s: %s', (on, deliveredOn, code) => {
    expect(refusesDelivery({ deliveredOn, acceptedOn: null }, { on, fromOn: '2024-03-01', today: '2024-04-01' })?.code).toBe(code);
  });
  test.each([[null, null, 'ILLEGAL_STATE'], ['2024-03-10', null, undefined], ['2024-03-10', '2024-03-12', 'ILLEGAL_STATE']])('delivered %s, accepted %s: %s', (deliveredOn, acceptedOn, code) => {
    expect(refusesAcceptance({ deliveredOn, acceptedOn })?.code).toBe(code);
  });
});
