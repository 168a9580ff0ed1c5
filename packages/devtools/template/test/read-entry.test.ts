import { newId } from '@anjie/service-kit/database';
import { openTestDatabase, subgraphClient, viewers } from '@anjie/testing';
import { createContext } from '../src/context';
import { migrations, tables } from '../src/database';
import { addEntry } from '../src/entries/entry-repository';
import { buildSampleSchema } from '../src/subgraph';

let database: Awaited<ReturnType<typeof openTestDatabase>>;
beforeAll(async () => {
  database = await openTestDatabase({ service: 'sample', tables, migrations });
});
beforeEach(() => database.truncate());
afterAll(() => database.close());

const client = () => subgraphClient(buildSampleSchema(), (claims) => createContext(database.db.manager, claims));

test('an entry is read by its id, and as a reference of another subgraph', async () => {
  const id = newId();
  await addEntry(database.db.manager, { id, title: '示例' });
  expect(await client().query(viewers.plain(), 'query($id: ID!) { sampleEntry(id: $id) { id title } }', { id })).toEqual({ sampleEntry: { id, title: '示例' } });
  const source = 'query($refs: [_Any!]!) { _entities(representations: $refs) { ... on SampleEntry { title } } }';
  expect(await client().query(viewers.plain(), source, { refs: [{ __typename: 'SampleEntry', id }] })).toEqual({ _entities: [{ title: '示例' }] });
});

test('an id that nobody has is null', async () => {
  expect(await client().query(viewers.plain(), 'query($id: ID!) { sampleEntry(id: $id) { title } }', { id: newId() })).toEqual({ sampleEntry: null });
});
