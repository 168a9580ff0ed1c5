import { timelineOf, type TracedStep } from './inquiry-timeline';

const step = (part: Partial<TracedStep>): TracedStep => ({ source: 'OBLIGATION', sourceId: 's', code: 'T4', unitId: 'bureau', officialId: null, startedOn: '2025-03-01', dueOn: '2025-03-16', actualOn: null, ...part });
const heads = [{ unitId: 'bureau', officialId: 'former', startedOn: '2020-01-01', endedOn: '2025-04-01' }, { unitId: 'bureau', officialId: 'present', startedOn: '2025-04-01', endedOn: null }];

describe('时间线: every step with its official in office · rows 127, 130', () => {
  test('steps stand in the order of their days, whatever they come from', () => {
    const placed = timelineOf([
      step({ code: 'REPEATED', source: 'BACK_TRACE', startedOn: '2025-07-30', dueOn: null, actualOn: '2025-07-30' }), step({}), step({ code: 'LEAD', source: 'CASE', startedOn: '2025-02-01', dueOn: null, actualOn: '2025-02-01' }),
    ], [], '2025-08-04');
    expect(placed.map((one) => [one.ordinal, one.code])).toEqual([[1, 'LEAD'], [2, 'T4'], [3, 'REPEATED']]);
  });
  test.each<[string, Partial<TracedStep>, boolean]>([
    ['done in time', { actualOn: '2025-03-16' }, false],
    ['done after its day', { actualOn: '2025-03-17' }, true],
    ['not done to this day', { actualOn: null }, true],
    ['not due yet', { dueOn: '2025-12-01' }, false],
    ['without a day', { dueOn: null }, false],
  ])('%s: late is %s', (_sentence, part, isLate) => expect(timelineOf([step(part)], [], '2025-08-04')[0]?.isLate).toBe(isLate));
  test.each<[string, Partial<TracedStep>, string | null, string | null]>([
    ['whoever signed it is named', { officialId: 'signer' }, 'signer', 'ACTED'],
    ['else who headed the unit on that day', { actualOn: '2025-03-10' }, 'former', 'HEAD'],
    ['and not who heads it now', { actualOn: '2025-04-01' }, 'present', 'HEAD'],
    ['a unit that nobody is known to head', { unitId: 'other' }, null, null],
    ['nor before anybody did', { actualOn: '2019-01-01' }, null, null],
  ])('%s', (_sentence, part, officialId, officialGround) => expect(timelineOf([step(part)], heads, '2025-08-04')[0]).toMatchObject({ officialId, officialGround }));
});
