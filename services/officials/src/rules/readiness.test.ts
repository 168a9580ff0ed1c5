import { readinessOf, type ReadinessFacts, type SlotTimes } from './readiness';

const filled = (since: string | null): SlotTimes => ({ since, lostOn: null });
const facts = (part: Partial<ReadinessFacts>): ReadinessFacts => ({
  enteredOn: '2026-03-01', knownOn: '2026-02-20', sponsor: filled(null), taskForce: filled(null), plan: filled(null), ...part,
});

const D = '2026-04-01';
test.each`
  sponsor | taskForce | plan    | missing
  ${null} | ${null}   | ${null} | ${['SPONSOR', 'TASK_FORCE', 'PLAN']}
  ${D}    | ${null}   | ${null} | ${['TASK_FORCE', 'PLAN']}
  ${null} | ${D}      | ${null} | ${['SPONSOR', 'PLAN']}
  ${null} | ${null}   | ${D}    | ${['SPONSOR', 'TASK_FORCE']}
  ${D}    | ${D}      | ${null} | ${['PLAN']}
  ${D}    | ${null}   | ${D}    | ${['TASK_FORCE']}
  ${null} | ${D}      | ${D}    | ${['SPONSOR']}
  ${D}    | ${D}      | ${D}    | ${[]}
`('四个一: sponsor $sponsor, task force $taskForce, plan $plan leave $missing missing', ({ sponsor, taskForce, plan, missing }: { sponsor: string | null; taskForce: string | null; plan: string | null; missing: string[] }) => {
  const readiness = readinessOf(facts({ sponsor: filled(sponsor), taskForce: filled(taskForce), plan: filled(plan) }));
  expect(readiness.missing).toEqual(missing);
  expect(readiness.isComplete).toBe(missing.length === 0);
});

test.each`
  enteredOn       | lostOn          | missingSince    | why
  ${'2026-03-01'} | ${null}         | ${'2026-03-01'} | ${'never filled: since the ledger entry'}
  ${'2026-03-01'} | ${'2026-05-06'} | ${'2026-05-06'} | ${'emptied after the entry: since then'}
  ${'2026-03-01'} | ${'2026-01-02'} | ${'2026-03-01'} | ${'emptied before the entry: since the entry'}
  ${'2026-03-01'} | ${'2026-03-01'} | ${'2026-03-01'} | ${'emptied on the day of entry'}
  ${null}         | ${null}         | ${'2026-02-20'} | ${'in no ledger: since the case is known'}
  ${null}         | ${'2026-05-06'} | ${'2026-05-06'} | ${'in no ledger, emptied later'}
`('an empty slot is missing since $missingSince ($why)', ({ enteredOn, lostOn, missingSince }: { enteredOn: string | null; lostOn: string | null; missingSince: string }) => {
  const slots = readinessOf(facts({ enteredOn, sponsor: { since: null, lostOn } })).slots;
  expect(slots[1]).toMatchObject({ code: 'SPONSOR', label: '一位包案领导', isFilled: false, since: null, missingSince });
});

test('a filled slot tells since when and is not missing, even when it was empty once', () => {
  const slots = readinessOf(facts({ sponsor: { since: '2026-06-01', lostOn: '2026-05-06' } })).slots;
  expect(slots[1]).toMatchObject({ isFilled: true, since: '2026-06-01', missingSince: null });
});

test('the matter itself is always there, since the ledger entry or since the case is known', () => {
  expect(readinessOf(facts({})).slots[0]).toMatchObject({ code: 'MATTER', isFilled: true, since: '2026-03-01' });
  expect(readinessOf(facts({ enteredOn: null })).slots[0]).toMatchObject({ since: '2026-02-20' });
});
