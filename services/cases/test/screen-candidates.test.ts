import { createHash, randomUUID } from 'node:crypto';
import type { Viewer } from '@anjie/access';
import { insertRows, select, write } from '@anjie/service-kit/database';
import { setBusinessNow, viewers } from '@anjie/testing';
import { count, createCampaign, freeze, told, type Answer } from './asking';
import { entriesOf, mutate } from './campaign-asking';
import { aLedgerRow, importLedger } from './workbooks';
import { openCases, people, register, type CasesWorld } from './world';

let world: CasesWorld;
let campaignId: string;
beforeAll(async () => (world = await openCases()));
beforeEach(async () => {
  await world.reset();
  campaignId = (await createCampaign(world)).campaign.id;
});
afterAll(() => world?.close());

interface Batch {
  readonly id: string;
  readonly ordinal: number;
  readonly state: string;
  readonly progress: Record<'total' | 'pending' | 'duplicate' | 'admitted' | 'rejected', number>;
  readonly candidates: { totalCount: number; nodes: { id: string; state: string; reasons: string[]; petitionCount: number; duplicateGround: string | null; case: { id: string }; entry: { entryNo: number } | null }[] };
}
const BATCH = `batch { id ordinal state criteria { registeredFrom registeredTo minimumPetitions unresolvedOnly contentCategory division { code } } progress { total pending duplicate admitted rejected }
  candidates(first: 100) { totalCount nodes { id state reasons petitionCount duplicateGround rejectionReason case { id } entry { entryNo cohort source enteredOn } } } }`;
type BatchAnswer = Answer & { readonly batch: Batch };
type DecideAnswer = BatchAnswer & { readonly rows: { candidateId: string; candidate: { state: string } | null; refusal: { code: string; message: string } | null }[] };

const open = (criteria: Record<string, unknown> = {}, viewer: Viewer = people.county, id = campaignId) =>
  mutate<BatchAnswer>(world, viewer, { name: 'openScreening', fields: `... on ScreeningPayload { ${BATCH} } ... on ScreeningRefusal { code message }`, input: { campaignId: id, criteria } });
const decide = (batchId: string, part: Record<string, unknown>, viewer: Viewer = people.county) =>
  mutate<DecideAnswer>(world, viewer, {
    name: 'decideCandidates', fields: `... on DecideCandidatesPayload { ${BATCH} rows { candidateId candidate { state } refusal { code message } } } ... on ScreeningRefusal { code message }`,
    input: { batchId, admit: [], reject: [], source: 'COUNTY', ...part },
  });
const close = (batchId: string, viewer: Viewer = people.county) =>
  mutate<BatchAnswer>(world, viewer, { name: 'closeScreening', fields: `... on ScreeningPayload { ${BATCH} } ... on ScreeningRefusal { code message }`, input: { batchId } });

/** A case with so many petitions, registered on a day; answers its id. */
async function aCase({ on = '2020-03-01', petitions = 2, category = 'land.expropriation', divisionCode = '640104' }: { on?: string; petitions?: number; category?: string; divisionCode?: string } = {}): Promise<string> {
  await setBusinessNow(world.db, new Date(`${on}T09:00:00+08:00`));
  const viewer = divisionCode === '640104' ? people.county : people.otherCounty;
  const first = await register(world, viewer, { petitionedOn: on, divisionCode });
  // a slug of our own choice, so that one can begin like another
  await write(world.db.manager, 'UPDATE cases SET content_category = ? WHERE id = ?', [category, first.case.id]);
  for (let i = 1; i < petitions; i += 1) await register(world, viewer, { petitionedOn: on, divisionCode, caseId: first.case.id });
  await setBusinessNow(world.db, new Date('2022-09-27T09:00:00+08:00'));
  return first.case.id;
}
const casesIn = (batch: Batch): string[] => batch.candidates.nodes.map((row) => row.case.id).sort();

test('应排尽排: the criteria choose repeats of the period that are unresolved, in the place and the category, and nothing else · row 23', async () => {
  const wanted = [await aCase(), await aCase({ petitions: 3, on: '2019-01-01' }), await aCase({ on: '2020-06-30' })];
  await aCase({ petitions: 1 });
  await aCase({ on: '2018-12-31' });
  await aCase({ on: '2020-07-01' });
  await aCase({ category: 'labour.wages' });
  await aCase({ category: 'landing.rights' });
  await aCase({ divisionCode: '640121' });
  await importLedger(world, campaignId, [aLedgerRow(1, { 化解日期: '2021-03-01', 内容分类: 'land.expropriation' })]);
  const { batch } = await open({ contentCategory: 'land' });
  expect(casesIn(batch)).toEqual(wanted.sort());
  expect(batch).toMatchObject({
    ordinal: 1, state: 'OPEN', progress: { total: 3, pending: 3, duplicate: 0, admitted: 0, rejected: 0 },
    criteria: { registeredFrom: '2019-01-01', registeredTo: '2020-06-30', minimumPetitions: 2, unresolvedOnly: true, contentCategory: 'land', division: { code: '640104' } },
  });
  expect(batch.candidates.nodes.every((row) => row.reasons.join() === 'REGISTERED_IN_PERIOD,REPEATED,UNRESOLVED,CONTENT_CATEGORY')).toBe(true);
  expect(batch.candidates.nodes.map((row) => row.petitionCount).sort()).toEqual([2, 2, 3]);
  expect((await open({ minimumPetitions: 1, unresolvedOnly: false })).batch.candidates.totalCount).toBe(7);
});

test('去重: what a ledger counts already is a duplicate, here and below the same campaign above; what a campaign elsewhere counts is not · row 23', async () => {
  const above = (await createCampaign(world, { divisionCode: '640000' }, people.province)).campaign.id;
  const sister = (await createCampaign(world, { parentId: above }, people.province)).campaign.id;
  const cousin = (await createCampaign(world, { parentId: above }, people.province)).campaign.id;
  const [onSister, free] = [await aCase(), await aCase()];
  const first = (await open({}, people.province, sister)).batch;
  await decide(first.id, { admit: [first.candidates.nodes.find((row) => row.case.id === onSister)?.id] }, people.province);
  const states = async (id: string) => Object.fromEntries((await open({}, people.province, id)).batch.candidates.nodes.map((row) => [row.case.id, [row.state, row.duplicateGround]]));
  for (const id of [sister, cousin]) expect(await states(id)).toEqual({ [onSister]: ['DUPLICATE', 'ON_LEDGER'], [free]: ['PENDING', null] });
  expect(await states(campaignId)).toEqual({ [onSister]: ['PENDING', null], [free]: ['PENDING', null] });
});

test('去重: a case that was merged into another is a duplicate, also when that happened after the choice', async () => {
  const [early, late, into] = [await aCase(), await aCase(), await aCase()];
  const merge = (id: string) => insertRows(world.db.manager, 'case_links', [{
    id: randomUUID(), kind: 'SAME_MATTER', state: 'CONFIRMED', case_id: id, into_case_id: into, petition_id: null, active_case_id: id, reason: '同人同事', decided_on: '2022-09-27', decided_by: people.county.subject,
  }]);
  await merge(early);
  const { batch } = await open();
  const rowOf = (shown: Batch, caseId: string) => shown.candidates.nodes.find((row) => row.case.id === caseId);
  expect([rowOf(batch, early), rowOf(batch, late)]).toMatchObject([{ state: 'DUPLICATE', duplicateGround: 'MERGED' }, { state: 'PENDING' }]);
  await merge(late);
  const done = await decide(batch.id, { admit: [early, late, into].map((id) => rowOf(batch, id)?.id) });
  expect(done.rows.map((row) => row.refusal?.code ?? row.candidate?.state)).toEqual(['DUPLICATE', 'DUPLICATE', 'ADMITTED']);
  expect(rowOf(done.batch, late)).toMatchObject({ state: 'DUPLICATE', duplicateGround: 'MERGED' });
});

test('a decision says row by row what was done: entries with history, scope and figures as an import makes them · row 24', async () => {
  const ids = [await aCase(), await aCase(), await aCase()];
  const { batch } = await open();
  const [a, b, c] = batch.candidates.nodes.map((row) => row.id);
  const done = await decide(batch.id, { admit: [a, randomUUID()], reject: [{ id: b, reason: '已由法院判决，不属信访事项' }, { id: c, reason: '短' }] });
  expect(done.rows.map((row) => row.refusal?.code ?? row.candidate?.state)).toEqual(['ADMITTED', 'NOT_FOUND', 'REJECTED', 'TEXT_LENGTH']);
  expect(done.batch.progress).toEqual({ total: 3, pending: 1, duplicate: 0, admitted: 1, rejected: 1 });
  const admitted = done.batch.candidates.nodes.find((row) => row.id === a);
  expect(admitted).toMatchObject({ entry: { entryNo: 1, cohort: 'CAMPAIGN', source: 'COUNTY', enteredOn: '2022-09-27' } });
  expect(await select(world.db.manager, 'SELECT figure, division_code AS place, on_date AS day, delta FROM figure_deltas')).toEqual([{ figure: 'LEDGER_STOCK', place: '640104', day: '2022-09-27', delta: '1' }]);
  expect((await select<{ action: string }>(world.db.manager, 'SELECT action FROM case_events WHERE case_id = ? ORDER BY seq', [admitted?.case.id])).at(-1)).toEqual({ action: 'LEDGER_ENTERED' });
  expect(await select(world.db.manager, 'SELECT kind, on_date AS day FROM ledger_events')).toEqual([{ kind: 'ENTERED', day: '2022-09-27' }]);
  const scope = (await told(world, 'case-scope-changed')).filter((one) => one['caseId'] === admitted?.case.id).at(-1);
  expect(scope?.['ledgers']).toEqual([{ campaignId, divisionCode: '640104', enteredOn: '2022-09-27', removedOn: null, recognisedOn: null }]);
  expect(ids).toContain(admitted?.case.id);
  expect(await count(world, 'audit_entries', "action = 'CANDIDATES_DECIDED'")).toBe(1);
});

test('what was decided stays decided; a batch ends only when everything is decided, and then nothing is decided in it · row 25', async () => {
  await aCase();
  await aCase();
  const { batch } = await open();
  const [a, b] = batch.candidates.nodes.map((row) => row.id);
  await decide(batch.id, { admit: [a] });
  expect(await close(batch.id)).toMatchObject({ code: 'CANDIDATES_PENDING' });
  expect((await decide(batch.id, { admit: [a], reject: [{ id: b, reason: '另案已经办理' }] })).rows.map((row) => row.refusal?.code ?? row.candidate?.state)).toEqual(['ALREADY_DECIDED', 'REJECTED']);
  expect((await decide(batch.id, { reject: [{ id: a, reason: '另案已经办理' }] })).rows[0]?.refusal?.code).toBe('ALREADY_DECIDED');
  expect(await close(batch.id)).toMatchObject({ batch: { state: 'CLOSED' } });
  expect(await decide(batch.id, { admit: [a] })).toMatchObject({ code: 'BATCH_CLOSED' });
  expect(await close(batch.id)).toMatchObject({ code: 'BATCH_CLOSED' });
  expect(await count(world, 'ledger_entries')).toBe(1);
});

test('底数 is fixed once: after freezing, a case of the period is refused and later ones enter as daily assignment, and the hash still holds', async () => {
  const early = await aCase();
  await importLedger(world, campaignId, [aLedgerRow(1), aLedgerRow(2)]);
  const frozen = (await freeze(world, campaignId)).campaign;
  const late = await aCase({ on: '2021-05-01' });
  const { batch } = await open({ registeredTo: '2022-09-27' });
  const idOf = (caseId: string) => batch.candidates.nodes.find((row) => row.case.id === caseId)?.id;
  const done = await decide(batch.id, { admit: [idOf(early), idOf(late)], source: 'SELF' });
  expect(done.rows.map((row) => row.refusal?.code ?? row.candidate?.state)).toEqual(['COHORT_FROZEN', 'ADMITTED']);
  const seen = await world.client.query<{ campaign: Record<string, unknown> & { ledger: { nodes: object[] } } }>(
    people.county, 'query ($id: ID!) { campaign(id: $id) { cohortSize cohortHash cohortVerified ledger(filter: { cohort: DAILY, source: SELF }) { nodes { case { id } } } } }', { id: campaignId },
  );
  expect(seen.campaign).toEqual({ cohortSize: 2, cohortHash: frozen.cohortHash, cohortVerified: true, ledger: { nodes: [{ case: { id: late } }] } });
  const cohort = await select<{ id: string }>(world.db.manager, "SELECT case_id AS id FROM ledger_entries WHERE cohort = 'CAMPAIGN'");
  expect(frozen.cohortHash).toBe(createHash('sha256').update(cohort.map((row) => row.id).sort().join('\n')).digest('hex'));
});

test('the verifier sees through: an entry that was put in, taken out or moved behind the back of the service does not pass', async () => {
  await importLedger(world, campaignId, [aLedgerRow(1), aLedgerRow(2), aLedgerRow(3, { 登记日期: '2020-08-01', 交办日期: '2020-09-01' })]);
  const [early, , late] = await entriesOf(world);
  const verified = async () => (await world.client.query<{ campaign: { cohortVerified: boolean | null } }>(people.county, 'query ($id: ID!) { campaign(id: $id) { cohortVerified } }', { id: campaignId })).campaign.cohortVerified;
  expect(await verified()).toBeNull();
  await freeze(world, campaignId);
  expect(await verified()).toBe(true);
  await write(world.db.manager, "UPDATE ledger_entries SET cohort = 'CAMPAIGN' WHERE id = ?", [late?.id]);
  expect(await verified()).toBe(false);
  await write(world.db.manager, "UPDATE ledger_entries SET cohort = 'DAILY' WHERE id = ?", [late?.id]);
  expect(await verified()).toBe(true);
  await write(world.db.manager, 'UPDATE ledger_entries SET case_id = ? WHERE id = ?', [randomUUID(), early?.id]);
  expect(await verified()).toBe(false);
});

test('two clerks who admit the same candidates at the same time enter each case once; two batches with the same case too', async () => {
  for (let i = 0; i < 5; i += 1) await aCase();
  const [one, two] = [(await open()).batch, (await open()).batch];
  expect([one.ordinal, two.ordinal]).toEqual([1, 2]);
  const answers = await Promise.all([one, one, two, two].map((batch) => decide(batch.id, { admit: batch.candidates.nodes.map((row) => row.id) })));
  expect(answers.flatMap((answer) => answer.rows).filter((row) => row.refusal === null)).toHaveLength(5);
  expect([await count(world, 'ledger_entries'), await count(world, 'ledger_events')]).toEqual([5, 5]);
  const [figure] = await select<{ n: string }>(world.db.manager, "SELECT SUM(delta) AS n FROM figure_deltas WHERE figure = 'LEDGER_STOCK'");
  expect(Number(figure?.n)).toBe(5);
  const [loser] = [one, two].filter((batch) => !answers.slice(0, 2).some((answer) => answer.rows.some((row) => row.refusal === null)) === (batch === one));
  expect((await world.client.query<{ screening: Batch }>(people.county, 'query ($id: ID!) { screening(id: $id) { progress { total pending duplicate admitted rejected } } }', { id: loser?.id })).screening.progress).toMatchObject({ pending: 0, duplicate: 5 });
});

test.each<[string, Record<string, unknown>]>([
  ['a period before the cohort', { registeredFrom: '2018-12-31' }], ['a period that ends before it begins', { registeredFrom: '2020-02-01', registeredTo: '2020-01-01' }], ['no petition', { minimumPetitions: 0 }],
  ['101 petitions', { minimumPetitions: 101 }], ['a category with a wildcard', { contentCategory: 'land%' }], ['an empty category', { contentCategory: '' }], ['another county', { divisionCode: '640121' }],
  ['the city above', { divisionCode: '640100' }], ['a wildcard for a place', { divisionCode: '64%' }],
])('%s is refused: CRITERIA_INVALID', async (_what, criteria) => {
  expect(await open(criteria)).toMatchObject({ code: 'CRITERIA_INVALID' });
  expect(await count(world, 'screening_batches')).toBe(0);
});

test('none, more than 500, and the same candidate twice are refused as a whole', async () => {
  await aCase();
  const { batch } = await open();
  const id = batch.candidates.nodes[0]?.id ?? '';
  expect(await decide(batch.id, {})).toMatchObject({ code: 'COUNT_OUT_OF_RANGE' });
  expect(await decide(batch.id, { admit: Array.from({ length: 501 }, () => randomUUID()) })).toMatchObject({ code: 'COUNT_OUT_OF_RANGE' });
  expect(await decide(batch.id, { admit: [id], reject: [{ id: id.toUpperCase(), reason: '另案已经办理' }] })).toMatchObject({ code: 'CANDIDATE_TWICE' });
  expect(await count(world, 'ledger_entries')).toBe(0);
});

test('screening is the work of the joint office of the place and those above; a candidate of another batch is not found', async () => {
  await aCase();
  const { batch } = await open();
  const seen = async (viewer: Viewer) => (await world.client.query<{ screening: object | null }>(viewer, 'query ($id: ID!) { screening(id: $id) { id } }', { id: batch.id })).screening;
  for (const viewer of [people.county, people.province]) expect(await seen(viewer)).not.toBeNull();
  for (const viewer of [people.otherCounty, people.housing, people.clerk, people.leader, viewers.admin()]) {
    expect(await seen(viewer)).toBeNull();
    expect(await decide(batch.id, { admit: [batch.candidates.nodes[0]?.id] }, viewer)).toMatchObject({ code: 'NOT_FOUND' });
    expect(await close(batch.id, viewer)).toMatchObject({ code: 'NOT_FOUND' });
    expect(await open({}, viewer)).toMatchObject({ code: 'NOT_FOUND' });
  }
  const second = (await open()).batch;
  expect((await decide(second.id, { admit: [batch.candidates.nodes[0]?.id] })).rows[0]?.refusal?.code).toBe('NOT_FOUND');
});

test('a case that is kept from the clerk\'s sight is not offered', async () => {
  const [seen, hidden] = [await aCase(), await aCase()];
  await write(world.db.manager, "INSERT INTO case_exclusions (case_id, party_kind, party_id) VALUES (?, 'OFFICIAL', ?)", [hidden, people.county.subject]);
  expect(casesIn((await open()).batch)).toEqual([seen]);
});

test('a case that a close review recognised as resolved is offered only when it is asked for, and enters as resolved', async () => {
  const settled = await aCase();
  await insertRows(world.db.manager, 'case_ends', [{ id: randomUUID(), case_id: settled, kind: 'RESOLVED', active_kind: 'RESOLVED', ended_on: '2022-09-01', ground: 'SUBSTANTIVE' }]);
  expect(casesIn((await open()).batch)).toEqual([]);
  const { batch } = await open({ unresolvedOnly: false });
  await decide(batch.id, { admit: [batch.candidates.nodes[0]?.id] });
  expect(await select(world.db.manager, 'SELECT case_id AS id, resolved_on AS day FROM ledger_entries')).toEqual([{ id: settled, day: '2022-09-27' }]);
  expect(await select(world.db.manager, 'SELECT figure, delta FROM figure_deltas ORDER BY figure')).toEqual([{ figure: 'LEDGER_RESOLVED', delta: '1' }, { figure: 'LEDGER_STOCK', delta: '1' }]);
});

test('a campaign lists its batches, newest first', async () => {
  for (let i = 0; i < 3; i += 1) await open();
  const list = await world.client.query<{ campaign: { screenings: { totalCount: number; nodes: { ordinal: number }[] } } }>(people.county, 'query ($id: ID!) { campaign(id: $id) { screenings(first: 2) { totalCount nodes { ordinal campaign { id } } } } }', { id: campaignId });
  expect(list.campaign.screenings).toMatchObject({ totalCount: 3, nodes: [{ ordinal: 3 }, { ordinal: 2 }] });
});
