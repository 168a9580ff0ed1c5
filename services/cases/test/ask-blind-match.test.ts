import type { Viewer } from '@anjie/access';
import { randomUUID } from 'node:crypto';
import { select } from '@anjie/service-kit/database';
import { putKnownDivisions, putKnownUnits } from '@anjie/service-kit/facts';
import { viewers } from '@anjie/testing';
import { count } from './asking';
import { OTHER_LETTER, registered, RETOLD } from './repeats';
import { anIdNumber, key, openCases, people, place, type CasesWorld } from './world';

const offices = { otherCounty: randomUUID(), city: randomUUID(), province: randomUUID() };
const elsewhere = viewers.jointOffice('640121', offices.otherCounty);
let world: CasesWorld;
beforeAll(async () => (world = await openCases()));
beforeEach(async () => {
  await world.reset();
  for (const [unitId, name, divisionCode] of [[offices.otherCounty, '永宁县信访联席办', '640121'], [offices.city, '银川市信访联席办', '640100'], [offices.province, '自治区信访联席办', '640000']] as const) {
    await putKnownUnits(world.db.manager, [{ unitId, code: name, name, kind: 'JOINT_OFFICE', divisionCode, ancestorIds: [], headOfficialId: null, successorUnitId: null, validTo: null }]);
  }
  await putKnownDivisions(world.db.manager, [{ code: '640122', name: '贺兰县', parentCode: '640100', validTo: null }]);
});
afterAll(() => world?.close());

const ma = { name: '马小明', idNumber: anIdNumber(7), phone: '13800000007' };
const ASK = `mutation ($input: AskBlindMatchInput!) { askBlindMatch(input: $input) { __typename
  ... on BlindMatchPayload { offices { office { id } division { code } count } } ... on RepeatRefusal { code message basis } } }`;
interface Asked {
  readonly __typename: string;
  readonly code?: string;
  readonly offices?: { office: { id: string }; division: { code: string }; count: number }[];
}
const ask = async (viewer: Viewer, petitionId: string, part: Record<string, unknown> = {}) =>
  (await world.client.query<{ askBlindMatch: Asked }>(viewer, ASK, { input: { idempotencyKey: key(), petitionId, reason: '核对是否已在外地办理', ...part } })).askBlindMatch;
const NONE = { __typename: 'BlindMatchPayload', offices: [] };
const THERE = { office: { id: offices.otherCounty }, division: { code: '640121' } };

test('the office of a county where the same person brought the same matter is named, and nothing else', async () => {
  const mine = await registered(world, { petitioners: [ma] });
  await registered(world, { divisionCode: '640121', summary: RETOLD, petitioners: [{ phone: ma.phone }] }, elsewhere);
  expect(await ask(people.clerk, mine.petitionId)).toEqual({ __typename: 'BlindMatchPayload', offices: [{ ...THERE, count: 1 }] });
});

test.each<[string, Record<string, unknown>, Record<string, unknown>]>([
  ['the same text from others', { petitioners: [ma] }, { petitioners: [{ name: '李小红', phone: '13900000001' }] }],
  ['the same person with another matter', { petitioners: [ma] }, { title: '水渠占地补偿', summary: OTHER_LETTER, petitioners: [ma] }],
  ['the same name only', { petitioners: [{ name: '马小明' }] }, { petitioners: [{ name: '马小明' }] }],
  ['anonymous petitions', { petitioners: [] }, { petitioners: [] }],
])('%s is no match', async (_what, here, there) => {
  const mine = await registered(world, here);
  await registered(world, { divisionCode: '640121', ...there }, elsewhere);
  expect(await ask(people.clerk, mine.petitionId)).toEqual(NONE);
});

test('《信访工作条例》第三十条: an accusation, and a case that somebody is excluded from, never match and are not asked about', async () => {
  const mine = await registered(world, { petitioners: [ma] });
  const there = await registered(world, { divisionCode: '640121', petitioners: [ma] }, elsewhere);
  await world.db.query('INSERT INTO case_exclusions (case_id, party_kind, party_id) VALUES (?, ?, ?)', [there.caseId, 'UNIT', place.civilAffairs]);
  expect(await ask(people.clerk, mine.petitionId)).toEqual(NONE);
  await world.db.query('DELETE FROM case_exclusions');
  expect((await ask(people.clerk, mine.petitionId)).offices).toHaveLength(1);
  await world.db.query("UPDATE cases SET purpose = 'ACCUSATION' WHERE id = ?", [there.caseId]);
  expect(await ask(people.clerk, mine.petitionId)).toEqual(NONE);
  await world.db.query("UPDATE cases SET purpose = 'ACCUSATION' WHERE id = ?", [mine.caseId]);
  expect(await ask(people.clerk, mine.petitionId)).toMatchObject({ code: 'SEALED' });
});

test('no office above the asker’s own level is named: not the city’s for a case of the city, nor for a county without an office', async () => {
  const mine = await registered(world, { petitioners: [ma] });
  const province = viewers.jointOffice('640000', offices.province);
  for (const divisionCode of ['640100', '640000', '640122']) {
    if (divisionCode !== '640122') await registered(world, { divisionCode, petitioners: [ma] }, province);
    else await registered(world, { divisionCode, petitioners: [ma] }, viewers.jointOffice('640122', randomUUID()));
  }
  expect(await ask(people.clerk, mine.petitionId)).toEqual(NONE);
  // the city's own office stands for its counties that have none; the case of the province stays unsaid
  const cityClerk = viewers.clerk(offices.city);
  const theirs = await registered(world, { divisionCode: '640104', petitioners: [ma] }, cityClerk);
  expect(await ask(cityClerk, theirs.petitionId)).toEqual({ __typename: 'BlindMatchPayload', offices: [
    { office: { id: offices.city }, division: { code: '640100' }, count: 2 }, { office: { id: place.jointOffice }, division: { code: '640104' }, count: 1 },
  ] });
});

test('cases that the asker sees are no blind matches, and counts end at three', async () => {
  const mine = await registered(world, { petitioners: [ma] });
  await registered(world, { petitioners: [ma] });
  expect(await ask(people.county, mine.petitionId)).toEqual(NONE);
  for (let i = 0; i < 5; i += 1) await registered(world, { divisionCode: '640121', petitioners: [ma] }, elsewhere);
  expect((await ask(people.county, mine.petitionId)).offices).toEqual([{ ...THERE, count: 3 }]);
  expect(await ask(people.province, mine.petitionId)).toEqual(NONE);
});

test('every ask is audited with its reason, found or not, and a repeated request is one ask', async () => {
  const mine = await registered(world, { petitioners: [ma] });
  const idempotencyKey = key();
  for (let i = 0; i < 3; i += 1) expect(await ask(people.clerk, mine.petitionId, { idempotencyKey })).toEqual(NONE);
  const rows = await select<{ subject: string; detail: string }>(world.db.manager, "SELECT subject_id AS subject, detail FROM audit_entries WHERE action = 'BLIND_MATCH_ASKED'");
  expect(rows).toEqual([{ subject: mine.petitionId, detail: JSON.stringify({ reason: '核对是否已在外地办理', offices: [] }) }]);
});

test('twenty a day, each official for themselves, also when they are asked at once', async () => {
  const mine = await registered(world, { petitioners: [ma] });
  const answers = await Promise.all(Array.from({ length: 22 }, () => ask(people.clerk, mine.petitionId)));
  expect(answers.filter((one) => one.code === 'QUOTA_EXCEEDED')).toHaveLength(2);
  expect(await count(world, 'audit_entries', "action = 'BLIND_MATCH_ASKED'")).toBe(20);
  expect(await ask(people.county, mine.petitionId)).toEqual(NONE);
});

test('an answer with a match and one without take the same steps of time', async () => {
  const [mine, lone] = [await registered(world, { petitioners: [ma] }), await registered(world, { petitioners: [{ phone: '13900000002' }] })];
  await registered(world, { divisionCode: '640121', petitioners: [ma] }, elsewhere);
  for (const petition of [mine, lone]) {
    const begun = performance.now();
    await ask(people.clerk, petition.petitionId);
    expect(performance.now() - begun).toBeGreaterThanOrEqual(245);
  }
});

test.each<[string, Record<string, unknown>, string]>([['a short reason', { reason: '看看' }, 'REASON_MISSING'], ['a reason of 201', { reason: '长'.repeat(201) }, 'REASON_MISSING'], ['an id that is none', { petitionId: 'x' }, 'NOT_FOUND']])(
  '%s is refused, not counted and not audited', async (_what, part, code) => {
    const mine = await registered(world, { petitioners: [ma] });
    expect(await ask(people.clerk, mine.petitionId, part)).toMatchObject({ code });
    expect([await count(world, 'blind_match_asks'), await count(world, 'audit_entries', "action = 'BLIND_MATCH_ASKED'")]).toEqual([0, 0]);
  },
);

test('who does not see the petition, or has no desk, is told nothing', async () => {
  const mine = await registered(world, { petitioners: [ma] });
  expect(await ask(people.stranger, mine.petitionId)).toMatchObject({ code: 'NOT_FOUND' });
  await world.db.query('INSERT INTO case_parties (case_id, party_kind, party_id, role) VALUES (?, ?, ?, ?)', [mine.caseId, 'OFFICIAL', people.leader.subject, 'SPONSOR']);
  expect(await ask(people.leader, mine.petitionId)).toMatchObject({ code: 'NOT_PERMITTED' });
});
