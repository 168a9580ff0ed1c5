import { bulletinDocument, type BulletinHead } from './bulletin-document';
import { bulletinHtml } from './bulletin-html';
import { BULLETIN_STATES, mayMoveBulletin, type BulletinAct } from './bulletin-lifecycle';
import { NOT_SHOWN, type BulletinFacts } from './bulletin-text';
import type { FigureCode } from './report-figures';
import { cellKey, type Cell, type ReportRow } from './report-rows';
import { hiddenCells } from './small-cells';

const rows: readonly ReportRow[] = [
  { ordinal: 0, lastOrdinal: 2, divisionCode: '640104', unitId: null, unitCode: '', name: '兴庆区' },
  { ordinal: 1, lastOrdinal: 1, divisionCode: '640104', unitId: 'a', unitCode: 'A', name: '住建局' },
  { ordinal: 2, lastOrdinal: 2, divisionCode: '640104', unitId: 'b', unitCode: 'B', name: '<人社局>' },
];
const cell = (ordinal: number, figure: FigureCode, value: number, base = 0): [string, Cell] => [cellKey(ordinal, figure), { ordinal, figure, value, base }];
const cells = new Map([
  cell(0, 'CLOSING_STOCK', 38), cell(1, 'CLOSING_STOCK', 38), cell(0, 'RESOLUTION_RATE', 82, 120), cell(1, 'RESOLUTION_RATE', 82, 120),
  cell(0, 'DUTIES_OVERDUE', 3), cell(1, 'DUTIES_OVERDUE', 3),
]);
const facts = (hidden: ReadonlySet<string> = new Set()): BulletinFacts => ({
  kind: {
    zh: '月通报', en: 'monthly bulletin', cadence: 'MONTH', addressee: { zh: '各责任单位', en: 'the units' },
    sections: [
      { code: 'STOCK', zh: '存量', en: 'Stock', figures: ['CLOSING_STOCK', 'RESOLUTION_RATE'], names: [], most: 'CLOSING_STOCK' },
      { code: 'DEADLINES', zh: '期限', en: 'Deadlines', figures: ['DUTIES_OVERDUE', 'DUTIES_LATE'], names: ['DUTIES_OVERDUE', 'DUTIES_LATE'] },
    ],
  },
  period: { from: '2025-10-01', to: '2025-10-31' }, asOf: '2025-10-31', rows, cells, hidden,
});
const head: BulletinHead = { issuer: '兴庆区信访联席办', number: { year: 2025, serial: 3 }, on: '2025-11-03' };

test('a bulletin reads as an office writes, with every unit in order and zeros shown · row 126', () => {
  const made = bulletinDocument(facts(), { head, notes: [{ section: 'DEADLINES', text: '请住建局本周内办结。' }], language: 'zh' });
  expect(made).toMatchObject({
    title: '兴庆区信访工作月通报', subtitle: '2025年第3期', addressee: '各责任单位：', signature: '兴庆区信访联席办', day: '2025年11月3日',
    opening: '现将兴庆区2025年10月信访工作情况（数据截至2025年10月31日）通报如下：',
  });
  expect(made.sections.map(({ title, sentences }) => [title, ...sentences])).toEqual([
    ['一、存量', '期末存量38件，化解率68.33%（82/120）。', '“期末存量”较多的责任单位：住建局38件。'],
    ['二、期限', '超期未履行3项，逾期履行0项。', '“超期未履行”涉及1个单位：住建局。', '各单位均无“逾期履行”情形。'],
  ]);
  expect(made.sections[1]).toMatchObject({ notes: ['请住建局本周内办结。'], header: ['单位', '超期未履行', '逾期履行'], rows: [['兴庆区', '3', '0'], ['　住建局', '3', '0'], ['　<人社局>', '0', '0']] });
});

test('in English the same numbers stand · row 126', () => {
  const { sections, title } = bulletinDocument(facts(), { head, notes: [], language: 'en' });
  expect([title, sections[0]?.sentences[0], sections[1]?.sentences[1]]).toEqual(['兴庆区: monthly bulletin on petition work', 'Closing stock 38, resolution rate 68.33% (82/120).', 'Under “overdue”: 1 units, 住建局.']);
});

test('small cells are not shown, and the text says why (brief §3.10) · row 126', () => {
  const { sections, statements } = bulletinDocument(facts(hiddenCells(rows, cells)), { head, notes: [], language: 'zh' });
  expect(sections[1]?.rows.map((row) => row[1])).toEqual([NOT_SHOWN, NOT_SHOWN, '0']);
  expect(sections[1]?.sentences[0]).toBe(`超期未履行${NOT_SHOWN}项，逾期履行0项。`);
  expect(statements.join()).toContain('少于5');
});

test('every figure comes with its formula, and what is not known is said · row 126', () => {
  const { formulas, statements } = bulletinDocument(facts(), { head: { ...head, number: null }, notes: [], language: 'zh' });
  expect(formulas.map(([name]) => name)).toEqual(['期末存量', '化解率', '超期未履行', '逾期履行']);
  expect(statements.join()).toContain('未评价的不视为满意');
});

test('the page prints on A4, is complete in itself, and escapes what it is given · row 126', () => {
  const html = bulletinHtml(bulletinDocument(facts(), { head, notes: [], language: 'zh' }));
  expect(html).toContain('@page{size:A4');
  expect(html).toContain('&lt;人社局&gt;');
  expect(html).not.toMatch(/https?:|<script|<link|<img|@import|url\(/);
  expect(html.indexOf('兴庆区信访联席办<br>2025年11月3日')).toBeGreaterThan(html.indexOf('</table>'));
});

const LEGAL: Readonly<Record<BulletinAct, readonly string[]>> = { EDIT: ['DRAFTED', 'EDITED'], PUBLISH: ['DRAFTED', 'EDITED'], WITHDRAW: ['DRAFTED', 'EDITED', 'PUBLISHED'] };
test.each(Object.entries(LEGAL))('%s is possible from %j alone · row 126', (act, from) => {
  expect(BULLETIN_STATES.filter((state) => mayMoveBulletin(state, act as BulletinAct))).toEqual(from);
});
