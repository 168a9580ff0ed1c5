import { hasRole, type Viewer } from '@anjie/access';
import { addDays, type LocalDate } from '@anjie/calendar';
import { refuse, type Refusal } from '@anjie/contracts';
import { isOfDivisionOrAbove } from './close-reviewers';

/** 挂牌督办: the unit owes the end of the case by the day on the plate; delisting meets it. */
export const LISTING_DUTY = 'LISTED_SUPERVISION';

export type ListingState = 'LISTED' | 'DELISTING_PROPOSED' | 'DELISTED';
export type ListingRefusalCode =
  | 'NOT_FOUND' | 'NOT_PERMITTED' | 'NO_LISTING_DECISION' | 'ALREADY_LISTED' | 'DEADLINE_NOT_ACCEPTABLE' | 'WRONG_STATE' | 'SAME_PERSON' | 'OF_LISTED_UNIT' | 'TEXT_NOT_ACCEPTABLE' | 'CASE_SEALED';
export type ListingRefusal = Refusal<ListingRefusalCode>;
const BASIS = '《信访工作条例》第三十九条第三款';

export const listingRefusals = {
  notFound: (): ListingRefusal => refuse('NOT_FOUND', '不存在，或对您不可见。', 'It does not exist, or is not visible to you.'),
  notPermitted: (): ListingRefusal => refuse('NOT_PERMITTED', '您的岗位或单位无权进行此操作。', 'Your role or unit may not do this.'),
  noDecision: (): ListingRefusal => refuse('NO_LISTING_DECISION', '挂牌须依据已发出的挂牌督办决定。', 'A listing stands on a decision of listing that has gone out.', BASIS),
  alreadyListed: (): ListingRefusal => refuse('ALREADY_LISTED', '该决定已经挂牌。', 'The decision has its plate.'),
  badDeadline: (): ListingRefusal => refuse('DEADLINE_NOT_ACCEPTABLE', '期限应晚于今日且不超过一年。', 'The day must be later than today and within a year.'),
  wrongState: (): ListingRefusal => refuse('WRONG_STATE', '挂牌督办当前状态不允许此操作。', 'The listing is not in a state that allows this.'),
  samePerson: (): ListingRefusal => refuse('SAME_PERSON', '摘牌须由提出人以外的人员审核。', 'Somebody other than the proposer reviews a delisting.', '《信访工作条例》第二十八条第三款'),
  ofListedUnit: (): ListingRefusal => refuse('OF_LISTED_UNIT', '被挂牌单位及其下属单位的人员应当回避。', 'Nobody of the listed unit or a unit below it reviews.', '《信访工作条例》第二十八条第三款'),
  badText: (): ListingRefusal => refuse('TEXT_NOT_ACCEPTABLE', '文字不能为空、不能过长、不含控制字符。', 'The text must not be empty, too long or hold control characters.'),
};

/** 挂督〔2022〕0001号, one series per division and year. */
export const plateNumber = (year: number, serial: number): string => `挂督〔${year}〕${String(serial).padStart(4, '0')}号`;

/** A later day within a year: what a plate and a focus management may run for. */
export const isLaterWithinYear = (day: LocalDate, today: LocalDate): boolean => day > today && day <= addDays(today, 366);

export interface DelistingFacts {
  readonly divisionCode: string;
  readonly proposedBy: string | null;
  readonly isOfUnit: boolean;
}

/** Four eyes and distance: who may say that a listed case is settled. */
export function delistingObjection(viewer: Viewer, { divisionCode, proposedBy, isOfUnit }: DelistingFacts): ListingRefusal | null {
  if (viewer.kind !== 'OFFICIAL' || viewer.unitId === null || !hasRole(viewer, 'JOINT_OFFICE') || !isOfDivisionOrAbove(viewer, divisionCode)) return listingRefusals.notPermitted();
  if (isOfUnit) return listingRefusals.ofListedUnit();
  return viewer.subject === proposedBy ? listingRefusals.samePerson() : null;
}

export type FocusRefusalCode = 'NOT_FOUND' | 'NOT_PERMITTED' | 'OUTSIDE_DIVISION' | 'NO_GROUND_IN_FIGURES' | 'ALREADY_FOCUSED' | 'PERIOD_NOT_ACCEPTABLE' | 'WRONG_STATE' | 'TEXT_NOT_ACCEPTABLE';
export type FocusRefusal = Refusal<FocusRefusalCode>;

export const focusRefusals = {
  notFound: (): FocusRefusal => refuse('NOT_FOUND', '不存在，或对您不可见。', 'It does not exist, or is not visible to you.'),
  notPermitted: (): FocusRefusal => refuse('NOT_PERMITTED', '重点管理由信访联席办决定，由其或其上级结束。', 'A joint office decides on focus management; that office or one above it ends it.'),
  outsideDivision: (): FocusRefusal => refuse('OUTSIDE_DIVISION', '该单位不在您所在的辖区内。', 'The unit is outside your division.'),
  noGround: (): FocusRefusal => refuse('NO_GROUND_IN_FIGURES', '该单位没有超期义务、无进展函件或挂牌事项，不应列为重点管理。', 'The unit has no overdue duty, no letter without progress and no listed case: there is no ground.'),
  alreadyFocused: (): FocusRefusal => refuse('ALREADY_FOCUSED', '该单位已在重点管理期内。', 'The unit is under focus management already.'),
  badPeriod: (): FocusRefusal => refuse('PERIOD_NOT_ACCEPTABLE', '截止日期应晚于今日且不超过一年。', 'The last day must be later than today and within a year.'),
  wrongState: (): FocusRefusal => refuse('WRONG_STATE', '重点管理已经结束。', 'The focus management is over.'),
  badText: (): FocusRefusal => refuse('TEXT_NOT_ACCEPTABLE', '理由不能为空、不超过1000字、不含控制字符。', 'The reason must not be empty, longer than 1,000 characters or hold control characters.'),
};

/** Figures of a unit's work; nothing about anybody who petitions, and nothing about how often or where people petition. */
export interface UnitFigures {
  readonly overdueObligations: number;
  readonly lettersWithoutProgress: number;
  readonly openListings: number;
}

/** 重点管理 of units whose work is poor (工作不力): never of a person, and never without a figure that says so. */
export const hasGround = (figures: UnitFigures): boolean => figures.overdueObligations + figures.lettersWithoutProgress + figures.openListings > 0;
