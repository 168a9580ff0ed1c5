import { areMembersFit, seatChanges, type Seat } from './task-force-members';

const leader = (officialId: string): Seat => ({ officialId, duty: 'LEADER' });
const member = (officialId: string): Seat => ({ officialId, duty: 'MEMBER' });
const many = (count: number): Seat[] => [leader('L'), ...Array.from({ length: count - 1 }, (_unused, i) => member(`m${i}`))];

test.each`
  members                              | fit      | why
  ${[leader('a')]}                     | ${true}  | ${'a leader alone'}
  ${[leader('a'), member('b')]}        | ${true}  | ${'a leader and a member'}
  ${[]}                                | ${false} | ${'nobody'}
  ${[member('a')]}                     | ${false} | ${'no leader'}
  ${[leader('a'), leader('b')]}        | ${false} | ${'two leaders'}
  ${[leader('a'), member('a')]}        | ${false} | ${'the same official twice'}
  ${many(50)}                          | ${true}  | ${'fifty'}
  ${many(51)}                          | ${false} | ${'more than fifty'}
`('a task force of $why is fit: $fit', ({ members, fit }: { members: Seat[]; fit: boolean }) => {
  expect(areMembersFit(members)).toBe(fit);
});

test('only those who come, go or change their duty are touched', () => {
  expect(seatChanges([leader('a'), member('b'), member('c')], [member('a'), leader('b'), member('c'), member('d')])).toEqual({
    leave: ['a', 'b'], join: [member('a'), leader('b'), member('d')],
  });
  expect(seatChanges([leader('a'), member('b')], [leader('a'), member('b')])).toEqual({ leave: [], join: [] });
});
