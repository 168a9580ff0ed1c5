import { moveOfTask } from './task-moves';

const change = { oldLeadId: 'A', newLeadId: 'B', isNewLeadBarred: false };

test.each([
  ['SENT_REFERRAL', 'C', false, 'MOVE'], ['SENT_REFERRAL', 'B', false, 'FLAG'], ['SENT_REFERRAL', 'C', true, 'FLAG'],
  ['RECEIVED_REFERRAL', 'C', false, 'STAY'], ['RECEIVED_REFERRAL', 'C', true, 'STAY'], ['VISIT', null, false, 'MOVE'], ['VISIT', null, true, 'FLAG'], ['AGENCY', null, false, 'FLAG'],
] as const)('the lead goes from A to B: %s with %s, B barred %s → %s (practice; 《信访工作条例》 Art. 30 ¶3 bars) · rows 70, 78', (kind, counterpartUnitId, isNewLeadBarred, move) => {
  expect(moveOfTask({ kind, counterpartUnitId }, { ...change, isNewLeadBarred })).toBe(move);
});
