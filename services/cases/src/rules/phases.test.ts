import { phaseEntry, runningPhase, type PhaseFact } from './phases';

const phase = (ordinal: number, enteredOn: string | null = null, leftOn: string | null = null): PhaseFact => ({ ordinal, enteredOn, leftOn });
const none = [phase(1), phase(2), phase(3)];
const inFirst = [phase(1, '2020-10-26'), phase(2), phase(3)];
const inSecond = [phase(1, '2020-10-26', '2020-10-31'), phase(2, '2020-10-31'), phase(3)];
const between = [phase(1, '2020-10-26', '2020-10-30'), phase(2), phase(3)];

test.each<[string, readonly PhaseFact[], number, string, object]>([
  ['the first of three', none, 1, '2020-10-26', { enter: 1, leave: null }], ['the second before the first', none, 2, '2020-10-26', { refused: 'PHASE_OUT_OF_ORDER' }],
  ['the second', inFirst, 2, '2020-10-31', { enter: 2, leave: 1 }], ['the second on the day of the first', inFirst, 2, '2020-10-26', { enter: 2, leave: 1 }],
  ['the second before the day of the first', inFirst, 2, '2020-10-25', { refused: 'DATE_OUT_OF_ORDER' }], ['the third, leaving out the second', inFirst, 3, '2020-10-31', { refused: 'PHASE_OUT_OF_ORDER' }],
  ['the first again', inSecond, 1, '2020-11-01', { refused: 'PHASE_OUT_OF_ORDER' }], ['the second again', inSecond, 2, '2020-11-01', { refused: 'PHASE_OUT_OF_ORDER' }],
  ['the third', inSecond, 3, '2023-01-01', { enter: 3, leave: 2 }], ['the second after a pause', between, 2, '2020-11-01', { enter: 2, leave: null }],
  ['the second before the first was left', between, 2, '2020-10-29', { refused: 'DATE_OUT_OF_ORDER' }], ['a fourth of three', inSecond, 4, '2023-01-01', { refused: 'PHASE_UNKNOWN' }],
  ['phase 0', none, 0, '2020-10-26', { refused: 'PHASE_UNKNOWN' }],
])('兴庆区方案 2020 §三个阶段: entering %s', (_what, phases, ordinal, on, answer) => {
  expect(phaseEntry(phases, { ordinal, on })).toEqual(answer);
});

test('兴庆区方案 2020 §三个阶段: one phase runs at a time, or none', () => {
  expect([none, inFirst, inSecond, between].map((phases) => runningPhase(phases)?.ordinal)).toEqual([undefined, 1, 2, undefined]);
});
