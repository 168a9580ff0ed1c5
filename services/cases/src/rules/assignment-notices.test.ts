import { assignmentNotices } from './assignment-notices';

test.each([
  ['the first order', null, { leadUnitId: 'a' }, ['CASE_ASSIGNED a']],
  ['an order that names every part', null, { leadUnitId: 'a', supportUnitIds: ['b', 'c'], guideUnitId: 'd' }, ['CASE_ASSIGNED a', 'CASE_SUPPORT_ASKED b', 'CASE_SUPPORT_ASKED c', 'CASE_GUIDANCE_ASKED d']],
  ['another unit leads', 'a', { leadUnitId: 'b', guideUnitId: null }, ['CASE_ASSIGNED b', 'CASE_REASSIGNED a']],
  ['the same unit leads on', 'a', { leadUnitId: 'a' }, ['CASE_ASSIGNED a']],
  ['the unit that led supports from now on', 'a', { leadUnitId: 'b', supportUnitIds: ['a'] }, ['CASE_ASSIGNED b', 'CASE_SUPPORT_ASKED a']],
])('%s', (_name, before, named, told) => {
  expect(assignmentNotices(before, named).map(({ kind, unitId }) => `${kind} ${unitId}`)).toEqual(told);
});
