import { randomUUID } from 'node:crypto';
import type { Viewer } from '@anjie/access';
import { inTransaction, select } from '@anjie/service-kit/database';
import type { CaseScope } from '@anjie/service-kit/facts';
import { aCaseScope, setBusinessNow, viewers } from '@anjie/testing';
import { keepCaseScopes } from '../src/jobs/on-case-scope-changed';
import { key, openOfficials, PUT_OFFICIALS, toldOf, type Officials } from './fixture';

let officials: Officials;
let office: Viewer;
let bureau: string;
let sponsor: Viewer;
let head: Viewer;

beforeAll(async () => void (officials = await openOfficials()));
beforeEach(async () => {
  await officials.truncate();
  await setBusinessNow(officials.db, new Date('2026-06-30T04:00:00Z'));
  await officials.divisions();
  office = viewers.jointOffice('640104', await officials.unit({ code: 'OFFICE', kind: 'JOINT_OFFICE' }));
  bureau = await officials.unit({ code: 'BUREAU' });
  sponsor = viewers.plain(await officials.official('OFFICE', { name: '李副区长' }), office.unitId);
  head = viewers.handler(bureau, await officials.official('BUREAU', { name: '王局长', isHead: true }));
});
afterAll(() => officials.close());

const scopeOf = async (scope: CaseScope, version = 1): Promise<CaseScope> => {
  await inTransaction(officials.db, (tx) => keepCaseScopes(tx, [{ scope, version }]));
  return scope;
};
const aCase = (part: Partial<CaseScope> = {}): Promise<CaseScope> =>
  scopeOf(aCaseScope({ leadUnitId: bureau, leadSince: '2026-01-05', parties: [{ kind: 'UNIT', id: bureau, role: 'LEAD' }], ...part }));

/** As cases hears of it: officials names the sponsor, cases makes it a part in the case. */
async function aSponsoredCase(by: Viewer = sponsor): Promise<string> {
  const scope = await aCase();
  await officials.client.query(office, 'mutation ($input: SponsorCaseInput!) { sponsorCase(input: $input) { __typename } }', { input: { idempotencyKey: key(), caseId: scope.caseId, officialId: by.subject } });
  await scopeOf({ ...scope, parties: [...scope.parties, { kind: 'OFFICIAL', id: by.subject, role: 'SPONSOR' }] }, 2);
  return scope.caseId;
}

const OPINION = 'id capacity revision isAgreed opinion onReport reportDocumentId signedOn isStanding withdrawnOn withdrawalReason version case { id } official { name } unit { id }';
const answer = `{ __typename ... on ClosingOpinionPayload { opinion { ${OPINION} } } ... on ClosingOpinionRefusal { code message basis } }`;
interface Opinion {
  readonly id: string;
  readonly revision: number;
  readonly version: number;
}
interface Answer {
  readonly code?: string;
  readonly opinion?: Opinion;
}
const run = async (field: string, type: string, viewer: Viewer, input: object): Promise<Answer> =>
  (await officials.client.query<{ answer: Answer }>(viewer, `mutation ($input: ${type}!) { answer: ${field}(input: $input) ${answer} }`, { input: { idempotencyKey: key(), ...input } })).answer;
const sign = (viewer: Viewer, caseId: string, input: object = {}) =>
  run('signClosingOpinion', 'SignClosingOpinionInput', viewer, { caseId, isAgreed: true, opinion: '同意报结，后续回访由包案单位负责。', onReport: '2026年6月办结报告', ...input });
const withdraw = (viewer: Viewer, opinionId: string, input: object = {}) =>
  run('withdrawClosingOpinion', 'WithdrawClosingOpinionInput', viewer, { opinionId, expectedVersion: 1, reason: '执行情况与报告不符。', ...input });

test('the sponsor signs in person; cases is told who agreed, not the text · row 54', async () => {
  const caseId = await aSponsoredCase();
  const { opinion } = await sign(sponsor, caseId);
  expect(opinion).toMatchObject({
    capacity: 'SPONSOR', revision: 1, isAgreed: true, opinion: '同意报结，后续回访由包案单位负责。', onReport: '2026年6月办结报告', signedOn: '2026-06-30', isStanding: true, version: 1,
    case: { id: caseId }, official: { name: '李副区长' }, unit: { id: office.unitId },
  });
  expect(await toldOf(officials.db, 'closing-opinion-signed')).toEqual([{
    aggregateId: opinion?.id, version: 1,
    payload: { opinionId: opinion?.id, caseId, officialId: sponsor.subject, capacity: 'SPONSOR', isAgreed: true, signedOn: '2026-06-30', withdrawnOn: null },
  }]);
  expect(await select(officials.db.manager, "SELECT 1 FROM audit_entries WHERE action = 'signClosingOpinion' AND case_id = ?", [caseId])).toHaveLength(1);
});

test('where the case has no sponsor the head of its lead unit signs, and no longer once it has one', async () => {
  const { caseId } = await aCase();
  expect((await sign(head, caseId, { isAgreed: false, onReport: null, reportDocumentId: randomUUID() })).opinion).toMatchObject({ capacity: 'UNIT_HEAD', isAgreed: false, unit: { id: bureau } });
  expect(await sign(head, await aSponsoredCase())).toMatchObject({ code: 'NOT_THE_SIGNER' });
});

test('nobody signs for another: not the office, not a handler, not an administrator, not a service', async () => {
  const caseId = await aSponsoredCase();
  const handler = viewers.handler(bureau, await officials.official('BUREAU'));
  for (const viewer of [office, handler]) expect(await sign(viewer, caseId)).toMatchObject({ code: 'NOT_THE_SIGNER', basis: expect.stringContaining('专项工作方案') });
  const { caseId: unsponsored } = await aCase();
  for (const viewer of [office, handler]) expect(await sign(viewer, unsponsored)).toMatchObject({ code: 'NOT_THE_SIGNER' });
  for (const viewer of [viewers.admin(), viewers.plain(), viewers.jointOffice('640105', bureau)]) expect(await sign(viewer, caseId)).toMatchObject({ code: 'NOT_FOUND' });
  expect(await sign(sponsor, 'no-id')).toMatchObject({ code: 'NOT_FOUND' });
  expect(await select(officials.db.manager, 'SELECT 1 FROM closing_opinions')).toEqual([]);
});

test('a sponsor who left office signs nothing', async () => {
  const leaving = viewers.plain(await officials.official('OFFICE', { staffNo: 'S-LEAVES' }), office.unitId);
  const caseId = await aSponsoredCase(leaving);
  await officials.put(PUT_OFFICIALS, [{ id: leaving.subject, staffNo: 'S-LEAVES', name: '张三', unitCode: 'OFFICE', title: '局长', startedOn: '2024-01-01', validTo: '2026-06-01' }]);
  expect(await sign(leaving, caseId)).toMatchObject({ code: 'NOT_IN_OFFICE' });
});

test('第三十条第三款: an official whom the report names, or whose unit it names, neither signs nor sees', async () => {
  const inPerson = await aCase({ excluded: [{ kind: 'OFFICIAL', id: head.subject }] });
  expect(await sign(head, inPerson.caseId)).toMatchObject({ code: 'NOT_FOUND' });
  const byUnit = await aCase({ excluded: [{ kind: 'UNIT', id: bureau }] });
  // a token that names no unit does not hide where the directory knows the person to sit
  await scopeOf({ ...byUnit, parties: [{ kind: 'OFFICIAL', id: head.subject, role: 'TASK_FORCE' }] }, 2);
  expect(await sign(viewers.plain(head.subject), byUnit.caseId)).toMatchObject({ code: 'NOT_FOUND' });
});

test('signed is signed: a second one only after the first is withdrawn, by the one who signed, with a reason', async () => {
  const caseId = await aSponsoredCase();
  const { opinion } = await sign(sponsor, caseId);
  const id = opinion?.id ?? '';
  expect(await sign(sponsor, caseId, { isAgreed: false })).toMatchObject({ code: 'ALREADY_SIGNED' });
  expect(await withdraw(office, id)).toMatchObject({ code: 'NOT_THE_SIGNER' });
  expect(await withdraw(viewers.plain(), id)).toMatchObject({ code: 'NOT_FOUND' });
  expect(await withdraw(sponsor, id, { reason: ' ' })).toMatchObject({ code: 'TEXT_NOT_ACCEPTABLE' });
  const stale = await officials.client.ask(sponsor, 'mutation ($input: WithdrawClosingOpinionInput!) { withdrawClosingOpinion(input: $input) { __typename } }', { input: { idempotencyKey: key(), opinionId: id, expectedVersion: 7, reason: '理由' } });
  expect(stale.errors).toHaveLength(1);
  expect((await withdraw(sponsor, id)).opinion).toMatchObject({ isStanding: false, withdrawnOn: '2026-06-30', withdrawalReason: '执行情况与报告不符。', isAgreed: true, version: 2 });
  expect(await withdraw(sponsor, id, { expectedVersion: 2 })).toMatchObject({ code: 'ALREADY_WITHDRAWN' });
  expect((await sign(sponsor, caseId, { isAgreed: false })).opinion).toMatchObject({ revision: 2, isAgreed: false, isStanding: true });
  expect((await toldOf(officials.db, 'closing-opinion-signed')).map((one) => [one.version, one.payload['isAgreed'], one.payload['withdrawnOn']])).toEqual(
    expect.arrayContaining([[1, true, null], [2, true, '2026-06-30'], [1, false, null]]),
  );
});

test('of the same request sent four times, and of four different ones at once, one opinion comes', async () => {
  const caseId = await aSponsoredCase();
  const idempotencyKey = key();
  const first = await sign(sponsor, caseId, { idempotencyKey });
  expect(await sign(sponsor, caseId, { idempotencyKey })).toEqual(first);
  const other = await aSponsoredCase();
  const answers = await Promise.all([1, 2, 3, 4].map(() => sign(sponsor, other)));
  expect(answers.map((one) => one.code ?? 'signed').sort()).toEqual(['ALREADY_SIGNED', 'ALREADY_SIGNED', 'ALREADY_SIGNED', 'signed']);
  expect(await toldOf(officials.db, 'closing-opinion-signed')).toHaveLength(2);
});

test.each<[string, object, string]>([
  ['without a report', { onReport: null }, 'REPORT_MISSING'],
  ['without a text', { opinion: ' ' }, 'TEXT_NOT_ACCEPTABLE'],
  ['with a control character', { opinion: '同意\u0007' }, 'TEXT_NOT_ACCEPTABLE'],
  ['with 4,001 characters', { opinion: '字'.repeat(4001) }, 'TEXT_NOT_ACCEPTABLE'],
])('an opinion %s is refused and leaves no trace', async (_sentence, input, code) => {
  expect(await sign(sponsor, await aSponsoredCase(), input)).toMatchObject({ code });
  expect([await select(officials.db.manager, 'SELECT 1 FROM closing_opinions'), await toldOf(officials.db, 'closing-opinion-signed')]).toEqual([[], []]);
});

test('the four ones are what they were: an opinion fills none of them', async () => {
  const caseId = await aSponsoredCase();
  const readiness = () => officials.client.query(office, 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Case { readiness { isComplete missing slots { code isFilled since } } } } }', { r: [{ __typename: 'Case', id: caseId }] });
  const before = await readiness();
  await sign(sponsor, caseId);
  expect(await readiness()).toEqual(before);
});

test('opinions are seen with their case and by the one who signed, by reference as by the root; under many cases they are one statement', async () => {
  const caseId = await aSponsoredCase();
  const second = await aSponsoredCase();
  const id = (await sign(sponsor, caseId)).opinion?.id ?? '';
  await withdraw(sponsor, id);
  const newest = (await sign(sponsor, caseId)).opinion?.id ?? '';
  const source = 'query ($id: ID!, $r: [_Any!]!) { closingOpinion(id: $id) { id } _entities(representations: $r) { ... on ClosingOpinion { id } ... on Case { closingOpinions(first: 5) { totalCount nodes { id } } } } }';
  const ask = (viewer: Viewer) => officials.client.query<{ closingOpinion: unknown; _entities: unknown[] }>(viewer, source, { id, r: [{ __typename: 'ClosingOpinion', id }, { __typename: 'Case', id: caseId }] });
  const seen = { closingOpinion: { id }, _entities: [{ id }, { closingOpinions: { totalCount: 2, nodes: [{ id: newest }, { id }] } }] };
  for (const viewer of [office, sponsor, viewers.handler(bureau)]) expect(await ask(viewer)).toEqual(seen);
  for (const viewer of [viewers.plain(), viewers.admin(), viewers.jointOffice('640105', bureau), viewers.handler(randomUUID())]) expect(await ask(viewer)).toEqual({ closingOpinion: null, _entities: [null, null] });
  const under = (ids: string[]) => officials.statements(() => officials.client.query(office, 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Case { closingOpinions { nodes { id official { name } unit { name } } } } } }', { r: ids.map((one) => ({ __typename: 'Case', id: one })) }));
  expect([await under([caseId]), await under([caseId, second, randomUUID()])]).toEqual([4, 4]); // visible cases, opinions, officials, units
});
