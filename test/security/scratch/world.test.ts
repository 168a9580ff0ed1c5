import { writeFileSync } from 'node:fs';
import { buildWorld } from '../world/build-world';
import { attach } from './attach';
jest.setTimeout(7_200_000);
test('world', async () => {
  const real = await attach();
  const system = { ...real,
    act: async (who: never, mutation: string, input: object) => (/Webhook|Portal/.test(mutation) ? { client: { id: '0' }, secret: 'x' } : real.act(who, mutation, input)),
    rows: async (sql: string, params: readonly unknown[] = []) => (sql.includes('portal_strays') ? [] : real.rows(sql, params)),
  } as typeof real;
  const world = await buildWorld(system, Number(process.env['N'] ?? 48));
  writeFileSync('/tmp/wt/proof-world.json', JSON.stringify({ ...world, owners: [...world.owners] }));
});
