import { delistingObjection, hasGround, isLaterWithinYear, plateNumber } from './listings';

const viewer = (part: object = {}) => ({ kind: 'OFFICIAL', subject: 'me', unitId: 'office', divisionCode: '640104', roles: ['JOINT_OFFICE'], locale: 'en', ...part }) as never;

test.each<[string, object, object, string]>([
  ['another person of the office', {}, {}, 'FINE'],
  ['who proposed it', {}, { proposedBy: 'me' }, 'SAME_PERSON'],
  ['somebody of the listed unit', {}, { isOfUnit: true }, 'OF_LISTED_UNIT'],
  ['an office beside', { divisionCode: '640105' }, {}, 'NOT_PERMITTED'],
  ['the office above', { divisionCode: '640100' }, {}, 'FINE'],
  ['a unit that handles', { roles: ['UNIT_HANDLER'] }, {}, 'NOT_PERMITTED'],
])('第二十八条第三款, who reviews a delisting: %s · row 123', (_sentence, who, part, code) => {
  expect(delistingObjection(viewer(who), { divisionCode: '640104', proposedBy: 'unit', isOfUnit: false, ...part })?.code ?? 'FINE').toBe(code);
});

test('重点管理 needs a figure of the unit\'s own work · row 123', () => {
  expect(hasGround({ overdueObligations: 0, lettersWithoutProgress: 0, openListings: 0 })).toBe(false);
  expect(hasGround({ overdueObligations: 0, lettersWithoutProgress: 1, openListings: 0 })).toBe(true);
});

test('plates count per division and year; a period lies in the coming year', () => {
  expect(plateNumber(2022, 7)).toBe('挂督〔2022〕0007号');
  expect(['2022-09-20', '2022-09-21', '2023-09-21', '2023-09-22'].map((day) => isLaterWithinYear(day, '2022-09-20'))).toEqual([false, true, true, false]);
});
