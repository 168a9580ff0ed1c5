/** Puts a due date into words: summary lines with document and article, and one note per day. */
import type { DayKind, LocalDate } from '@anjie/calendar';
import type { DayReason, Due, DueDay, ExplanationStep } from './due';
import { articleInEnglish } from './article';

/** Language of an explanation. Basis documents keep their Chinese titles in both. */
export type ExplanationLocale = 'zh-CN' | 'en';

/** One day in words. `ordinal` is the number under which the day was counted, null when it was not. */
export interface ExplainedDay {
  readonly on: LocalDate;
  readonly kind: DayKind;
  readonly counted: boolean;
  readonly ordinal: number | null;
  readonly note: string;
}

/** Output of {@link explain}. */
export interface Explanation {
  readonly summary: readonly string[];
  readonly days: readonly ExplainedDay[];
}

type Words<K extends string> = Readonly<Record<K, string>>;

const kinds: Readonly<Record<ExplanationLocale, Words<DayKind>>> = {
  'zh-CN': { WORKDAY: '工作日', WEEKEND: '周末', STATUTORY_HOLIDAY: '法定节假日', ADJUSTED_REST: '调休放假', MAKE_UP_WORKDAY: '调休上班' },
  en: { WORKDAY: 'workday', WEEKEND: 'weekend', STATUTORY_HOLIDAY: 'public holiday', ADJUSTED_REST: 'adjusted rest day', MAKE_UP_WORKDAY: 'make-up workday' },
};

const reasons: Readonly<Record<ExplanationLocale, Words<DayReason>>> = {
  'zh-CN': {
    START_NOT_COUNTED: '起算事件当日，不计入', COUNTED: '计入', NON_WORKING_NOT_COUNTED: '非工作日，不计入', HEARING_NOT_COUNTED: '听证时间，不计入',
    LAST_DAY: '计入，期限最后一日', LAST_DAY_NON_WORKING: '计入，期限最后一日，逢休息日', SHIFTED_OVER: '休息日，顺延', DUE_AFTER_SHIFT: '顺延后的到期日',
    BEFORE_ASSIGNED_DATE: '指定日期之前', ASSIGNED_DATE: '指定的到期日',
  },
  en: {
    START_NOT_COUNTED: 'day of the starting event, not counted', COUNTED: 'counted', NON_WORKING_NOT_COUNTED: 'not a working day, not counted',
    HEARING_NOT_COUNTED: 'hearing, not counted', LAST_DAY: 'counted, last day of the period',
    LAST_DAY_NON_WORKING: 'counted, last day of the period, not a working day', SHIFTED_OVER: 'not a working day, passed over',
    DUE_AFTER_SHIFT: 'due after the shift', BEFORE_ASSIGNED_DATE: 'before the assigned date', ASSIGNED_DATE: 'the assigned date',
  },
};

const unpublished = { 'zh-CN': '该年放假安排未公布，仅按周末推算', en: 'holiday notice not published, weekends only' } as const;

function explainDay(day: DueDay, locale: ExplanationLocale): ExplainedDay {
  const name = day.name ? (locale === 'en' ? ` (${day.name})` : `（${day.name}）`) : '';
  const parts = [`${kinds[locale][day.kind]}${name}`, reasons[locale][day.reason]];
  if (day.isProvisional) parts.push(unpublished[locale]);
  const { on, kind, counted, ordinal } = day;
  return { on, kind, counted, ordinal, note: parts.join(locale === 'en' ? '; ' : '；') };
}

type Line = (step: ExplanationStep, due: Due) => string;

const zh: Readonly<Record<ExplanationStep['code'], Line>> = {
  PERIOD: (step, due) => `期限：${step.days}${due.rule.unit === 'WORKING_DAY' ? '个工作日' : '日'}（${due.rule.descriptionZh}），依据${step.basis}`,
  EXTENSION: (step) => `延期：${step.days}日，依据${step.basis}，与原期限连续计算，只在末日顺延一次`,
  START_NOT_COUNTED: (step, due) => `起算：${step.on}当日不计入，${due.firstDayCounted}为第1日，依据${step.basis}`,
  HEARING_EXCLUDED: (step) => `听证：${step.days}日不计入期限，依据${step.basis}`,
  PERIOD_ENDS: (step) => `期满：${step.on}`,
  MAKE_UP_NO_SHIFT: (step) => `不顺延：${step.on}为调休上班日，${step.basis}不适用`,
  SHIFTED: (step, due) => `顺延：${due.dueRaw}为休息日，顺延至${step.on}，依据${step.basis}`,
  ASSIGNED_DATE: (step) => `指定日期：${step.on}，依据${step.basis}，不计算、不顺延`,
  DUE: (step, due) => `到期日：${step.on}（规则 ${due.ruleCode}@${due.ruleVersion}，日历 ${due.calendarVersion}）`,
  PROVISIONAL: (step) => `暂定：${step.year}年放假安排未公布，公布后须重算`,
};

const en: typeof zh = {
  PERIOD: (step, due) => `Period: ${step.days} ${due.rule.unit === 'WORKING_DAY' ? 'working' : 'calendar'} days (${due.rule.descriptionEn}), basis ${step.basis}`,
  EXTENSION: (step) => `Extension: ${step.days} days, basis ${step.basis}, counted on from the period, one shift at the end`,
  START_NOT_COUNTED: (step, due) => `Start: ${step.on} is not counted, ${due.firstDayCounted} is day 1, basis ${step.basis}`,
  HEARING_EXCLUDED: (step) => `Hearing: ${step.days} days are left out, basis ${step.basis}`,
  PERIOD_ENDS: (step) => `The period ends on ${step.on}`,
  MAKE_UP_NO_SHIFT: (step) => `No shift: ${step.on} is a make-up workday, ${step.basis} does not apply`,
  SHIFTED: (step, due) => `Shift: ${due.dueRaw} is not a working day, moved to ${step.on}, basis ${step.basis}`,
  ASSIGNED_DATE: (step) => `Assigned date: ${step.on}, basis ${step.basis}, not computed and not shifted`,
  DUE: (step, due) => `Due: ${step.on} (rule ${due.ruleCode}@${due.ruleVersion}, calendar ${due.calendarVersion})`,
  PROVISIONAL: (step) => `Provisional: the holiday notice of ${step.year} is not published; compute again when it is`,
};

function explainStep(step: ExplanationStep, due: Due, locale: ExplanationLocale): string {
  if (locale === 'zh-CN') return zh[step.code](step, due);
  return en[step.code]({ ...step, basis: step.basis === null ? null : articleInEnglish(step.basis) }, due);
}

/** The due date in words, from its data alone: `《信访工作条例》第三十四条`, in English `《信访工作条例》 Art. 34`. */
export function explain(due: Due, locale: ExplanationLocale): Explanation {
  return {
    summary: due.steps.map((step) => explainStep(step, due, locale)),
    days: due.days.map((day) => explainDay(day, locale)),
  };
}
