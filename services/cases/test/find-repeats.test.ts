import { select } from '@anjie/service-kit/database';
import { insertCases, insertPetitions } from '../src/cases/case-writer';
import { signPetitions } from '../src/jobs/sign-petitions';
import { createMatterSigner } from '../src/repeats/matter-signer';
import { count, faultOf } from './asking';
import { aDraft, LETTER, ofDraft, ofPetition, OTHER_LETTER, registered, RETOLD, REPEAT_CANDIDATES } from './repeats';
import { anIdNumber, openCases, people, place, type CasesWorld } from './world';
import { viewers } from '@anjie/testing';

let world: CasesWorld;
beforeAll(async () => (world = await openCases()));
beforeEach(() => world.reset());
afterAll(() => world?.close());

const ma = { name: '马小明', idNumber: anIdNumber(7), phone: '13800000007' };
const codes = (candidate: { reasons: { code: string }[] } | undefined) => candidate?.reasons.map((reason) => reason.code);

test('同人同事: the same person with the same matter in other words is found while registering, with reasons · row 43', async () => {
  const first = await registered(world, { petitioners: [ma] });
  await registered(world, { title: '水渠占地补偿', summary: OTHER_LETTER, petitioners: [{ name: '李小红' }] });
  const found = await ofDraft(world, people.clerk, { title: '再次反映阳光小区房产证', summary: RETOLD, petitioners: [ma] });
  expect(found).toHaveLength(1);
  expect(found[0]).toMatchObject({ case: { id: first.caseId }, petition: { id: first.petitionId }, band: 'STRONG', samePerson: true });
  expect(codes(found[0])).toEqual(['SAME_ID_NUMBER', 'SAME_PHONE', 'SAME_NAME', 'SIMILAR_TEXT', 'SAME_PLACE']);
  expect(found[0]?.reasons[0]?.text).toBe('Same ID number (same person)');
  const zh = await ofDraft(world, { ...people.clerk, locale: 'zh-CN' }, { petitioners: [ma] });
  expect(zh[0]?.reasons[0]?.text).toBe('证件号码相同（同人）');
});

test.each<[string, Record<string, unknown>, Record<string, unknown>, string[]]>([
  ['a co-signer', { petitioners: [{ name: '张大山' }, ma] }, { petitioners: [{ name: '王二' }, { idNumber: ma.idNumber }] }, ['SAME_ID_NUMBER']],
  ['a telephone typed otherwise', { petitioners: [{ phone: '+86 138-0000-0007' }] }, { petitioners: [{ phone: '13800000007' }] }, ['SAME_PHONE']],
  ['a name with spaces', { petitioners: [{ name: '马 小明' }] }, { petitioners: [{ name: '马小明' }] }, ['SAME_NAME']],
  ['nobody: the text alone', { petitioners: [] }, { petitioners: [] }, []],
  ['匿名: a name that names nobody', { petitioners: [{ name: '匿名' }] }, { petitioners: [{ name: '匿名' }] }, []],
])('%s', async (_what, before, now, persons) => {
  await registered(world, before);
  const [found] = await ofDraft(world, people.clerk, now);
  expect(codes(found)).toEqual([...persons, 'SAME_TEXT', 'SAME_PLACE']);
  expect(found).toMatchObject({ samePerson: persons.length > 0, band: persons.length > 0 ? 'STRONG' : 'LIKELY' });
});

test('people alone find nothing: without a text, and with the text of another matter', async () => {
  await registered(world, { petitioners: [ma] });
  expect(await ofDraft(world, people.clerk, { petitioners: [ma] })).toHaveLength(1);
  expect(await ofDraft(world, people.clerk, { title: '查', summary: '人', petitioners: [ma] })).toEqual([]);
  expect(await ofDraft(world, people.clerk, { title: '水渠占地补偿', summary: OTHER_LETTER, petitioners: [ma] })).toEqual([]);
});

test('a comparison with people in it is audited each time, one without is not; nobody is named in the audit', async () => {
  await ofDraft(world, people.clerk, { petitioners: [ma] });
  await ofDraft(world, people.clerk);
  const rows = await select<{ detail: string; actor: string }>(world.db.manager, "SELECT detail, actor FROM audit_entries WHERE action = 'REPEAT_COMPARED'");
  expect(rows).toEqual([{ detail: '{"people":1}', actor: people.clerk.subject }]);
});

test('only cases that the viewer sees are suggested', async () => {
  const first = await registered(world, { petitioners: [ma] });
  for (const viewer of [people.clerk, people.county, people.province]) expect((await ofDraft(world, viewer, { petitioners: [ma] })).map((one) => one.case.id)).toEqual([first.caseId]);
  for (const viewer of [people.otherCounty, people.stranger, people.housing]) expect(await ofDraft(world, viewer, { petitioners: [ma] })).toEqual([]);
  await world.db.query('INSERT INTO case_exclusions (case_id, party_kind, party_id) VALUES (?, ?, ?)', [first.caseId, 'UNIT', place.jointOffice]);
  expect(await ofDraft(world, people.county, { petitioners: [ma] })).toEqual([]);
});

test('《信访工作条例》第三十条: nothing is kept of an accusation, and it is suggested to nobody', async () => {
  const first = await registered(world, { petitioners: [ma] });
  await world.db.query("UPDATE cases SET purpose = 'ACCUSATION' WHERE id = ?", [first.caseId]);
  expect(await ofDraft(world, people.county, { petitioners: [ma] })).toEqual([]);
  expect(await ofPetition(world, people.county, first.petitionId)).toEqual([]);
  for (const table of ['petition_bands', 'petition_persons', 'petition_signatures']) await world.db.query(`DELETE FROM ${table}`);
  await runBackfill();
  expect(await count(world, 'petition_signatures')).toBe(0);
});

test('an existing petition finds its like, not itself, and who does not see it is told that it is missing', async () => {
  const [first, second] = [await registered(world, { petitioners: [ma] }), await registered(world, { summary: RETOLD, petitioners: [{ phone: ma.phone }] })];
  await registered(world, { title: '水渠占地补偿', summary: OTHER_LETTER });
  expect((await ofPetition(world, people.county, first.petitionId)).map((one) => one.case.id)).toEqual([second.caseId]);
  expect((await ofPetition(world, people.county, second.petitionId)).map((one) => one.petition?.id)).toEqual([first.petitionId]);
  expect(await faultOf(world, people.stranger, REPEAT_CANDIDATES, { input: { petitionId: first.petitionId } })).toMatchObject({ code: 'NOT_FOUND' });
});

test.each<[string, Record<string, unknown>, string]>([
  ['neither', {}, 'BAD_USER_INPUT'], ['both', { petitionId: 'x', draft: aDraft() }, 'BAD_USER_INPUT'], ['an id that is none', { petitionId: 'x' }, 'NOT_FOUND'],
  ['a division with a wildcard', { draft: aDraft({ divisionCode: '64%' }) }, 'BAD_USER_INPUT'], ['a title of 201', { draft: aDraft({ title: '题'.repeat(201) }) }, 'BAD_USER_INPUT'],
  ['101 people', { draft: aDraft({ petitioners: Array.from({ length: 101 }, () => ({})) }) }, 'BAD_USER_INPUT'],
])('asking with %s', async (_what, input, code) => expect(await faultOf(world, people.clerk, REPEAT_CANDIDATES, { input })).toMatchObject({ code }));

test('who registers nothing compares no draft', async () => {
  expect(await faultOf(world, people.leader, REPEAT_CANDIDATES, { input: { draft: aDraft() } })).toMatchObject({ code: 'FORBIDDEN' });
});

/** The same letter many times over in the neighbouring county. */
async function massLetter(times: number): Promise<void> {
  const place = { divisionCode: '640104', registeredOn: '2022-09-27', registeredUnitId: null };
  const all = Array.from({ length: times }, () => ({ ...place, purpose: 'CLAIM', title: '阳光小区房产证办不下来', summary: LETTER, contentCategory: null, leadUnitId: null, leadSince: null, limitOn: null }));
  const caseIds = await insertCases(world.db.manager, all);
  const petition = { channel: 'LETTER', petitionedOn: '2022-09-26', title: '阳光小区房产证办不下来', content: null, petitionerCount: 1, affectedCount: null, identities: [] };
  await insertPetitions(world.db.manager, world.services.vault, caseIds.map((caseId) => ({ ...place, caseId, petition })));
}

test('a mass letter does not hide the case next door', async () => {
  const office = viewers.jointOffice('640121', place.elsewhere);
  const mine = await registered(world, { divisionCode: '640121' }, office);
  await massLetter(200);
  expect((await ofDraft(world, office, { divisionCode: '640121' })).map((one) => one.case.id)).toEqual([mine.caseId]);
  expect(await ofDraft(world, people.county)).toHaveLength(20);
});

async function runBackfill(step = 200): Promise<number> {
  await world.db.query("REPLACE INTO signature_runs (id, after_id, finished_at) VALUES (1, '00000000-0000-0000-0000-000000000000', NULL)");
  let steps = 0;
  while (await signPetitions(world.db, world.services.vault, step)) steps += 1;
  return steps;
}

test('petitions registered before there were signatures get the same ones, step by step, once', async () => {
  for (let i = 0; i < 7; i += 1) await registered(world, { title: `阳光小区${i}号楼`, content: `${LETTER}，第${i}户`, claims: ['办理不动产权证'], petitioners: [{ ...ma, name: `马小${'甲乙丙丁戊己庚'[i]}` }] });
  const all = async () => JSON.stringify([
    await select(world.db.manager, 'SELECT petition_id, grams, HEX(signature) FROM petition_signatures ORDER BY petition_id'),
    await select(world.db.manager, 'SELECT HEX(b.band), b.place, s.petition_id FROM petition_bands b JOIN petition_signatures s ON s.seq = b.seq ORDER BY 1, 3'),
    await select(world.db.manager, 'SELECT HEX(b.print), s.petition_id FROM petition_persons b JOIN petition_signatures s ON s.seq = b.seq ORDER BY 1, 2'),
  ]);
  const before = await all();
  await world.db.query('DELETE FROM petition_signatures ORDER BY seq LIMIT 5');
  await world.db.query('DELETE FROM petition_bands WHERE seq NOT IN (SELECT seq FROM petition_signatures)');
  await world.db.query('DELETE FROM petition_persons WHERE seq NOT IN (SELECT seq FROM petition_signatures)');
  expect(await all()).not.toBe(before);
  expect(await runBackfill(3)).toBe(3);
  expect(await all()).toBe(before);
  expect(await signPetitions(world.db, world.services.vault)).toBe(false);
});

test('neither text nor person can be read in what is kept, and the same text under another key is kept otherwise', async () => {
  await registered(world, { petitioners: [ma] });
  const rows = await select<Record<string, unknown>>(world.db.manager, 'SELECT s.signature, b.band, p.print FROM petition_signatures s JOIN petition_bands b ON b.seq = s.seq JOIN petition_persons p ON p.seq = s.seq');
  expect(rows.length).toBeGreaterThan(0);
  const texts = ['阳光小区房产证办不下来', LETTER];
  const [own, foreign] = [world.services.vault.matterSigner, createMatterSigner(Buffer.alloc(32, 1))];
  const kept = new Set(rows.map((row) => (row['band'] as Buffer).toString('hex')));
  expect(own.sign(texts).bands.every((band) => kept.has(band.toString('hex')))).toBe(true);
  expect(foreign.sign(texts).bands.some((band) => kept.has(band.toString('hex')))).toBe(false);
});

const CORRECT = `mutation ($input: CorrectPetitionInput!) { correctPetition(input: $input) { __typename ... on PetitionRefusal { code message } } }`;
test('a petition whose words were corrected is found by the new ones', async () => {
  const first = await registered(world, { title: '笔误', summary: '登记时写错了的一段话，与事项没有关系' });
  expect(await ofDraft(world, people.county)).toEqual([]);
  const input = { idempotencyKey: `correct-${first.petitionId}`, petitionId: first.petitionId, expectedVersion: 1, reason: '登记时笔误', title: '阳光小区房产证办不下来', summary: LETTER };
  expect(await world.client.query(people.county, CORRECT, { input })).toMatchObject({ correctPetition: { __typename: expect.stringContaining('Payload') as string } });
  expect((await ofDraft(world, people.county)).map((one) => one.case.id)).toEqual([first.caseId]);
});

test('代理: an agent’s own numbers find nothing, the principal’s do', async () => {
  const agent = { name: '王代理', idNumber: anIdNumber(9), phone: '13800000009', role: 'AGENT', authority: { principalOrdinal: 1, scope: ['SUBMIT', 'STATE'], validFrom: '2022-09-01', validTo: '2022-12-31', documentRef: '授权委托书' } };
  const first = await registered(world, { petitioners: [{ ...ma, address: '兴庆区某路1号' }, agent] });
  const byAgent = await ofDraft(world, people.clerk, { petitioners: [{ idNumber: agent.idNumber }] });
  expect(byAgent.map((one) => one.samePerson)).toEqual([false]);
  const byPrincipal = await ofDraft(world, people.clerk, { petitioners: [{ idNumber: ma.idNumber }] });
  expect(byPrincipal).toMatchObject([{ case: { id: first.caseId }, samePerson: true }]);
});
