import { caseNumber, checkDigit, petitionNumber } from './numbers';

const isSound = (digits: string, check: string): boolean => checkDigit(digits) === check;

test('ISO 7064 MOD 11-2: the vectors of the standard', () => {
  expect(['0794', '079'].map(checkDigit)).toEqual(['0', 'X']);
  expect(checkDigit('11010519491231002')).toBe('X');
});

test('every single mistyped digit of a case number is noticed', () => {
  for (const serial of [1, 42, 999_999]) {
    const number = caseNumber('640104', '2022', serial);
    const [body, check] = [number.slice(1, -1), number.slice(-1)];
    expect(isSound(body, check)).toBe(true);
    for (let i = 0; i < body.length; i += 1) {
      for (let digit = 0; digit <= 9; digit += 1) {
        const changed = `${body.slice(0, i)}${digit}${body.slice(i + 1)}`;
        if (changed !== body) expect(isSound(changed, check)).toBe(false);
      }
    }
  }
});

test('two neighbouring digits that changed places are noticed', () => {
  const number = petitionNumber({ divisionCode: '640104', channel: 'VISIT', on: '2022-09-27', serial: 18 });
  const digits = number.slice(0, -1).replace(/\D/g, '');
  for (let i = 0; i + 1 < digits.length; i += 1) {
    if (digits[i] === digits[i + 1]) continue;
    const swapped = digits.slice(0, i) + (digits[i + 1] ?? '') + (digits[i] ?? '') + digits.slice(i + 2);
    expect(isSound(swapped, number.slice(-1))).toBe(false);
  }
});

test('a number holds place, day, channel and serial and nothing else: neither a name nor a date of birth can enter', () => {
  expect(caseNumber('640104', '2022', 7)).toMatch(/^M6401042022000007[\dX]$/);
  expect(petitionNumber({ divisionCode: '640104100201', channel: 'ONLINE', on: '2022-09-27', serial: 7 })).toMatch(/^640104-W-20220927-000007[\dX]$/);
  expect(caseNumber.length).toBe(3);
  expect(new Set(['LETTER', 'VISIT', 'ONLINE', 'PHONE', 'FAX', 'LEADER_MAILBOX', 'OTHER']
    .map((channel) => petitionNumber({ divisionCode: '640104', channel, on: '2022-09-27', serial: 7 }))).size).toBe(7);
});

test('serials beyond a million stay different', () => {
  const serials = [1, 999_999, 1_000_000, 1_000_001, 10_000_000];
  expect(new Set(serials.map((serial) => caseNumber('640104', '2022', serial))).size).toBe(serials.length);
});
