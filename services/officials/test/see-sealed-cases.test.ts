import { randomUUID } from 'node:crypto';
import { inTransaction, select } from '@anjie/service-kit/database';
import type { Viewer } from '@anjie/access';
import { aCaseScope, viewers } from '@anjie/testing';
import type { CaseScope } from '@anjie/service-kit/facts';
import { keepCaseScopes } from '../src/jobs/on-case-scope-changed';
import { key, openOfficials, type Officials } from './fixture';

let officials: Officials;
let hall: string;
let sponsor: string;
let member: string;
let caseId: string;
let version = 0;
const province = viewers.jointOffice('640000', randomUUID());

const scope = (part: Partial<CaseScope> = {}) => {
  version += 1;
  return inTransaction(officials.db, (tx) => keepCaseScopes(tx, [{ scope: aCaseScope({ caseId, divisionCode: '640104', parties: [{ kind: 'UNIT', id: hall, role: 'LEAD' }], ...part }), version }]));
};
const SPONSOR = 'mutation($input: SponsorCaseInput!) { sponsorCase(input: $input) { __typename ... on SponsorshipRefusal { code } } }';
const MANY = 'mutation($input: SponsorCasesInput!) { sponsorCases(input: $input) { results { __typename ... on SponsorshipRefusal { code } } } }';
const FORM = 'mutation($input: FormTaskForceInput!) { formTaskForce(input: $input) { __typename ... on TaskForceRefusal { code } } }';
const sponsorIt = (viewer: Viewer) => officials.client.query(viewer, SPONSOR, { input: { idempotencyKey: key(), caseId, officialId: sponsor } });
const sponsorMany = (viewer: Viewer) => officials.client.query(viewer, MANY, { input: { idempotencyKey: key(), items: [{ caseId, officialId: sponsor }] } });
const formIt = (viewer: Viewer) => officials.client.query(viewer, FORM, { input: { idempotencyKey: key(), caseId, name: '专班', purpose: '化解', members: [{ officialId: member, duty: 'LEADER' }] } });

beforeAll(async () => {
  officials = await openOfficials();
  await officials.divisions();
  await officials.unit({ code: 'OFFICE' });
  sponsor = await officials.official('OFFICE');
  member = await officials.official('OFFICE');
});
beforeEach(async () => {
  hall = await officials.unit({ kind: 'PETITION_OFFICE' });
  caseId = randomUUID();
  version = 0;
});
afterAll(() => officials.close());

test('the directory knows the organs that receive accusations', async () => {
  for (const kind of ['DISCIPLINE', 'POLITICAL_LEGAL']) {
    const id = await officials.unit({ kind });
    expect(await officials.client.query(viewers.plain(), 'query ($id: ID!) { unit(id: $id) { kind } }', { id })).toEqual({ unit: { kind } });
  }
});

test('《信访工作条例》第三十条第三款: a sealed case has no sponsor and no task force; for those who do not see it, it does not exist', async () => {
  await scope({ isSealed: true });
  const holder = viewers.jointOffice('640104', hall);
  expect([await sponsorIt(holder), await sponsorMany(holder), await formIt(holder)]).toEqual([
    { sponsorCase: { __typename: 'SponsorshipRefusal', code: 'CASE_SEALED' } }, { sponsorCases: { results: [{ __typename: 'SponsorshipRefusal', code: 'CASE_SEALED' }] } },
    { formTaskForce: { __typename: 'TaskForceRefusal', code: 'CASE_SEALED' } },
  ]);
  for (const viewer of [province, viewers.jointOffice('640104', randomUUID())]) {
    expect([await sponsorIt(viewer), await formIt(viewer)]).toMatchObject([{ sponsorCase: { code: 'NOT_FOUND' } }, { formTaskForce: { code: 'NOT_FOUND' } }]);
  }
  expect(await select(officials.db.manager, 'SELECT 1 FROM sponsorships WHERE case_id = ?', [caseId])).toEqual([]);
  await scope();
  expect(await sponsorIt(province)).toEqual({ sponsorCase: { __typename: 'SponsorCasePayload' } });
});

test('what hangs on a case is seen, once it is sealed, by staff of exactly the unit that has it', async () => {
  await scope();
  await sponsorIt(province);
  await formIt(province);
  const [row] = await select<{ s: string; t: string }>(officials.db.manager, 'SELECT s.id AS s, t.id AS t FROM sponsorships s JOIN task_forces t ON t.case_id = s.case_id WHERE s.case_id = ?', [caseId]);
  const found = async (viewer: Viewer): Promise<string> => JSON.stringify(await officials.client.query(viewer, `query ($s: ID!, $c: ID!, $r: [_Any!]!) {
    sponsorship(id: $s) { id } sponsorships(filter: { caseId: $c }) { totalCount nodes { id } }
    _entities(representations: $r) { ... on Case { sponsorship { id } taskForce { id } readiness { isComplete } } ... on Sponsorship { id } ... on TaskForce { id } } }`, {
    s: row?.s, c: caseId, r: [{ __typename: 'Case', id: caseId }, { __typename: 'Sponsorship', id: row?.s }, { __typename: 'TaskForce', id: row?.t }],
  }));
  const nothing = await found(viewers.plain());
  const outside = [province, viewers.jointOffice('640104', randomUUID()), viewers.plain(sponsor), viewers.plain(member)];
  for (const viewer of outside) expect(await found(viewer)).not.toBe(nothing);
  const open = await found(viewers.handler(hall));
  await scope({ isSealed: true });
  for (const viewer of outside) expect(await found(viewer)).toBe(nothing);
  expect(await found(viewers.handler(hall))).toBe(open);
  await scope({ isSealed: true, excluded: [{ kind: 'UNIT', id: hall }] });
  expect(await found(viewers.handler(hall))).toBe(nothing);
});
