import { hearingSpan } from './hearing-span';

const heard = { noticedOn: '2023-03-25', heldOn: '2023-04-03', endedOn: '2023-04-04' };

describe('《信访工作条例》第三十六条第二款: the time that a hearing needs is left out of a re-review', () => {
  test.each([
    ['from the notice to the last day', '2023-03-20', [], { from: '2023-03-25', to: '2023-04-04' }],
    ['not before the re-review was asked for', '2023-03-28', [], { from: '2023-03-28', to: '2023-04-04' }],
    ['nothing of a hearing before it', '2023-04-04', [], null],
    ['nothing twice: what a person recorded stands', '2023-03-20', [{ from: '2023-04-03', to: '2023-04-04' }], null],
    ['beside another hearing', '2023-03-20', [{ from: '2023-03-21', to: '2023-03-22' }], { from: '2023-03-25', to: '2023-04-04' }],
  ])('%s', (_what, requestedOn, recorded, span) => {
    expect(hearingSpan({ heard, requestedOn, recorded })).toEqual(span);
  });
});
