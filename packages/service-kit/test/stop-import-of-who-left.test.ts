import { viewers } from '@anjie/testing';
import { select } from '../src/database';
import { clerk, openLedger, plainRows, trouble, unit } from './ledger-import';

let on: Awaited<ReturnType<typeof openLedger>>;
beforeAll(async () => {
  on = await openLedger();
});
beforeEach(() => on.reset());
afterAll(() => on.close());

const requesters = async () => (await select<{ by: string }>(on.db.manager, 'SELECT requested_by AS `by` FROM import_runs')).map(({ by }) => (JSON.parse(by) as { subject: string }).subject);

test('a commit stops before its next chunk when whoever asked for it has left; a colleague who may goes on, in their own name', async () => {
  const runId = await on.checked(await on.sheet(plainRows(1_200)));
  await on.commit(runId);
  // leaves while the second of three chunks is written
  trouble.beforeKeys = async () => void (trouble.commits === 1 && (trouble.hasLeft = ({ subject }) => subject === clerk.subject));
  expect(await on.engineOf().runOnce()).toBe(true);
  expect(await on.view(runId)).toMatchObject({ state: 'FAILED', failureCode: 'REQUESTER_LEFT', rowsCommitted: 1_000 });
  expect(await on.ledger()).toHaveLength(1_000);
  expect(await on.engineOf().runOnce()).toBe(false);
  const colleague = { viewer: viewers.clerk(unit), requestId: 'r-2' };
  expect(await on.commit(runId, colleague)).toEqual({ runId, isRepeat: false });
  await on.engineOf().runOnce();
  expect(await on.view(runId)).toMatchObject({ state: 'COMMITTED', rowsCommitted: 1_200, failureCode: null });
  expect(await on.ledger()).toHaveLength(1_200);
  expect(await requesters()).toEqual([colleague.viewer.subject]);
});

test('a check, and a commit that has not begun, do not begin', async () => {
  const fileId = await on.sheet(plainRows(3));
  const runId = await on.checked(fileId);
  await on.commit(runId);
  const { runId: waiting } = await on.check(fileId);
  trouble.hasLeft = () => true;
  await on.engineOf().runOnce();
  await on.engineOf().runOnce();
  for (const id of [runId, waiting]) expect(await on.view(id)).toMatchObject({ state: 'FAILED', failureCode: 'REQUESTER_LEFT', rowsRead: 0 });
  expect(await on.ledger()).toEqual([]);
});
