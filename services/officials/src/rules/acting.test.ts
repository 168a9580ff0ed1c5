import type { Viewer } from '@anjie/access';
import type { Role } from '@anjie/contracts';
import { mayActForUnit } from './acting';

const viewer = (role: Role, part: Partial<Viewer> = {}): Viewer => ({ kind: 'OFFICIAL', subject: 'someone', unitId: 'u', divisionCode: '640104', roles: [role], locale: 'en', ...part });

test.each`
  role              | part                         | isOwn    | place       | may
  ${'JOINT_OFFICE'} | ${{}}                        | ${false} | ${'640104'} | ${true}
  ${'JOINT_OFFICE'} | ${{}}                        | ${true}  | ${'640105'} | ${false}
  ${'JOINT_OFFICE'} | ${{ divisionCode: null }}    | ${false} | ${'640104'} | ${false}
  ${'UNIT_HANDLER'} | ${{}}                        | ${true}  | ${'640105'} | ${true}
  ${'UNIT_HANDLER'} | ${{}}                        | ${false} | ${'640104'} | ${false}
  ${'WINDOW_CLERK'} | ${{}}                        | ${true}  | ${'640104'} | ${false}
  ${'UNIT_HANDLER'} | ${{ kind: 'SERVICE' }}       | ${true}  | ${'640104'} | ${false}
`('$role of own unit $isOwn acts for a unit in $place: $may', ({ role, part, isOwn, place, may }: { role: Role; part: Partial<Viewer>; isOwn: boolean; place: string; may: boolean }) => {
  expect(mayActForUnit(viewer(role, part), { divisionCode: place, isOwn })).toBe(may);
});
