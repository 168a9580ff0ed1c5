import { randomUUID } from 'node:crypto';
import { CloseReviewOverturned } from '@anjie/contracts';
import { select } from '@anjie/service-kit/database';
import { PostponedError } from '@anjie/service-kit/messaging';
import { hear } from './hearing';
import { anOpinion, aRoutedCase, caseNow, deliver, done, leaderSigns, onDay, reviewersDecide } from './life';
import { openCases, people, place, type CasesWorld } from './world';

let world: CasesWorld;
beforeAll(async () => void (world = await openCases()));
beforeEach(() => world.reset());
afterAll(() => world?.close());

const closing = { track: 'SUBSTANTIVE', proposedEnd: 'RESOLVED', evidence: '产权证已全部发放到户，住户签领。' };
const closeReviewIdOf = async (caseId: string): Promise<string> =>
  String((await select<{ id: string }>(world.db.manager, 'SELECT id FROM closings WHERE case_id = ? ORDER BY revision DESC LIMIT 1', [caseId]))[0]?.id);

async function aSubmittedCase() {
  const one = await aRoutedCase(world);
  await done(world, 'acceptCase', one.id, { noticeMethod: 'POST' });
  await done(world, 'investigateCase', one.id, { note: '现场核查' });
  const { claims } = await caseNow(world, one.id);
  const replied = await done(world, 'replyToCase', one.id, { opinion: anOpinion(claims, { answer: '反映情况属实，予以支持，已办理完毕。', promise: null, promiseDueOn: null }) });
  await deliver(world, one.id, { documentId: replied.document?.id ?? '', days: ['2022-09-28', '2022-09-29'] });
  await leaderSigns(world, one.id);
  await done(world, 'submitClosing', one.id, closing);
  return { caseId: one.id, closeReviewId: await closeReviewIdOf(one.id) };
}

async function aResolvedCase() {
  const made = await aSubmittedCase();
  await reviewersDecide(world, { ...made, decision: 'PASSED', on: '2022-09-29' });
  return made;
}

const overturn = ({ caseId, closeReviewId }: { caseId: string; closeReviewId: string }) => hear(world, {
  event: CloseReviewOverturned, aggregateId: closeReviewId, version: 4,
  payload: { closeReviewId, caseId, reasonCodes: ['PROCEDURE_INSTEAD_OF_RESULT'], examinedBy: randomUUID(), examiningUnitId: place.jointOffice, overturnedOn: '2022-11-01' },
});

test('what quality sampling gives back is open again and taken off the solved, once; the file is handed in again · row 116', async () => {
  const made = await aResolvedCase();
  await onDay(world, '2022-11-01');
  await overturn(made);
  expect(await caseNow(world, made.caseId)).toMatchObject({ status: 'HANDLING', closedOn: null, relapseWatchUntil: null, ends: { resolved: null, recognised: null, handled: { on: '2022-09-28' } } });
  await overturn(made);
  const history = await select<{ action: string }>(world.db.manager, "SELECT action FROM case_events WHERE case_id = ? AND action = 'REOPENED'", [made.caseId]);
  expect(history).toHaveLength(1);
  await done(world, 'submitClosing', made.caseId, closing);
  expect(await caseNow(world, made.caseId)).toMatchObject({ status: 'CLOSE_REVIEW' });
});

test('a case that is open again already stays as it is · row 116', async () => {
  const made = await aResolvedCase();
  await done(world, 'reopenCase', made.caseId, { ground: '发现新的情况，重新办理。', viewer: people.county });
  const before = await caseNow(world, made.caseId);
  await overturn(made);
  expect(await caseNow(world, made.caseId)).toEqual(before);
});

test('a review that is given back late leaves alone what a later review has closed · row 116', async () => {
  const made = await aResolvedCase();
  await done(world, 'reopenCase', made.caseId, { ground: '发现新的情况，重新办理。', viewer: people.county });
  await done(world, 'submitClosing', made.caseId, closing);
  await reviewersDecide(world, { caseId: made.caseId, closeReviewId: await closeReviewIdOf(made.caseId), decision: 'PASSED', on: '2022-10-12' });
  const before = await caseNow(world, made.caseId);
  expect(before).toMatchObject({ status: 'RESOLVED' });
  await overturn(made);
  expect(await caseNow(world, made.caseId)).toEqual(before);
});

test('a review that is given back before its decision was heard of waits for it, and then the case is open again · row 116', async () => {
  const made = await aSubmittedCase();
  await expect(overturn(made)).rejects.toThrow(PostponedError);
  await reviewersDecide(world, { ...made, decision: 'PASSED', on: '2022-09-29' });
  await overturn(made);
  expect(await caseNow(world, made.caseId)).toMatchObject({ status: 'HANDLING', ends: { resolved: null, recognised: null } });
});
