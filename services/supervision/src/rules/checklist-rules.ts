import { hasRole, type Viewer } from '@anjie/access';
import { addDays, assumeWeekendsOnly, shiftToWorkday, type Calendar, type LocalDate } from '@anjie/calendar';
import { refuse, type Refusal } from '@anjie/contracts';
import { isFitText } from './bulletin-lifecycle';
import { nextPeriod, periodOf, type Cadence, type Period } from './report-periods';

export const ANSWER_KINDS = ['YES_NO', 'COUNT', 'TEXT'] as const;
export type AnswerKind = (typeof ANSWER_KINDS)[number];

export type ChecklistRefusalCode = 'NOT_FOUND' | 'NOT_PERMITTED' | 'OUTSIDE_DIVISION' | 'KIND_UNKNOWN' | 'UNIT_UNKNOWN' | 'WRONG_STATE' | 'ANSWERS_NOT_FIT' | 'TEXT_NOT_ACCEPTABLE';
export type ChecklistRefusal = Refusal<ChecklistRefusalCode>;

export const checklistRefusals = {
  notFound: () => refuse('NOT_FOUND', '不存在，或对您不可见。', 'It does not exist, or is not visible to you.'),
  notPermitted: () => refuse('NOT_PERMITTED', '清单由信访联席办布置，由单位承办人员填报。', 'A joint office asks for a checklist, a handler of the unit fills it in.'),
  outsideDivision: () => refuse('OUTSIDE_DIVISION', '只能向本辖区的单位布置清单，由布置的联席办或其上级停止。', 'Only units of your own division can be asked; the office that asked or one above it ends it.'),
  kindUnknown: () => refuse('KIND_UNKNOWN', '没有此清单种类，或已停用。', 'There is no such kind, or it is retired.'),
  unitUnknown: () => refuse('UNIT_UNKNOWN', '没有此单位，或已停用。', 'There is no such open unit.'),
  wrongState: () => refuse('WRONG_STATE', '清单当前状态不允许此操作。', 'The checklist is not in a state that allows this.'),
  answersNotFit: () => refuse('ANSWERS_NOT_FIT', '必填项缺失、清单项不存在或重复，或答案类别不符。', 'A required item is missing, an item is unknown or twice, or an answer is not of its kind.'),
  badText: () => refuse('TEXT_NOT_ACCEPTABLE', '文字过长、含控制字符，或含有不得记录的表述。', 'A text is too long, has control characters, or words of what is never kept about people.'),
} satisfies Record<string, () => ChecklistRefusal>;

export const mayAssignChecklists = (viewer: Viewer): boolean => viewer.kind === 'OFFICIAL' && viewer.unitId !== null && hasRole(viewer, 'JOINT_OFFICE');
export const mayFillChecklists = (viewer: Viewer): boolean => viewer.kind === 'OFFICIAL' && hasRole(viewer, 'UNIT_HANDLER', 'JOINT_OFFICE');

export interface PeriodRules {
  readonly cadence: Cadence;
  readonly dueDays: number;
}

/** The first period from a day on; a day is a working day. */
export function firstPeriod({ cadence }: Pick<PeriodRules, 'cadence'>, on: LocalDate, calendar: Calendar): Period {
  return cadence === 'DAY' ? periodOf('DAY', shiftToWorkday(assumeWeekendsOnly(calendar), on)) : periodOf(cadence, on);
}

export const periodAfter = (rules: Pick<PeriodRules, 'cadence'>, period: Period, calendar: Calendar): Period => firstPeriod(rules, nextPeriod(rules.cadence, period).from, calendar);

/** The last day to fill it in, a working day; overdue begins on the next day. */
export const checklistDue = ({ dueDays }: PeriodRules, { to }: Period, calendar: Calendar): LocalDate => shiftToWorkday(assumeWeekendsOnly(calendar), addDays(to, dueDays));

/** Once filled in it can be mended until its day, then it stands. */
export const mayFillNow = ({ state, dueOn }: { state: 'OPEN' | 'FILLED'; dueOn: LocalDate }, today: LocalDate): boolean => state === 'OPEN' || today <= dueOn;

export interface ItemRules {
  readonly code: string;
  readonly answer: AnswerKind;
  readonly required: boolean;
}

export interface GivenAnswer {
  readonly item: string;
  readonly yes?: boolean | null | undefined;
  readonly count?: number | null | undefined;
  readonly text?: string | null | undefined;
}

const MOST_COUNT = 1_000_000;

/** Why these answers do not fill in the checklist; null when they do. */
export function answersObjection(items: readonly ItemRules[], answers: readonly GivenAnswer[]): ChecklistRefusal | null {
  const byItem = new Map(answers.map((answer) => [answer.item, answer]));
  const isWhole = byItem.size === answers.length && items.every(({ code, required }) => !required || byItem.has(code)) && answers.every(({ item }) => items.some(({ code }) => code === item));
  if (!isWhole || !items.every((item) => isOfKind(item, byItem.get(item.code)))) return checklistRefusals.answersNotFit();
  return answers.every(({ text }) => text == null || isFitText(text, 1_000)) ? null : checklistRefusals.badText();
}

function isOfKind({ answer: kind }: ItemRules, answer: GivenAnswer | undefined): boolean {
  if (!answer) return true;
  const given = { YES_NO: answer.yes != null, COUNT: answer.count != null, TEXT: answer.text != null };
  if (!given[kind] || Object.values(given).filter(Boolean).length !== 1) return false;
  return kind !== 'COUNT' || ((answer.count ?? -1) >= 0 && (answer.count ?? 0) <= MOST_COUNT);
}
