import { randomUUID } from 'node:crypto';
import { CloseReviewDecided } from '@anjie/contracts';
import { insertRows, select, write } from '@anjie/service-kit/database';
import { setBusinessNow, viewers } from '@anjie/testing';
import { count, createCampaign, told } from './asking';
import { decideStrikeOff, entriesOf, mutate, relapse, requestStrikeOff, resolve, undoStrikeOff, type Entry, type StrikeOffAnswer } from './campaign-asking';
import { hear } from './hearing';
import { aLedgerRow, importLedger } from './workbooks';
import { openCases, people, place, register, type CasesWorld } from './world';

let world: CasesWorld;
let campaignId: string;
let above: string;
let resolved: Entry;
let open: Entry;
beforeAll(async () => (world = await openCases()));
beforeEach(async () => {
  await world.reset();
  above = (await createCampaign(world, { divisionCode: '640000' }, people.province)).campaign.id;
  campaignId = (await createCampaign(world, { parentId: above }, people.province)).campaign.id;
  await importLedger(world, campaignId, [aLedgerRow(1, { 责任单位: '住建局', 化解日期: '2021-03-01' }), aLedgerRow(2, { 责任单位: '住建局' })]);
  [resolved, open] = (await entriesOf(world)) as [Entry, Entry];
});
afterAll(() => world?.close());

const figure = async (name: string, campaign = campaignId): Promise<number> =>
  Number((await select<{ n: string | null }>(world.db.manager, 'SELECT SUM(delta) AS n FROM figure_deltas WHERE campaign_id = ? AND figure = ?', [campaign, name]))[0]?.n ?? 0);
const colleague = viewers.jointOffice('640104', place.jointOffice);

test('兴庆区方案 2020 §结案销号: one asks, another approves; the entry stays, is counted, and the ledgers of the case say since when it is off · row 113', async () => {
  const asked = await requestStrikeOff(world, resolved.id, people.housing);
  expect(asked).toMatchObject({ strikeOff: { state: 'REQUESTED', ground: 'SETTLED', requestedOn: '2022-09-27', requestedBy: { id: people.housing.subject }, decidedBy: null }, entry: { struckOffOn: null } });
  expect(await decideStrikeOff(world, asked.strikeOff.id, people.county)).toMatchObject({ strikeOff: { state: 'APPROVED', decidedOn: '2022-09-27', decidedBy: { id: people.county.subject } }, entry: { struckOffOn: '2022-09-27', resolvedOn: '2021-03-01' } });
  for (const campaign of [campaignId, above]) expect([await figure('LEDGER_STOCK', campaign), await figure('LEDGER_RESOLVED', campaign), await figure('LEDGER_STRUCK_OFF', campaign)]).toEqual([2, 1, 1]);
  const [scope] = (await told(world, 'case-scope-changed')).filter((one) => one['caseId'] === resolved.caseId).slice(-1);
  expect(scope?.['ledgers']).toMatchObject([{ removedOn: '2022-09-27', recognisedOn: '2021-03-01' }, { removedOn: '2022-09-27', recognisedOn: '2021-03-01' }]);
  expect(await count(world, 'ledger_entries')).toBe(2);
  expect((await select<{ action: string; ground: string }>(world.db.manager, 'SELECT action, ground FROM case_events WHERE case_id = ? ORDER BY seq', [resolved.caseId])).slice(-2)).toEqual([
    { action: 'STRIKE_OFF_REQUESTED', ground: '不动产权证已办结，现场核实' }, { action: 'STRUCK_OFF', ground: '材料齐全，同意销号' },
  ]);
  expect(await count(world, 'audit_entries', "action IN ('STRIKE_OFF_REQUESTED', 'STRUCK_OFF')")).toBe(2);
});

test('four eyes: whoever asked may not decide, neither yes nor no', async () => {
  const asked = await requestStrikeOff(world, resolved.id, people.county);
  for (const approve of [true, false]) expect(await decideStrikeOff(world, asked.strikeOff.id, people.county, { approve })).toMatchObject({ code: 'SAME_PERSON', basis: '兴庆区方案 2020 (结案销号)' });
  expect(await decideStrikeOff(world, asked.strikeOff.id, colleague)).toMatchObject({ strikeOff: { state: 'APPROVED' } });
});

test('what is not recognised as resolved is not struck off, quick or not; what is struck off is not struck off again · row 45', async () => {
  for (const ground of ['SETTLED', 'QUICK']) expect(await requestStrikeOff(world, open.id, people.county, { ground })).toMatchObject({ code: 'NOT_RESOLVED' });
  await resolve(world, open.caseId, '2022-09-20');
  const quick = await requestStrikeOff(world, open.id, people.county, { ground: 'QUICK', reason: '事由清楚、结果清晰，已核实' });
  expect(await requestStrikeOff(world, open.id, people.housing)).toMatchObject({ code: 'ALREADY_REQUESTED' });
  expect(await decideStrikeOff(world, quick.strikeOff.id)).toMatchObject({ strikeOff: { ground: 'QUICK', state: 'APPROVED' } });
  expect(await requestStrikeOff(world, open.id)).toMatchObject({ code: 'ALREADY_STRUCK_OFF' });
  expect(await decideStrikeOff(world, quick.strikeOff.id)).toMatchObject({ code: 'ALREADY_DECIDED' });
});

test('a refusal leaves the entry where it is, and a new request may follow', async () => {
  const first = await requestStrikeOff(world, resolved.id);
  expect(await decideStrikeOff(world, first.strikeOff.id, people.province, { approve: false, reason: '缺少现场照片' })).toMatchObject({ strikeOff: { state: 'REFUSED' }, entry: { struckOffOn: null } });
  expect(await figure('LEDGER_STRUCK_OFF')).toBe(0);
  const second = await requestStrikeOff(world, resolved.id);
  expect(await decideStrikeOff(world, second.strikeOff.id)).toMatchObject({ strikeOff: { state: 'APPROVED' } });
});

test('a relapse puts the entry back: off the solved count from that day on, the strike-off undone, the past unchanged · row 11', async () => {
  await setBusinessNow(world.db, new Date('2022-06-01T09:00:00+08:00'));
  const asked = await requestStrikeOff(world, resolved.id);
  await decideStrikeOff(world, asked.strikeOff.id);
  await setBusinessNow(world.db, new Date('2022-09-27T09:00:00+08:00'));
  expect(await undoStrikeOff(world, resolved.id)).toMatchObject({ strikeOff: { state: 'UNDONE', undoGround: 'RELAPSE' }, entry: { resolvedOn: null, struckOffOn: null } });
  expect([await figure('LEDGER_RESOLVED'), await figure('LEDGER_RELAPSED'), await figure('LEDGER_STRUCK_OFF'), await figure('LEDGER_RESTORED')]).toEqual([0, 1, 1, 1]);
  expect(await select(world.db.manager, "SELECT on_date AS day, delta FROM figure_deltas WHERE campaign_id = ? AND figure = 'LEDGER_RESOLVED' ORDER BY on_date", [campaignId])).toEqual([{ day: '2021-03-01', delta: '1' }, { day: '2022-09-27', delta: '-1' }]);
  const history = await world.client.query<{ case: { ledgerEntries: { history: { nodes: object[] }; strikeOffs: { totalCount: number; nodes: object[] } }[] } }>(
    people.county, 'query ($id: ID!) { case(id: $id) { ledgerEntries { history { nodes { kind on } } strikeOffs { totalCount nodes { state undoneOn } } } } }', { id: resolved.caseId },
  );
  expect(history.case.ledgerEntries[0]?.history.nodes).toEqual([
    { kind: 'ENTERED', on: '2020-07-15' }, { kind: 'RESOLVED', on: '2021-03-01' }, { kind: 'STRUCK_OFF', on: '2022-06-01' }, { kind: 'RELAPSED', on: '2022-09-27' }, { kind: 'RESTORED', on: '2022-09-27' },
  ]);
  expect(history.case.ledgerEntries[0]?.strikeOffs).toEqual({ totalCount: 1, nodes: [{ state: 'UNDONE', undoneOn: '2022-09-27' }] });
  const [scope] = (await told(world, 'case-scope-changed')).filter((one) => one['caseId'] === resolved.caseId).slice(-1);
  expect(scope?.['ledgers']).toMatchObject([{ removedOn: null }, { removedOn: null }]);
});

test('a strike-off by mistake is undone without touching the resolution', async () => {
  const asked = await requestStrikeOff(world, resolved.id);
  await decideStrikeOff(world, asked.strikeOff.id);
  expect(await undoStrikeOff(world, resolved.id, people.county, { ground: 'MISTAKE' })).toMatchObject({ strikeOff: { state: 'UNDONE', undoGround: 'MISTAKE' }, entry: { resolvedOn: '2021-03-01', struckOffOn: null } });
  expect([await figure('LEDGER_RESOLVED'), await figure('LEDGER_RELAPSED'), await figure('LEDGER_RESTORED')]).toEqual([1, 0, 1]);
  expect(await undoStrikeOff(world, resolved.id)).toMatchObject({ code: 'NOT_STRUCK_OFF' });
});

test('a request lapses when the case relapses before anybody decides', async () => {
  const asked = await requestStrikeOff(world, resolved.id);
  await relapse(world, resolved.caseId, '2022-09-27');
  expect(await decideStrikeOff(world, asked.strikeOff.id)).toMatchObject({ code: 'ALREADY_DECIDED' });
  expect(await select(world.db.manager, 'SELECT state FROM strike_offs')).toEqual([{ state: 'LAPSED' }]);
});

test('five who decide at the same time decide once; five who undo undo once', async () => {
  const asked = await requestStrikeOff(world, resolved.id);
  const decided = await Promise.all(Array.from({ length: 5 }, () => decideStrikeOff(world, asked.strikeOff.id)));
  expect(decided.map((answer) => answer.code ?? 'done').sort()).toEqual(['ALREADY_DECIDED', 'ALREADY_DECIDED', 'ALREADY_DECIDED', 'ALREADY_DECIDED', 'done']);
  const undone = await Promise.all(Array.from({ length: 5 }, () => undoStrikeOff(world, resolved.id)));
  expect(undone.map((answer) => answer.code ?? 'done').sort()).toEqual(['NOT_STRUCK_OFF', 'NOT_STRUCK_OFF', 'NOT_STRUCK_OFF', 'NOT_STRUCK_OFF', 'done']);
  expect([await figure('LEDGER_STRUCK_OFF'), await figure('LEDGER_RESTORED'), await figure('LEDGER_RELAPSED')]).toEqual([1, 1, 1]);
});

test('the lead unit and the office of the place may ask; only the office, or one above it, decides and undoes', async () => {
  for (const viewer of [people.otherCounty, people.stranger, people.civilAffairs, people.clerk, people.leader, viewers.admin()]) expect(await requestStrikeOff(world, resolved.id, viewer)).toMatchObject({ code: viewer === people.clerk ? expect.stringMatching(/NOT_/) as string : 'NOT_FOUND' });
  const asked = await requestStrikeOff(world, resolved.id, people.housing);
  expect(await decideStrikeOff(world, asked.strikeOff.id, viewers.handler(place.housing))).toMatchObject({ code: 'NOT_PERMITTED' });
  expect(await decideStrikeOff(world, asked.strikeOff.id, people.otherCounty)).toMatchObject({ code: 'NOT_FOUND' });
  await decideStrikeOff(world, asked.strikeOff.id, people.county);
  expect(await undoStrikeOff(world, resolved.id, people.housing)).toMatchObject({ code: 'NOT_PERMITTED' });
});

test('what waits for a decision is listed for those who may decide it', async () => {
  const asked = await requestStrikeOff(world, resolved.id, people.housing);
  const listed = async (viewer: typeof people.county, campaign: string | null = null) =>
    (await world.client.query<{ strikeOffsToDecide: { nodes: { id: string }[] } }>(viewer, 'query ($c: ID) { strikeOffsToDecide(campaignId: $c) { totalCount nodes { id entry { case { number } } } } }', { c: campaign })).strikeOffsToDecide.nodes.map((row) => row.id);
  for (const viewer of [people.county, people.province]) expect(await listed(viewer, campaignId)).toEqual([asked.strikeOff.id]);
  for (const viewer of [people.otherCounty, people.housing, people.clerk, people.leader]) expect(await listed(viewer)).toEqual([]);
  expect(await listed(people.county, 'x')).toEqual([]);
  await decideStrikeOff(world, asked.strikeOff.id);
  expect(await listed(people.county)).toEqual([]);
});

test.each([['four characters', '已经办结', 'TEXT_LENGTH'], ['501', '核'.repeat(501), 'TEXT_LENGTH'], ['a bell', '已经\u0007核实过了', 'TEXT_LENGTH']])('a reason of %s is refused at each step, and nothing is written', async (_what, reason, code) => {
  expect(await requestStrikeOff(world, resolved.id, people.county, { reason })).toMatchObject({ code });
  expect(await count(world, 'strike_offs')).toBe(0);
  const asked = await requestStrikeOff(world, resolved.id);
  expect(await decideStrikeOff(world, asked.strikeOff.id, people.province, { reason })).toMatchObject({ code });
  await decideStrikeOff(world, asked.strikeOff.id);
  expect(await undoStrikeOff(world, resolved.id, people.county, { reason })).toMatchObject({ code });
});

test('what does not exist is not found, an entry that is no id included; a repeated request is the same strike-off', async () => {
  for (const id of [randomUUID(), 'x', '']) expect([(await requestStrikeOff(world, id)).code, (await decideStrikeOff(world, id)).code, (await undoStrikeOff(world, id)).code]).toEqual(['NOT_FOUND', 'NOT_FOUND', 'NOT_FOUND']);
  const input = { idempotencyKey: 'strike-off-key-1', entryId: resolved.id, ground: 'SETTLED', reason: '不动产权证已办结' };
  const answers = await Promise.all([1, 2, 3].map(() => mutate<StrikeOffAnswer>(world, people.county, { name: 'requestStrikeOff', fields: '... on StrikeOffPayload { strikeOff { id } }', input })));
  expect(new Set(answers.map((answer) => answer.strikeOff.id)).size).toBe(1);
});

test('a passed close review puts the case on the solved count of its ledgers; a repeat after closing takes it off, with the strike-off', async () => {
  await write(world.db.manager, "UPDATE cases SET status = 'CLOSE_REVIEW' WHERE id = ?", [open.caseId]);
  const closingId = randomUUID();
  await insertRows(world.db.manager, 'closings', [{
    id: closingId, case_id: open.caseId, revision: 1, unit_id: place.housing, submitted_on: '2022-09-20', submitted_by: people.housing.subject, track: 'SUBSTANTIVE', proposed_end: 'RESOLVED',
    evidence: '证书已发放到户', reservations: '[]', document_id: randomUUID(), state: 'SUBMITTED', decided_on: null, reviewing_unit_id: null, first_reviewer_id: null, second_reviewer_id: null, reason_codes: '[]',
  }]);
  const decided = { closeReviewId: closingId, caseId: open.caseId, decision: 'PASSED' as const, reasonCodes: [], firstReviewerId: randomUUID(), secondReviewerId: randomUUID(), reviewingUnitId: place.jointOffice, decidedOn: '2022-09-26' };
  await hear(world, { event: CloseReviewDecided, aggregateId: closingId, version: 1, payload: decided });
  const now = async () => (await entriesOf(world)).find((entry) => entry.id === open.id);
  expect(await now()).toMatchObject({ resolvedOn: '2022-09-26' });
  expect(await figure('LEDGER_RESOLVED', above)).toBe(2);
  await decideStrikeOff(world, (await requestStrikeOff(world, open.id)).strikeOff.id);
  expect(await now()).toMatchObject({ struckOffOn: '2022-09-27' });
  await register(world, people.county, { caseId: open.caseId });
  expect(await now()).toMatchObject({ resolvedOn: null, struckOffOn: null });
  expect([await figure('LEDGER_RESOLVED', above), await figure('LEDGER_RELAPSED', above), await figure('LEDGER_RESTORED', above)]).toEqual([1, 1, 1]);
  expect(await select(world.db.manager, 'SELECT status FROM cases WHERE id = ?', [open.caseId])).toEqual([{ status: 'HANDLING' }]);
});
