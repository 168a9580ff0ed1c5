import { cpSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { putKnownDivisions } from '@anjie/service-kit/facts';
import { loadRulebooks, shippedRulebook } from '@anjie/service-kit/runtime';
import { viewers } from '@anjie/testing';
import { faultOf, told } from './asking';
import { openCases, people, register, type CasesWorld } from './world';

/** 浙江省信访条例 2016 as the shipped example, and a row of 南湖区 that lengthens without an instrument. */
function localRules(): string {
  const folder = mkdtempSync(join(process.env['ANJIE_TEST_DIR'] ?? tmpdir(), 'rulebooks-'));
  cpSync(shippedRulebook('local/zhejiang-2016.yaml'), join(folder, 'zhejiang-2016.yaml'));
  writeFileSync(join(folder, 'nanhu.yaml'), `rules:
  - { code: T8, version: nanhu-1, jurisdictionCode: 330402, stage: HANDLING, amount: 75, startsOn: MATTER_ACCEPTED, basisDocument: 《示例办法》, validFrom: 2022-05-01, descriptionZh: 办结, descriptionEn: Finish }
`);
  return folder;
}

let world: CasesWorld;
beforeAll(async () => {
  // before the service is built, as at its start
  expect(loadRulebooks(localRules()).warnings).toEqual([expect.stringContaining('row 1 (T8, line 2) is passed over')]);
  world = await openCases();
});
beforeEach(async () => {
  await world.reset();
  await putKnownDivisions(world.db.manager, [{ code: '330402', name: '南湖区', parentCode: null, validTo: null }]);
});
afterAll(() => world.close());

const LIST = `query ($code: String, $place: ID, $on: Date, $first: Int, $after: String) { timeLimitRules(code: $code, jurisdictionCode: $place, on: $on, first: $first, after: $after) {
  totalCount pageInfo { hasNextPage hasPreviousPage endCursor } edges { cursor }
  nodes { code version jurisdictionCode stage kind amount unit startsOn basis basisDocument basisArticle validFrom validTo priority force evidence onlyRoute extendsCode maxTotalDays
    excludesHearing mayLengthen { instrument reasonEn } descriptionZh descriptionEn standing } } }`;
interface Listed {
  readonly totalCount: number;
  readonly pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; endCursor: string | null };
  readonly edges: { cursor: string }[];
  readonly nodes: { code: string; version: string; amount: number | null; standing: string; basis: string }[];
}
const list = async (variables: object, viewer = people.clerk): Promise<Listed> =>
  (await world.client.query<{ timeLimitRules: Listed }>(viewer, LIST, { ...variables })).timeLimitRules;
const lines = ({ nodes }: Listed) => nodes.map((rule) => `${rule.code}@${rule.version} ${rule.amount} ${rule.standing}`);

describe('the rules in force for a place on a day', () => {
  test.each<[string, object, string[]]>([
    ['《浙江省信访条例》第二十三条: T8 in Jiaxing', { code: 'T8', place: '330402' }, ['T8@nanhu-1 75 LENGTHENS', 'T8@zhejiang-2016 30 APPLIES', 'T8@2022 60 SUPERSEDED']],
    ['《浙江省信访条例》第二十条: T2 in Jiaxing', { code: 'T2', place: '330402007000' }, ['T2@zhejiang-2016 5 APPLIES', 'T2@2022 15 SUPERSEDED']],
    ['《信访工作条例》第三十四条: T8 in another province', { code: 'T8', place: '640104' }, ['T8@2022 60 APPLIES']],
    ['《信访条例》（2005）第三十三条: T8 in another province before 2022-05-01', { code: 'T8', place: '640104', on: '2022-04-30' }, ['T8@2005 60 APPLIES']],
    ['the country, when no place is named', { code: 'T8' }, ['T8@2022 60 APPLIES']],
    ['a code that nobody knows', { code: 'T99' }, []],
    ['a day before all rules', { on: '1999-01-01' }, []],
  ])('%s', async (_what, variables, expected) => {
    expect(lines(await list(variables))).toEqual(expected);
  });
  test('a rule shows every field of its row, with basis, force and evidence', async () => {
    expect((await list({ code: 'T9', place: '330402' })).nodes[0]).toEqual({
      code: 'T9', version: 'zhejiang-2016', jurisdictionCode: '330000', stage: 'EXTENSION', kind: 'PERIOD', amount: 60, unit: 'CALENDAR_DAY', startsOn: 'ORIGINAL_DUE',
      basis: '《浙江省信访条例》第二十三条', basisDocument: '《浙江省信访条例》', basisArticle: '第二十三条', validFrom: '2016-07-29', validTo: null, priority: 10, force: 'RULE',
      evidence: 'VERIFIED', onlyRoute: 'ART31_6', extendsCode: 'T8', maxTotalDays: 90, excludesHearing: false,
      mayLengthen: { instrument: '《浙江省信访条例》第二十三条', reasonEn: expect.stringContaining('30 + 60') },
      descriptionZh: '延长办理期限，不得超过六十日', descriptionEn: 'Extension of T8, at most 60 days', standing: 'APPLIES',
    });
  });
  test('the pages cover every rule once, T2 before T10, for any viewer', async () => {
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const page: Listed = await list({ place: '330402', first: 7, after }, viewers.plain());
      expect([page.edges.length, page.pageInfo.hasPreviousPage]).toEqual([page.nodes.length, after !== null]);
      seen.push(...lines(page));
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after);
    expect(seen).toHaveLength((await list({ place: '330402' })).totalCount);
    expect(new Set(seen).size).toBe(seen.length);
    const statutory = [...new Set(seen.map((line) => line.split('@')[0] ?? ''))].filter((code) => /^T\d/.test(code));
    expect(statutory).toEqual(Array.from({ length: 20 }, (_, i) => `T${i + 1}`));
  });
  test.each<[string, object]>([
    ['jurisdictionCode', { place: 'Zhejiang' }], ['first', { first: 0 }], ['first', { first: 101 }], ['after', { after: 'x' }], ['on', { on: '2024-02-30' }],
  ])('a bad %s is refused', async (field, variables) => {
    const fault = await faultOf(world, people.clerk, LIST, { ...variables });
    expect(fault?.code).toBe('BAD_USER_INPUT');
    if (field !== 'on') expect(fault?.detail).toMatchObject({ field });
  });
});

test('T2 of a petition: 5 working days in Jiaxing over 国庆节 (第二十条), 15 days in another province (第二十二条第一款)', async () => {
  await register(world, people.clerk, { divisionCode: '330402' });
  await register(world);
  expect(await told(world, 'obligation-declared')).toEqual([
    // 2022-09-27 + 5 working days: 28, 29, 30 September, the make-up days 8 and 9 October
    expect.objectContaining({ dutyCode: 'T2', ruleVersion: 'zhejiang-2016', basis: '《浙江省信访条例》第二十条', dueOn: '2022-10-09', jurisdictionCode: '330402' }),
    expect.objectContaining({ dutyCode: 'T2', ruleVersion: '2022', basis: '《信访工作条例》第二十二条第一款', dueOn: '2022-10-12', jurisdictionCode: '640104' }),
  ]);
});
