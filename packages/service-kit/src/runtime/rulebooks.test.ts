import { cpSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { selectRule } from '@anjie/rulebook';
import { loadRulebooks, officeRules, readRulebooks, shippedRulebook } from './rulebooks';

const ZHEJIANG = shippedRulebook('local/zhejiang-2016.yaml');
const aFolder = (files: Readonly<Record<string, string>> = {}): string => {
  const folder = mkdtempSync(join(tmpdir(), 'anjie-rulebooks-'));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
};
const aRow = (part: Readonly<Record<string, string>> = {}): string => {
  const row = {
    code: 'T8', version: 'local-1', jurisdictionCode: '330400', stage: 'HANDLING', amount: '45', startsOn: 'MATTER_ACCEPTED', basisDocument: '《示例办法》',
    validFrom: '2022-05-01', descriptionZh: '办结', descriptionEn: 'Finish handling', ...part,
  };
  return `  - ${Object.entries(row).filter(([, value]) => value !== '-').map(([field, value]) => `${field}: ${value}`).join('\n    ')}\n`;
};
const faultOf = (content: string): string => {
  const folder = aFolder({ 'jiaxing.yaml': content });
  try {
    loadRulebooks(folder);
  } catch (error) {
    return (error as Error).message.replaceAll(`${folder}/`, '');
  }
  return 'loaded';
};

test('a process knows the national rules only, until an operator names a folder', () => {
  const amountOfT8 = () => selectRule(officeRules(), { code: 'T8', jurisdictionCode: '330402', on: '2026-03-01' })?.amount;
  expect(amountOfT8()).toBe(60);
  const folder = aFolder({ 'notes.txt': 'not a rulebook' });
  cpSync(ZHEJIANG, join(folder, 'zhejiang.yaml'));
  expect(loadRulebooks(folder)).toEqual({ files: [join(folder, 'zhejiang.yaml')], warnings: [] });
  expect(amountOfT8()).toBe(30);
});

describe('a file that is wrong is refused with file, row and field', () => {
  test.each<[string, string, string]>([
    ['a word misspelt', `rules:\n${aRow({ amonut: '3' })}`, 'jiaxing.yaml, row 1 (T8, line 2): Unrecognized key: "amonut"'],
    ['an amount in words', `rules:\n${aRow({ amount: '45日' })}`, 'jiaxing.yaml, row 1 (T8, line 2), amount: must be a whole number from 1 to 3660'],
    ['a field that is missing', `rules:\n${aRow({ basisDocument: '-' })}`, 'jiaxing.yaml, row 1 (T8, line 2), basisDocument: is missing'],
    ['a field that is left empty', `rules:\n${aRow({ version: '' })}`, 'jiaxing.yaml, row 1 (T8, line 2), version: is missing'],
    ['a day that does not exist', `rules:\n${aRow()}${aRow({ code: 'T5', validFrom: '2024-02-30' })}`, 'jiaxing.yaml, row 2 (T5, line 12), validFrom: must be a day, written YYYY-MM-DD'],
    ['a place that is no code', `rules:\n${aRow({ jurisdictionCode: '浙江' })}`, 'jiaxing.yaml, row 1 (T8, line 2), jurisdictionCode: must be 000000 or a GB/T 2260 code of 2, 4, 6, 9 or 12 digits'],
    ['a unit that does not exist', `rules:\n${aRow({ unit: 'MONTH' })}`, 'jiaxing.yaml, row 1 (T8, line 2), unit: Invalid option: expected one of "CALENDAR_DAY"|"WORKING_DAY"'],
    ['the national row copied', `rules:\n${aRow({ version: '2022', jurisdictionCode: '000000' })}`, 'jiaxing.yaml, row 1 (T8, line 2), version: stands twice: T8 of 000000 in version 2022 is there already; a changed row needs a version of its own and a higher priority'],
    ['two rows for one day', `rules:\n${aRow()}${aRow({ version: 'local-2' })}`, 'jiaxing.yaml, row 2 (T8, line 12), priority: must differ: another row of T8 for 330400 begins on the same day'],
    ['a typed date that becomes a count', `rules:\n${aRow({ code: 'CAMPAIGN_LIMIT' })}`, 'jiaxing.yaml, row 1 (CAMPAIGN_LIMIT, line 2), kind: must be ASSIGNED_DATE as in the national rule: its date is typed'],
    ['an instrument without a name', `rules:\n${aRow()}    mayLengthen:\n      reasonEn: because\n`, 'jiaxing.yaml, row 1 (T8, line 2), mayLengthen.instrument: is missing'],
  ])('%s', (_what, content, sentence) => {
    expect(faultOf(content).split('\n').slice(1).map((line) => line.trim())).toEqual([sentence]);
  });
  test.each<[string, string, RegExp]>([
    ['a key of its own', 'limits: []\n', /^jiaxing\.yaml, line 1: "limits" was not expected, only everyRow and rules$/],
    ['a list at the top', '- code: T8\n', /^jiaxing\.yaml, line 1: everyRow and rules were expected$/],
    ['rows that are no list', 'rules: none\n', /^jiaxing\.yaml, line 1, rules: a list was expected$/],
    ['a row without fields', 'rules:\n  - T8\n', /^jiaxing\.yaml, line 2: a row with fields was expected$/],
    ['everyRow without fields', 'everyRow: 3\nrules: []\n', /everyRow: fields were expected$/],
    ['no row', 'rules: []\n', /^jiaxing\.yaml: it holds no rules$/],
    ['nothing', '# to do\n', /^jiaxing\.yaml: /],
    ['a tab', 'rules:\n\t- code: T8\n', /^jiaxing\.yaml: .* at line 2, column 1/],
    ['a field twice', `rules:\n${aRow()}    amount: 30\n`, /^jiaxing\.yaml: Map keys must be unique at line \d+/],
    ['a tag', 'rules:\n  - code: !!js/function T8\n', /^jiaxing\.yaml: Unresolved tag/],
  ])('%s', (_what, content, sentence) => {
    expect(faultOf(content)).toMatch(sentence);
  });
  test('a file in GBK, as an editor may save it', () => {
    const folder = aFolder();
    // 办法 in GBK
    writeFileSync(join(folder, 'gbk.yaml'), Buffer.concat([Buffer.from('rules:\n  - basisDocument: '), Buffer.from([0xb0, 0xec, 0xb7, 0xa8])]));
    expect(() => loadRulebooks(folder)).toThrow(/gbk\.yaml: it is not UTF-8 text; save it as UTF-8/);
  });
  test('every fault of every file is told at once', () => {
    const folder = aFolder({ 'a.yaml': `rules:\n${aRow({ amount: '0' })}`, 'b.yml': `rules:\n${aRow({ code: 't9' })}` });
    expect(() => loadRulebooks(folder)).toThrow(/a\.yaml, row 1 .*amount(.|\n)*b\.yml, row 1 .*code: must be written in capitals/);
  });
  test('the national file copied whole: twenty sentences, and how many more', () => {
    expect(() => readRulebooks([shippedRulebook('national.yaml')])).toThrow(/row 20 (.|\n)*and \d+ more$/);
  });
  test('a folder that is not there; one without rulebooks is a warning', () => {
    expect(() => loadRulebooks('/nowhere/rulebooks')).toThrow('ANJIE_RULEBOOK_DIR: /nowhere/rulebooks is no folder that can be read');
    expect(loadRulebooks(aFolder({ 'readme.txt': '' })).warnings).toEqual([expect.stringContaining('holds no .yaml file')]);
  });
});

test('a file that was refused changes nothing in the rules of the process', () => {
  const before = officeRules();
  expect(faultOf(`rules:\n${aRow({ amount: '0' })}`)).toContain('amount');
  expect(officeRules()).toBe(before);
});

describe('rows that are right in form and do not what one expects are warned of', () => {
  test.each<[string, Record<string, string>, string | undefined]>([
    ['longer than the national rule', { amount: '75' }, 'is passed over: it is longer than the national rule'],
    ['longer, for the whole country', { amount: '75', jurisdictionCode: '000000', priority: '9' }, 'is passed over'],
    ['longer than practice: allowed', { code: 'T18', amount: '75', startsOn: 'SUGGESTION_DELIVERED' }, undefined],
    ['a code of its own', { code: 'REVIEW_ACCEPT' }, 'there is no national rule of this code'],
    ['another start', { startsOn: 'ITEM_RECEIVED' }, 'startsOn: Anjie starts T8 on MATTER_ACCEPTED, whatever stands here'],
    ['nothing unusual', {}, undefined],
  ])('%s', (_what, part, words) => {
    const { warnings } = readRulebooks([join(aFolder({ 'x.yaml': `rules:\n${aRow(part)}` }), 'x.yaml')]);
    expect(warnings).toEqual(words === undefined ? [] : [expect.stringContaining(words)]);
  });
});

test('values are the text that stands in the file: zeros stay, nothing needs quotation marks', () => {
  const { local } = readRulebooks([join(aFolder({ 'x.yaml': `everyRow:\n  priority: 7\nrules:\n${aRow({ version: '2024', jurisdictionCode: '000000', basisArticle: '第一条 # 首条' })}` }), 'x.yaml')]);
  expect(local).toEqual([expect.objectContaining({ version: '2024', jurisdictionCode: '000000', basisArticle: '第一条', priority: 7, amount: 45, validFrom: '2022-05-01', validTo: null })]);
});
