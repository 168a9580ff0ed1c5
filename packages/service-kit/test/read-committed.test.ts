import type { EntityManager } from 'typeorm';
import { openTestDatabase } from '@anjie/testing';
import { inTransaction, kitMigrations, kitTables, select, write } from '../src/database';

let database: Awaited<ReturnType<typeof openTestDatabase>>;
beforeAll(async () => {
  database = await openTestDatabase({ service: 'kit_isolation', tables: kitTables, migrations: kitMigrations });
});
afterAll(() => database.close());

const offset = async (tx: EntityManager): Promise<number> => Number((await select<{ n: string }>(tx, 'SELECT offset_seconds AS n FROM business_clock WHERE id = 1'))[0]?.n);

/** So many transactions at once that each needs a connection of its own, the first of the pool among them. */
const AT_ONCE = 6;

test('every connection of the pool sees within a transaction what others have committed since it began', async () => {
  const { db } = database;
  let committed: () => void = () => undefined;
  const afterCommit = new Promise<void>((resolve) => (committed = resolve));
  const began: Promise<void>[] = [];
  const readers = Array.from({ length: AT_ONCE }, () => {
    let begun: () => void = () => undefined;
    began.push(new Promise((resolve) => (begun = resolve)));
    return inTransaction(db, async (tx) => {
      const before = await offset(tx);
      begun();
      await afterCommit;
      return [before, await offset(tx)];
    });
  });
  await Promise.all(began);
  await write(db.manager, 'UPDATE business_clock SET offset_seconds = 7 WHERE id = 1', []);
  committed();
  expect(await Promise.all(readers)).toEqual(Array.from({ length: AT_ONCE }, () => [0, 7]));
});
