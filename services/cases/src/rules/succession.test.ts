import { isClosedOn, successionOf, unitsAfter, unitsUnder, type UnitEnd } from './succession';

const ART24 = '《信访工作条例》第二十四条第二款';
const TODAY = '2022-09-27';
const unit = (id: string, validTo: string | null = null, successorUnitId: string | null = null): [string, UnitEnd] => [id, { id, validTo, successorUnitId }];
const units = new Map([
  unit('open'), unit('merged', '2022-01-01', 'open'), unit('older', '2021-01-01', 'merged'), unit('alone', '2022-01-01'), unit('before', '2021-01-01', 'alone'),
  unit('loopA', '2022-01-01', 'loopB'), unit('loopB', '2022-01-01', 'loopA'), unit('self', '2022-01-01', 'self'), unit('lost', '2022-01-01', 'never heard of'),
  unit('today', TODAY, 'open'), unit('tomorrow', '2022-09-28', 'open'), unit('named', null, 'open'), unit('intoLoop', '2022-01-01', 'loopA'),
]);

test.each([
  ['an open unit', 'open', { kind: 'OPEN', unitId: 'open' }],
  ['a unit with a successor', 'merged', { kind: 'FOLLOWED', unitId: 'open', path: ['merged', 'open'] }],
  ['a chain of two', 'older', { kind: 'FOLLOWED', unitId: 'open', path: ['older', 'merged', 'open'] }],
  ['a unit without a successor', 'alone', { kind: 'NO_SUCCESSOR', lastUnitId: 'alone' }],
  ['a chain that ends in one', 'before', { kind: 'NO_SUCCESSOR', lastUnitId: 'alone' }],
  ['a circle', 'loopA', { kind: 'NO_SUCCESSOR', lastUnitId: 'loopB' }],
  ['a chain into a circle', 'intoLoop', { kind: 'NO_SUCCESSOR', lastUnitId: 'loopB' }],
  ['a unit that is its own successor', 'self', { kind: 'NO_SUCCESSOR', lastUnitId: 'self' }],
  ['a successor that is not known here', 'lost', { kind: 'NO_SUCCESSOR', lastUnitId: 'lost' }],
  ['a unit that is not known here', 'nobody', { kind: 'UNKNOWN' }],
  ['a unit on the day of its end', 'today', { kind: 'FOLLOWED', unitId: 'open', path: ['today', 'open'] }],
  ['a unit on the day before its end', 'tomorrow', { kind: 'OPEN', unitId: 'tomorrow' }],
  ['an open unit that already names a successor', 'named', { kind: 'OPEN', unitId: 'named' }],
])(`${ART24}: %s`, (_what, id, expected) => {
  expect(successionOf(id, units, TODAY)).toEqual(expected);
});

test.each([[null, false], ['2022-09-26', true], [TODAY, true], ['2022-09-28', false]])('a unit with its end on %s is closed on 2022-09-27: %s', (validTo, expected) => {
  expect(isClosedOn({ validTo }, TODAY)).toBe(expected);
});

const assigned = { leadUnitId: 'l', guideUnitId: 'g', supportUnitIds: ['s', 't'] };
test.each([
  ['the lead', 'l', 'n', { leadUnitId: 'n', guideUnitId: 'g', supportUnitIds: ['s', 't'] }],
  ['the guide', 'g', 'n', { leadUnitId: 'l', guideUnitId: 'n', supportUnitIds: ['s', 't'] }],
  ['a supporter', 's', 'n', { leadUnitId: 'l', guideUnitId: 'g', supportUnitIds: ['n', 't'] }],
  ['the lead by a supporter', 'l', 's', { leadUnitId: 's', guideUnitId: 'g', supportUnitIds: ['t'] }],
  ['the lead by the guide', 'l', 'g', { leadUnitId: 'g', guideUnitId: null, supportUnitIds: ['s', 't'] }],
  ['the guide by the lead', 'g', 'l', { leadUnitId: 'l', guideUnitId: null, supportUnitIds: ['s', 't'] }],
  ['the guide by a supporter', 'g', 's', { leadUnitId: 'l', guideUnitId: 's', supportUnitIds: ['t'] }],
  ['a supporter by another', 's', 't', { leadUnitId: 'l', guideUnitId: 'g', supportUnitIds: ['t'] }],
  ['a supporter by the guide', 's', 'g', { leadUnitId: 'l', guideUnitId: 'g', supportUnitIds: ['t'] }],
  ['a unit without a part', 'x', 'n', assigned],
])(`${ART24}: %s is continued`, (_what, from, to, expected) => {
  expect(unitsAfter(assigned, from, to)).toEqual(expected);
});

test('another lead leaves the others in place, and takes its own place only once', () => {
  expect(unitsUnder(assigned, 'g')).toEqual({ leadUnitId: 'g', guideUnitId: null, supportUnitIds: ['s', 't'] });
  expect(unitsUnder(assigned, 't')).toEqual({ leadUnitId: 't', guideUnitId: 'g', supportUnitIds: ['s'] });
});
