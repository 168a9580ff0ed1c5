import type { PortalUses } from '@anjie/contracts';
import { createUseTally } from './uses';

const CLIENT = '0f4a8a5e-2f1e-4c8c-9a53-0d8c2b1f6a10';

test('uses are summed, told once, and a key once a day', async () => {
  let day = '2026-01-01';
  const tally = createUseTally(() => day);
  const told: PortalUses[] = [];
  const report = () => tally.report(async (uses) => void told.push(uses));
  await report();
  expect(told).toEqual([]);
  tally.keyUsed('k1');
  tally.keyUsed('k1');
  for (let n = 0; n < 3; n += 1) tally.strayUsed(CLIENT, 'aa');
  await report();
  expect(told).toEqual([{ keyIds: ['k1'], strays: [{ clientId: CLIENT, sha256: 'aa', uses: 3 }], faults: [] }]);
  tally.keyUsed('k1');
  await report();
  expect(told).toHaveLength(1);
  day = '2026-01-02';
  tally.keyUsed('k1');
  await report();
  expect(told[1]?.keyIds).toEqual(['k1']);
});

test('what could not be told is told later, with what came meanwhile', async () => {
  const tally = createUseTally(() => '2026-01-01');
  tally.keyUsed('k1');
  tally.strayUsed(CLIENT, 'aa');
  tally.faultsAre([{ clientId: CLIENT, sha256: 'bb', fault: 'x' }]);
  await expect(tally.report(() => Promise.reject(new Error('away')))).rejects.toThrow('away');
  tally.strayUsed(CLIENT, 'aa');
  let told: PortalUses | undefined;
  await tally.report(async (uses) => void (told = uses));
  expect(told).toEqual({ keyIds: ['k1'], strays: [{ clientId: CLIENT, sha256: 'aa', uses: 2 }], faults: [{ clientId: CLIENT, sha256: 'bb', fault: 'x' }] });
});

test('a client that never sends the same text twice does not fill the memory', async () => {
  const tally = createUseTally();
  for (let n = 0; n < 5_000; n += 1) tally.strayUsed(CLIENT, String(n));
  let told: PortalUses | undefined;
  await tally.report(async (uses) => void (told = uses));
  expect(told?.strays).toHaveLength(1_000);
});
