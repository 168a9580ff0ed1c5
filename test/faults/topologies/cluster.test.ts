import { startClusterEngines } from './redis-engines';
import { stormOver } from './storm-over';

jest.setTimeout(600_000);

test('R16 over a Cluster: masters are killed, frozen and forget acknowledged jobs: nothing is lost, nothing happens twice, nothing fires early', async () => {
  const { verdict, engines } = await stormOver(startClusterEngines, 30_000);
  console.log(`fail-overs of a master: ${engines.failoverMs.join(', ')} ms`);
  expect(verdict.broken).toEqual([]);
  expect(engines.failoverMs).toHaveLength(3);
});
