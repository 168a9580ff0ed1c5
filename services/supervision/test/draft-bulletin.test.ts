import { createHash, randomUUID } from 'node:crypto';
import type { Viewer } from '@anjie/access';
import { select } from '@anjie/service-kit/database';
import { viewers } from '@anjie/testing';
import { monthOf } from './bulletins';
import { at, COUNTY, openSupervision, type Supervision } from './builders';
import { inboxOf } from './notices';
import { aCity, actor, aLedgerCase, CITY, haveOffice, key, relapse, resolve, type City } from './reports';

let supervision: Supervision;
let city: City;
beforeAll(async () => void (supervision = await openSupervision()));
beforeEach(async () => {
  await supervision.truncate();
  await at(supervision.db, '2025-10-09T02:00:00Z');
  city = await aCity(supervision);
});
afterAll(() => supervision.close());

const campaignId = randomUUID();
const BULLETIN = `id state version title number hash opening sections { code title sentences } notes { section text } statements issuer { id } asOf from to
  lines(first: 50) { totalCount nodes { ordinal name unit { id } figures { code text value base isSuppressed asOf formula } } }`;
interface Line {
  readonly name: string;
  readonly figures: { code: string; text: string; value: number | null; isSuppressed: boolean; asOf: string; formula: string }[];
}
interface Bulletin {
  readonly id: string;
  readonly version: number;
  readonly hash: string | null;
  readonly sections: { code: string; sentences: string[] }[];
  readonly lines: { totalCount: number; nodes: Line[] };
}
const ANSWER = `... on BulletinPayload { bulletin { ${BULLETIN} } } ... on BulletinRefusal { code message basis }`;
const act = (viewer: Viewer, name: string, input: object) => actor(supervision)<{ bulletin: Bulletin & Record<string, unknown> }>(viewer, name, { input, answer: ANSWER });
const draft = (input: object = {}, viewer: Viewer = city.office) => act(viewer, 'draftBulletin', { kind: 'MONTHLY', divisionCode: CITY, periodOn: '2025-10-01', ...input });
const zh = (viewer: Viewer): Viewer => ({ ...viewer, locale: 'zh-CN' });
const shown = (bulletin: Bulletin, code: string): [string, string][] => bulletin.lines.nodes.map((line) => [line.name, line.figures.find((one) => one.code === code)?.text ?? '?']);

const aMonth = () => monthOf(supervision, { city, campaignId });

test('it is drafted from the data: units in the fixed order, zero rows too, each number with formula and day · row 126', async () => {
  await aMonth();
  const { bulletin } = await draft({ campaignId }, zh(city.office));
  expect(bulletin).toMatchObject({ state: 'DRAFTED', number: null, asOf: '2025-10-09', from: '2025-10-01', to: '2025-10-31', opening: '现将银川市2025年10月信访工作情况（数据截至2025年10月9日）通报如下：' });
  const of = (name: string, code: string) => shown(bulletin, code).find(([line]) => line === name)?.[1];
  expect(['OPENING_STOCK', 'ENTERED', 'REMOVED', 'RESOLVED', 'RELAPSED', 'CLOSING_STOCK', 'RESOLUTION_RATE'].map((code) => of('银川市', code))).toEqual(['7', '1', '0', '2', '1', '7', '12.50% (1/8)']);
  expect([of('人社局', 'ENTERED'), of('民政局', 'ENTERED'), of('西夏住建局', 'CLOSING_STOCK')]).toEqual(['1', '0', '0']);
  const names = bulletin.lines.nodes.map((line) => line.name).filter((name) => name !== '信访联席办');
  expect(names).toEqual(['银川市', '兴庆区', '人社局', '住建局', '民政局', '西夏区', '西夏住建局']);
  expect(bulletin.lines.nodes[0]?.figures.every(({ asOf, formula }) => asOf === '2025-10-09' && formula.includes(' | '))).toBe(true);
});

test('what came into a ledger as resolved is off the stock from that day, once, and comes back with a relapse · rows 126, 45', async () => {
  const recognised = (recognisedOn: string, part: object = {}) =>
    aLedgerCase(supervision, { unitId: city.civil, campaignId, ledgers: [{ campaignId, divisionCode: COUNTY, enteredOn: '2025-01-01', removedOn: null, recognisedOn, ...part }] });
  const [, again, twice] = [await recognised('2025-03-01'), await recognised('2025-03-01'), await recognised('2025-10-09'), await recognised('2024-06-01', { enteredOn: '2025-10-05' })];
  await relapse(supervision, { caseId: again.caseId, unitId: city.civil, closedOn: '2025-03-01', repeatedOn: '2025-10-08' });
  await resolve(supervision, { caseId: twice.caseId, unitId: city.civil });
  const { bulletin } = await draft({ campaignId }, zh(city.office));
  const of = (code: string) => shown(bulletin, code).find(([line]) => line === '民政局')?.[1];
  expect(['OPENING_STOCK', 'ENTERED', 'REMOVED', 'RESOLVED', 'RELAPSED', 'CLOSING_STOCK', 'RESOLUTION_RATE'].map(of)).toEqual(['1', '1', '0', '2', '1', '1', '75.00% (3/4)']);
});

test('the sentences come from the numbers, in Chinese and in English · row 126', async () => {
  await aMonth();
  const { bulletin } = await draft({ campaignId }, zh(city.office));
  expect(bulletin.sections.map(({ sentences }) => sentences[0])).toEqual([
    '期初存量7件，新增1件，移出0件，化解2件，复发1件，期末存量7件，化解率12.50%（1/8）。',
    '新产生义务1项，按期履行1项，逾期履行0项，未履行2项，超期未履行1项，按期履行率50.00%（1/2）。',
    '发出督办函件0件，已回复0件，待回复0件，逾期未回复0件，按期回复率—。',
    '报送结案审核0件，审核通过2件，退回整改0件，待审核0件，一次审核通过率100.00%（2/2）。',
    '一次性化解率50.00%（1/2），观察期内复发1件，责任倒查请求1件，已作决定0件。',
  ]);
  expect(bulletin.sections[1]?.sentences).toContain('“超期未履行”涉及1个单位：住建局。');
  const data = await supervision.client.query<{ bulletin: Bulletin }>(city.office, 'query ($id: ID!) { bulletin(id: $id) { sections { sentences } } }', { id: bulletin.id });
  expect(data.bulletin.sections[0]?.sentences[0]).toBe('Opening stock 7, entered 1, removed 0, resolved 2, relapsed 1, closing stock 7, resolution rate 12.50% (1/8).');
});

test('a number leads to its cases, of those the ones that the reader may see; accusations are in none · rows 126, 74', async () => {
  const { cases, fresh } = await aMonth();
  await aLedgerCase(supervision, { unitId: city.labour, campaignId, isSealed: true });
  const { bulletin } = await draft({ campaignId });
  const asked = (viewer: Viewer) => supervision.client.query<{ bulletin: { lines: { nodes: { figures: { cases: { totalCount: number; nodes: { id: string }[] } }[] }[] } } | null }>(
    viewer, 'query ($id: ID!) { bulletin(id: $id) { lines(first: 1) { nodes { figures(codes: ["CLOSING_STOCK"]) { cases(first: 50) { totalCount nodes { id } } } } } } }', { id: bulletin.id },
  );
  const behind = (await asked(city.office)).bulletin?.lines.nodes[0]?.figures[0]?.cases;
  expect(behind?.nodes.map(({ id }) => id).toSorted()).toEqual([fresh, ...cases.slice(1)].map(({ caseId }) => caseId).toSorted());
  await act(city.office, 'publishBulletin', { bulletinId: bulletin.id, expectedVersion: 1 });
  const own = (await asked(viewers.handler(city.labour))).bulletin?.lines.nodes[0]?.figures[0]?.cases;
  expect(own).toEqual({ totalCount: 1, nodes: [{ id: fresh.caseId }] });
});

test('all numbers of a page of lines and the cases behind them cost a fixed number of statements · row 126', async () => {
  await aMonth();
  const { bulletin } = await draft({ campaignId });
  const ask = (first: number) => supervision.counted(() => supervision.client.query(
    city.office, 'query ($id: ID!, $n: Int!) { bulletin(id: $id) { lines(first: $n) { nodes { figures { text cases(first: 2) { nodes { id } } } } } } }', { id: bulletin.id, n: first },
  ));
  expect((await ask(9)).statements).toBe((await ask(2)).statements);
});

test('a person adds words and publishes; the number, the text and the hash stand, nothing can be edited after · row 126', async () => {
  await aMonth();
  const { bulletin } = await draft({ campaignId });
  const noted = await act(city.office, 'addBulletinNote', { bulletinId: bulletin.id, expectedVersion: 1, section: 'DEADLINES', text: '请住建局本周内办结。' });
  expect(noted.bulletin).toMatchObject({ state: 'EDITED', version: 2, notes: [{ section: 'DEADLINES', text: '请住建局本周内办结。' }], lines: bulletin.lines });
  expect(await act(city.office, 'addBulletinNote', { bulletinId: bulletin.id, expectedVersion: 2, section: 'NONE', text: '无' })).toMatchObject({ code: 'SECTION_UNKNOWN' });
  expect(await act(city.office, 'addBulletinNote', { bulletinId: bulletin.id, expectedVersion: 2, text: '对重点人员加强稳控' })).toMatchObject({ code: 'TEXT_NOT_ACCEPTABLE' });
  const { bulletin: published } = await act(city.office, 'publishBulletin', { bulletinId: bulletin.id, expectedVersion: 2 });
  const [stored] = await select<{ documents: string }>(supervision.db.manager, 'SELECT documents FROM bulletins WHERE id = ?', [bulletin.id]);
  expect(published).toMatchObject({ state: 'PUBLISHED', number: '2025年第1期', hash: createHash('sha256').update(stored?.documents ?? '').digest('hex') });
  for (const [name, input] of [['addBulletinNote', { text: '再改' }], ['publishBulletin', {}]] as const) {
    expect(await act(city.office, name, { bulletinId: bulletin.id, expectedVersion: 3, ...input })).toMatchObject({ code: 'WRONG_STATE' });
  }
  expect(await draft({ campaignId })).toMatchObject({ code: 'ALREADY_DRAFTED' });
  expect((await act(city.office, 'withdrawBulletin', { bulletinId: bulletin.id, expectedVersion: 3, reason: '数据口径有误，重新计算。' })).bulletin).toMatchObject({ state: 'WITHDRAWN', hash: published.hash });
  expect((await draft({ campaignId })).bulletin).toMatchObject({ state: 'DRAFTED' });
  const again = await draft({ campaignId, kind: 'WEEKLY' });
  expect(await act(city.office, 'publishBulletin', { bulletinId: again.bulletin.id, expectedVersion: 1 })).toMatchObject({ bulletin: { number: '2025年第1期' } });
  expect((await select<{ action: string }>(supervision.db.manager, "SELECT action FROM audit_entries WHERE subject_id = ? ORDER BY id", [bulletin.id])).map(({ action }) => action)).toEqual([
    'bulletin.drafted', 'bulletin.edited', 'bulletin.published', 'bulletin.withdrawn',
  ]);
});

test('what the city issued about a county is edited, published and withdrawn by the city or above, never by the county\'s office · row 126', async () => {
  const county = viewers.jointOffice(COUNTY, await haveOffice(supervision, COUNTY));
  const bulletinId = (await draft({ divisionCode: COUNTY })).bulletin.id;
  const move = (viewer: Viewer, name: string, part: object) => act(viewer, name, { bulletinId, ...part });
  for (const [name, part] of [['addBulletinNote', { text: '属实。' }], ['publishBulletin', {}]] as const) expect(await move(county, name, { expectedVersion: 1, ...part })).toMatchObject({ code: 'OUTSIDE_DIVISION' });
  const reason = { expectedVersion: (await move(city.office, 'publishBulletin', { expectedVersion: 1 })).bulletin.version, reason: '有误。' };
  expect([(await move(county, 'withdrawBulletin', reason)).code, (await move(viewers.jointOffice('640000', randomUUID()), 'withdrawBulletin', reason)).bulletin['state']]).toEqual(['OUTSIDE_DIVISION', 'WITHDRAWN']);
});

test('units that a published bulletin counts anything of hear of it with the next digest, each once; no other does · row 126', async () => {
  await aMonth();
  const { bulletin } = await draft({ campaignId });
  const told = async (unitId: string) => (await inboxOf(supervision, viewers.handler(unitId))).notifications.filter(({ kind }) => kind.code === 'BULLETIN_PUBLISHED').map(({ subject }) => subject);
  expect(await told(city.housing)).toEqual([]);
  await act(city.office, 'publishBulletin', { bulletinId: bulletin.id, expectedVersion: 1 });
  const subject = { type: 'Bulletin', id: bulletin.id };
  expect([await told(city.housing), await told(city.labour), await told(city.civil), await told(city.west), await told(city.cityOffice)]).toEqual([[subject], [subject], [], [], []]);
});

test('units that heard of a published bulletin hear that it was withdrawn; of a draft that is withdrawn nobody hears · row 126', async () => {
  await aMonth();
  const told = async (unitId: string) => (await inboxOf(supervision, viewers.handler(unitId))).notifications.filter(({ kind }) => kind.code === 'BULLETIN_WITHDRAWN').map(({ subject }) => subject.id);
  const withdraw = (bulletinId: string, expectedVersion: number) => act(city.office, 'withdrawBulletin', { bulletinId, expectedVersion, reason: '数据口径有误，重新计算。' });
  const { bulletin: unpublished } = await draft({ campaignId });
  await withdraw(unpublished.id, 1);
  expect([await told(city.housing), await told(city.labour)]).toEqual([[], []]);
  const { bulletin } = await draft({ campaignId });
  await act(city.office, 'publishBulletin', { bulletinId: bulletin.id, expectedVersion: 1 });
  await withdraw(bulletin.id, 2);
  expect([await told(city.housing), await told(city.labour), await told(city.civil), await told(city.cityOffice)]).toEqual([[bulletin.id], [bulletin.id], [], []]);
});

test('who does not oversee the division reads what is published, without small numbers; drafts are for the office · row 126', async () => {
  await aMonth();
  const { bulletin } = await draft({ campaignId });
  const read = async (viewer: Viewer) => (await supervision.client.query<{ bulletin: Bulletin | null }>(viewer, `query ($id: ID!) { bulletin(id: $id) { ${BULLETIN} } }`, { id: bulletin.id })).bulletin;
  expect(await read(viewers.handler(city.labour))).toBeNull();
  await act(city.office, 'publishBulletin', { bulletinId: bulletin.id, expectedVersion: 1 });
  const asHandler = await read(zh(viewers.handler(city.labour)));
  const entered = (of: Bulletin | null) => of?.lines.nodes.find(({ name }) => name === '人社局')?.figures.find(({ code }) => code === 'ENTERED');
  expect([entered(asHandler), entered(await read(city.office))]).toMatchObject([{ value: null, text: '＊', isSuppressed: true }, { value: 1, text: '1', isSuppressed: false }]);
  expect(asHandler?.lines.nodes.find(({ name }) => name === '民政局')?.figures.find(({ code }) => code === 'ENTERED')).toMatchObject({ value: 0, text: '0' });
  expect(JSON.stringify(asHandler)).toContain('少于5的数字');
  expect(await read(viewers.jointOffice('640200', randomUUID()))).toBeNull();
  expect(await read(viewers.handler(randomUUID()))).toBeNull();
});

test('a joint office drafts for its own division and below, of a known kind, for a period that has begun · row 126', async () => {
  expect(await draft({}, viewers.handler(city.housing))).toMatchObject({ code: 'NOT_PERMITTED', basis: '《信访工作条例》第四十一条' });
  expect(await draft({ divisionCode: '640200' })).toMatchObject({ code: 'OUTSIDE_DIVISION' });
  expect(await draft({ kind: 'HOURLY' })).toMatchObject({ code: 'KIND_UNKNOWN' });
  expect(await draft({ periodOn: '2025-11-01' })).toMatchObject({ code: 'PERIOD_NOT_BEGUN' });
  expect((await draft({ divisionCode: COUNTY })).bulletin.lines.nodes.map(({ name }) => name).filter((name) => name !== '信访联席办')).toEqual(['兴庆区', '人社局', '住建局', '民政局']);
});

test('the annual report has the four items of 第四十一条 and says what it does not know · row 126', async () => {
  await aMonth();
  const { bulletin } = await draft({ kind: 'ANNUAL_REPORT' }, zh(city.office));
  expect(bulletin).toMatchObject({ title: '银川市信访情况年度报告', from: '2025-01-01', to: '2025-12-31', asOf: '2025-10-09' });
  expect(bulletin.sections.map(({ code }) => code)).toEqual(['STATISTICS', 'FORWARDING_SUPERVISION', 'SUGGESTIONS', 'OTHER']);
  expect(bulletin.sections[0]?.sentences).toEqual(expect.arrayContaining(['“新增”较多的责任单位：住建局7件。', '信访事项涉及领域（内容分类）由案件系统登记，督办系统不掌握，本报告不作推断，由编报单位另行补充。']));
});

test('bulletins are listed under unit, division and campaign, each in one statement · row 126', async () => {
  await aMonth();
  const { bulletin } = await draft({ campaignId });
  await draft({ divisionCode: COUNTY });
  await act(city.office, 'publishBulletin', { bulletinId: bulletin.id, expectedVersion: 1 });
  const list = 'bulletins { totalCount nodes { id kind { code name catalogueRows } } }';
  const { result, statements } = await supervision.counted(() => supervision.client.query<{ _entities: { bulletins: { nodes: { id: string }[] } }[] }>(
    city.office, `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Unit { ${list.replace('totalCount ', '')} } ... on Division { ${list.replace('totalCount ', '')} } ... on Campaign { ${list.replace('totalCount ', '')} } } }`,
    { r: [{ __typename: 'Unit', id: city.housing }, { __typename: 'Unit', id: city.civil }, { __typename: 'Division', code: CITY }, { __typename: 'Campaign', id: campaignId }] },
  ));
  expect(result._entities.map(({ bulletins }) => bulletins.nodes.map(({ id }) => id))).toEqual([[bulletin.id], [bulletin.id], [bulletin.id], [bulletin.id]]);
  expect(statements).toBe(3);
});

test('a repeat with the same key is the same bulletin · row 126', async () => {
  const idempotencyKey = key();
  const input = { idempotencyKey, kind: 'MONTHLY', divisionCode: CITY, periodOn: '2025-10-01' };
  expect((await draft(input)).bulletin.id).toBe((await draft(input)).bulletin.id);
});
