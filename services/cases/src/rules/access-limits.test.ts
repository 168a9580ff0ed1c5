import { afterFailure, FAILURES_TO_LOCK } from './access-limits';

test.each([0, 1, 2, 3])('failure %i + 1 does not lock', (failures) => {
  expect(afterFailure({ failures, locks: 2 })).toEqual({ failures: failures + 1, locks: 2, lockMinutes: 0 });
});

test.each([[0, 15], [1, 30], [2, 60], [3, 120], [6, 960], [7, 1440], [8, 1440], [200, 1440]])('the fifth failure after %i locks locks for %i minutes', (locks, lockMinutes) => {
  expect(afterFailure({ failures: FAILURES_TO_LOCK - 1, locks })).toEqual({ failures: 0, locks: locks + 1, lockMinutes });
});
