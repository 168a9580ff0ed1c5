import { randomUUID } from 'node:crypto';
import { select } from '@anjie/service-kit/database';
import { actOn, aSending, delivered, departments, openStage, referralActs, step, type Departments, type Stage } from './stage';

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

interface Part {
  readonly id: string;
  readonly state: string;
  readonly version: number;
  readonly signDueOn: string;
  readonly unit: { id: string };
}
const COOPERATION = `__typename ... on ReferralRefusal { code basis } ... on ReferralPayload { referral { id version state completeBy
  coHandlings { id state version task signDueOn completeBy outcome unit { id } } history { act note } } }`;
interface Answer {
  readonly code?: string;
  readonly basis?: string | null;
  readonly referral?: { id: string; version: number; state: string; completeBy: string | null; coHandlings: Part[]; history: { act: string | null; note: string | null }[] };
}
const cooperate = (viewer: typeof d.sender, mutation: string, input: object) => actOn(stage, COOPERATION)<Answer>(viewer, mutation, input);
const duties = async () =>
  (await select<{ duty: string; unit: string; state: string; due: string }>(stage.db.manager, 'SELECT duty_code AS duty, obligor_unit_id AS unit, state, due_on AS due FROM task_duties ORDER BY duty_code')).map(
    ({ duty, unit, state, due }) => [duty, unit, state, due],
  );

describe('双向交办', () => {
  const both = (part: object = {}) => ({ caseId: d.caseId, territoryUnitId: d.aid, departmentUnitId: d.other, request: '请化解', guidanceRequest: '请提出政策意见', ...part });
  const DOUBLE = '__typename ... on DoubleReferralPayload { resolving { id part purpose state counterpart { id part } } guiding { id part purpose counterpart { id } } } ... on ReferralRefusal { code }';
  interface Double {
    readonly code?: string;
    readonly resolving?: { id: string; part: string; purpose: string; counterpart: { id: string; part: string } };
    readonly guiding?: { id: string; part: string; purpose: string; counterpart: { id: string } };
  }
  const send = (input: object) => actOn(stage, DOUBLE)<Double>(d.sender, 'sendDoubleReferral', input);

  test('one act makes two linked referrals: the territory resolves, the line department guides · row 68', async () => {
    const { resolving, guiding } = await send(both());
    expect(resolving).toMatchObject({ part: 'RESOLVE', purpose: 'JOINT_HANDLING', counterpart: { id: guiding?.id, part: 'GUIDE' } });
    expect(guiding).toMatchObject({ part: 'GUIDE', purpose: 'POLICY_OPINION', counterpart: { id: resolving?.id } });
    expect((await stage.rows<{ concern: string }>('SELECT concern FROM outbox_messages')).map(({ concern }) => concern)).toEqual(['referrals', 'referrals']);
  });

  test('both go out or neither: a department that cannot get it leaves the territory without it · row 68', async () => {
    expect(await send(both({ departmentUnitId: randomUUID() }))).toMatchObject({ code: 'UNIT_NOT_FOUND' });
    expect(await send(both({ departmentUnitId: d.aid.toUpperCase() }))).toMatchObject({ code: 'SAME_UNIT_TWICE' });
    expect(await stage.rows('SELECT id FROM referrals UNION ALL SELECT id FROM outbox_messages')).toEqual([]);
  });

  test('each half has a life of its own; a unit sees its half, and the other only if it may · row 68', async () => {
    const { resolving, guiding } = await send(both());
    await stage.deliver(resolving?.id ?? '');
    await referralActs(stage).act(d.receiver, 'signReferral', step({ id: resolving?.id ?? '', version: 2 }));
    const seen = await stage.client.query<{ referral: { state: string; counterpart: { id: string } | null } }>(d.receiver, 'query ($id: ID!) { referral(id: $id) { state counterpart { id } } }', { id: resolving?.id });
    expect(seen.referral).toEqual({ state: 'SIGNED', counterpart: null });
    expect(await stage.rows('SELECT state FROM referrals WHERE id = ?', [guiding?.id])).toEqual([{ state: 'SENT' }]);
  });
});

describe('快办通道', () => {
  test('a lane names its own days to sign and to finish; the right to object keeps its 5 working days (Art. 23 ¶3) · row 87', async () => {
    const one = await delivered(stage, d, { lane: 'FIRST_CONTACT' });
    expect(await stage.rows('SELECT sign_due_on FROM referrals')).toEqual([{ sign_due_on: '2024-03-04' }]);
    expect((await stage.told('obligation-declared'))[0]).toMatchObject({ dutyCode: 'REFERRAL_SIGN', dueOn: '2024-03-04', ruleCode: 'REFERRAL_LANE_SIGN' });
    await stage.itIs('2024-03-07');
    const objection = await referralActs(stage).act(d.receiver, 'requestReferralReturn', step(one, { reason: '不属于本单位职责' }));
    expect(objection.referral).toMatchObject({ state: 'RETURN_REQUESTED' });
  });

  test('accepted without a day it is due on the lane’s last one; a later promise is refused · row 87', async () => {
    const one = await delivered(stage, d, { lane: 'ANSWER_AT_ONCE' });
    await referralActs(stage).act(d.receiver, 'signReferral', step(one));
    expect(await cooperate(d.receiver, 'acceptReferral', { referralId: one.id, expectedVersion: 3, completeBy: '2024-03-20' })).toMatchObject({ code: 'LANE_TOO_LATE' });
    expect((await cooperate(d.receiver, 'acceptReferral', { referralId: one.id, expectedVersion: 3 })).referral).toMatchObject({ state: 'ACCEPTED', completeBy: '2024-03-12' });
  });

  test('lanes are data: each has days, a name in the viewer’s language and its rows; an unknown one is refused · row 87', async () => {
    const { referralLanes } = await stage.client.query<{ referralLanes: { code: string; name: string; signDays: number; watchDays: number | null; catalogueRows: number[] }[] }>(
      d.sender, '{ referralLanes { code name signDays completeDays unit watchDays catalogueRows isRetired } }',
    );
    expect(referralLanes.map(({ code, watchDays }) => [code, watchDays])).toEqual([['FIRST_CONTACT', null], ['ANSWER_AT_ONCE', null], ['STRAIGHT_THROUGH', null], ['FOLLOWED_UP', 5]]);
    expect(referralLanes[0]).toMatchObject({ name: 'first contact handles', signDays: 1, catalogueRows: [87] });
    expect(await referralActs(stage).act(d.sender, 'sendReferral', aSending(d, { lane: 'NO_SUCH' }))).toMatchObject({ code: 'LANE_UNKNOWN' });
  });
});

describe('协办', () => {
  const asked = async (referral: { id: string; version: number }, part: object = {}) =>
    cooperate(d.sender, 'askCoHandler', { referralId: referral.id, expectedVersion: referral.version, unitId: d.other, task: '请核对合同', completeBy: '2024-03-20', ...part });

  test('a further unit gets a part of its own with its own days, sees the referral, and finishes for itself · row 70', async () => {
    const one = await delivered(stage, d);
    const part = (await asked(one)).referral?.coHandlings[0];
    expect(part).toMatchObject({ state: 'ASKED', task: '请核对合同', signDueOn: '2024-03-08', completeBy: '2024-03-20', unit: { id: d.other } });
    expect(await duties()).toEqual([['REFERRAL_CO_COMPLETE', d.other, 'OPEN', '2024-03-20'], ['REFERRAL_CO_SIGN', d.other, 'OPEN', '2024-03-08']]);
    await cooperate(d.stranger, 'signCoHandling', { coHandlingId: part?.id, expectedVersion: 1 });
    const done = await cooperate(d.stranger, 'completeCoHandling', { coHandlingId: part?.id, expectedVersion: 2, outcome: '合同有效' });
    expect(done.referral).toMatchObject({ state: 'DELIVERED', coHandlings: [{ state: 'DONE', outcome: '合同有效' }] });
    expect(done.referral?.history.map(({ act }) => act)).toEqual([null, null, 'CO_HANDLER_ASKED', 'CO_HANDLING_DONE']);
    expect((await duties()).map(([, , state]) => state)).toEqual(['MET', 'MET']);
  });

  test('cases hears of it as of a referral, so that the further unit sees the case, and no longer when it is released · row 70', async () => {
    const one = await delivered(stage, d);
    const part = (await asked(one)).referral?.coHandlings[0];
    await cooperate(d.sender, 'releaseCoHandler', { coHandlingId: part?.id, expectedVersion: 1 });
    const told = (await stage.told('referral-moved')).filter(({ referralId }) => referralId === part?.id);
    expect(told.map(({ toUnitId, state, isDelivered }) => [toUnitId, state, isDelivered])).toEqual([[d.other, 'DELIVERED', true], [d.other, 'WITHDRAWN', true]]);
    expect((await duties()).map(([, , state]) => state)).toEqual(['CANCELLED', 'CANCELLED']);
    expect((await stage.client.query<{ referral: unknown }>(d.stranger, 'query ($id: ID!) { referral(id: $id) { id } }', { id: one.id })).referral).toBeNull();
  });

  test('who asks is the sender, who does it the further unit; refusals for the two units themselves, accused ones, past days and repeats · row 70', async () => {
    const one = await delivered(stage, d);
    expect(await cooperate(d.receiver, 'askCoHandler', { referralId: one.id, expectedVersion: 2, unitId: d.other, task: '请', completeBy: '2024-03-20' })).toMatchObject({ code: 'NOT_PERMITTED' });
    expect(await asked(one, { unitId: d.aid })).toMatchObject({ code: 'OWN_UNIT' });
    expect(await asked(one, { completeBy: '2024-02-29' })).toMatchObject({ code: 'DATE_IN_PAST' });
    expect(await asked(one, { task: ' ' })).toMatchObject({ code: 'TEXT_MISSING' });
    const part = (await asked(one)).referral?.coHandlings[0];
    expect(await asked({ id: one.id, version: 3 })).toMatchObject({ code: 'ALREADY_OPEN' });
    expect(await cooperate(d.receiver, 'signCoHandling', { coHandlingId: part?.id, expectedVersion: 1 })).toMatchObject({ code: 'NOT_PERMITTED' });
    expect(await cooperate(d.stranger, 'completeCoHandling', { coHandlingId: part?.id, expectedVersion: 1, outcome: '好' })).toMatchObject({ code: 'ILLEGAL_STATE' });
    const far = await stage.haveUnit('旅游局');
    await stage.haveCase({ caseId: d.caseId, parties: [{ kind: 'UNIT', id: d.lead, role: 'LEAD' }], excluded: [{ kind: 'UNIT', id: far }] });
    expect(await asked({ id: one.id, version: 3 }, { unitId: far })).toMatchObject({ code: 'UNIT_EXCLUDED', basis: '《信访工作条例》第三十条第三款' });
  });

  test('with a referral that is withdrawn every open part ends · row 70', async () => {
    const one = await delivered(stage, d);
    await asked(one);
    await referralActs(stage).act(d.sender, 'withdrawReferral', step({ id: one.id, version: 3 }));
    expect(await stage.rows('SELECT state FROM referral_co_handlings')).toEqual([{ state: 'RELEASED' }]);
    expect((await duties()).map(([, , state]) => state)).toEqual(['CANCELLED', 'CANCELLED']);
  });
});

test('a plain referral costs the messages that it cost before: one to deliver, one of the move, duty and notice · row 68', async () => {
  const one = await delivered(stage, d);
  await referralActs(stage).act(d.receiver, 'signReferral', step(one));
  const topics = (await stage.rows<{ topic: string }>('SELECT topic FROM outbox_messages')).map(({ topic }) => topic).sort();
  expect(topics).toEqual(['notice-raised', 'notice-raised', 'obligation-declared', 'obligation-declared', 'referral-moved', 'referral-moved', 'referral-sent']);
});
