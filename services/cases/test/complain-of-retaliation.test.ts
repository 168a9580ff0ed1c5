import { randomUUID } from 'node:crypto';
import type { Viewer } from '@anjie/access';
import { select } from '@anjie/service-kit/database';
import { putKnownOfficials } from '@anjie/service-kit/facts';
import { viewers } from '@anjie/testing';
import { count, type Answer } from './asking';
import { aCaseInHandling, caseNow } from './life';
import { complain, everythingStored, lookUp, receiptOf, type Receipt } from './petitioner';
import { key, openCases, people, place, type CasesWorld } from './world';

let world: CasesWorld;
beforeAll(async () => (world = await openCases()));
beforeEach(() => world.reset());
afterAll(() => world?.close());

const city = viewers.jointOffice('640100', randomUUID());
interface Complaint {
  readonly id: string;
  readonly version: number;
  readonly state: string;
  readonly outcome: string | null;
  readonly office: string;
  readonly case: { id: string } | null;
  readonly accusedUnit: { id: string } | null;
}
const COMPLAINT = 'id version state outcome office case { id } accusedUnit { id }';
const listed = async (viewer: Viewer): Promise<Complaint[]> =>
  (await world.client.query<{ retaliationComplaints: { nodes: Complaint[] } }>(viewer, `{ retaliationComplaints { nodes { ${COMPLAINT} } } }`)).retaliationComplaints.nodes;
const read = async (viewer: Viewer, complaintId: string, reason = '核查投诉情况') =>
  (await world.client.query<{ readRetaliationComplaint: Answer & { text: string; note: string | null } }>(
    viewer, `mutation ($input: ReadRetaliationComplaintInput!) { readRetaliationComplaint(input: $input) { __typename ... on RetaliationReading { text note } ... on AccessRefusal { code } } }`,
    { input: { idempotencyKey: key(), complaintId, reason } },
  )).readRetaliationComplaint;
const answer = async (viewer: Viewer, complaintId: string, part: Record<string, unknown> = {}) =>
  (await world.client.query<{ answerRetaliationComplaint: Answer & { complaint: Complaint } }>(
    viewer, `mutation ($input: AnswerRetaliationComplaintInput!) { answerRetaliationComplaint(input: $input) { __typename ... on AnswerRetaliationPayload { complaint { ${COMPLAINT} } } ... on AccessRefusal { code } } }`,
    { input: { idempotencyKey: key(), complaintId, expectedVersion: 1, outcome: 'UPHELD', note: '已责令恢复发放补助', ...part } },
  )).answerRetaliationComplaint;

let caseId: string;
let receipt: Receipt;
beforeEach(async () => {
  caseId = (await aCaseInHandling(world)).id;
  receipt = await receiptOf(world, caseId);
});

/** Everybody who is at, above or beside the unit in its own place, and those who only have a part in the case. */
const kept: readonly [string, Viewer][] = [
  ['the handling unit', people.housing], ['its head', people.head], ['its window', viewers.handler(place.housingWindow)], ['its parent', people.government],
  ['the county’s joint office, which registered', people.county], ['the registering window', people.clerk], ['another county', people.otherCounty], ['another city', viewers.jointOffice('640200', randomUUID())],
  ['a joint office account of the handling unit', viewers.jointOffice('640100', place.housing)], ['the city government, which is no joint office', people.cityGovernment],
  ['an administrator', viewers.admin()],
];

test('《信访工作条例》第十八条第四款: a complaint reaches the joint office above the unit, and nobody at its level or below', async () => {
  const { matter } = await complain(world, receipt);
  expect(matter.retaliationComplaints).toEqual([{ submittedOn: '2022-09-27', state: 'RECEIVED', outcome: null, answeredOn: null }]);
  const [one] = await listed(city);
  expect(one).toMatchObject({ state: 'RECEIVED', office: 'HANDLING_UNIT', case: { id: caseId }, accusedUnit: { id: place.housing } });
  expect(await listed(people.province)).toEqual([one]);
  for (const [who, viewer] of kept) {
    expect([who, await listed(viewer)]).toEqual([who, []]);
    expect([who, (await read(viewer, one?.id ?? '')).code]).toEqual([who, 'NOT_FOUND']);
    expect([who, (await answer(viewer, one?.id ?? '')).code]).toEqual([who, 'NOT_FOUND']);
  }
  const service = viewers.service('supervision');
  expect(await listed(service)).toEqual([]);
  await expect(read(service, one?.id ?? '')).rejects.toThrow('not permitted');
  expect(await count(world, 'audit_entries', "action = 'RETALIATION_COMPLAINT_READ'")).toBe(0);
});

test('it leaves no trace on the case: history, version, messages and the audit of the case stay as they were', async () => {
  const before = { one: await caseNow(world, caseId), events: await count(world, 'case_events'), messages: await count(world, 'outbox_messages') };
  await complain(world, receipt);
  const [one] = await listed(city);
  await answer(city, one?.id ?? '');
  expect({ one: await caseNow(world, caseId), events: await count(world, 'case_events'), messages: await count(world, 'outbox_messages') }).toEqual(before);
  const rows = await select<{ action: string; case_id: string | null }>(world.db.manager, "SELECT action, case_id FROM audit_entries WHERE subject_type = 'RetaliationComplaint' ORDER BY id");
  expect(rows).toEqual([{ action: 'RETALIATION_COMPLAINED', case_id: null }, { action: 'RETALIATION_COMPLAINT_ANSWERED', case_id: null }]);
});

test('text and note are sealed; each reading has a reason and an audit row', async () => {
  await complain(world, receipt);
  const [one] = await listed(city);
  for (const reason of ['看', '\u200b\u200b\u200b\u200b\u200b\u200b']) expect(await read(city, one?.id ?? '', reason)).toMatchObject({ code: 'TEXT_LENGTH' });
  expect(await read(city, one?.id ?? '')).toEqual({ __typename: 'RetaliationReading', text: '反映问题之后，单位停发了我的补助。', note: null });
  await answer(city, one?.id ?? '');
  expect((await read(people.province, one?.id ?? '')).note).toBe('已责令恢复发放补助');
  expect(await count(world, 'audit_entries', "action = 'RETALIATION_COMPLAINT_READ'")).toBe(2);
  const stored = await everythingStored(world);
  for (const text of ['停发了我的补助', '恢复发放补助']) expect(stored).not.toContain(text);
});

test('the thirty-first reading within an hour is refused, and only to whoever made thirty', async () => {
  await complain(world, receipt);
  const [one] = await listed(city);
  for (let n = 0; n < 30; n += 1) expect(await read(city, one?.id ?? '')).toMatchObject({ __typename: 'RetaliationReading' });
  expect(await read(city, one?.id ?? '')).toMatchObject({ code: 'QUOTA_EXCEEDED' });
  expect(await count(world, 'audit_entries', "action = 'RETALIATION_COMPLAINT_READ'")).toBe(30);
  expect(await read(people.province, one?.id ?? '')).toMatchObject({ __typename: 'RetaliationReading' });
});

test('the petitioner sees the outcome, a clerk at the window sees that there is none', async () => {
  await complain(world, receipt);
  const [one] = await listed(city);
  expect(await answer(city, one?.id ?? '', { note: '短' })).toMatchObject({ code: 'TEXT_LENGTH' });
  expect((await answer(city, one?.id ?? '')).complaint).toMatchObject({ state: 'ANSWERED', outcome: 'UPHELD', version: 2 });
  expect(await answer(people.province, one?.id ?? '', { expectedVersion: 2 })).toMatchObject({ code: 'ANSWERED_ALREADY' });
  expect((await lookUp(world, receipt)).retaliationComplaints).toEqual([{ submittedOn: '2022-09-27', state: 'ANSWERED', outcome: 'UPHELD', answeredOn: '2022-09-27' }]);
  expect((await lookUp(world, receipt, people.clerk)).retaliationComplaints).toEqual([]);
});

test('about the office that registered: at a city’s office only the province reads it', async () => {
  const office = randomUUID();
  await world.db.query("INSERT INTO known_units (id, code, name, kind, division_code) VALUES (?, 'YC-LXB', '银川市信访联席办', 'JOINT_OFFICE', '640100')", [office]);
  await world.db.query('UPDATE cases SET registered_unit_id = ? WHERE id = ?', [office, caseId]);
  await complain(world, receipt, { office: 'PETITION_OFFICE' });
  expect([await listed(viewers.jointOffice('640100', office)), await listed(city), await listed(people.county)]).toEqual([[], [], []]);
  expect(await listed(people.province)).toMatchObject([{ office: 'PETITION_OFFICE', accusedUnit: { id: office } }]);
});

test('who is excluded from the case reads nothing; the wrong secret, a clerk and an empty text complain of nothing; a key complains once', async () => {
  const idempotencyKey = key();
  await complain(world, receipt, { idempotencyKey });
  await complain(world, receipt, { idempotencyKey });
  expect(await complain(world, { ...receipt, secret: '00000-00000' })).toMatchObject({ code: 'NOT_RECOGNISED' });
  expect(await complain(world, receipt, { viewer: people.clerk })).toMatchObject({ code: 'NOT_PERMITTED' });
  expect(await complain(world, receipt, { text: ' a ' })).toMatchObject({ code: 'TEXT_LENGTH' });
  expect(await listed(city)).toHaveLength(1);
  await world.db.query("INSERT INTO case_exclusions (case_id, party_kind, party_id) VALUES (?, 'OFFICIAL', ?)", [caseId, city.subject]);
  expect(await listed(city)).toEqual([]);
});

type Post = { unitId: string; kind: 'PRIMARY' | 'ACTING' | 'SECONDED'; startedOn: string; endedOn: string | null };
const post = (unitId: string, part: Partial<Post> = {}): Post => ({ unitId, kind: 'PRIMARY', startedOn: '2020-01-01', endedOn: null, ...part });
const office = randomUUID();

// the complaint is made on 2022-09-27
test.each<[string, Post[], boolean]>([
  ['has no other post', [post(office)], true],
  ['is seconded here from the unit complained of', [post(place.housing), post(office, { kind: 'SECONDED' })], false],
  ['is seconded here from a unit below it', [post(place.housingWindow), post(office, { kind: 'SECONDED' })], false],
  ['acts for it beside the own post', [post(office), post(place.housing, { kind: 'ACTING', endedOn: '2022-12-31' })], false],
  ['moved here from it on the day of the complaint', [post(office, { startedOn: '2022-09-27' }), post(place.housing, { endedOn: '2022-09-27' })], false],
  ['moved here from it before the complaint', [post(office, { startedOn: '2022-09-26' }), post(place.housing, { endedOn: '2022-09-26' })], true],
  ['will move to it', [post(office), post(place.housing, { startedOn: '2023-01-01' })], false],
  ['comes from the unit above it', [post(place.government), post(office, { kind: 'SECONDED' })], true],
])('an official of the city’s office who %s reads and answers the complaint: %#', async (_who, posts, may) => {
  await complain(world, receipt);
  const [one] = await listed(city);
  const official = viewers.jointOffice('640100', office);
  await putKnownOfficials(world.db.manager, [{ officialId: official.subject, staffNo: 'NX009', name: '某科员', unitId: office, validTo: null, posts }]);
  expect(await listed(official)).toEqual(may ? [one] : []);
  expect((await read(official, one?.id ?? '')).code).toBe(may ? undefined : 'NOT_FOUND');
  expect((await answer(official, one?.id ?? '')).code).toBe(may ? undefined : 'NOT_FOUND');
});

test('of no known unit it is read by whoever stands above the case', async () => {
  await complain(world, receipt);
  await world.db.query('UPDATE retaliation_complaints SET accused_unit_id = NULL');
  expect(await listed(city)).toMatchObject([{ accusedUnit: null }]);
});
