import { delivered, departments, openStage, referralActs, step, type Departments, type ReferralAnswer, type Stage } from './stage';

let stage: Stage;
let d: Departments;
beforeAll(async () => void (stage = await openStage()));
beforeEach(async () => {
  await stage.truncate();
  d = await departments(stage);
  await stage.itIs('2024-03-01');
});
afterAll(() => stage.close());
const act = (...args: Parameters<ReturnType<typeof referralActs>['act']>): Promise<ReferralAnswer> => referralActs(stage).act(...args);

test('the whole way: signed, accepted with a promised day, completed; each step told, both duties met', async () => {
  const referral = await delivered(stage, d);
  expect((await act(d.receiver, 'signReferral', step(referral))).referral).toMatchObject({ state: 'SIGNED', version: 3, signDueOn: '2024-03-08' });
  const accepted = await act(d.receiver, 'acceptReferral', step({ ...referral, version: 3 }, { completeBy: '2024-03-31' }));
  expect(accepted.referral).toMatchObject({ state: 'ACCEPTED', completeBy: '2024-03-31' });
  await stage.itIs('2024-03-20');
  const done = await act(d.receiver, 'completeReferral', step({ ...referral, version: 4 }, { outcome: '已发放临时救助' }));
  expect(done.referral).toMatchObject({ state: 'COMPLETED', version: 5, outcome: '已发放临时救助' });
  const moves = await stage.told('referral-moved');
  expect(moves.map(({ state, isDelivered }) => [state, isDelivered])).toEqual([['DELIVERED', true], ['SIGNED', true], ['ACCEPTED', true], ['COMPLETED', true]]);
  const duties = (await stage.told('obligation-declared')).map(({ dutyCode, state, dueOn, metOn }) => [dutyCode, state, dueOn, metOn]);
  expect(duties).toHaveLength(4);
  expect(duties).toEqual(expect.arrayContaining([
    ['REFERRAL_SIGN', 'OPEN', '2024-03-08', null], ['REFERRAL_SIGN', 'MET', '2024-03-08', '2024-03-01'],
    ['REFERRAL_COMPLETE', 'OPEN', '2024-03-31', null], ['REFERRAL_COMPLETE', 'MET', '2024-03-31', '2024-03-20'],
  ]));
});

test('the unit that is next, or that wants to know, is notified of each step; notices carry ids and codes only', async () => {
  const referral = await delivered(stage, d);
  await act(d.receiver, 'signReferral', step(referral));
  await act(d.receiver, 'requestReferralReturn', step({ ...referral, version: 3 }, { reason: '不属于本单位职责' }));
  await act(d.sender, 'refuseReferralReturn', step({ ...referral, version: 4 }, { reason: '属于' }));
  const notices = await stage.told('notice-raised');
  expect(notices.map((notice) => [notice['noticeKind'], (notice['recipient'] as { id: string }).id === d.aid ? 'receiver' : 'sender', notice['occasion']]).sort()).toEqual([
    ['REFERRAL_DELIVERED', 'receiver', 'v2'], ['REFERRAL_RETURN_REFUSED', 'receiver', 'v5'], ['REFERRAL_RETURN_REQUESTED', 'sender', 'v4'], ['REFERRAL_SIGNED', 'sender', 'v3'],
  ]);
  expect(JSON.stringify(notices)).not.toMatch(/\p{Script=Han}/u);
  for (const notice of notices) expect(notice).toMatchObject({ caseId: d.caseId, subject: { type: 'Referral', id: referral.id } });
});

test('the sender follows every step in the history', async () => {
  const referral = await delivered(stage, d);
  await act(d.receiver, 'signReferral', step(referral));
  const data = await stage.client.query<{ referral: { history: { seq: number; fromState: string | null; toState: string; by: { id: string } | null }[] } }>(
    d.sender, 'query ($id: ID!) { referral(id: $id) { history { seq fromState toState by { id } } } }', { id: referral.id },
  );
  expect(data.referral.history).toEqual([
    { seq: 1, fromState: null, toState: 'SENT', by: { id: d.sender.subject } },
    { seq: 2, fromState: 'SENT', toState: 'DELIVERED', by: null },
    { seq: 3, fromState: 'DELIVERED', toState: 'SIGNED', by: { id: d.receiver.subject } },
  ]);
});

test('Art. 23 ¶3: a return needs reasons and the sender’s consent, which ends the sign duty', async () => {
  const referral = await delivered(stage, d);
  expect(await act(d.receiver, 'requestReferralReturn', step(referral, { reason: ' ' }))).toMatchObject({ code: 'TEXT_MISSING', basis: expect.stringContaining('第二十三条第三款') });
  const asked = await act(d.receiver, 'requestReferralReturn', step(referral, { reason: '不属于本单位职责' }));
  expect(asked.referral).toMatchObject({ state: 'RETURN_REQUESTED', returnReason: '不属于本单位职责', version: 3 });
  expect(await act(d.receiver, 'consentToReferralReturn', step({ ...referral, version: 3 }))).toMatchObject({ code: 'NOT_PERMITTED' });
  expect((await act(d.sender, 'consentToReferralReturn', step({ ...referral, version: 3 }))).referral).toMatchObject({ state: 'RETURNED' });
  expect((await stage.told('obligation-declared')).map(({ state }) => state)).toEqual(['OPEN', 'CANCELLED']);
});

test('a refused return leads back to where the referral was, delivered or signed', async () => {
  const referral = await delivered(stage, d);
  await act(d.receiver, 'requestReferralReturn', step(referral, { reason: '理由' }));
  const refused = await act(d.sender, 'refuseReferralReturn', step({ ...referral, version: 3 }, { reason: '属于你单位' }));
  expect(refused.referral).toMatchObject({ state: 'DELIVERED', returnRefusalReason: '属于你单位' });
  await act(d.receiver, 'signReferral', step({ ...referral, version: 4 }));
  await act(d.receiver, 'requestReferralReturn', step({ ...referral, version: 5 }, { reason: '再次说明理由' }));
  expect((await act(d.sender, 'refuseReferralReturn', step({ ...referral, version: 6 }, { reason: '仍属于' }))).referral).toMatchObject({ state: 'SIGNED' });
});

test('an objection on the fifth working day is in time, on the next day it is refused with the article; signing late is still possible', async () => {
  const [inTime, late] = [await delivered(stage, d), await delivered(stage, d, { purpose: 'OTHER' })];
  await stage.itIs('2024-03-08');
  expect(await act(d.receiver, 'requestReferralReturn', step(inTime, { reason: '理由' }))).toMatchObject({ __typename: 'ReferralPayload' });
  await stage.itIs('2024-03-09');
  expect(await act(d.receiver, 'requestReferralReturn', step(late, { reason: '理由' }))).toMatchObject({ code: 'RETURN_TOO_LATE', basis: '《信访工作条例》第二十三条第三款（类推适用）' });
  expect(await act(d.receiver, 'signReferral', step(late))).toMatchObject({ referral: { state: 'SIGNED' } });
  expect((await stage.told('obligation-declared')).at(-1)).toMatchObject({ state: 'MET', metOn: '2024-03-09', dueOn: '2024-03-08' });
});

test('the sender withdraws before acceptance and not after it', async () => {
  const [early, taken] = [await delivered(stage, d), await delivered(stage, d, { purpose: 'OTHER' })];
  expect((await act(d.sender, 'withdrawReferral', step(early))).referral).toMatchObject({ state: 'WITHDRAWN' });
  await act(d.receiver, 'signReferral', step(taken));
  await act(d.receiver, 'acceptReferral', step({ ...taken, version: 3 }));
  expect(await act(d.sender, 'withdrawReferral', step({ ...taken, version: 4 }))).toMatchObject({ code: 'ILLEGAL_STATE', basis: expect.stringContaining('第二十三条第三款') });
  expect(await act(d.receiver, 'completeReferral', step({ ...taken, version: 4 }, { outcome: '' }))).toMatchObject({ code: 'TEXT_MISSING' });
});

test('what was withdrawn on the way is never delivered', async () => {
  const sent = await act(d.sender, 'sendReferral', { idempotencyKey: 'withdraw-on-the-way', caseId: d.caseId, toUnitId: d.aid, purpose: 'RELIEF', request: '请协助' });
  const id = sent.referral?.id ?? '';
  await act(d.sender, 'withdrawReferral', step({ id, version: 1 }));
  await stage.deliver(id);
  expect(await stage.rows('SELECT state, delivered_at FROM referrals')).toEqual([{ state: 'WITHDRAWN', delivered_at: null }]);
  expect(await stage.rows('SELECT referral_id FROM referral_receipts')).toEqual([]);
  expect(await stage.told('referral-moved')).toEqual([expect.objectContaining({ state: 'WITHDRAWN', isDelivered: false })]);
});

test('only the side that a step belongs to takes it; watching is not acting', async () => {
  const referral = await delivered(stage, d);
  for (const viewer of [d.sender, d.jointOffice]) expect(await act(viewer, 'signReferral', step(referral))).toMatchObject({ code: 'NOT_PERMITTED' });
  for (const viewer of [d.receiver, d.jointOffice]) expect(await act(viewer, 'withdrawReferral', step(referral))).toMatchObject({ code: 'NOT_PERMITTED' });
  expect(await act(d.stranger, 'signReferral', step(referral))).toMatchObject({ code: 'NOT_FOUND' });
  expect(await act(d.receiver, 'acceptReferral', step(referral))).toMatchObject({ code: 'ILLEGAL_STATE' });
});

test('a promised day in the past is refused; a stale version is a conflict that names the current one', async () => {
  const referral = await delivered(stage, d);
  await act(d.receiver, 'signReferral', step(referral));
  expect(await act(d.receiver, 'acceptReferral', step({ ...referral, version: 3 }, { completeBy: '2024-02-29' }))).toMatchObject({ code: 'DATE_IN_PAST' });
  const stale = await referralActs(stage).ask(d.receiver, 'acceptReferral', step(referral));
  expect(stale.errors?.[0]?.message).toContain('Somebody changed this first');
});

test('sign, request for return and withdrawal at the same instant: exactly one wins', async () => {
  for (let round = 0; round < 8; round += 1) {
    const referral = await delivered(stage, d, { purpose: 'POLICY_OPINION' });
    const acts = referralActs(stage);
    const answers = await Promise.all([
      acts.ask(d.receiver, 'signReferral', step(referral)),
      acts.ask(d.receiver, 'requestReferralReturn', step(referral, { reason: '不属于本单位职责' })),
      acts.ask(d.sender, 'withdrawReferral', step(referral)),
    ]);
    const won = answers.filter((one) => (one.data?.['answer'] as ReferralAnswer | undefined)?.__typename === 'ReferralPayload');
    expect(won).toHaveLength(1);
    for (const one of answers) if (!won.includes(one)) expect(one.errors?.[0]?.message).toContain('Somebody changed this first');
    expect(await stage.rows('SELECT seq FROM referral_events WHERE referral_id = ?', [referral.id])).toHaveLength(3);
    await stage.db.query(`UPDATE referrals SET state = 'WITHDRAWN'`);
  }
});
