import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openRows } from '@anjie/workbook';
import { count } from './asking';
import { checkPetitions, commit, importPetitions, type SheetRow } from './workbooks';
import { openCases, people, type CasesWorld } from './world';

/** 4,326 messages that people wrote to their government; they never enter the repository. */
const MESSAGES = 4_326;
const file = process.env['ANJIE_TEST_DATA'] ? join(process.env['ANJIE_TEST_DATA'], 'taidi_messages_hot.csv') : '';
const isThere = file !== '' && existsSync(file);

let world: CasesWorld;
beforeAll(async () => {
  if (isThere) world = await openCases();
});
beforeEach(() => (isThere ? world.reset() : undefined));
afterAll(() => world?.close());

async function messages(): Promise<SheetRow[]> {
  const rows: SheetRow[] = [];
  for await (const { cells } of openRows({ path: file })) {
    const cell = (header: string): string => cells[header]?.text ?? '';
    rows.push({
      信访件编号: cell('id'), 信访人姓名: cell('user'), 信访日期: cell('time').slice(0, 10), 信访形式: '网上信访', 问题属地代码: '640104',
      标题: [...cell('title')].slice(0, 200).join(''), 投诉内容: cell('detail'),
    });
  }
  return rows;
}

const maybe = isThere ? test : test.skip;

maybe('every real message of ANJIE_TEST_DATA is a petition exactly once, also when the import is repeated (skipped where the variable is not set)', async () => {
  const rows = await messages();
  expect(rows).toHaveLength(MESSAGES);
  const checked = await checkPetitions(world, rows);
  const start = performance.now();
  const run = await commit(world, checked.id);
  process.stderr.write(`real messages: commit ${Math.round(MESSAGES / (performance.now() - start) * 1000)} rows/s, faulty ${run.rowsFaulty}: ${JSON.stringify(run.problems.nodes.slice(0, 20).map((one) => [one.address, one.code]))}\n`);
  expect(run).toMatchObject({ state: 'COMMITTED', rowsRead: MESSAGES, rowsCommitted: MESSAGES, rowsFaulty: 0, rowsRepeated: 0 });
  expect(await importPetitions(world, [...rows].reverse())).toMatchObject({ state: 'COMMITTED', rowsCommitted: 0, rowsRepeated: MESSAGES });
  expect([await count(world, 'petitions'), await count(world, 'cases'), await count(world, 'petitioners'), await count(world, 'outbox_messages', "topic = 'obligation-declared'")]).toEqual([MESSAGES, MESSAGES, MESSAGES, MESSAGES]);
  const seen = await world.client.query<{ petitions: { totalCount: number }; cases: { totalCount: number } }>(people.county, '{ petitions { totalCount } cases(filter: { search: "噪音扰民" }) { totalCount } }');
  expect(seen.petitions.totalCount).toBe(MESSAGES);
  expect(seen.cases.totalCount).toBeGreaterThan(0);
  expect(seen.cases.totalCount).toBeLessThan(MESSAGES);
}, 300_000);
