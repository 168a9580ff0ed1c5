import { randomUUID } from 'node:crypto';
import { viewers } from '@anjie/testing';
import { aSending, delivered, departments, openStage, referralActs, step, type Departments, type Stage } from './stage';

let stage: Stage;
let d: Departments;
beforeAll(async () => void (stage = await openStage()));
beforeEach(async () => {
  await stage.truncate();
  d = await departments(stage);
});
afterAll(() => stage.close());
const send = (part: object = {}, viewer = d.sender) => referralActs(stage).act(viewer, 'sendReferral', aSending(d, part));

test('a sent referral commits row, history, audit and one message that carries nothing but its id', async () => {
  const { referral } = await send();
  expect(referral).toMatchObject({ state: 'SENT', version: 1, signDueOn: null });
  const told = await stage.rows<{ dest: string; concern: string; payload: string }>('SELECT dest, concern, payload FROM outbox_messages');
  expect(told).toEqual([{ dest: 'assistance', concern: 'referrals', payload: JSON.stringify({ referralId: referral?.id }) }]);
  expect(await stage.rows('SELECT action, subject_id FROM audit_entries')).toEqual([{ action: 'REFERRAL_SENT', subject_id: referral?.id }]);
  expect(await stage.rows('SELECT seq, from_state, to_state FROM referral_events')).toEqual([{ seq: 1, from_state: null, to_state: 'SENT' }]);
});

test('a repeat with the same key answers the same referral; another input under that key is refused', async () => {
  const input = aSending(d);
  const first = await referralActs(stage).act(d.sender, 'sendReferral', input);
  expect(await referralActs(stage).act(d.sender, 'sendReferral', input)).toEqual(first);
  expect(await stage.rows('SELECT id FROM referrals')).toHaveLength(1);
  const other = await referralActs(stage).ask(d.sender, 'sendReferral', { ...input, purpose: 'MEDIATION' });
  expect(JSON.stringify(other.errors)).toContain('key was used for a different request');
});

test('an invisible case is a missing case', async () => {
  expect(await send({}, d.stranger)).toMatchObject({ code: 'NOT_FOUND' });
  expect(await send({ caseId: randomUUID() })).toMatchObject({ code: 'NOT_FOUND' });
  expect(await send({ caseId: 'not an id' })).toMatchObject({ code: 'NOT_FOUND' });
});

test('the joint office watches and does not act for others; a clerk does not send', async () => {
  expect(await send({}, d.jointOffice)).toMatchObject({ code: 'NOT_PERMITTED' });
  expect(await send({ fromUnitId: d.lead }, d.jointOffice)).toMatchObject({ code: 'NOT_PERMITTED' });
  const named = await departments(stage, { parties: [{ kind: 'UNIT', id: d.lead, role: 'REGISTRAR' }] });
  expect(await referralActs(stage).act(viewers.clerk(d.lead), 'sendReferral', aSending(named))).toMatchObject({ code: 'NOT_PERMITTED' });
});

test('a handler sends for the own unit and units below it, not for others', async () => {
  const below = await stage.haveUnit('信访局一科', { ancestorIds: [d.lead] });
  await stage.haveCase({ caseId: d.caseId, parties: [{ kind: 'UNIT', id: below, role: 'SUPPORT' }] });
  expect(await send({ fromUnitId: below })).toMatchObject({ __typename: 'ReferralPayload' });
  expect(await send({ purpose: 'OTHER' })).toMatchObject({ code: 'NOT_A_PARTY' });
  expect(await send({ fromUnitId: d.other })).toMatchObject({ code: 'NOT_PERMITTED' });
});

test('unknown, closed, own and accused units are refused, a closed one by the name of its successor', async () => {
  const closed = await stage.haveUnit('老民政局', { successorUnitId: d.aid, validTo: '2024-01-01' });
  const gone = await stage.haveUnit('撤销的单位', { validTo: '2024-01-01' });
  expect(await send({ toUnitId: closed })).toMatchObject({ code: 'UNIT_CLOSED', message: expect.stringContaining('民政局'), basis: '《信访工作条例》第二十四条第二款' });
  for (const toUnitId of [gone, randomUUID(), 'not an id']) expect(await send({ toUnitId })).toMatchObject({ code: 'UNIT_NOT_FOUND' });
  expect(await send({ toUnitId: d.lead })).toMatchObject({ code: 'OWN_UNIT' });
  const branch = await stage.haveUnit('司法局二科', { ancestorIds: [d.other] });
  await stage.haveCase({ caseId: d.caseId, parties: [{ kind: 'UNIT', id: d.lead, role: 'LEAD' }], excluded: [{ kind: 'UNIT', id: d.other }] });
  for (const toUnitId of [d.other, branch]) expect(await send({ toUnitId })).toMatchObject({ code: 'UNIT_EXCLUDED', basis: '《信访工作条例》第三十条第三款' });
  expect(await stage.rows('SELECT id FROM referrals')).toHaveLength(0);
});

test('A→B→A for the same purpose is a loop while the first is open, and none after it', async () => {
  const first = await delivered(stage, d);
  await stage.haveCase({ caseId: d.caseId, parties: [{ kind: 'UNIT', id: d.lead, role: 'LEAD' }, { kind: 'UNIT', id: d.aid, role: 'REFERRED' }] });
  const back = { toUnitId: d.lead };
  expect(await send(back, d.receiver)).toMatchObject({ code: 'LOOP' });
  expect(await send({ ...back, purpose: 'MEDIATION' }, d.receiver)).toMatchObject({ __typename: 'ReferralPayload' });
  await referralActs(stage).act(d.sender, 'withdrawReferral', step(first));
  expect(await send(back, d.receiver)).toMatchObject({ __typename: 'ReferralPayload' });
});

test('two handlers who send the same at the same instant: one referral', async () => {
  const answers = await Promise.all(Array.from({ length: 5 }, () => send()));
  expect(answers.map((answer) => answer.code ?? 'SENT').sort()).toEqual(['ALREADY_OPEN', 'ALREADY_OPEN', 'ALREADY_OPEN', 'ALREADY_OPEN', 'SENT']);
});

test('an empty request is refused, one of more than 2,000 characters is a wrong input', async () => {
  expect(await send({ request: ' 　' })).toMatchObject({ code: 'TEXT_MISSING' });
  const long = await referralActs(stage).ask(d.sender, 'sendReferral', aSending(d, { request: '长'.repeat(2001) }));
  expect(long.errors).toHaveLength(1);
  expect(await send({ request: '长'.repeat(2000) })).toMatchObject({ __typename: 'ReferralPayload' });
});

test('a refusal speaks the viewer’s language', async () => {
  expect((await send({ toUnitId: d.lead })).message).toBe('A unit refers nothing to itself.');
  expect((await send({ toUnitId: d.lead }, { ...d.sender, locale: 'zh-CN' })).message).toBe('不能转办给本单位。');
});
