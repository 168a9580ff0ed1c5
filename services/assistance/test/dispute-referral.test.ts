import { viewers } from '@anjie/testing';
import { actOn, delivered, departments, openStage, referralActs, step, type Departments, type Stage } from './stage';

let stage: Stage;
let d: Departments;
beforeAll(async () => void (stage = await openStage()));
beforeEach(async () => {
  await stage.truncate();
  stage.forget();
  d = await departments(stage);
  await stage.itIs('2024-03-01');
});
afterAll(() => stage.close());

const ANSWER = '__typename ... on ReferralPayload { referral { id state version returnAnswerDueOn dispute { since settledOn decision } } } ... on ReferralRefusal { code basis }';
interface Answer {
  readonly code?: string;
  readonly basis?: string | null;
  readonly referral?: { id: string; state: string; version: number; returnAnswerDueOn: string | null; dispute: { since: string; settledOn: string | null; decision: string | null } | null };
}
const act = (viewer: typeof d.sender, mutation: string, input: object) => actOn(stage, ANSWER)<Answer>(viewer, mutation, input);
/** Delivered, and the receiving unit asked to send it back. */
async function objected(): Promise<{ id: string; version: number }> {
  const one = await delivered(stage, d);
  await referralActs(stage).act(d.receiver, 'requestReferralReturn', step(one, { reason: '不属于本单位职责' }));
  return { id: one.id, version: 3 };
}
const refused = async (): Promise<{ id: string; version: number }> => {
  const one = await objected();
  await referralActs(stage).act(d.sender, 'refuseReferralReturn', step(one, { reason: '属于你单位' }));
  return { id: one.id, version: 4 };
};
const disputes = () => stage.announced('referral-disputed').map(({ state, disputedOn, settledOn }) => [state, disputedOn, settledOn]);
const decide = (referral: { id: string; version: number }, decision: string, viewer = d.jointOffice) =>
  act(viewer, 'decideReferralDispute', { referralId: referral.id, expectedVersion: referral.version, decision, reason: '联席会议纪要〔2024〕3号' });

test('Art. 24 ¶1: a refused return is a dispute from that day; the sender’s withdrawal settles it, and supervision hears both · rows 68, 70', async () => {
  const one = await refused();
  expect(disputes()).toEqual([['OPEN', '2024-03-01', null]]);
  await stage.itIs('2024-03-05');
  const withdrawn = await act(d.sender, 'withdrawReferral', { referralId: one.id, expectedVersion: one.version });
  expect(withdrawn.referral).toMatchObject({ state: 'WITHDRAWN', dispute: { since: '2024-03-01', settledOn: '2024-03-05', decision: null } });
  expect(disputes()).toEqual([['OPEN', '2024-03-01', null], ['SETTLED', '2024-03-01', '2024-03-05']]);
});

test('signing is notice and no consent; taking it on settles the dispute · row 70', async () => {
  const one = await refused();
  expect((await act(d.receiver, 'signReferral', { referralId: one.id, expectedVersion: 4 })).referral?.dispute).toMatchObject({ settledOn: null });
  expect((await act(d.receiver, 'acceptReferral', { referralId: one.id, expectedVersion: 5 })).referral?.dispute).toMatchObject({ settledOn: '2024-03-01' });
});

test('a request that nobody answers within 5 working days becomes a dispute by itself, once; both units are told · row 70', async () => {
  const one = await objected();
  expect((await stage.rows('SELECT return_answer_due_on FROM referrals'))).toEqual([{ return_answer_due_on: '2024-03-08' }]);
  await stage.itIs('2024-03-08');
  expect(await stage.services.disputes.openUnanswered()).toBe(0);
  await stage.itIs('2024-03-09');
  expect([await stage.services.disputes.openUnanswered(), await stage.services.disputes.openUnanswered()]).toEqual([1, 0]);
  expect(disputes()).toEqual([['OPEN', '2024-03-09', null]]);
  const told = (await stage.told('notice-raised')).filter(({ noticeKind }) => noticeKind === 'REFERRAL_DISPUTED').map(({ recipient }) => (recipient as { id: string }).id);
  expect(told.sort()).toEqual([d.lead, d.aid].sort());
  const data = await stage.client.query<{ referral: { state: string; history: { act: string | null }[] } }>(d.receiver, 'query ($id: ID!) { referral(id: $id) { state history { act } } }', { id: one.id });
  expect(data.referral).toMatchObject({ state: 'RETURN_REQUESTED', history: [{}, {}, {}, { act: 'DISPUTED' }] });
});

test('an answer in time leaves no dispute · row 70', async () => {
  const one = await objected();
  await referralActs(stage).act(d.sender, 'consentToReferralReturn', step(one));
  await stage.itIs('2024-03-20');
  expect(await stage.services.disputes.openUnanswered()).toBe(0);
  expect(disputes()).toEqual([]);
});

test('the joint office over both decides: the receiver goes on and cannot object again · rows 68, 70', async () => {
  const one = await refused();
  const decided = await decide(one, 'RECEIVER_HANDLES');
  expect(decided.referral).toMatchObject({ state: 'DELIVERED', dispute: { settledOn: '2024-03-01', decision: 'RECEIVER_HANDLES' } });
  expect(await act(d.receiver, 'requestReferralReturn', { referralId: one.id, expectedVersion: 5, reason: '仍不属于' })).toMatchObject({ code: 'ILLEGAL_STATE', basis: expect.stringContaining('第二十四条') });
  expect((await stage.told('notice-raised')).filter(({ noticeKind }) => noticeKind === 'REFERRAL_DISPUTE_DECIDED')).toHaveLength(2);
});

test('or it goes back, which ends the receiver’s duty · rows 68, 70', async () => {
  const one = await refused();
  expect((await decide(one, 'GOES_BACK')).referral).toMatchObject({ state: 'RETURNED', dispute: { decision: 'GOES_BACK' } });
  expect((await stage.told('obligation-declared')).map(({ state }) => state)).toEqual(['OPEN', 'CANCELLED']);
});

test('nobody decides the own dispute, a handler none, and what is not disputed is not decided · row 70', async () => {
  const plain = await delivered(stage, d, { purpose: 'OTHER' });
  expect(await decide({ id: plain.id, version: 2 }, 'GOES_BACK')).toMatchObject({ code: 'NOT_DISPUTED' });
  const one = await refused();
  for (const viewer of [d.sender, d.receiver, viewers.jointOffice('640100', d.lead)]) expect(await decide(one, 'GOES_BACK', viewer)).toMatchObject({ code: 'NOT_PERMITTED' });
  expect(await decide(one, 'GOES_BACK', viewers.jointOffice('330400', d.office))).toMatchObject({ code: 'NOT_FOUND' });
});

test('disputed referrals are found by a filter · row 70', async () => {
  await delivered(stage, d, { purpose: 'OTHER' });
  const one = await refused();
  const found = async (isDisputed: boolean) =>
    (await stage.client.query<{ referrals: { nodes: { id: string }[] } }>(d.jointOffice, 'query ($is: Boolean!) { referrals(filter: { isDisputed: $is }) { nodes { id } } }', { is: isDisputed })).referrals.nodes.map(({ id }) => id);
  expect([await found(true), (await found(false)).length]).toEqual([[one.id], 1]);
});

test('a joint office elsewhere that helps with a referral is no judge of it · row 70', async () => {
  const one = await refused();
  const elsewhere = await stage.haveUnit('外县联席办');
  await actOn(stage, '__typename ... on ReferralRefusal { code }')(d.sender, 'askCoHandler', { referralId: one.id, expectedVersion: 4, unitId: elsewhere, task: '请协助', completeBy: '2024-03-20' });
  expect(await decide({ id: one.id, version: 5 }, 'GOES_BACK', viewers.jointOffice('330400', elsewhere))).toMatchObject({ code: 'NOT_PERMITTED' });
  expect(await decide({ id: one.id, version: 5 }, 'GOES_BACK')).toMatchObject({ referral: { state: 'RETURNED' } });
});
