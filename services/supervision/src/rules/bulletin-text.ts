import { figureText, isRate, reportFigure, NOTHING_COUNTED, type FigureCode, type Words } from './report-figures';
import { dayInWords, periodInWords, type Cadence, type Period } from './report-periods';
import { cellKey, type Cell, type ReportRow } from './report-rows';

export type Language = 'zh' | 'en';

export interface BulletinSection extends Words {
  readonly code: string;
  readonly basis?: string | undefined;
  readonly figures: readonly FigureCode[];
  readonly names: readonly FigureCode[];
  readonly most?: FigureCode | undefined;
  readonly remark?: Words | undefined;
}

export interface BulletinFacts {
  readonly kind: Words & { readonly cadence: Cadence; readonly addressee: Words; readonly sections: readonly BulletinSection[] };
  readonly period: Period;
  readonly asOf: string;
  readonly rows: readonly ReportRow[];
  readonly cells: ReadonlyMap<string, Cell>;
  /** Keys of cells that its readers are not shown; empty for those who see the cases. */
  readonly hidden: ReadonlySet<string>;
}

/** Stands where a number is not shown. */
export const NOT_SHOWN = '＊';

const MOST_NAMED = 10;
const MOST_OF = 3;
const LEAST_OF = 5;

export const cellOf = ({ cells }: Pick<BulletinFacts, 'cells'>, ordinal: number, figure: FigureCode): Cell => cells.get(cellKey(ordinal, figure)) ?? { ordinal, figure, ...NOTHING_COUNTED };

export const shownText = (facts: Pick<BulletinFacts, 'cells' | 'hidden'>, ordinal: number, figure: FigureCode): string =>
  facts.hidden.has(cellKey(ordinal, figure)) ? NOT_SHOWN : figureText(figure, cellOf(facts, ordinal, figure));

/** The sentence that begins a bulletin. */
export function openingSentence({ kind, period, asOf, rows }: BulletinFacts, language: Language): string {
  const words = periodInWords(kind.cadence, period);
  const place = rows[0]?.name ?? '';
  return language === 'zh'
    ? `现将${place}${words.zh}信访工作情况（数据截至${dayInWords(asOf)}）${kind.zh.endsWith('报告') ? '报告' : '通报'}如下：`
    : `The state of petition work in ${place}, ${words.en} (figures up to ${asOf}):`;
}

/** What a section says: its totals, which units have any of what should not be, which have most, and what it leaves out. */
export function sectionSentences(facts: BulletinFacts, section: BulletinSection, language: Language): string[] {
  return [
    totals(facts, section, language),
    ...section.names.map((figure) => namedUnits(facts, figure, language)),
    ...(section.most ? mostOf(facts, section.most, language) : []),
    ...(section.remark ? [section.remark[language]] : []),
  ];
}

function totals(facts: BulletinFacts, section: BulletinSection, language: Language): string {
  const phrases = section.figures.map((code) => {
    const figure = reportFigure(code);
    const text = shownText(facts, 0, code);
    if (language === 'en') return `${figure.en} ${text}`;
    return isRate(code) ? `${figure.zh}${text.replace(' (', '（').replace(')', '）')}` : `${figure.zh}${text}${figure.measure}`;
  });
  return language === 'zh' ? `${phrases.join('，')}。` : `${capital(phrases.join(', '))}.`;
}

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

function namedUnits(facts: BulletinFacts, figure: FigureCode, language: Language): string {
  const words = reportFigure(figure);
  const names = facts.rows.filter((row) => row.unitId !== null && cellOf(facts, row.ordinal, figure).value > 0).map((row) => row.name);
  const first = names.slice(0, MOST_NAMED);
  if (language === 'en') {
    if (names.length === 0) return `No unit has any under “${words.en}”.`;
    return `Under “${words.en}”: ${names.length} units, ${first.join(', ')}${names.length > first.length ? ' and others' : ''}.`;
  }
  if (names.length === 0) return `各单位均无“${words.zh}”情形。`;
  return `“${words.zh}”涉及${names.length}个单位：${first.join('、')}${names.length > first.length ? '等' : ''}。`;
}

/** At most three, none with a number that is not shown, none with fewer than five; equals stand in the fixed order. */
function mostOf(facts: BulletinFacts, figure: FigureCode, language: Language): string[] {
  const most = facts.rows
    .filter((row) => row.unitId !== null && !facts.hidden.has(cellKey(row.ordinal, figure)) && cellOf(facts, row.ordinal, figure).value >= LEAST_OF)
    .toSorted((a, b) => cellOf(facts, b.ordinal, figure).value - cellOf(facts, a.ordinal, figure).value || a.ordinal - b.ordinal)
    .slice(0, MOST_OF);
  if (most.length === 0) return [];
  const listed = (joint: string): string => most.map((row) => `${row.name}${joint}${cellOf(facts, row.ordinal, figure).value}`).join(language === 'zh' ? '件、' : ', ');
  return [language === 'zh' ? `“${reportFigure(figure).zh}”较多的责任单位：${listed('')}件。` : `Units with most under “${reportFigure(figure).en}”: ${listed(' ')}.`];
}

/** 各责任单位, to whom it is addressed: units that it counts anything of, but for the one that issues it. */
export function unitsTold({ rows, cells }: Pick<BulletinFacts, 'rows' | 'cells'>, issuerUnitId: string): string[] {
  const counted = new Set([...cells.values()].map(({ ordinal }) => ordinal));
  return rows.flatMap(({ unitId, ordinal }) => (unitId !== null && unitId !== issuerUnitId && counted.has(ordinal) ? [unitId] : []));
}

const DATA: Words = {
  zh: '数据由督办系统按截至日期自动计算，责任单位按计算时的归属；检举控告件不计入；化解按结案审核认定计，列入台账时已认定的一并计入。满意度评价、初次信访登记等由案件系统统计，本通报不含，未评价的不视为满意。',
  en: 'Figures are computed by supervision as of the day, a case with the unit that is responsible for it at that time; accusations in the sealed lane are in none; resolved is what a close review recognised, or what entered a ledger as recognised already. Ratings and registrations are counted in cases and are not part of this; what was not rated is not taken for satisfied.',
};
const SUPPRESSED: Words = {
  zh: `“${NOT_SHOWN}”为少于5的数字，或者可据以推算出此类数字的数字，不予公布。`,
  en: `“${NOT_SHOWN}” is a number below 5, or one from which such a number could be worked out; it is not published.`,
};

/** What a reader has to know about the numbers. */
export const statements = ({ hidden }: Pick<BulletinFacts, 'hidden'>, isPublic: boolean): Words[] => [DATA, ...(isPublic || hidden.size > 0 ? [SUPPRESSED] : [])];
