import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { count, createCampaign } from './asking';
import { aLedgerRow, ask, commit, runOf, uploadLarge, type SheetRow } from './workbooks';
import { anIdNumber, openCases, people, type CasesWorld } from './world';

let world: CasesWorld;
beforeAll(async () => (world = await openCases()));
beforeEach(() => world.reset());
afterAll(() => world?.close());

const ROWS = 10_000;
const MAX_GROWTH = 200 * 1024 * 1024;

function* manyRows(): Generator<SheetRow> {
  for (let i = 0; i < ROWS; i += 1) {
    yield aLedgerRow(i, { 证件号码: anIdNumber(i), 责任单位: i % 2 ? '住建局' : '民政局', 配合单位: '水务局', 概况信息: '2015年入住至今未办理不动产权证。'.repeat(10), 化解日期: i % 3 ? null : '2021-03-01' });
  }
}

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Bytes in use once what nobody needs is gone: what the work holds on to, whatever the collector's mood. */
function bytesInUse(): number {
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** The most that was in use while the work ran, above what there was before. */
async function growthDuring(work: () => Promise<void>): Promise<number> {
  const before = bytesInUse();
  let most = before;
  // a collection walks everything that this jest worker still holds of other files, so not too often
  const watch = setInterval(() => (most = Math.max(most, bytesInUse())), 5_000);
  await work();
  clearInterval(watch);
  return most - before;
}

test('ten thousand rows are checked and committed, each once, in memory that does not grow with them', async () => {
  const { campaign } = await createCampaign(world);
  const fileId = await uploadLarge(world, people.county, manyRows());
  const { import: queued } = await ask(world, people.county, 'checkLedgerImport', { fileId, campaignId: campaign.id });
  const times: number[] = [];
  const growth = await growthDuring(async () => {
    times.push(performance.now());
    await world.services.engine.runOnce();
    times.push(performance.now());
    await commit(world, queued.id);
    times.push(performance.now());
  });
  const [start = 0, checked = 0, end = 0] = times;
  process.stderr.write(`ledger import: check ${Math.round(ROWS / (checked - start) * 1000)} rows/s, commit ${Math.round(ROWS / (end - checked) * 1000)} rows/s, grew ${Math.round(growth / 1024 / 1024)} MB\n`);
  expect(await runOf(world, people.county, queued.id)).toMatchObject({ state: 'COMMITTED', rowsRead: ROWS, rowsCommitted: ROWS, rowsFaulty: 0 });
  expect([await count(world, 'cases'), await count(world, 'ledger_entries'), await count(world, 'assignments', 'active_case_id IS NOT NULL')]).toEqual([ROWS, ROWS, ROWS]);
  expect(await count(world, 'ledger_entries', `entry_no BETWEEN 1 AND ${ROWS}`)).toBe(ROWS);
  expect(growth).toBeLessThan(MAX_GROWTH);
}, 300_000);
