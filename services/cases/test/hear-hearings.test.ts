import { randomUUID } from 'node:crypto';
import { HearingConcluded } from '@anjie/contracts';
import { select } from '@anjie/service-kit/database';
import { hear } from './hearing';
import { anOpinion, aRepliedCase, caseNow, clockOf, deliver, done, onDay } from './life';
import { openCases, people, place, type CasesWorld } from './world';

let world: CasesWorld;
beforeAll(async () => void (world = await openCases()));
beforeEach(() => world.reset());
afterAll(() => world?.close());

const HEARD = { noticedOn: '2023-01-20', heldOn: '2023-02-01', endedOn: '2023-02-02', concludedOn: '2023-02-06' };
async function concluded(caseId: string, part: Partial<typeof HEARD> = {}, hearingId: string = randomUUID()): Promise<void> {
  await hear(world, { event: HearingConcluded, aggregateId: hearingId, version: 6, payload: { hearingId, caseId, ...HEARD, ...part } });
}

/** Reviewed by the county, asked for again at the city: T13 runs from 2023-01-16. */
async function inReReview(): Promise<string> {
  const one = await aRepliedCase(world);
  await onDay(world, '2022-10-20');
  let now = (await done(world, 'requestReview', one.id, { viewer: people.clerk, kind: 'REVIEW', requestedOn: '2022-10-20', organUnitId: place.government })).case;
  const { document } = await done(world, 'giveReviewOpinion', one.id, {
    viewer: people.government, reviewId: now.reviews[0]?.id, outcome: 'UPHELD', opinion: anOpinion(now.claims, { answer: '原处理意见认定事实清楚，予以维持。', promise: null, promiseDueOn: null, result: 'EXPLAINED' }),
  });
  await deliver(world, one.id, { documentId: document?.id ?? '', days: ['2023-01-05', '2023-01-06'], viewer: people.government });
  await onDay(world, '2023-01-16');
  now = (await done(world, 'requestReview', one.id, { viewer: people.clerk, kind: 'RE_REVIEW', requestedOn: '2023-01-16', organUnitId: place.cityGovernment })).case;
  expect(clockOf(now, 'T13')).toMatchObject({ startOn: '2023-01-16', hearingDays: 0, dueRaw: '2023-02-15' });
  return one.id;
}

test('《信访工作条例》第三十六条第二款: a concluded hearing of a re-review leaves its time out of the 30 days, once · row 98', async () => {
  const caseId = await inReReview();
  await onDay(world, '2023-02-06');
  const hearingId = randomUUID();
  for (const _again of [1, 2]) await concluded(caseId, {}, hearingId);
  const now = await caseNow(world, caseId);
  expect(clockOf(now, 'T13')).toMatchObject({ hearingDays: 14, dueRaw: '2023-03-01', state: 'OPEN' });
  expect(now.reviews[1]?.hearings).toEqual([{ from: '2023-01-20', to: '2023-02-02' }]);
  expect(await select(world.db.manager, "SELECT uid FROM audit_entries WHERE action = 'HEARING_HELD' AND case_id = ?", [caseId])).toHaveLength(1);
});

test('what a person recorded stands: the same hearing told by assistance moves nothing · row 98', async () => {
  const caseId = await inReReview();
  await onDay(world, '2023-02-06');
  await done(world, 'recordHearing', caseId, { viewer: people.cityGovernment, from: '2023-02-01', to: '2023-02-02' });
  const before = clockOf(await caseNow(world, caseId), 'T13');
  await concluded(caseId);
  expect(clockOf(await caseNow(world, caseId), 'T13')).toEqual(before);
});

test('a hearing stops no other clock: neither the 60 days of handling nor a review’s 30 · row 98', async () => {
  const one = await aRepliedCase(world);
  const handled = await caseNow(world, one.id);
  await concluded(one.id, { noticedOn: '2022-10-01', heldOn: '2022-10-06', endedOn: '2022-10-06' });
  expect(await caseNow(world, one.id)).toEqual(handled);
  await onDay(world, '2022-10-20');
  const asked = (await done(world, 'requestReview', one.id, { viewer: people.clerk, kind: 'REVIEW', requestedOn: '2022-10-20', organUnitId: place.government })).case;
  await concluded(one.id, { noticedOn: '2022-10-21', heldOn: '2022-10-27', endedOn: '2022-10-27' });
  expect(await caseNow(world, one.id)).toEqual(asked);
});

test('a hearing of a case that is not known, or of one before its re-review, is heard without an effect · row 98', async () => {
  await concluded(randomUUID());
  const caseId = await inReReview();
  const before = await caseNow(world, caseId);
  await concluded(caseId, { noticedOn: '2022-12-01', heldOn: '2022-12-10', endedOn: '2022-12-10' });
  expect(await caseNow(world, caseId)).toEqual(before);
});
