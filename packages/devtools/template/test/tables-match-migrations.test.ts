import { openTestDatabase, schemaDrift } from '@anjie/testing';
import { migrations, tables } from '../src/database';

test('the tables that TypeORM knows are the tables that the migrations make', async () => {
  const database = await openTestDatabase({ service: 'sample', tables, migrations });
  try {
    expect(await schemaDrift(database.db)).toEqual([]);
  } finally {
    await database.close();
  }
});
