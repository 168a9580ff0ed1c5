import { startSemiSyncEngines } from './semi-sync-engines';
import { stormOver } from './storm-over';

jest.setTimeout(600_000);

test('R13, R14 over a semi-synchronous pair: no acknowledged row is missing after a promotion, and a stalled replica makes commits wait', async () => {
  const { verdict, engines } = await stormOver(startSemiSyncEngines, 15_000);
  console.log(`promotions: ${JSON.stringify(engines.failoverMs)}; stalls: ${JSON.stringify(engines.stalls)}`);
  expect(verdict.broken).toEqual([]);
  expect(engines.failoverMs).toHaveLength(1);
  expect(engines.stalls).toEqual([{ status: 'ON', committed: 0, unconfirmed: 0 }]);
});
