import { randomUUID } from 'node:crypto';
import { inTransaction, select } from '@anjie/service-kit/database';
import type { Viewer } from '@anjie/access';
import { setBusinessNow, viewers } from '@anjie/testing';
import type { CaseScope } from '@anjie/service-kit/facts';
import { aCaseScope } from '@anjie/testing';
import { keepCaseScopes } from '../src/jobs/on-case-scope-changed';
import { figureRows, key, openOfficials, PUT_OFFICIALS, toldOf, type Officials } from './fixture';

let officials: Officials;
let office: Viewer;
let sponsor: string;
let unitId: string;
const campaignId = randomUUID();

beforeAll(async () => void (officials = await openOfficials()));
beforeEach(async () => {
  await officials.truncate();
  await setBusinessNow(officials.db, new Date('2026-06-30T04:00:00Z'));
  await officials.divisions();
  unitId = await officials.unit({ code: 'OFFICE' });
  sponsor = await officials.official('OFFICE', { name: '李局长' });
  office = viewers.jointOffice('640104', unitId);
});
afterAll(() => officials.close());

async function aCase(part: Partial<CaseScope> = {}): Promise<string> {
  const scope = aCaseScope({ ledgers: [{ campaignId, divisionCode: '640104', enteredOn: '2026-03-01', removedOn: null }], ...part });
  await inTransaction(officials.db, (tx) => keepCaseScopes(tx, [{ scope, version: 1 }]));
  return scope.caseId;
}

const SPONSOR = `mutation($input: SponsorCaseInput!) { sponsorCase(input: $input) { __typename
  ... on SponsorCasePayload { sponsorship { id level startedOn isActive version case { id } official { name } } replaced { endedOn endReason isActive } }
  ... on SponsorshipRefusal { code message basis } } }`;
const END = `mutation($input: EndSponsorshipInput!) { endSponsorship(input: $input) { __typename
  ... on EndSponsorshipPayload { sponsorship { endedOn endReason isActive version } } ... on SponsorshipRefusal { code } } }`;

interface Answer {
  readonly __typename: string;
  readonly code?: string;
  readonly message?: string;
  readonly basis?: string;
  readonly sponsorship?: { readonly id: string };
}
const sponsorCase = async (caseId: string, part: Record<string, unknown> = {}, viewer: Viewer = office): Promise<Answer> =>
  (await officials.client.query<{ sponsorCase: Answer }>(viewer, SPONSOR, { input: { idempotencyKey: key(), caseId, officialId: sponsor, ...part } })).sponsorCase;

test('a joint office names the sponsor, and cases hears who it is · rows 49, 53', async () => {
  const caseId = await aCase();
  expect(await sponsorCase(caseId)).toMatchObject({
    __typename: 'SponsorCasePayload', replaced: null,
    sponsorship: { level: 'COUNTY', startedOn: '2026-06-30', isActive: true, version: 1, case: { id: caseId }, official: { name: '李局长' } },
  });
  expect(await toldOf(officials.db, 'case-crew-changed')).toEqual([{ aggregateId: caseId, version: 1, payload: { caseId, sponsorIds: [sponsor], taskForceIds: [] } }]);
  expect(await select(officials.db.manager, "SELECT 1 FROM audit_entries WHERE action = 'sponsorCase' AND case_id = ?", [caseId])).toHaveLength(1);
  expect(await figureRows(officials.db)).toEqual(['SPONSORED 640104 2026-06-30 1']);
});

test('the same request twice sponsors once', async () => {
  const caseId = await aCase();
  const part = { idempotencyKey: key() };
  const first = await sponsorCase(caseId, part);
  expect(await sponsorCase(caseId, part)).toEqual(first);
  expect(await toldOf(officials.db, 'case-crew-changed')).toHaveLength(1);
  expect(await figureRows(officials.db)).toEqual(['SPONSORED 640104 2026-06-30 1']);
});

test('an invisible case answers as a missing one; a visible one outside the division is forbidden', async () => {
  const elsewhere = await aCase({ divisionCode: '640105' });
  expect(await sponsorCase(elsewhere)).toMatchObject({ code: 'NOT_FOUND' });
  expect(await sponsorCase(randomUUID())).toMatchObject({ code: 'NOT_FOUND' });
  expect(await sponsorCase('no id')).toMatchObject({ code: 'NOT_FOUND' });
  const shared = await aCase({ divisionCode: '640105', parties: [{ kind: 'OFFICIAL', id: office.subject, role: 'TASK_FORCE' }] });
  expect(await sponsorCase(shared)).toMatchObject({ code: 'NOT_PERMITTED' });
  const led = await aCase({ parties: [{ kind: 'UNIT', id: unitId, role: 'LEAD' }] });
  expect(await sponsorCase(led, {}, viewers.handler(unitId))).toMatchObject({ code: 'NOT_PERMITTED' });
  await expect(sponsorCase(led, {}, viewers.service('cases'))).rejects.toThrow('not permitted');
});

test('《信访工作条例》第三十条第三款: an excluded official or unit is refused with the article', async () => {
  const accused = await aCase({ excluded: [{ kind: 'UNIT', id: unitId }] });
  const other = viewers.jointOffice('640104', randomUUID());
  expect(await sponsorCase(accused, {}, other)).toMatchObject({ code: 'OFFICIAL_EXCLUDED', basis: '《信访工作条例》第三十条第三款' });
});

test('《信访工作条例》第三十条第三款: a post beside the first one counts, whichever began earlier', async () => {
  const accused = await officials.unit({ code: 'ACCUSED' });
  const id = randomUUID();
  const own = { id, staffNo: 'S-BOTH', name: '兼职干部' };
  await officials.put(PUT_OFFICIALS, [
    { ...own, unitCode: 'OFFICE', title: '副主任', startedOn: '2024-01-01' }, { ...own, unitCode: 'ACCUSED', title: '主持工作', startedOn: '2026-01-01', kind: 'ACTING', endsOn: '2026-12-31' },
  ]);
  expect(await sponsorCase(await aCase({ excluded: [{ kind: 'UNIT', id: accused }] }), { officialId: id })).toMatchObject({ code: 'OFFICIAL_EXCLUDED' });
  // the level is that of the post that began first
  expect(await sponsorCase(await aCase(), { officialId: id })).toMatchObject({ sponsorship: { level: 'COUNTY' } });
});

test('an office names leaders of its own division and those above the case: whoever sponsors a case sees it', async () => {
  for (const [code, divisionCode] of [['CITY', '640100'], ['TOWN', '640104100'], ['NEXT', '640105']] as const) await officials.unit({ code, divisionCode });
  const [city, town, next] = [await officials.official('CITY'), await officials.official('TOWN'), await officials.official('NEXT')];
  expect(await sponsorCase(await aCase(), { officialId: next })).toMatchObject({ code: 'NOT_PERMITTED' });
  expect(await sponsorCase(await aCase(), { officialId: city })).toMatchObject({ sponsorship: { level: 'CITY' } });
  expect(await sponsorCase(await aCase(), { officialId: town })).toMatchObject({ sponsorship: { level: 'TOWNSHIP' } });
  expect(await sponsorCase(await aCase(), { officialId: next }, viewers.jointOffice('640100', randomUUID()))).toMatchObject({ sponsorship: { isActive: true } });
});

test('who is unknown, retired or without a post sponsors nothing', async () => {
  const caseId = await aCase();
  expect(await sponsorCase(caseId, { officialId: randomUUID() })).toMatchObject({ code: 'OFFICIAL_UNKNOWN' });
  expect(await sponsorCase(caseId, { officialId: await officials.official('OFFICE', { validTo: '2026-01-01' }) })).toMatchObject({ code: 'OFFICIAL_UNKNOWN' });
  expect(await sponsorCase(caseId, { officialId: await officials.official(null) })).toMatchObject({ code: 'OFFICIAL_WITHOUT_POST', message: 'The official holds no post today.' });
  expect(await sponsorCase(caseId, { officialId: await officials.official(null) }, { ...office, locale: 'zh-CN' })).toMatchObject({ message: '该干部目前没有任职。' });
});

test('a second sponsor takes over only when asked to, and the figure does not move', async () => {
  const caseId = await aCase();
  const next = await officials.official('OFFICE');
  await sponsorCase(caseId, { startOn: '2026-04-01' });
  expect(await sponsorCase(caseId, { officialId: next })).toMatchObject({ code: 'ALREADY_SPONSORED' });
  expect(await sponsorCase(caseId, { officialId: next, replace: true, startOn: '2026-03-31' })).toMatchObject({ code: 'DATE_OUT_OF_RANGE' });
  expect(await sponsorCase(caseId, { officialId: next, replace: true, startOn: '2026-07-01' })).toMatchObject({ code: 'DATE_OUT_OF_RANGE' });
  expect(await sponsorCase(caseId, { officialId: next, replace: true, startOn: '2026-05-15' })).toMatchObject({
    sponsorship: { startedOn: '2026-05-15' }, replaced: { endedOn: '2026-05-15', endReason: 'REPLACED', isActive: false },
  });
  expect((await toldOf(officials.db, 'case-crew-changed')).map((t) => [t.version, t.payload['sponsorIds']])).toEqual([[1, [sponsor]], [2, [next]]]);
  expect(await figureRows(officials.db)).toEqual(['SPONSORED 640104 2026-04-01 1']);
});

test('an ended sponsorship leaves earlier days as they were, and its version guards it', async () => {
  const caseId = await aCase();
  const { sponsorship } = await sponsorCase(caseId, { startOn: '2026-04-01' });
  const input = (part: object = {}) => ({ input: { idempotencyKey: key(), sponsorshipId: sponsorship?.id, expectedVersion: 1, reason: 'POST_CHANGED', endedOn: '2026-06-01', ...part } });
  expect((await officials.client.ask(office, END, input({ expectedVersion: 7 }))).errors?.[0]?.message).toBeDefined();
  expect(await officials.client.query(office, END, input({ endedOn: '2026-03-31' }))).toMatchObject({ endSponsorship: { code: 'DATE_OUT_OF_RANGE' } });
  expect(await officials.client.query(viewers.plain(), END, input())).toMatchObject({ endSponsorship: { code: 'NOT_FOUND' } });
  expect(await officials.client.query(viewers.plain(sponsor), END, input())).toMatchObject({ endSponsorship: { code: 'NOT_PERMITTED' } });
  expect(await officials.client.query(office, END, input())).toMatchObject({ endSponsorship: { sponsorship: { endedOn: '2026-06-01', endReason: 'POST_CHANGED', isActive: false, version: 2 } } });
  expect(await officials.client.query(office, END, input({ expectedVersion: 2 }))).toMatchObject({ endSponsorship: { code: 'ALREADY_ENDED' } });
  expect(await figureRows(officials.db)).toEqual(['SPONSORED 640104 2026-04-01 1', 'SPONSORED 640104 2026-06-01 -1']);
  expect((await toldOf(officials.db, 'case-crew-changed')).at(-1)?.payload).toEqual({ caseId, sponsorIds: [], taskForceIds: [] });
  expect(await sponsorCase(caseId, { startOn: '2026-05-31' })).toMatchObject({ code: 'DATE_OUT_OF_RANGE' });
});

test('of two who name a sponsor at once, one wins and the case is counted once', async () => {
  const caseId = await aCase();
  const answers = await Promise.all([1, 2, 3, 4].map(async () => sponsorCase(caseId)));
  expect(answers.map((a) => a.code ?? 'done').sort()).toEqual(['ALREADY_SPONSORED', 'ALREADY_SPONSORED', 'ALREADY_SPONSORED', 'done']);
  expect(await figureRows(officials.db)).toEqual(['SPONSORED 640104 2026-06-30 1']);
});

test('in bulk each item has its own answer, and good items do not wait for bad ones · row 49', async () => {
  const cases = await Promise.all(Array.from({ length: 20 }, () => aCase()));
  const hidden = await aCase({ divisionCode: '640105' });
  const items = [...cases, cases[0] ?? '', hidden].map((caseId) => ({ caseId, officialId: sponsor }));
  const source = `mutation($input: SponsorCasesInput!) { sponsorCases(input: $input) { results { __typename ... on SponsorshipRefusal { code } ... on SponsorCasePayload { sponsorship { case { id } } } } } }`;
  const { sponsorCases } = await officials.client.query<{ sponsorCases: { results: Answer[] } }>(office, source, { input: { idempotencyKey: key(), items } });
  expect(sponsorCases.results.map((r) => r.code ?? 'done')).toEqual([...cases.map(() => 'done'), 'ALREADY_SPONSORED', 'NOT_FOUND']);
  expect(await figureRows(officials.db)).toEqual(['SPONSORED 640104 2026-06-30 20']);
  expect(await toldOf(officials.db, 'case-crew-changed')).toHaveLength(20);
  const tooMany = await officials.client.ask(office, source, { input: { idempotencyKey: key(), items: Array.from({ length: 101 }, () => items[0]) } });
  expect(tooMany.errors).toHaveLength(1);
});
