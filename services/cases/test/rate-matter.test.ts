import type { Viewer } from '@anjie/access';
import { viewers } from '@anjie/testing';
import { count, type Answer } from './asking';
import { aCaseInHandling, anOpinion, aRepliedCase, aRoutedCase, caseNow, done, onDay } from './life';
import { everythingStored, lookUp, rate, receiptOf, type RatingView, type Receipt } from './petitioner';
import { key, openCases, people, register, type CasesWorld } from './world';

let world: CasesWorld;
beforeAll(async () => (world = await openCases()));
beforeEach(() => world.reset());
afterAll(() => world?.close());

interface StaffRating extends RatingView {
  readonly ratedOn: string | null;
  readonly comment: string | null;
  readonly isProxy: boolean;
}
const ratingsOf = async (caseId: string, viewer: Viewer = people.county) =>
  (await world.client.query<{ case: { ratings: StaffRating[] } }>(viewer, 'query ($id: ID!) { case(id: $id) { ratings { office round state opensOn closesOn value ratedOn comment isProxy } } }', { id: caseId })).case.ratings;
const proxy = async (caseId: string, part: Record<string, unknown> = {}, viewer: Viewer = people.clerk) =>
  (await world.client.query<{ recordProxyRating: Answer }>(viewer, `mutation ($input: RecordProxyRatingInput!) { recordProxyRating(input: $input) { __typename ... on AccessRefusal { code } } }`, {
    input: { idempotencyKey: key(), caseId, office: 'HANDLING_UNIT', value: 'SATISFIED', ...part },
  })).recordProxyRating;

interface Rates {
  readonly percent: number | null;
  readonly numerator: number | null;
  readonly denominator: number | null;
  readonly isSuppressed: boolean;
  readonly formula: string;
  readonly asOf: string;
}
type OfficeRates = Record<'satisfaction' | 'participation', Rates>;
const FIGURE = '{ percent numerator denominator isSuppressed formula asOf }';
const figures = async (viewer: Viewer = people.county, divisionCode = '640104') =>
  (await world.client.query<{ ratingFigures: Record<'petitionOffice' | 'handlingUnit', OfficeRates> | null }>(
    viewer, `query ($divisionCode: ID!) { ratingFigures(divisionCode: $divisionCode, from: "2022-10-01", to: "2022-11-30") {
      petitionOffice { satisfaction ${FIGURE} participation ${FIGURE} } handlingUnit { satisfaction ${FIGURE} participation ${FIGURE} } } }`, { divisionCode },
  )).ratingFigures;
const shares = (all: Awaited<ReturnType<typeof figures>>) =>
  all && (['petitionOffice', 'handlingUnit'] as const).map((office) => (['satisfaction', 'participation'] as const).map((rates) => `${all[office][rates].numerator}/${all[office][rates].denominator}`));

/** Registered, handled, answered on 2022-10-10 and delivered on the 12th: the window ends on Friday 2022-11-11. */
async function delivered(): Promise<{ id: string; receipt: Receipt }> {
  await onDay(world, '2022-09-27');
  const { id } = await aRepliedCase(world);
  return { id, receipt: await receiptOf(world, id) };
}

test('国信发〔2022〕11号: the petition office opens with the acceptance notice, the handling unit with the proved delivery, each for itself', async () => {
  const routed = await aRoutedCase(world);
  const early = await receiptOf(world, routed.id);
  expect(await rate(world, early, { office: 'PETITION_OFFICE' })).toMatchObject({ code: 'NOT_OPEN_YET' });
  await done(world, 'acceptCase', routed.id, { noticeMethod: 'POST' });
  expect(await rate(world, early, {})).toMatchObject({ code: 'NOT_OPEN_YET' });
  const { matter } = await rate(world, early, { office: 'PETITION_OFFICE', value: 'DISSATISFIED', comment: '来回跑了三次' });
  expect(matter.ratings).toEqual([
    { office: 'PETITION_OFFICE', round: 1, state: 'RATED', opensOn: '2022-09-27', closesOn: null, value: 'DISSATISFIED' },
    { office: 'HANDLING_UNIT', round: 1, state: 'UNRATED', opensOn: null, closesOn: null, value: null },
  ]);
  await done(world, 'investigateCase', routed.id, { note: '现场核查权属资料' });
  const { claims } = await caseNow(world, routed.id);
  await done(world, 'replyToCase', routed.id, { opinion: anOpinion(claims) });
  expect(await rate(world, early, {})).toMatchObject({ code: 'NOT_OPEN_YET' });
  const { receipt } = await delivered();
  expect((await rate(world, receipt, { value: 'BASICALLY_SATISFIED' })).matter.ratings).toEqual([
    { office: 'PETITION_OFFICE', round: 1, state: 'OPEN', opensOn: '2022-09-27', closesOn: '2022-11-11', value: null },
    { office: 'HANDLING_UNIT', round: 1, state: 'RATED', opensOn: '2022-10-12', closesOn: '2022-11-11', value: 'BASICALLY_SATISFIED' },
  ]);
});

test('a rating is final and counted once per key; the wrong secret rates nothing; after the window it is 超期未评价 and stays so', async () => {
  const { id, receipt } = await delivered();
  expect(await rate(world, { ...receipt, secret: '00000-00000' }, {})).toMatchObject({ code: 'NOT_RECOGNISED' });
  const idempotencyKey = key();
  await rate(world, receipt, { idempotencyKey, value: 'DISSATISFIED' });
  expect((await rate(world, receipt, { idempotencyKey, value: 'DISSATISFIED' })).__typename).toBe('MyMatterPayload');
  expect(await rate(world, { ...receipt, secret: '00000-00000' }, { idempotencyKey, value: 'DISSATISFIED' })).toMatchObject({ code: 'NOT_RECOGNISED' });
  expect(await rate(world, receipt, { value: 'SATISFIED' })).toMatchObject({ code: 'RATED_ALREADY' });
  await onDay(world, '2022-11-11');
  expect((await ratingsOf(id)).map(({ state }) => state)).toEqual(['OPEN', 'RATED']);
  await onDay(world, '2022-11-12');
  expect(await rate(world, receipt, { office: 'PETITION_OFFICE' })).toMatchObject({ code: 'RATING_CLOSED' });
  expect((await ratingsOf(id)).map(({ state, value }) => [state, value])).toEqual([['LAPSED_UNRATED', null], ['RATED', 'DISSATISFIED']]);
  expect(await count(world, 'matter_ratings')).toBe(1);
});

test('who rated twice at once rated once', async () => {
  const { receipt } = await delivered();
  const answers = await Promise.all(Array.from({ length: 8 }, () => rate(world, receipt, { value: 'SATISFIED' })));
  expect(answers.filter(({ __typename }) => __typename === 'MyMatterPayload')).toHaveLength(1);
  expect(answers.filter(({ code }) => code === 'RATED_ALREADY')).toHaveLength(7);
});

test('the reason is read by staff who see the case, and is sealed where it is stored', async () => {
  const { id, receipt } = await delivered();
  await rate(world, receipt, { comment: '答复没有讲清楚法律依据' });
  expect((await ratingsOf(id, people.housing)).at(-1)).toMatchObject({ comment: '答复没有讲清楚法律依据', ratedOn: '2022-10-12', isProxy: false });
  expect(await everythingStored(world)).not.toContain('讲清楚法律依据');
  expect(await rate(world, receipt, { office: 'PETITION_OFFICE', comment: '好'.repeat(1_001) })).toMatchObject({ code: 'TEXT_LENGTH' });
});

test('代评 is written by the window that registered, marked, and leaves the petitioner’s own rating as it is', async () => {
  const { id, receipt } = await delivered();
  expect(await proxy(id, {}, people.housing)).toMatchObject({ code: 'NOT_PERMITTED' });
  expect(await proxy(id, {}, people.stranger)).toMatchObject({ code: 'NOT_FOUND' });
  expect(await proxy(id)).toMatchObject({ __typename: 'ProxyRatingPayload' });
  expect(await proxy(id)).toMatchObject({ code: 'RATED_ALREADY' });
  expect((await ratingsOf(id)).map(({ office, state, value, isProxy }) => [office, state, value, isProxy])).toEqual([
    ['PETITION_OFFICE', 'OPEN', null, false], ['HANDLING_UNIT', 'OPEN', null, false], ['HANDLING_UNIT', 'OPEN', 'SATISFIED', true],
  ]);
  expect((await rate(world, receipt, { value: 'DISSATISFIED' })).matter.ratings.at(-1)).toMatchObject({ state: 'RATED', value: 'DISSATISFIED' });
});

test('国信发〔2014〕16号 第四条: matters for a statutory route and petitions that only repeat a matter are not rated', async () => {
  const { case: one } = await register(world);
  await done(world, 'routeCase', one.id, { viewer: people.clerk, route: 'ART31_4', ground: '属于行政复议事项', legalProcedure: '向上一级机关申请行政复议', noticeMethod: 'POST' });
  const legal = await receiptOf(world, one.id);
  expect(await rate(world, legal, { office: 'PETITION_OFFICE' })).toMatchObject({ code: 'NOT_RATEABLE' });
  expect([(await lookUp(world, legal)).ratings, await ratingsOf(one.id)]).toEqual([[], []]);
  const first = await delivered();
  const again = await register(world, people.clerk, { caseId: first.id });
  const second = (await world.client.query<{ renewQuerySecret: { receipt: Receipt } }>(people.clerk, `mutation ($input: RenewQuerySecretInput!) { renewQuerySecret(input: $input) { ... on RenewQuerySecretPayload { receipt { queryCode secret } } } }`, {
    input: { idempotencyKey: key(), petitionId: again.petition.id, reason: '当面交给信访人' },
  })).renewQuerySecret.receipt;
  expect(await rate(world, second, {})).toMatchObject({ code: 'NOT_RATEABLE' });
  expect((await lookUp(world, second)).ratings).toEqual([]);
  expect((await rate(world, first.receipt, {})).__typename).toBe('MyMatterPayload');
});

/** Five delivered cases and one in handling; the table in the test below is the recount by hand. */
async function aDistrict() {
  const handled = [await delivered(), await delivered(), await delivered(), await delivered(), await delivered()] as const;
  const [a, b, c, , e] = handled;
  await onDay(world, '2022-09-27');
  const f = await aCaseInHandling(world);
  await onDay(world, '2022-10-20');
  await rate(world, a.receipt, { office: 'HANDLING_UNIT', value: 'SATISFIED' });
  await rate(world, a.receipt, { office: 'PETITION_OFFICE', value: 'SATISFIED' });
  await rate(world, b.receipt, { office: 'HANDLING_UNIT', value: 'BASICALLY_SATISFIED' });
  await rate(world, c.receipt, { office: 'HANDLING_UNIT', value: 'DISSATISFIED' });
  await rate(world, c.receipt, { office: 'PETITION_OFFICE', value: 'DISSATISFIED' });
  await proxy(e.id, { value: 'SATISFIED' });
  await rate(world, await receiptOf(world, f.id), { office: 'PETITION_OFFICE', value: 'SATISFIED' });
  return handled;
}

test('满意率 and 参评率 of both offices as counted by hand: the unrated are in no numerator, proxies in nothing', async () => {
  await aDistrict();
  //                    A    B    C    D    E        F
  // petition office    满意 –    不满 –    –        满意     rated 3, satisfied 2, lapsed 3 after 2022-11-11
  // handling unit      满意 基本 不满 –    – (代评) not yet  rated 3, satisfied 2, lapsed 2
  expect(shares(await figures())).toEqual([['2/3', '3/3'], ['2/3', '3/3']]);
  await onDay(world, '2022-11-11');
  expect(shares(await figures())).toEqual([['2/3', '3/3'], ['2/3', '3/3']]);
  await onDay(world, '2022-12-01');
  const all = await figures();
  expect(shares(all)).toEqual([['2/3', '3/6'], ['2/3', '3/5']]);
  expect(all?.handlingUnit).toMatchObject({ satisfaction: { percent: 66.7, asOf: '2022-11-30', isSuppressed: false, formula: expect.stringContaining('÷ 已评价') as string }, participation: { percent: 60 } });
  expect(all?.petitionOffice.participation.percent).toBe(50);
  expect(shares(await figures(people.province, '640000'))).toEqual(shares(all));
});

test('figures are for joint offices of the place; a small cell is hidden from one who may not see every counted case', async () => {
  const [a] = await aDistrict();
  for (const viewer of [people.otherCounty, people.housing, people.clerk, viewers.admin()]) expect(await figures(viewer)).toBeNull();
  expect((await world.client.ask(people.county, '{ ratingFigures(divisionCode: "64%", from: "2022-10-01", to: "2022-11-30") { handlingUnit { satisfaction { percent } } } }')).errors).toHaveLength(1);
  await world.db.query("INSERT INTO case_exclusions (case_id, party_kind, party_id) VALUES (?, 'OFFICIAL', ?)", [a.id, people.county.subject]);
  expect((await figures())?.handlingUnit.satisfaction).toMatchObject({ percent: null, numerator: null, denominator: null, isSuppressed: true });
  expect((await figures(people.province))?.handlingUnit.satisfaction).toMatchObject({ numerator: 2, denominator: 3, isSuppressed: false });
});
