import { randomUUID } from 'node:crypto';
import type { Viewer } from '@anjie/access';
import { select } from '@anjie/service-kit/database';
import { haveCaseScope, viewers } from '@anjie/testing';
import { asking, made } from './asking-oversight';
import { at, countRows, COUNTY, haveKnownUnit, openSupervision, type Supervision } from './builders';
import { haveOffice, relapse, reviewer, submit } from './closing';
import { inboxOf, kindsIn } from './notices';

interface Sampling {
  readonly result: string;
  readonly version: number;
  readonly closeReview: { readonly id: string };
}
interface Sample {
  readonly id: string;
  readonly seed: string;
  readonly items: { readonly nodes: Sampling[] };
}
const SAMPLE = `id state seed method isReproduced finishedOn recognised { value asOf formula } strata { unit { id } population drawn confirmed returned }
  items(first: 100) { totalCount nodes { result version note reasonCodes closeReview { id state } } }`;

let supervision: Supervision;
let sample: ReturnType<typeof asking<Sample>>;
beforeAll(async () => {
  supervision = await openSupervision();
  sample = asking<Sample>(supervision, { payload: 'CloseReviewSamplePayload', refusal: 'CloseReviewSampleRefusal', node: 'sample', fields: SAMPLE });
});
beforeEach(async () => {
  await supervision.truncate();
  await at(supervision.db, '2025-06-02T02:00:00Z');
});
afterAll(() => supervision.close());

const campaignId = randomUUID();

/** Files of two units that two persons of the county's office passed in June. */
async function passedFiles(counts: readonly [number, number] = [5, 3]) {
  const { db } = supervision;
  const [office, city] = [await haveOffice(supervision, COUNTY), await haveOffice(supervision, '640100')];
  const [first, second] = [viewers.jointOffice(COUNTY, office), viewers.jointOffice(COUNTY, office)];
  const units = [await haveKnownUnit(db), await haveKnownUnit(db)];
  const files: { id: string; unitId: string; caseId: string }[] = [];
  for (const [i, unitId] of units.entries()) {
    for (let n = 0; n < (counts[i] ?? 0); n += 1) {
      const scope = await haveCaseScope(db, { parties: [{ kind: 'UNIT', id: unitId, role: 'LEAD' }], ledgers: [{ campaignId, divisionCode: COUNTY, enteredOn: '2025-01-01', removedOn: null }] });
      const { closeReviewId: id } = await submit(supervision, { caseId: scope.caseId, submittedUnitId: unitId, submittedOn: '2025-06-02' });
      await reviewer(supervision).examine(first, id);
      await reviewer(supervision).decide(second, id);
      files.push({ id, unitId, caseId: scope.caseId });
    }
  }
  await at(db, '2025-07-10T02:00:00Z');
  return { units, files, first, second, fresh: viewers.jointOffice(COUNTY, office), mayor: viewers.jointOffice('640100', city) };
}
const TERMS = { divisionCode: COUNTY, fromDay: '2025-06-01', toDay: '2025-06-30', sharePercent: 20, leastPerUnit: 2 };
const draw = (viewer: Viewer, part: object = {}) => sample(viewer, 'drawCloseReviewSample', { ...TERMS, ...part });
const examine = (viewer: Viewer, { closeReview, version }: Sampling, part: object = {}) =>
  sample(viewer, 'examineSampledCloseReview', { reviewId: closeReview.id, expectedVersion: version, result: 'CONFIRM', ...part });
const RETURN = { result: 'RETURN', reasonCodes: ['PROCEDURE_INSTEAD_OF_RESULT'], rectifyBy: '2025-08-15', note: '现场未见解决。' };
const recognised = async (viewer: Viewer): Promise<number | undefined> => (await supervision.client.query<{ _entities: { recognisedAfterSampling: { value: number } }[] }>(
  viewer, 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on DivisionRollup { recognisedAfterSampling { value formula } } } }', { r: [{ __typename: 'DivisionRollup', campaignId, divisionCode: COUNTY, asOf: '2025-07-10' }] },
))._entities[0]?.recognisedAfterSampling.value;

test('抽查: drawn by a seed that is shown, from every unit its part, and it comes out the same when it is drawn again · row 116', async () => {
  const { units, mayor } = await passedFiles();
  const drawn = made(await draw(mayor, { seed: 'public-draw-17' }));
  expect(drawn).toMatchObject({ state: 'OPEN', seed: 'public-draw-17', isReproduced: true, recognised: null, items: { totalCount: 4 } });
  expect((drawn as unknown as { strata: object[] }).strata).toEqual(expect.arrayContaining([
    { unit: { id: units[0] }, population: 5, drawn: 2, confirmed: 0, returned: 0 }, { unit: { id: units[1] }, population: 3, drawn: 2, confirmed: 0, returned: 0 },
  ]));
  await supervision.db.query("UPDATE close_review_sample_items SET state = IF(state = 'WAITING', 'NOT_DRAWN', 'WAITING')");
  const again = await supervision.client.query<{ closeReviewSample: { isReproduced: boolean } }>(mayor, 'query ($id: ID!) { closeReviewSample(id: $id) { isReproduced } }', { id: drawn.id });
  expect(again.closeReviewSample.isReproduced).toBe(false);
});

test('a file is sampled once; what is left of a period is nothing; a seed is made where none is given · row 116', async () => {
  const { mayor } = await passedFiles([1, 0]);
  expect(made(await draw(mayor)).seed.length).toBeGreaterThan(8);
  expect(await draw(mayor)).toMatchObject({ code: 'NOTHING_TO_SAMPLE' });
  expect(await draw(mayor, { toDay: '2025-07-10' })).toMatchObject({ code: 'PERIOD_NOT_ACCEPTABLE' });
  expect(await draw(mayor, { divisionCode: '650102' })).toMatchObject({ code: 'OUTSIDE_DIVISION' });
});

test('whoever reviewed one of them examines none; nobody of the unit either · rows 115, 116', async () => {
  const { units, first, second, mayor, fresh } = await passedFiles([2, 0]);
  const [item] = made(await draw(mayor)).items.nodes as [Sampling];
  for (const viewer of [first, second]) expect(await examine(viewer, item)).toMatchObject({ code: 'REVIEWED_ONE_OF_THEM' });
  expect(await examine(viewers.jointOffice(COUNTY, units[0] ?? ''), item)).toMatchObject({ code: 'REVIEWER_OF_SUBMITTING_UNIT' });
  expect(await examine(viewers.handler(units[0] ?? ''), item)).toMatchObject({ code: 'NOT_PERMITTED' });
  expect(made(await examine(fresh, item))).toMatchObject({ state: 'OPEN' });
  expect(await examine(mayor, { ...item, version: 2 })).toMatchObject({ code: 'WRONG_STATE' });
});

test('a return reopens the file the way a review returns one: a dated duty, cases is told, the next revision meets it · rows 115, 116, 117', async () => {
  const { files, mayor, fresh } = await passedFiles([1, 0]);
  const [item] = made(await draw(mayor)).items.nodes as [Sampling];
  expect(await examine(fresh, item, { ...RETURN, reasonCodes: [] })).toMatchObject({ code: 'REASON_REQUIRED' });
  expect(await examine(fresh, item, { ...RETURN, rectifyBy: null })).toMatchObject({ code: 'RECTIFY_DATE_NOT_ACCEPTABLE' });
  const done = made(await examine(fresh, item, RETURN));
  expect(done).toMatchObject({ state: 'DONE', finishedOn: '2025-07-10', recognised: { value: 0 }, items: { nodes: [{ result: 'RETURNED', reasonCodes: ['PROCEDURE_INSTEAD_OF_RESULT'], closeReview: { state: 'RETURNED' } }] } });
  const told = await select<{ payload: string }>(supervision.db.manager, "SELECT payload FROM outbox_messages WHERE topic = 'close-review-overturned'");
  expect(told.map((row) => JSON.parse(row.payload) as unknown)).toMatchObject([{ closeReviewId: files[0]?.id, caseId: files[0]?.caseId, reasonCodes: ['PROCEDURE_INSTEAD_OF_RESULT'], examinedBy: fresh.subject, overturnedOn: '2025-07-10' }]);
  expect(kindsIn(await inboxOf(supervision, viewers.handler(files[0]?.unitId ?? '')))).toContain('CLOSE_REVIEW_RETURNED');
  const owed = async () => supervision.client.query(viewers.handler(files[0]?.unitId ?? ''), 'query ($id: ID!) { closeReview(id: $id) { rectifyBy rectification { state dueOn } sampling { result note sample { id } examinedBy { id } } } }', { id: files[0]?.id });
  expect(await owed()).toEqual({ closeReview: { rectifyBy: '2025-08-15', rectification: { state: 'OPEN', dueOn: '2025-08-15' }, sampling: { result: 'RETURNED', note: '现场未见解决。', sample: null, examinedBy: { id: fresh.subject } } } });
  await submit(supervision, { caseId: files[0]?.caseId ?? '', submittedUnitId: files[0]?.unitId ?? '', submittedOn: '2025-07-20', revision: 2 });
  expect(await owed()).toMatchObject({ closeReview: { rectification: { state: 'MET' } } });
});

test('only what held counts toward targets, and only once the sample is done · row 116', async () => {
  const { units, mayor, fresh } = await passedFiles();
  const { items: { nodes } } = made(await draw(mayor));
  const unitOf = new Map((await select<{ id: string; unitId: string }>(supervision.db.manager, 'SELECT id, submitted_unit_id AS unitId FROM close_reviews')).map((row) => [row.id, row.unitId]));
  const [returned, ...confirmed] = [...nodes].sort((a) => (unitOf.get(a.closeReview.id) === units[1] ? -1 : 1)) as [Sampling, ...Sampling[]];
  for (const item of confirmed) await examine(fresh, item);
  expect(await recognised(mayor)).toBe(0);
  // the first unit's five files; of the second only the one that was confirmed
  expect(made(await examine(fresh, returned, RETURN))).toMatchObject({ state: 'DONE', recognised: { value: 6, asOf: '2025-07-10' } });
  expect(await recognised(mayor)).toBe(6);
});

test('two results at once: one is kept · row 116', async () => {
  const { mayor, fresh } = await passedFiles([1, 0]);
  const [item] = made(await draw(mayor)).items.nodes as [Sampling];
  const other = { ...fresh, subject: randomUUID() };
  const answers = await Promise.allSettled([examine(fresh, item), examine(other, item, RETURN)]);
  expect(answers.filter((one) => one.status === 'fulfilled' && one.value.node)).toHaveLength(1);
  expect(await countRows(supervision.db, 'obligations')).toBeLessThan(2);
});

test('材料完整性: what a file lacks is shown by rule, and an incomplete one is confirmed with a word or not at all · row 118', async () => {
  const { files, mayor, fresh } = await passedFiles([1, 0]);
  await supervision.db.query("INSERT INTO close_review_materials (review_id, ordinal, kind, is_present) VALUES (?, 9, 'OPINION', 0)", [files[0]?.id]);
  const shown = await supervision.client.query(mayor, 'query ($id: ID!) { closeReview(id: $id) { completeness { isComplete missing { anyOf text basis } } } }', { id: files[0]?.id });
  expect(shown).toEqual({ closeReview: { completeness: { isComplete: false, missing: [{ anyOf: ['OPINION', 'SETTLEMENT', 'REVIEW_OPINION', 'RE_REVIEW_OPINION'], text: 'an opinion on the matter, of first instance or of review, or an agreement', basis: '《信访工作条例》第三十一条、第三十三条' }] } } });
  const [item] = made(await draw(mayor)).items.nodes as [Sampling];
  expect(await examine(fresh, item)).toMatchObject({ code: 'REASON_REQUIRED' });
  expect(made(await examine(fresh, item, { note: '原件在档案室。' }))).toMatchObject({ state: 'DONE' });
});

test('不再重复信访 is measured after the close: of files whose ninety days are over, how many did not come again · row 112', async () => {
  const { units, files, mayor } = await passedFiles([4, 1]);
  await relapse(supervision, { caseId: files[0]?.caseId ?? '', unitId: units[0] ?? '', closedOn: '2025-06-02', repeatedOn: '2025-07-01' });
  await relapse(supervision, { caseId: files[1]?.caseId ?? '', unitId: units[0] ?? '', closedOn: '2025-06-02', repeatedOn: '2025-12-01' });
  const outcome = (viewer: Viewer, asOf: string) => supervision.client.query<{ _entities: unknown[] }>(
    viewer, 'query ($r: [_Any!]!, $asOf: Date) { _entities(representations: $r) { ... on Unit { closeOutcome(asOf: $asOf) { watchDays watched { value formula } withoutRepeat { value } repeated { value asOf } } } } }',
    { r: units.map((id) => ({ __typename: 'Unit', id })), asOf },
  );
  const figures = (watched: number, withoutRepeat: number, repeated: number, asOf: string) => ({
    closeOutcome: { watchDays: 90, watched: { value: watched, formula: expect.stringContaining('观察期已满') }, withoutRepeat: { value: withoutRepeat }, repeated: { value: repeated, asOf } },
  });
  expect((await outcome(mayor, '2025-08-30'))._entities).toEqual([figures(0, 0, 0, '2025-08-30'), figures(0, 0, 0, '2025-08-30')]);
  expect((await outcome(mayor, '2025-12-31'))._entities).toEqual([figures(4, 3, 1, '2025-12-31'), figures(1, 1, 0, '2025-12-31')]);
  expect((await outcome(viewers.handler(units[0] ?? ''), '2025-12-31'))._entities).toEqual([figures(4, 3, 1, '2025-12-31'), { closeOutcome: null }]);
  const { statements } = await supervision.counted(() => outcome(mayor, '2025-12-31'));
  expect(statements).toBe(3);
});
