import { refusesListing, refusesServing, serves } from './serving';

const person = { validFrom: '2024-01-01', validTo: '2024-12-31', employerUnitId: 'u1' };

test.each([['2023-12-31', false], ['2024-01-01', true], ['2024-12-31', true], ['2025-01-01', false]])('a person listed for 2024 serves on %s: %s', (on, expected) => {
  expect(serves(person, on)).toBe(expected);
  expect(serves({ ...person, validTo: null }, '2030-01-01')).toBe(true);
});

test('《信访工作条例》第二十八条: employed by a unit of the case, the person stands back', () => {
  expect(refusesServing(person, { on: '2024-05-01', conflicted: new Set(['u1']) })).toMatchObject({ code: 'CONFLICT_OF_INTEREST', basis: '《信访工作条例》第二十八条' });
  expect(refusesServing(person, { on: '2024-05-01', conflicted: new Set(['u2']) })).toBeNull();
  expect(refusesServing({ ...person, employerUnitId: null }, { on: '2024-05-01', conflicted: new Set(['u1']) })).toBeNull();
  expect(refusesServing(undefined, { on: '2024-05-01', conflicted: new Set() })).toMatchObject({ code: 'NOT_SERVING' });
});

test.each([['2024-01-01', '2024-01-01', null, true], ['2024-01-02', '2024-01-01', null, false], ['2024-06-02', '2024-06-03', null, false], ['2024-01-01', '2024-02-01', '2024-01-31', false]])(
  'consented on %s, serving from %s to %s, listed on 1 June: %s', (consentedOn, validFrom, validTo, inOrder) => {
    expect(refusesListing({ consentedOn, validFrom, validTo, today: '2024-06-01' }) === null).toBe(inOrder);
  });
