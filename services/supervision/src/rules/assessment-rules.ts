import { hasRole, type Viewer } from '@anjie/access';
import type { LocalDate } from '@anjie/calendar';
import { refuse, type Refusal } from '@anjie/contracts';
import { isRate, NOTHING_COUNTED, rateOf, reportFigure, type Counted, type FigureCode } from './report-figures';
import { isSmall, LEAST_SHOWN } from './small-cells';

export type AssessmentState = 'COMPUTED' | 'PUBLISHED' | 'SUPERSEDED';
export type AssessmentRefusalCode = 'NOT_FOUND' | 'NOT_PERMITTED' | 'OUTSIDE_DIVISION' | 'SCHEME_UNKNOWN' | 'YEAR_NOT_FIT' | 'WRONG_STATE' | 'COMMENTS_OPEN' | 'HOLDER_NOT_FIT' | 'TEXT_NOT_ACCEPTABLE';
export type AssessmentRefusal = Refusal<AssessmentRefusalCode>;

const BASIS = '《信访工作条例》第三十九条';

export const assessmentRefusals = {
  notFound: () => refuse('NOT_FOUND', '不存在，或对您不可见。', 'It does not exist, or is not visible to you.'),
  notPermitted: () => refuse('NOT_PERMITTED', '考核由信访联席办组织；被考核单位的承办人员可以提出意见。', 'A joint office assesses; handlers of an assessed unit comment.', BASIS),
  outsideDivision: () => refuse('OUTSIDE_DIVISION', '只能考核本辖区的单位。', 'Only units of your own division or below are assessed.'),
  schemeUnknown: () => refuse('SCHEME_UNKNOWN', '没有此考核方案，或已停用。', 'There is no such scheme, or it is retired.'),
  yearNotFit: () => refuse('YEAR_NOT_FIT', '年度无效：不得晚于今年。', 'The year must not be later than this one.'),
  wrongState: () => refuse('WRONG_STATE', '考核当前状态不允许此操作。', 'The assessment is not in a state that allows this.'),
  commentsOpen: () => refuse('COMMENTS_OPEN', '征求意见期限未满，不得公布。', 'Units may still comment; it is not published before that.'),
  holderNotFit: () => refuse('HOLDER_NOT_FIT', '通报表彰对象须为本辖区的一个单位或一名干部。', 'A commendation is for one unit or one official of your division.'),
  badText: () => refuse('TEXT_NOT_ACCEPTABLE', '文字不能为空、过长、含控制字符，或含有不得记录的表述。', 'The text is empty, too long, has control characters, or words of what is never kept about people.'),
} satisfies Record<string, () => AssessmentRefusal>;

export const mayAssess = (viewer: Viewer): boolean => viewer.kind === 'OFFICIAL' && viewer.unitId !== null && hasRole(viewer, 'JOINT_OFFICE');

export interface SchemeItem {
  readonly code: string;
  readonly zh: string;
  readonly en: string;
  readonly figure: FigureCode;
  readonly weight: number;
  readonly direction: 'HIGHER' | 'LOWER';
  readonly unrated?: 'EXCLUDED' | 'SATISFIED' | undefined;
}

/** Counting where people went rewards keeping them from going (《信访工作条例》第三十九条 asks for settling in law, in time, on the spot). */
const GOING_UP = /越级|进京|赴京|到京|赴省|上行|非访|集体访|上访|走访量|beijing|higher[ -]?(level|office|authorit)|upward|visits? (to|at)/i;
const QUALITY: readonly FigureCode[] = ['ONE_TIME_RATE', 'FIRST_PASS_RATE'];

/** Guard rails: why a scheme must not be used; none when it may. */
export function schemeFaults({ items }: { readonly items: readonly SchemeItem[] }): string[] {
  const figures = items.map(({ figure }) => figure);
  const weight = items.reduce((sum, item) => sum + item.weight, 0);
  return [
    ...items.filter(({ figure }) => !reportFigure(figure).isAssessable || !isRate(figure)).map(({ code, figure }) => `${code}: ${figure} is a number, not a rate of what the unit did; numbers alone are not assessed`),
    ...items.filter((item) => GOING_UP.test([item.code.replaceAll('_', ' '), item.zh, item.en].join(' '))).map(({ code }) => `${code}: no item may use visits to higher levels (brief §3.10)`),
    ...items.filter(({ unrated }) => unrated === 'SATISFIED').map(({ code }) => `${code}: what was not rated is never satisfied (brief §3.10)`),
    ...items.filter(({ direction }) => direction === 'LOWER').map(({ code, figure }) => `${code}: a lower ${figure} would be rewarded`),
    ...(figures.includes('RESOLUTION_RATE') && !figures.some((figure) => QUALITY.includes(figure)) ? ['RESOLUTION_RATE alone rewards closing: it stands with an item on quality'] : []),
    ...(new Set(items.map(({ code }) => code)).size === items.length ? [] : ['an item is there twice']),
    ...(weight === 100 ? [] : [`weights make ${weight}, not 100`]),
  ];
}

export interface ItemScore extends Counted {
  readonly item: string;
  /** Hundredths of a point; null when there are fewer than five to divide by. */
  readonly score: number | null;
}

export function scoreOf({ code, figure, weight }: SchemeItem, cells: ReadonlyMap<FigureCode, Counted>): ItemScore {
  const counted = cells.get(figure) ?? NOTHING_COUNTED;
  const rate = counted.base < LEAST_SHOWN ? null : rateOf(counted);
  return { item: code, value: counted.value, base: counted.base, score: rate === null ? null : Math.floor((rate * weight + 50) / 100) };
}

/** Hundredths of a point of 100, over the items that could be scored; null when none could. */
export function totalOf(items: readonly SchemeItem[], scores: readonly ItemScore[]): number | null {
  const scored = scores.flatMap(({ item, score }) => ((rule) => (score === null || !rule ? [] : [{ score, weight: rule.weight }]))(items.find(({ code }) => code === item)));
  const weight = scored.reduce((sum, one) => sum + one.weight, 0);
  return weight === 0 ? null : Math.floor((scored.reduce((sum, one) => sum + one.score, 0) * 200 + weight) / (2 * weight));
}

export const pointsText = (points: number): string => `${Math.floor(points / 100)}.${String(points % 100).padStart(2, '0')}`;

/** A fraction that others than the unit and its overseers are not shown. */
export const isTellingFraction = ({ value, base }: Counted): boolean => isSmall(value) || isSmall(base) || isSmall(base - value);

/** The period that a year's assessment counts: up to its end, or today. */
export const yearUpTo = (year: number, today: LocalDate): { readonly from: LocalDate; readonly to: LocalDate } => ({
  from: `${year}-01-01`, to: `${year}-12-31` < today ? `${year}-12-31` : today,
});
