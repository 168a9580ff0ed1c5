import { select } from '@anjie/service-kit/database';
import { SEALED_COLUMNS } from '../src/petitioners/sealed-columns';
import { openCases, type CasesWorld } from './world';

let world: CasesWorld;
beforeAll(async () => (world = await openCases()));
afterAll(() => world?.close());

/** Bytes that say nothing of anybody. */
const NOT_SEALED = new Set(['data_keys.wrapped_key', 'idempotency_keys.idempotency_key']);

const columns = () => select<{ name: string; type: string }>(
  world.db.manager, "SELECT CONCAT(table_name, '.', column_name) AS name, data_type AS type FROM information_schema.columns WHERE table_schema = DATABASE() ORDER BY 1",
);

test('every column of bytes, and every one whose name says so, is in the one list of sealed columns: rotation, retention and canary follow it', async () => {
  const suspicious = (await columns()).filter(({ name, type }) => /blob|varbinary/.test(type) || (name.endsWith('sealed') && type !== 'tinyint')).map(({ name }) => name);
  const listed = Object.keys(SEALED_COLUMNS);
  expect(suspicious.filter((name) => !NOT_SEALED.has(name) && !listed.includes(name))).toEqual([]);
  expect(listed.filter((name) => !suspicious.includes(name))).toEqual([]);
  expect(listed.length).toBeGreaterThan(18);
});

test('no column of text is named after what must be sealed', async () => {
  const named = (await columns()).filter(({ name, type }) => /char|text/.test(type) && /\.(.*_)?(phone|mobile|telephone|id_number|id_card|home_address|address|birth\w*|email)$/.test(name)).map(({ name }) => name);
  expect(named.filter((name) => name !== 'import_problems.address')).toEqual([]); // of a cell
  expect('petitioners.phone'.match(/\.(.*_)?(phone|mobile)$/)).not.toBeNull();
});

test('the key of a row is its primary key, and each table has one', async () => {
  const keys = await select<{ name: string }>(
    world.db.manager, "SELECT CONCAT(table_name, '.', GROUP_CONCAT(column_name)) AS name FROM information_schema.key_column_usage WHERE table_schema = DATABASE() AND constraint_name = 'PRIMARY' GROUP BY table_name",
  );
  const primary = new Set(keys.map(({ name }) => name));
  for (const { table, rowKey } of Object.values(SEALED_COLUMNS)) expect(primary).toContain(`${table}.${rowKey}`);
});
