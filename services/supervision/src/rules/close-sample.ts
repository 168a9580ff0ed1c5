import type { Viewer } from '@anjie/access';
import { addDays, type LocalDate } from '@anjie/calendar';
import { refuse, type Refusal } from '@anjie/contracts';
import { isOfDivisionOrAbove, mayReview } from './close-reviewers';
import { isPlainText } from './plain-text';

export type SampleItemState = 'NOT_DRAWN' | 'WAITING' | 'CONFIRMED' | 'RETURNED';
export type CloseSampleRefusalCode =
  | 'NOT_FOUND' | 'NOT_PERMITTED' | 'OUTSIDE_DIVISION' | 'REVIEWER_OF_SUBMITTING_UNIT' | 'REVIEWER_IN_CASE' | 'REVIEWED_ONE_OF_THEM' | 'PERIOD_NOT_ACCEPTABLE' | 'SIZE_NOT_ACCEPTABLE'
  | 'NOTHING_TO_SAMPLE' | 'WRONG_STATE' | 'REASON_REQUIRED' | 'RECTIFY_DATE_NOT_ACCEPTABLE' | 'TEXT_NOT_ACCEPTABLE';
export type CloseSampleRefusal = Refusal<CloseSampleRefusalCode>;

const RECUSAL = '《信访工作条例》第二十八条';
const QUALITY = '专项工作方案（严把化解质量关）';

export const sampleRefusals = {
  notFound: () => refuse('NOT_FOUND', '不存在，或对您不可见。', 'It does not exist, or is not visible to you.'),
  notPermitted: () => refuse('NOT_PERMITTED', '抽查由信访联席办进行。', 'Sampling is for a joint office.'),
  outsideDivision: () => refuse('OUTSIDE_DIVISION', '只能抽查本辖区及所辖地区的审核。', 'An office samples its own division and below.'),
  ofSubmittingUnit: () => refuse('REVIEWER_OF_SUBMITTING_UNIT', '报送单位及其下属单位的人员应当回避。', 'Nobody of the submitting unit or a unit below it may examine.', RECUSAL),
  inCase: () => refuse('REVIEWER_IN_CASE', '报送人、包案领导、专班成员和办理单位的人员应当回避。', 'Whoever submitted, sponsored or handled the case may not examine it.', RECUSAL),
  reviewedOne: () => refuse('REVIEWED_ONE_OF_THEM', '审核过样本中任何一件的人员不得参加抽查。', 'Whoever reviewed one of the sampled files may examine none of them.', QUALITY),
  badPeriod: () => refuse('PERIOD_NOT_ACCEPTABLE', '抽查期间须已结束，且不超过一年。', 'The period is over, and not longer than a year.'),
  badSize: () => refuse('SIZE_NOT_ACCEPTABLE', '比例须为1至100，每单位最少件数须为1至50，种子为1至64个可见字符。', 'A share of 1-100, at least 1-50 per unit, a seed of 1-64 visible characters.'),
  nothing: () => refuse('NOTHING_TO_SAMPLE', '此期间没有尚未抽查的通过件。', 'Nothing that passed in this period is left to sample.'),
  wrongState: () => refuse('WRONG_STATE', '该件未被抽中，或已有结论。', 'The file was not drawn, or has a result.'),
  reasonRequired: () => refuse('REASON_REQUIRED', '退回须列明原因；材料不齐而确认的，须说明。', 'A return needs its grounds; to confirm an incomplete file needs a note.'),
  badRectifyDate: () => refuse('RECTIFY_DATE_NOT_ACCEPTABLE', '退回须指定晚于今日、一年以内的整改期限；确认的不得指定。', 'A return names a later day within a year; a confirmation names none.'),
  badText: () => refuse('TEXT_NOT_ACCEPTABLE', '文字过长或含控制字符。', 'A text is too long or holds control characters.'),
} satisfies Record<string, () => CloseSampleRefusal>;

export interface Sampled {
  readonly reviewId: string;
  readonly unitId: string;
}
export interface SampleTerms {
  readonly seed: string;
  readonly sharePercent: number;
  readonly leastPerUnit: number;
}

/** cyrb53: 53 bits of a text, the same on every machine. It orders the files of a unit; nobody can be hurt by a collision, the id decides then. */
function hashOf(text: string): number {
  let [high, low] = [0xdeadbeef, 0x41c6ce57];
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    high = Math.imul(high ^ code, 2_654_435_761);
    low = Math.imul(low ^ code, 1_597_334_677);
  }
  high = Math.imul(high ^ (high >>> 16), 2_246_822_507) ^ Math.imul(low ^ (low >>> 13), 3_266_489_909);
  low = Math.imul(low ^ (low >>> 16), 2_246_822_507) ^ Math.imul(high ^ (high >>> 13), 3_266_489_909);
  return 4_294_967_296 * (2_097_151 & low) + (high >>> 0);
}

/** How many of a unit's files are drawn: its share rounded up, never less than the least, never more than there are. */
export const drawnOf = (count: number, { sharePercent, leastPerUnit }: Omit<SampleTerms, 'seed'>): number =>
  Math.min(count, Math.max(leastPerUnit, Math.ceil((count * sharePercent) / 100)));

/** 抽查: from every unit its part (stratified), chosen by the seed alone. The same seed on the same files gives the same sample. */
export function drawSample(population: readonly Sampled[], terms: SampleTerms): ReadonlySet<string> {
  const byUnit = new Map<string, { id: string; hash: number }[]>();
  for (const { reviewId, unitId } of population) byUnit.set(unitId, [...(byUnit.get(unitId) ?? []), { id: reviewId, hash: hashOf(`${terms.seed}|${reviewId}`) }]);
  const inOrder = (files: { id: string; hash: number }[]) => [...files].sort((a, b) => a.hash - b.hash || (a.id < b.id ? -1 : 1));
  return new Set([...byUnit.values()].flatMap((files) => inOrder(files).slice(0, drawnOf(files.length, terms)).map((one) => one.id)));
}

/** What counts toward targets once the sample is done: where a unit's sample held, all its files; where one came back, only those that were confirmed. */
export function recognisedOf(items: readonly (Sampled & { readonly state: SampleItemState })[]): string[] {
  const returning = new Set(items.filter((one) => one.state === 'RETURNED').map((one) => one.unitId));
  return items.filter((one) => one.state === 'CONFIRMED' || (one.state === 'NOT_DRAWN' && !returning.has(one.unitId))).map((one) => one.reviewId);
}

export interface DrawWish {
  readonly divisionCode: string;
  readonly fromDay: LocalDate;
  readonly toDay: LocalDate;
  readonly sharePercent: number;
  readonly leastPerUnit: number;
  readonly seed?: string | null | undefined;
}

/** Why the sample cannot be drawn; null when it can. The period is over, so that what it holds does not change any more. */
export function drawObjection(viewer: Viewer, wish: DrawWish, today: LocalDate): CloseSampleRefusal | null {
  if (!mayReview(viewer, 'DECIDE')) return sampleRefusals.notPermitted();
  if (!isOfDivisionOrAbove(viewer, wish.divisionCode)) return sampleRefusals.outsideDivision();
  if (wish.fromDay > wish.toDay || wish.toDay >= today || wish.toDay > addDays(wish.fromDay, 366)) return sampleRefusals.badPeriod();
  const isSize = wish.sharePercent >= 1 && wish.sharePercent <= 100 && wish.leastPerUnit >= 1 && wish.leastPerUnit <= 50;
  return isSize && (wish.seed == null || /^[\x21-\x7e]{1,64}$/.test(wish.seed)) ? null : sampleRefusals.badSize();
}

export interface ExaminerFacts {
  readonly reviewDivisionCode: string;
  readonly submittedBy: string;
  readonly isOfSubmittingUnit: boolean;
  readonly hasPartInCase: boolean;
  /** First or second reviewer of any file of the sample's population. */
  readonly hasReviewedOne: boolean;
}

/** 回避, and fresh eyes: whoever reviewed one of them examines none of them. */
export function examinerObjection(viewer: Viewer, facts: ExaminerFacts): CloseSampleRefusal | null {
  if (!mayReview(viewer, 'EXAMINE')) return sampleRefusals.notPermitted();
  if (!isOfDivisionOrAbove(viewer, facts.reviewDivisionCode)) return sampleRefusals.outsideDivision();
  if (facts.isOfSubmittingUnit) return sampleRefusals.ofSubmittingUnit();
  if (facts.hasPartInCase || viewer.subject === facts.submittedBy) return sampleRefusals.inCase();
  return facts.hasReviewedOne ? sampleRefusals.reviewedOne() : null;
}

export interface ResultWish {
  readonly result: 'CONFIRM' | 'RETURN';
  readonly note?: string | null | undefined;
  readonly reasonCodes?: readonly string[] | null | undefined;
  readonly otherReason?: string | null | undefined;
  readonly rectifyBy?: LocalDate | null | undefined;
}

/** Why the result cannot stand as it is given; the date of a return is looked at where it is counted. */
export function resultObjection(wish: ResultWish, { isComplete }: { readonly isComplete: boolean }): CloseSampleRefusal | null {
  if (!isPlainText(wish.note, { least: 0, most: 4_000 }) || !isPlainText(wish.otherReason, { least: 0, most: 500 })) return sampleRefusals.badText();
  const reasons = wish.reasonCodes ?? [];
  const hasOther = Boolean(wish.otherReason?.trim());
  if (wish.result === 'CONFIRM') {
    if (reasons.length > 0 || hasOther) return sampleRefusals.reasonRequired();
    if (wish.rectifyBy != null) return sampleRefusals.badRectifyDate();
    return isComplete || wish.note?.trim() ? null : sampleRefusals.reasonRequired();
  }
  return reasons.length + Number(hasOther) === 0 || (reasons.includes('OTHER') && !hasOther) ? sampleRefusals.reasonRequired() : null;
}
