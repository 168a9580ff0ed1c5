import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { Viewer } from '@anjie/access';
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

const LIST = `query ($filter: ReferralFilter, $sort: ReferralSort, $first: Int, $after: String) {
  referrals(filter: $filter, sort: $sort, first: $first, after: $after) { totalCount nodes { id case { id } } pageInfo { hasNextPage endCursor } } }`;
interface Listed {
  readonly referrals: { totalCount: number; nodes: { id: string; case: { id: string } | null }[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
}
const list = async (viewer: Viewer, variables: object = {}) => (await stage.client.query<Listed>(viewer, LIST, { ...variables })).referrals;
const seenBy = async (viewer: Viewer, id: string): Promise<boolean> => {
  const asked = await stage.client.query<{ referral: unknown }>(viewer, 'query ($id: ID!) { referral(id: $id) { id } }', { id });
  const entity = await stage.client.query<{ _entities: unknown[] }>(viewer, 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Referral { id } } }', { r: [{ __typename: 'Referral', id }] });
  expect(entity._entities[0] === null).toBe(asked.referral === null);
  return asked.referral !== null;
};

test('the receiving unit sees a referral only once it is delivered; the sender and the joint office see it at once', async () => {
  const { referral } = await referralActs(stage).act(d.sender, 'sendReferral', aSending(d));
  const id = referral?.id ?? '';
  const who = async () => [await seenBy(d.sender, id), await seenBy(d.receiver, id), await seenBy(d.jointOffice, id), await seenBy(d.stranger, id)];
  expect(await who()).toEqual([true, false, true, false]);
  await stage.deliver(id);
  expect(await who()).toEqual([true, true, true, false]);
});

test('a receiving unit that supports the case waits for delivery too', async () => {
  await stage.haveCase({ caseId: d.caseId, parties: [{ kind: 'UNIT', id: d.lead, role: 'LEAD' }, { kind: 'UNIT', id: d.aid, role: 'SUPPORT' }, { kind: 'UNIT', id: d.other, role: 'SUPPORT' }] });
  const { referral } = await referralActs(stage).act(d.sender, 'sendReferral', aSending(d));
  const id = referral?.id ?? '';
  expect([await seenBy(d.receiver, id), await seenBy(d.stranger, id)]).toEqual([false, true]);
  await stage.deliver(id);
  expect(await seenBy(d.receiver, id)).toBe(true);
});

test('exclusion wins over every ground: a receiver who turns out to be the accused sees it no more', async () => {
  const { id } = await delivered(stage, d);
  expect(await seenBy(d.receiver, id)).toBe(true);
  await stage.haveCase({ caseId: d.caseId, parties: [{ kind: 'UNIT', id: d.lead, role: 'LEAD' }], excluded: [{ kind: 'UNIT', id: d.aid }] });
  expect([await seenBy(d.receiver, id), await seenBy(d.sender, id)]).toEqual([false, true]);
  expect(await referralActs(stage).act(d.receiver, 'signReferral', step({ id, version: 2 }))).toMatchObject({ code: 'NOT_FOUND' });
});

test('each viewer’s list holds some rows and not all; nobody without a role sees any', async () => {
  const far = await departments(stage, { divisionCode: '330402' });
  const mine = [await delivered(stage, d), await delivered(stage, d, { purpose: 'OTHER', toUnitId: d.other })];
  const theirs = await delivered(stage, far);
  expect((await list(d.sender)).nodes.map(({ id }) => id).sort()).toEqual(mine.map(({ id }) => id).sort());
  expect(await list(d.receiver)).toMatchObject({ totalCount: 1, nodes: [{ id: mine[0]?.id, case: null }] });
  expect(await list(d.jointOffice)).toMatchObject({ totalCount: 2 });
  expect(await list(far.receiver)).toMatchObject({ nodes: [{ id: theirs.id }] });
  for (const viewer of [viewers.plain(), viewers.admin(), viewers.clerk(await stage.haveUnit('别的窗口'))]) expect(await list(viewer)).toMatchObject({ totalCount: 0, nodes: [] });
});

test('filters: box, state, purpose, units', async () => {
  const sent = await delivered(stage, d);
  await stage.haveCase({ caseId: d.caseId, parties: [{ kind: 'UNIT', id: d.lead, role: 'LEAD' }, { kind: 'UNIT', id: d.aid, role: 'REFERRED' }] });
  const { referral } = await referralActs(stage).act(d.receiver, 'sendReferral', aSending(d, { toUnitId: d.other, purpose: 'MEDIATION' }));
  const idsFor = async (filter: object) => (await list(d.receiver, { filter })).nodes.map(({ id }) => id);
  expect(await idsFor({ box: 'INCOMING' })).toEqual([sent.id]);
  expect(await idsFor({ box: 'OUTGOING' })).toEqual([referral?.id]);
  expect(await idsFor({ state: 'SENT' })).toEqual([referral?.id]);
  expect(await idsFor({ purpose: 'RELIEF', fromUnitId: d.lead, toUnitId: d.aid, caseId: d.caseId })).toEqual([sent.id]);
  expect(await idsFor({ caseId: randomUUID() })).toEqual([]);
});

test.each(['SENT_ON_DESC', 'SENT_ON_ASC', 'SIGN_DUE_ON_ASC'])('pages by %s cover every row once', async (sort) => {
  for (const [i, day] of ['2024-03-01', '2024-03-04', '2024-03-04', '2024-03-05'].entries()) {
    await stage.itIs(day);
    await referralActs(stage).act(d.sender, 'sendReferral', aSending(d, { purpose: ['RELIEF', 'MEDIATION', 'OTHER', 'POLICY_OPINION'][i] }));
  }
  const [first] = await stage.rows<{ id: string }>('SELECT id FROM referrals ORDER BY sent_on, id');
  await stage.deliver(first?.id ?? '');
  const ids: string[] = [];
  for (let after: string | null = null; ;) {
    const page: Listed['referrals'] = await list(d.sender, { sort, first: 1, after });
    ids.push(...page.nodes.map(({ id }) => id));
    if (!page.pageInfo.hasNextPage) break;
    after = page.pageInfo.endCursor;
  }
  expect(new Set(ids).size).toBe(4);
  if (sort === 'SIGN_DUE_ON_ASC') expect(ids[0]).toBe(first?.id);
});

test('what the subgraph adds to cases and units: pages under each, nothing under an invisible case', async () => {
  const [open, ended] = [await delivered(stage, d), await delivered(stage, d, { purpose: 'OTHER' })];
  await referralActs(stage).act(d.sender, 'withdrawReferral', step(ended));
  const query = `query ($r: [_Any!]!) { _entities(representations: $r) {
    ... on Case { id referrals(filter: { open: true }) { totalCount nodes { id } } }
    ... on Unit { id incomingReferrals { totalCount } outgoingReferrals(filter: { open: false }) { nodes { id } } } } }`;
  const r = [{ __typename: 'Case', id: d.caseId }, { __typename: 'Unit', id: d.aid }, { __typename: 'Unit', id: d.lead }];
  const { _entities } = await stage.client.query<{ _entities: unknown[] }>(d.sender, query, { r });
  expect(_entities).toEqual([
    { id: d.caseId, referrals: { totalCount: 1, nodes: [{ id: open.id }] } },
    { id: d.aid, incomingReferrals: { totalCount: 2 }, outgoingReferrals: { nodes: [] } },
    { id: d.lead, incomingReferrals: { totalCount: 0 }, outgoingReferrals: { nodes: [{ id: ended.id }] } },
  ]);
  const strange = await stage.client.query<{ _entities: unknown[] }>(d.stranger, query, { r });
  expect(strange._entities).toEqual([null, expect.objectContaining({ incomingReferrals: { totalCount: 0 } }), expect.objectContaining({ outgoingReferrals: { nodes: [] } })]);
});

test('forty references cost one statement, with their histories two', async () => {
  for (let i = 0; i < 40; i += 1) await stage.db.query(
    `INSERT INTO referrals (id, case_id, from_unit_id, to_unit_id, purpose, request, state, sent_on, sent_by) VALUES (UUID(), ?, ?, ?, 'OTHER', '请', 'SENT', '2024-03-01', UUID())`,
    [d.caseId, d.lead, d.aid],
  );
  const rows = await stage.rows<{ id: string }>('SELECT id FROM referrals');
  let statements = 0;
  const counting = { query: (...args: [string, unknown[]]) => ((statements += 1), stage.db.manager.query(...args)) } as unknown as EntityManager;
  const r = rows.map(({ id }) => ({ __typename: 'Referral', id }));
  const ask = (fields: string) => stage.clientOn(counting).query<{ _entities: unknown[] }>(d.sender, `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Referral { ${fields} } } }`, { r });
  expect((await ask('id state fromUnit { id }'))._entities.filter(Boolean)).toHaveLength(40);
  expect(statements).toBe(1);
  await ask('id history { seq }');
  expect(statements).toBe(3);
  const cases = [...new Set(rows.map(() => d.caseId)), (await departments(stage)).caseId].map((id) => ({ __typename: 'Case', id }));
  statements = 0;
  await stage.clientOn(counting).query(d.jointOffice, 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Case { referrals(first: 5) { nodes { id } } } } }', { r: cases });
  expect(statements).toBe(2);
});
