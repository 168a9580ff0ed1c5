import { randomUUID } from 'node:crypto';
import { inTransaction } from '@anjie/service-kit/database';
import type { Viewer } from '@anjie/access';
import { aCaseScope, viewers } from '@anjie/testing';
import type { CaseScope } from '@anjie/service-kit/facts';
import { keepCaseScopes } from '../src/jobs/on-case-scope-changed';
import { key, openOfficials, type Officials } from './fixture';

let officials: Officials;
let sponsor: string;
let lead: string;
const cases: string[] = [];

async function aSponsoredCase(part: Partial<CaseScope>): Promise<string> {
  const scope = aCaseScope(part);
  await inTransaction(officials.db, (tx) => keepCaseScopes(tx, [{ scope, version: 1 }]));
  const source = 'mutation($input: SponsorCaseInput!) { sponsorCase(input: $input) { __typename } }';
  await officials.client.query(viewers.jointOffice('640000', randomUUID()), source, { input: { idempotencyKey: key(), caseId: scope.caseId, officialId: sponsor } });
  cases.push(scope.caseId);
  return scope.caseId;
}

beforeAll(async () => {
  officials = await openOfficials();
  await officials.divisions();
  await officials.unit({ code: 'OFFICE' });
  lead = await officials.unit({ code: 'LEAD' });
  sponsor = await officials.official('OFFICE');
  await aSponsoredCase({ divisionCode: '640104' });
  await aSponsoredCase({ divisionCode: '640104', parties: [{ kind: 'UNIT', id: lead, role: 'LEAD' }] });
  await aSponsoredCase({ divisionCode: '640105' });
});
afterAll(() => officials.close());

const seen = async (viewer: Viewer): Promise<number> =>
  (await officials.client.query<{ sponsorships: { totalCount: number } }>(viewer, '{ sponsorships { nodes { id } totalCount } }')).sponsorships.totalCount;

test('each viewer sees the sponsorships of the cases they may see, and their own', async () => {
  expect(await seen(viewers.service('cases'))).toBe(3);
  expect(await seen(viewers.jointOffice('640100', randomUUID()))).toBe(3);
  expect(await seen(viewers.jointOffice('640104', randomUUID()))).toBe(2);
  expect(await seen(viewers.handler(lead))).toBe(1);
  expect(await seen(viewers.plain(sponsor))).toBe(3);
  expect(await seen(viewers.plain())).toBe(0);
  expect(await seen(viewers.admin())).toBe(0);
});

test('the sponsor sees the sponsorship before the case itself is shared with them', async () => {
  const { sponsorships } = await officials.client.query<{ sponsorships: { nodes: unknown[] } }>(viewers.plain(sponsor), '{ sponsorships(first: 1) { nodes { isActive case { id } } } }');
  expect(sponsorships.nodes).toEqual([{ isActive: true, case: null }]);
});

test('a sponsor who is kept out of the case later no longer sees the sponsorship', async () => {
  const caseId = await aSponsoredCase({ divisionCode: '640104' });
  const filter = `{ sponsorships(filter: { caseId: "${caseId}" }) { totalCount } }`;
  expect(await officials.client.query(viewers.plain(sponsor), filter)).toEqual({ sponsorships: { totalCount: 1 } });
  await inTransaction(officials.db, (tx) => keepCaseScopes(tx, [{ scope: aCaseScope({ caseId, excluded: [{ kind: 'OFFICIAL', id: sponsor }] }), version: 2 }]));
  expect(await officials.client.query(viewers.plain(sponsor), filter)).toEqual({ sponsorships: { totalCount: 0 } });
});

test('an official shows only sponsorships of cases that the viewer may see', async () => {
  const asked = `{ official(id: "${sponsor}") { sponsorships(active: true) { totalCount nodes { case { id } } } } }`;
  expect(await officials.client.query(viewers.handler(lead), asked)).toEqual({ official: { sponsorships: { totalCount: 1, nodes: [{ case: { id: cases[1] } }] } } });
});

test('a sponsorship by reference is the one by root field: invisible is missing', async () => {
  const all = await officials.client.query<{ sponsorships: { nodes: { id: string }[] } }>(viewers.service('cases'), '{ sponsorships { nodes { id } } }');
  const r = all.sponsorships.nodes.map(({ id }) => ({ __typename: 'Sponsorship', id }));
  const source = 'query($r: [_Any!]!) { _entities(representations: $r) { ... on Sponsorship { startedOn } } }';
  const { _entities: found } = await officials.client.query<{ _entities: (object | null)[] }>(viewers.handler(lead), source, { r });
  expect(found.filter(Boolean)).toHaveLength(1);
  expect(found.length).toBeGreaterThan(1);
  expect(await officials.statements(() => officials.client.query(viewers.handler(lead), source, { r }))).toBe(1);
});

test('all that officials adds to many cases costs one statement per field', async () => {
  const r = cases.slice(0, 3).map((id) => ({ __typename: 'Case', id }));
  const source = `query($r: [_Any!]!) { _entities(representations: $r) { ... on Case {
    sponsorship { official { name unit { name } } } sponsorships { nodes { id } } taskForce { members { id } } readiness { isComplete missing slots { code since missingSince } } } } }`;
  const viewer = viewers.jointOffice('640100', randomUUID());
  const { _entities: found } = await officials.client.query<{ _entities: { sponsorship: unknown }[] }>(viewer, source, { r });
  expect(found.every((c) => c.sponsorship !== null)).toBe(true);
  expect(await officials.statements(() => officials.client.query(viewer, source, { r }))).toBe(8);
});

test('an invisible case gets nothing from officials', async () => {
  const r = [{ __typename: 'Case', id: cases[2] }, { __typename: 'Case', id: cases[1] }];
  const source = 'query($r: [_Any!]!) { _entities(representations: $r) { ... on Case { readiness { missing } } } }';
  expect(await officials.client.query(viewers.handler(lead), source, { r })).toEqual({ _entities: [null, { readiness: { missing: ['TASK_FORCE', 'PLAN'] } }] });
});
