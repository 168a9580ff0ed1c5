import { randomUUID } from 'node:crypto';
import { cpSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ERROR_CODES } from '@anjie/contracts';
import { loadRulebooks, shippedRulebook } from '@anjie/service-kit/runtime';
import { haveCaseScope, viewers } from '@anjie/testing';
import { declare, openSupervision, type Supervision } from './builders';

let supervision: Supervision;
beforeAll(async () => {
  const folder = mkdtempSync(join(process.env['ANJIE_TEST_DIR'] ?? tmpdir(), 'rulebooks-'));
  cpSync(shippedRulebook('local/zhejiang-2016.yaml'), join(folder, 'zhejiang-2016.yaml'));
  loadRulebooks(folder);
  supervision = await openSupervision();
});
beforeEach(() => supervision.truncate());
afterAll(() => supervision.close());

const ASK = `query ($rule: String!, $startOn: Date!, $place: ID, $days: Int, $hearings: [HearingSpanInput!], $assignedOn: Date) {
  explainDue(ruleCode: $rule, startOn: $startOn, jurisdictionCode: $place, extensionDays: $days, hearings: $hearings, assignedOn: $assignedOn) {
    check note dueRaw dueOn ruleVersion basis linesEn days { on isCounted } } }`;
interface Explained {
  readonly explainDue: { check: string; note: string | null; dueRaw: string | null; dueOn: string | null; ruleVersion: string; basis: string; linesEn: string[]; days: { on: string; isCounted: boolean }[] };
}
const ask = async (variables: object) => (await supervision.client.query<Explained>(viewers.plain(), ASK, { ...variables })).explainDue;

describe('what a rule would give', () => {
  test.each<[string, object, object]>([
    ['《浙江省信访条例》第二十三条: T8 in Jiaxing, 30 日', { rule: 'T8', startOn: '2025-03-03', place: '330402' }, { dueOn: '2025-04-02', ruleVersion: 'zhejiang-2016', basis: '《浙江省信访条例》第二十三条' }],
    ['《浙江省信访条例》第二十三条: T8 in Jiaxing, 30 + 60 日', { rule: 'T8', startOn: '2025-03-03', place: '330402', days: 60 }, { dueRaw: '2025-06-01', dueOn: '2025-06-03' }],
    ['《信访工作条例》第三十四条: T8 in another province, 60 日', { rule: 'T8', startOn: '2025-03-03', place: '640104' }, { dueOn: '2025-05-06', ruleVersion: '2022' }],
    ['《浙江省信访条例》第二十条: T2 in Jiaxing, 5 个工作日', { rule: 'T2', startOn: '2025-03-03', place: '330402' }, { dueOn: '2025-03-10' }],
    ['《信访工作条例》第三十六条第二款: T13 with 4 hearing days', { rule: 'T13', startOn: '2025-03-03', hearings: [{ from: '2025-03-10', to: '2025-03-12' }, { from: '2025-03-12', to: '2025-03-13' }] }, { dueRaw: '2025-04-06', dueOn: '2025-04-07' }],
    ['CAMPAIGN_LIMIT, a typed Saturday', { rule: 'CAMPAIGN_LIMIT', startOn: '2025-03-03', assignedOn: '2025-03-15' }, { dueRaw: '2025-03-15', dueOn: '2025-03-15' }],
  ])('%s', async (_what, variables, expected) => {
    expect(await ask(variables)).toMatchObject({ check: 'WHAT_IF', note: null, ...expected });
  });
  test.each<[string, object, string]>([
    ['hearings count in 办结', { rule: 'T8', startOn: '2025-03-03', hearings: [{ from: '2025-03-10', to: '2025-03-12' }] }, 'Hearing time is not left out'],
    ['a typed date that is not given', { rule: 'EXECUTION_DATE', startOn: '2025-03-03' }, 'give assignedOn'],
    ['a typed date before the start', { rule: 'EXECUTION_DATE', startOn: '2025-03-03', assignedOn: '2025-03-02' }, 'before the start'],
    ['61 days of extension in Jiaxing', { rule: 'T8', startOn: '2025-03-03', place: '330402', days: 61 }, 'longer than allowed'],
    ['31 days of extension elsewhere', { rule: 'T8', startOn: '2025-03-03', place: '640104', days: 31 }, 'longer than allowed'],
    ['a rule that sets no period', { rule: 'T1', startOn: '2025-03-03' }, 'sets no period'],
  ])('%s: no date, and the reason', async (_what, variables, words) => {
    expect(await ask(variables)).toMatchObject({ check: 'NOT_COMPUTABLE', dueOn: null, note: expect.stringContaining(words), days: [] });
  });
  test('the hearing days are shown and not counted', async () => {
    const { days, linesEn } = await ask({ rule: 'T13', startOn: '2025-03-03', hearings: [{ from: '2025-03-10', to: '2025-03-11' }] });
    expect(days.filter(({ isCounted, on }) => !isCounted && on > '2025-03-03' && on < '2025-03-20').map(({ on }) => on)).toEqual(['2025-03-10', '2025-03-11']);
    expect(linesEn.join()).toContain('Art. 36 ¶2');
  });
  test.each<[string, object]>([
    ['hearings that end before they begin', { hearings: [{ from: '2025-03-12', to: '2025-03-10' }] }],
    ['hearings of a hundred years', { hearings: [{ from: '2025-03-12', to: '2125-03-12' }] }],
    ['21 hearings', { hearings: Array(21).fill({ from: '2025-03-12', to: '2025-03-12' }) }],
    ['a typed date of another century', { rule: 'CAMPAIGN_LIMIT', assignedOn: '2125-03-12' }],
    ['a place that is no code', { place: 'Zhejiang' }],
  ])('%s: refused', async (_what, part) => {
    const { errors } = await supervision.client.ask(viewers.plain(), ASK, { rule: 'T13', startOn: '2025-03-03', ...part });
    expect(errors?.map(({ message }) => message)).toEqual([ERROR_CODES.BAD_USER_INPUT.en]);
  });
});

test('a stored due date of Jiaxing is explained by the local file it was computed with', async () => {
  const scope = await haveCaseScope(supervision.db, { divisionCode: '330402' });
  const dates = { startOn: '2025-03-03', dueRaw: '2025-04-02', dueOn: '2025-04-02', ruleVersion: 'zhejiang-2016', jurisdictionCode: '330402' };
  const told = await declare(supervision.db, { caseId: scope.caseId, ...dates });
  const extended = await declare(supervision.db, { caseId: scope.caseId, ...dates, dueRaw: '2025-06-01', dueOn: '2025-06-03' });
  const check = async (id: string) =>
    (await supervision.client.query<{ obligation: object }>(viewers.jointOffice('330402', randomUUID()), 'query ($id: ID!) { obligation(id: $id) { explainDeadline { check note basis } } }', { id })).obligation;
  expect(await check(told.obligationId)).toMatchObject({ explainDeadline: { check: 'CONFIRMED', note: null } });
  expect(await check(extended.obligationId)).toMatchObject({ explainDeadline: { check: 'CONFIRMED', note: null } });
});
