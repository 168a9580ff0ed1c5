import { existsSync, writeFileSync } from 'node:fs';
import { startSecuritySystem } from '../world/security-system';
import { buildWorld } from '../world/build-world';

jest.setTimeout(7_200_000);
test('keep', async () => {
  const t = Date.now();
  const system = await startSecuritySystem();
  process.stderr.write(`system up ${(Date.now() - t) / 1000}\n`);
  try {
    writeFileSync('/tmp/wt/proof-sys.json', JSON.stringify({ url: system.url, inner: { ...(globalThis as never as { kept: object }).kept, receiverUrl: system.receiver.url } }));
    const world = await buildWorld(system, Number(process.env['N'] ?? 48)).catch((error: unknown) => { process.stderr.write(`${(error as Error).stack}\n`); return undefined; });
    process.stderr.write(`world built ${(Date.now() - t) / 1000}\n`);
    if (world) writeFileSync('/tmp/wt/proof-world.json', JSON.stringify({ ...world, owners: [...world.owners] }));
    writeFileSync('/tmp/wt/proof-keep', '');
    while (existsSync('/tmp/wt/proof-keep')) await new Promise((r) => setTimeout(r, 500));
  } finally {
    await system.stop();
  }
});
