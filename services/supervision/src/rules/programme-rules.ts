import { hasRole, type Viewer } from '@anjie/access';
import type { LocalDate } from '@anjie/calendar';
import { caseIsSealed, refuse, type Refusal } from '@anjie/contracts';
import { isFitText } from './bulletin-lifecycle';
import { hundredths, isDecimalText } from './decimal-text';

export const MEMBER_KINDS = ['UNIT', 'DIVISION', 'CASE'] as const;
export type MemberKind = (typeof MEMBER_KINDS)[number];
export const PROGRAMME_STATES = ['DRAFTED', 'RUNNING', 'ENDED'] as const;
export type ProgrammeState = (typeof PROGRAMME_STATES)[number];
export type EntryKind = 'MEASURE' | 'ROOT_CAUSE' | 'LESSON' | 'AWARD';
export type TargetDirection = 'AT_LEAST' | 'AT_MOST';

export type ProgrammeRefusalCode =
  | 'NOT_FOUND' | 'NOT_PERMITTED' | 'KIND_UNKNOWN' | 'UNIT_UNKNOWN' | 'PERIOD_NOT_FIT' | 'WRONG_STATE' | 'NOT_READY' | 'MEMBER_NOT_FIT' | 'TARGET_NOT_FIT' | 'ENTRY_NOT_FIT'
  | 'DAY_NOT_FIT' | 'TEXT_NOT_ACCEPTABLE' | 'CASE_SEALED';
export type ProgrammeRefusal = Refusal<ProgrammeRefusalCode>;

export const programmeRefusals = {
  notFound: () => refuse('NOT_FOUND', '不存在，或对您不可见。', 'It does not exist, or is not visible to you.'),
  notPermitted: () => refuse('NOT_PERMITTED', '专项由本辖区联席办或牵头单位办理。', 'A joint office of the division or the leading unit runs a programme.'),
  kindUnknown: () => refuse('KIND_UNKNOWN', '没有此专项种类，或已停用。', 'There is no such kind, or it is retired.'),
  unitUnknown: () => refuse('UNIT_UNKNOWN', '没有此单位，或已停用。', 'There is no such open unit.'),
  periodNotFit: () => refuse('PERIOD_NOT_FIT', '起止日期不符：截止须晚于起始，且不超过该种类的期限。', 'The end must come after the start, and within what the kind allows.'),
  wrongState: () => refuse('WRONG_STATE', '专项当前状态不允许此操作。', 'The programme is not in a state that allows this.'),
  notReady: () => refuse('NOT_READY', '启动前须有成员；该种类还须有目标。', 'A programme starts with members, and where its kind asks for it with a target.'),
  memberNotFit: () => refuse('MEMBER_NOT_FIT', '该种类的专项没有此类成员，或成员不在范围内。', 'The kind knows no such member, or it lies outside the programme.'),
  targetNotFit: () => refuse('TARGET_NOT_FIT', '目标值须为至多两位小数的数。', 'A target is a number with at most two decimals.'),
  entryNotFit: () => refuse('ENTRY_NOT_FIT', '该记录缺少必填项，或含不适用的项。', 'The entry lacks what its kind needs, or has what it does not know.'),
  dayNotFit: () => refuse('DAY_NOT_FIT', '日期不符。', 'The day does not fit.'),
  badText: () => refuse('TEXT_NOT_ACCEPTABLE', '文字不能为空、过长、含控制字符，或含有不得记录的表述。', 'The text is empty, too long, has control characters, or words of what is never kept about people.'),
  sealed: () => caseIsSealed(),
} satisfies Record<string, () => ProgrammeRefusal>;

export interface RunnerFacts {
  readonly overseesDivision: boolean;
  /** The viewer works in the leading unit or above it. */
  readonly isOfUnit: boolean;
}

/** The joint office of the division or above, or the unit that leads (系统抓、抓系统). */
export const mayRunProgramme = (viewer: Viewer, { overseesDivision, isOfUnit }: RunnerFacts): boolean =>
  viewer.kind === 'OFFICIAL' && viewer.unitId !== null && ((hasRole(viewer, 'JOINT_OFFICE') && overseesDivision) || (hasRole(viewer, 'UNIT_HANDLER') && isOfUnit));

export interface KindRules {
  readonly members: readonly MemberKind[];
  readonly hasTargets: boolean;
  readonly needsAward: boolean;
  readonly yearsInARow: number;
  readonly mostMonths?: number | undefined;
}

export function isPeriodFit({ mostMonths }: Pick<KindRules, 'mostMonths'>, startsOn: LocalDate, endsOn: LocalDate | null): boolean {
  if (endsOn === null) return mostMonths === undefined;
  if (endsOn <= startsOn) return false;
  const months = (Number(endsOn.slice(0, 4)) - Number(startsOn.slice(0, 4))) * 12 + Number(endsOn.slice(5, 7)) - Number(startsOn.slice(5, 7));
  return mostMonths === undefined || months < mostMonths || (months === mostMonths && endsOn.slice(8) <= startsOn.slice(8));
}

const NEXT: Readonly<Record<ProgrammeState, readonly ProgrammeState[]>> = { DRAFTED: ['RUNNING'], RUNNING: ['ENDED'], ENDED: [] };

export interface Readiness {
  readonly members: number;
  readonly targets: number;
}

export function programmeMoveObjection(from: ProgrammeState, to: ProgrammeState, { kind, has }: { kind: Pick<KindRules, 'hasTargets'>; has: Readiness }): ProgrammeRefusal | null {
  if (!NEXT[from].includes(to)) return programmeRefusals.wrongState();
  const isReady = has.members > 0 && (!kind.hasTargets || has.targets > 0);
  return to === 'RUNNING' && !isReady ? programmeRefusals.notReady() : null;
}

export interface EntryFacts {
  readonly kind: EntryKind;
  readonly title: string;
  readonly text: string | null;
  readonly unitId: string | null;
  readonly divisionCode: string | null;
  readonly year: number | null;
  readonly dueOn: LocalDate | null;
}

/** A measure has a unit and a day, an award a year and who got it, a lesson and a root cause their text. */
export function entryObjection(entry: EntryFacts, { needsAward }: Pick<KindRules, 'needsAward'>, today: LocalDate): ProgrammeRefusal | null {
  if (!isFitText(entry.title, 200) || (entry.text !== null && !isFitText(entry.text, 2_000))) return programmeRefusals.badText();
  return FITS[entry.kind](entry, { needsAward, today }) ? null : programmeRefusals.entryNotFit();
}

type Fit = (entry: EntryFacts, rules: { readonly needsAward: boolean; readonly today: LocalDate }) => boolean;
const FITS: Readonly<Record<EntryKind, Fit>> = {
  MEASURE: ({ unitId, divisionCode, year, dueOn }, { today }) => unitId !== null && divisionCode === null && year === null && dueOn !== null && dueOn >= today,
  ROOT_CAUSE: ({ text, year }) => text !== null && year === null,
  LESSON: ({ text, year, dueOn }) => text !== null && year === null && dueOn === null,
  AWARD: ({ unitId, divisionCode, year, dueOn }, { needsAward, today }) => needsAward && (unitId === null) !== (divisionCode === null) && isAwardYear(year, today) && dueOn === null,
};

const isAwardYear = (year: number | null, today: LocalDate): boolean => year !== null && year >= 2000 && year <= Number(today.slice(0, 4));

/** Nothing is left to do about a lesson or an award. */
export const settlesItself = (kind: EntryKind): boolean => kind === 'LESSON' || kind === 'AWARD';

/** A measure always, a root cause where it names who mends it by when. */
export const bindsUnit = <Entry extends Pick<EntryFacts, 'unitId' | 'dueOn'>>(entry: Entry): entry is Entry & { readonly unitId: string; readonly dueOn: LocalDate } =>
  entry.unitId !== null && entry.dueOn !== null;

/** Years of awards up to this one without a gap. */
export function yearsInARow(years: readonly number[], year: number): number {
  const awarded = new Set(years);
  let length = 0;
  while (awarded.has(year - length)) length += 1;
  return length;
}

export const isTargetMet = ({ goal, direction }: { goal: string; direction: TargetDirection }, value: string): boolean =>
  direction === 'AT_LEAST' ? hundredths(value) >= hundredths(goal) : hundredths(value) <= hundredths(goal);

export function targetObjection({ title, formula, goal }: { title: string; formula: string; goal: string }): ProgrammeRefusal | null {
  if (!isFitText(title, 200) || !isFitText(formula, 500)) return programmeRefusals.badText();
  return isDecimalText(goal) ? null : programmeRefusals.targetNotFit();
}
