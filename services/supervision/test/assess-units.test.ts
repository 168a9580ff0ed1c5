import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Viewer } from '@anjie/access';
import { viewers } from '@anjie/testing';
import { openKinds } from '../src/kinds';
import { at, COUNTY, haveKnownOfficial, openSupervision, type Supervision } from './builders';
import { aCity, actor, aLedgerCase, CITY, declare, type City } from './reports';

let supervision: Supervision;
let city: City;
beforeAll(async () => void (supervision = await openSupervision()));
beforeEach(async () => {
  await supervision.truncate();
  await at(supervision.db, '2025-12-01T02:00:00Z');
  city = await aCity(supervision);
});
afterAll(() => supervision.close());

interface Result {
  readonly id: string;
  readonly version: number;
  readonly total: string | null;
  readonly unit: { id: string };
  readonly comment: string | null;
  readonly scores: { item: { code: string; weight: number }; value: number | null; base: number | null; points: string | null; formula: string; isSuppressed: boolean }[];
}
interface Assessment {
  readonly id: string;
  readonly version: number;
  readonly state: string;
  readonly revision: number;
  readonly results: { nodes: Result[] };
}
const ASSESSMENT = `id version state revision year asOf commentUntil publishedOn remark division { code } issuer { id } scheme { code commentDays items { code weight figure { code formula } } }
  results(first: 50) { totalCount nodes { id version total comment commentedOn unit { id } scores { item { code weight } value base points formula asOf isSuppressed } } }`;
const ANSWER = `... on AssessmentPayload { assessment { ${ASSESSMENT} } } ... on AssessmentRefusal { code basis }`;
const act = (viewer: Viewer, name: string, input: object) => actor(supervision)<{ assessment: Assessment & Record<string, unknown> }>(viewer, name, { input, answer: ANSWER });
const compute = (input: object = {}, viewer: Viewer = city.office) => act(viewer, 'computeAssessment', { scheme: 'ANNUAL_UNIT', divisionCode: COUNTY, year: 2025, ...input });
const read = async (viewer: Viewer, id: string): Promise<Assessment | null> =>
  (await supervision.client.query<{ assessment: Assessment | null }>(viewer, `query ($id: ID!) { assessment(id: $id) { ${ASSESSMENT} } }`, { id })).assessment;
const of = (assessment: Assessment | null, unitId: string): Result | undefined => assessment?.results.nodes.find(({ unit }) => unit.id === unitId);
const score = (result: Result | undefined, code: string) => result?.scores.find(({ item }) => item.code === code);

/** 住建局: nine of twelve duties in time; 人社局: two of two, which is too few to score. */
async function aYear(): Promise<void> {
  const { caseId } = await aLedgerCase(supervision, { unitId: city.housing, campaignId: randomUUID() });
  const done = (unitId: string, metOn: string) => declare(supervision.db, { caseId, obligorUnitId: unitId, state: 'MET', metOn });
  for (let i = 0; i < 9; i += 1) await done(city.housing, '2025-09-01');
  for (let i = 0; i < 3; i += 1) await done(city.housing, '2025-11-01');
  for (let i = 0; i < 2; i += 1) await done(city.labour, '2025-09-01');
}

test('units are scored by rule, each with its inputs and formula; what cannot be scored does not count · rows 129, 126', async () => {
  await aYear();
  const { assessment } = await compute();
  expect(assessment).toMatchObject({ state: 'COMPUTED', revision: 1, year: 2025, asOf: '2025-12-01', commentUntil: '2025-12-06', division: { code: COUNTY }, scheme: { code: 'ANNUAL_UNIT', commentDays: 5 } });
  expect(of(assessment, city.housing)).toMatchObject({ total: '75.00' });
  expect(score(of(assessment, city.housing), 'IN_TIME')).toMatchObject({ value: 9, base: 12, points: '26.25', formula: expect.stringMatching(/按期履行÷.*× 35/) });
  expect(score(of(assessment, city.housing), 'RESOLUTION')).toMatchObject({ value: 0, base: 1, points: null });
  expect(of(assessment, city.labour)).toMatchObject({ total: null });
  expect(score(of(assessment, city.labour), 'IN_TIME')).toMatchObject({ value: 2, base: 2, points: null });
  expect(of(assessment, city.civil)).toMatchObject({ total: null });
  expect(of(assessment, city.west)).toBeUndefined();
});

test('a unit comments on its own result before it is published, and sees no other until then · row 129', async () => {
  await aYear();
  const { assessment } = await compute();
  const [own, other] = [of(assessment, city.housing), of(assessment, city.labour)];
  expect((await read(viewers.handler(city.housing), assessment.id))?.results.nodes.map(({ unit }) => unit.id)).toEqual([city.housing]);
  const comment = (resultId: string | undefined, viewer: Viewer = viewers.handler(city.housing), text = '两件系上级延期，请核减。') => act(viewer, 'commentOnAssessment', { resultId, expectedVersion: 1, comment: text });
  expect([(await comment(other?.id)).code, (await comment(own?.id, city.office)).code, (await comment(own?.id, viewers.handler(city.housing), ' ')).code]).toEqual(['NOT_FOUND', 'NOT_PERMITTED', 'TEXT_NOT_ACCEPTABLE']);
  expect(of((await comment(own?.id)).assessment, city.housing)).toMatchObject({ comment: '两件系上级延期，请核减。', version: 2 });
  const publish = () => act(city.office, 'publishAssessment', { assessmentId: assessment.id, expectedVersion: 1, remark: '意见已核实，不予核减。' });
  expect(await publish()).toMatchObject({ code: 'COMMENTS_OPEN' });
  await at(supervision.db, '2025-12-07T02:00:00Z');
  expect((await publish()).assessment).toMatchObject({ state: 'PUBLISHED', publishedOn: '2025-12-07', remark: '意见已核实，不予核减。' });
  expect(await comment(own?.id)).toMatchObject({ code: 'WRONG_STATE' });
});

test('what the city computed about a county is published by the city or above, never by the county\'s office · row 129', async () => {
  await aYear();
  const { assessment } = await compute();
  await at(supervision.db, '2025-12-07T02:00:00Z');
  const publish = (viewer: Viewer) => act(viewer, 'publishAssessment', { assessmentId: assessment.id, expectedVersion: 1 });
  expect(await publish(viewers.jointOffice(COUNTY, randomUUID()))).toMatchObject({ code: 'OUTSIDE_DIVISION' });
  expect((await publish(city.office)).assessment).toMatchObject({ state: 'PUBLISHED' });
});

test('published, others see the totals and no small numbers · row 129', async () => {
  await aYear();
  const { assessment } = await compute();
  await at(supervision.db, '2025-12-07T02:00:00Z');
  await act(city.office, 'publishAssessment', { assessmentId: assessment.id, expectedVersion: 1 });
  const seen = await read(viewers.handler(city.civil), assessment.id);
  expect(of(seen, city.housing)).toMatchObject({ total: '75.00' });
  expect(score(of(seen, city.housing), 'IN_TIME')).toMatchObject({ value: null, base: null, points: null, isSuppressed: true });
  expect(score(of(await read(viewers.handler(city.housing), assessment.id), city.housing), 'IN_TIME')).toMatchObject({ value: 9, base: 12, isSuppressed: false });
  expect(await read(viewers.handler(city.west), assessment.id)).toBeNull();
});

test('computed again it is a further version; the earlier ones stay readable · row 129', async () => {
  await aYear();
  const first = await compute();
  await at(supervision.db, '2025-12-07T02:00:00Z');
  await act(city.office, 'publishAssessment', { assessmentId: first.assessment.id, expectedVersion: 1 });
  const second = await compute();
  const third = await compute();
  expect([second, third].map(({ assessment }) => assessment.revision)).toEqual([2, 3]);
  const states = async () => Promise.all([first, second, third].map(async ({ assessment }) => (await read(city.office, assessment.id))?.state));
  expect(await states()).toEqual(['PUBLISHED', 'SUPERSEDED', 'COMPUTED']);
  await at(supervision.db, '2025-12-20T02:00:00Z');
  await act(city.office, 'publishAssessment', { assessmentId: third.assessment.id, expectedVersion: 1 });
  expect(await states()).toEqual(['SUPERSEDED', 'SUPERSEDED', 'PUBLISHED']);
  const listed = await supervision.client.query<{ assessments: { nodes: { revision: number }[] } }>(city.office, '{ assessments(filter: { year: 2025 }) { nodes { revision } } }');
  expect(listed.assessments.nodes.map(({ revision }) => revision)).toEqual([3, 2, 1]);
});

test('a joint office assesses its own division, under a known scheme, for a year that has begun · row 129', async () => {
  expect(await compute({}, viewers.handler(city.housing))).toMatchObject({ code: 'NOT_PERMITTED', basis: '《信访工作条例》第三十九条' });
  expect(await compute({ divisionCode: '640200' })).toMatchObject({ code: 'OUTSIDE_DIVISION' });
  expect(await compute({ scheme: 'NONE' })).toMatchObject({ code: 'SCHEME_UNKNOWN' });
  expect(await compute({ year: 2026 })).toMatchObject({ code: 'YEAR_NOT_FIT' });
});

describe('a scheme of a locality', () => {
  const opening = (item: string) => () => {
    const folder = mkdtempSync(join(tmpdir(), 'anjie-kinds-'));
    mkdirSync(join(folder, 'supervision'));
    writeFileSync(join(folder, 'supervision', 'assessment-schemes.yaml'), `kinds:\n  - code: LOCAL\n    zh: 本地考核\n    en: local\n    commentDays: 3\n    items:\n      - ${item}\n`);
    return openKinds(folder);
  };
  test.each([
    ['visits to Beijing', '{ code: UP, zh: 进京越级走访量, en: visits to Beijing, figure: ON_TIME_RATE, weight: 100, direction: HIGHER }', /no item may use visits to higher levels/],
    ['unrated as satisfied', '{ code: RATED, zh: 满意, en: satisfied, figure: ON_TIME_RATE, weight: 100, direction: HIGHER, unrated: SATISFIED }', /never satisfied/],
    ['people under watch', '{ code: WATCH, zh: 重点人员稳控, en: watch, figure: ON_TIME_RATE, weight: 100, direction: HIGHER }', /people who petition are not/],
    ['a number', '{ code: MANY, zh: 化解数, en: resolved, figure: RESOLVED, weight: 100, direction: HIGHER }', /not a rate/],
  ])('that breaks a guard rail stops the start: %s · row 129', (_what, item, fault) => expect(opening(item)).toThrow(fault));
  test('that keeps to them is used without code · row 129', () => {
    const kinds = opening('{ code: T, zh: 按期, en: in time, figure: ON_TIME_RATE, weight: 100, direction: HIGHER }')();
    expect(kinds.assessmentSchemes.usable('LOCAL')?.items).toHaveLength(1);
  });
  test('a bulletin with 化解率 alone stops the start as well · row 126', () => {
    const folder = mkdtempSync(join(tmpdir(), 'anjie-kinds-'));
    mkdirSync(join(folder, 'supervision'));
    writeFileSync(join(folder, 'supervision', 'bulletins.yaml'), 'kinds:\n  - { code: LOCAL, zh: 快报, en: flash, cadence: DAY, addressee: { zh: 各单位, en: units }, sections: [{ code: A, zh: 化解, en: rate, figures: [RESOLUTION_RATE] }] }\n');
    expect(() => openKinds(folder)).toThrow(/OPENING_STOCK, ENTERED, RESOLVED, RELAPSED, CLOSING_STOCK or not at all/);
  });
});

test('通报表彰: of one unit or one official of the division, seen where a portal looks for it · row 129', async () => {
  const official = await haveKnownOfficial(supervision.db, city.labour);
  const commend = (input: object, viewer: Viewer = city.office) => actor(supervision)<{ commendation: Record<string, unknown> }>(viewer, 'recordCommendation', {
    input: { title: '信访工作先进单位', reason: '按期履行率全市第一。', documentNumber: '银信联发〔2025〕12号', commendedOn: '2025-11-30', ...input },
    answer: '... on CommendationPayload { commendation { id title documentNumber unit { id } official { id } issuer { id } } } ... on AssessmentRefusal { code }',
  });
  expect((await commend({ unitId: city.housing })).commendation).toMatchObject({ unit: { id: city.housing }, official: null, issuer: { id: city.cityOffice }, documentNumber: '银信联发〔2025〕12号' });
  expect((await commend({ officialId: official, title: '先进个人' })).commendation).toMatchObject({ official: { id: official } });
  expect([(await commend({})).code, (await commend({ unitId: city.housing, officialId: official })).code, (await commend({ unitId: randomUUID() })).code]).toEqual(['HOLDER_NOT_FIT', 'HOLDER_NOT_FIT', 'HOLDER_NOT_FIT']);
  expect(await commend({ unitId: city.housing }, viewers.jointOffice('640105', randomUUID()))).toMatchObject({ code: 'OUTSIDE_DIVISION' });
  const data = await supervision.client.query<{ _entities: unknown[] }>(
    city.office, 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Unit { commendations { nodes { title } } } ... on Official { commendations { nodes { title } } } ... on Division { assessments { nodes { id } } } } }',
    { r: [{ __typename: 'Unit', id: city.housing }, { __typename: 'Official', id: official }, { __typename: 'Division', code: CITY }] },
  );
  expect(data._entities).toEqual([{ commendations: { nodes: [{ title: '信访工作先进单位' }] } }, { commendations: { nodes: [{ title: '先进个人' }] } }, { assessments: { nodes: [] } }]);
});

test('results hang under the unit, each list in one statement with its scores · row 129', async () => {
  await aYear();
  await compute();
  const { result, statements } = await supervision.counted(() => supervision.client.query<{ _entities: { assessmentResults: { nodes: Result[] } }[] }>(
    city.office, 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Unit { assessmentResults { nodes { total assessment { year } scores { value } } } } } }', { r: [{ __typename: 'Unit', id: city.housing }, { __typename: 'Unit', id: city.labour }] },
  ));
  expect(result._entities.map(({ assessmentResults }) => assessmentResults.nodes[0]?.total)).toEqual(['75.00', null]);
  expect(statements).toBe(4);
});
