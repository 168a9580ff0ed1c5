import { GraphQLError } from 'graphql';
import { DivisionChanged } from '@anjie/contracts';
import { eventually, openTwoServices, rows, silent, type TwoServices } from '@anjie/testing';
import { insertRows, isStorageFull } from '../src/database';
import { onMany } from '../src/messaging';
import { closeAll, type Closable } from '../src/runtime';
import { createErrorFormat } from '../src/subgraph';

let two: TwoServices;
let couriers: Closable[] = [];
beforeAll(async () => void (two = await openTwoServices()));
beforeEach(() => two.truncate());
afterEach(() => closeAll(couriers.splice(0)));
afterAll(() => two.close());

/** A table in memory that is full after a few rows: the server says so as it does for a tablespace. */
async function fillUp(): Promise<unknown> {
  await two.receiver.db.query('CREATE OR REPLACE TABLE tiny (filling char(255)) ENGINE=MEMORY MAX_ROWS=1');
  for (;;) {
    const error = await two.receiver.db.query(`INSERT INTO tiny SELECT REPEAT('x', 255) FROM seq_1_to_10000`).then(() => undefined, (failure: unknown) => failure);
    if (error) return error;
  }
}

test('a change for which there is no room is answered with SERVICE_UNAVAILABLE, and says nothing of tables', async () => {
  const error = await fillUp();
  expect(error).toMatchObject({ errno: 1114 });
  expect(isStorageFull(error)).toBe(true);
  const format = createErrorFormat(silent);
  const shown = format({ message: 'The table tiny is full' }, new GraphQLError('x', { originalError: error as Error }));
  expect(shown).toEqual({ message: '部分服务暂不可用，请稍后重试。', extensions: { code: 'SERVICE_UNAVAILABLE' } });
  expect(format({ message: 'x' }, new GraphQLError('x', { originalError: new Error('another fault') })).extensions).toEqual({ code: 'INTERNAL' });
});

test('a message that finds no room waits and is applied when there is some; it is not put aside', async () => {
  await fillUp();
  let tries = 0;
  couriers = two.startCouriers(onMany(DivisionChanged, async (tx, incoming) => {
    tries += 1;
    await tx.query(`INSERT INTO tiny VALUES ('y')`);
    await insertRows(tx, 'effects', incoming.map(({ message }) => ({ topic: 't', aggregate_id: message.aggregateId, version: message.version, message_id: message.id })));
  }));
  await two.tell();
  await eventually('it was tried twice', async () => tries >= 2);
  expect(await rows(two.receiver.db, 'SELECT id FROM dead_letters')).toEqual([]);
  expect(await rows(two.receiver.db, 'SELECT id FROM effects')).toEqual([]);
  await two.receiver.db.query('DELETE FROM tiny');
  await two.settled();
  expect(await rows(two.receiver.db, 'SELECT id FROM effects')).toHaveLength(1);
  expect(await rows(two.receiver.db, 'SELECT id FROM dead_letters')).toEqual([]);
});
