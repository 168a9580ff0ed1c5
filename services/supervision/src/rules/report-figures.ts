export interface Words {
  readonly zh: string;
  readonly en: string;
}

export interface ReportFigure extends Words {
  /** Counted in 件 (cases, papers) or 项 (duties); a rate has a base. */
  readonly measure: '件' | '项' | '%';
  readonly formula: Words;
  /** May stand in an assessment scheme: what the office itself did, in time and for good, never where people went (《信访工作条例》第三十九条). */
  readonly isAssessable?: true;
}

/**
 * What supervision can count from its own tables and its copies of others' facts. Accusations in the sealed lane are in none.
 * A case is counted with the unit that is responsible for it at the time of counting.
 */
export const REPORT_FIGURES = {
  OPENING_STOCK: { zh: '期初存量', en: 'opening stock', measure: '件', formula: { zh: '起始日前一日在台账且未认定化解的事项数', en: 'ledger cases not recognised as resolved at the end of the day before' } },
  ENTERED: { zh: '新增', en: 'entered', measure: '件', formula: { zh: '期内列入台账的事项数', en: 'cases that entered the ledger in the period' } },
  REMOVED: { zh: '移出', en: 'removed', measure: '件', formula: { zh: '期内移出台账且未认定化解的事项数', en: 'cases that left the ledger in the period without being resolved' } },
  RESOLVED: { zh: '化解', en: 'resolved', measure: '件', formula: { zh: '期内认定实体化解的件次：经结案审核认定的，和列入台账时已认定的（程序性办结不计）', en: 'recognitions in the period, by close review or with the entry into the ledger; endings by procedure excluded' } },
  RELAPSED: { zh: '复发', en: 'relapsed', measure: '件', formula: { zh: '期内已认定化解又再次信访的件次', en: 'resolved cases that came again in the period' } },
  CLOSING_STOCK: { zh: '期末存量', en: 'closing stock', measure: '件', formula: { zh: '期初存量＋新增－移出－化解＋复发', en: 'opening + entered − removed − resolved + relapsed' } },
  RESOLUTION_RATE: { zh: '化解率', en: 'resolution rate', measure: '%', formula: { zh: '截至当日认定化解且未复发的事项数÷台账事项数', en: 'cases resolved and not relapsed ÷ ledger cases, both up to the day' }, isAssessable: true },
  DUTIES_DECLARED: { zh: '新产生义务', en: 'new duties', measure: '项', formula: { zh: '期内起算的办理义务数（已取消的不计）', en: 'duties that began in the period, cancelled ones excluded' } },
  DUTIES_ON_TIME: { zh: '按期履行', en: 'done in time', measure: '项', formula: { zh: '期内履行且不晚于到期日的义务数', en: 'duties met in the period, not after their due date' } },
  DUTIES_LATE: { zh: '逾期履行', en: 'done late', measure: '项', formula: { zh: '期内履行且晚于到期日的义务数', en: 'duties met in the period, after their due date' } },
  DUTIES_OPEN: { zh: '未履行', en: 'open', measure: '项', formula: { zh: '截至当日未履行的义务数（含超期）', en: 'duties not met on the day, overdue ones included' } },
  DUTIES_OVERDUE: { zh: '超期未履行', en: 'overdue', measure: '项', formula: { zh: '截至当日到期日已过且未履行的义务数', en: 'duties not met on the day whose due date has passed' } },
  ON_TIME_RATE: { zh: '按期履行率', en: 'on-time rate', measure: '%', formula: { zh: '按期履行÷（按期履行＋逾期履行＋超期未履行）', en: 'in time ÷ (in time + late + overdue)' }, isAssessable: true },
  FORWARDED: { zh: '转送、交办', en: 'forwarded or assigned', measure: '件', formula: { zh: '期内完成的转送、交办件次（第二十二条）', en: 'forwarding or assigning done in the period (Art. 22)' } },
  LETTERS_ISSUED: { zh: '发出督办函件', en: 'letters issued', measure: '件', formula: { zh: '期内向本单位发出的督办函件数', en: 'supervision letters to the unit in the period' } },
  LETTERS_REPLIED: { zh: '已回复', en: 'replied to', measure: '件', formula: { zh: '期内回复的督办函件数', en: 'letters replied to in the period' } },
  LETTERS_OPEN: { zh: '待回复', en: 'waiting for a reply', measure: '件', formula: { zh: '截至当日未回复且未办结的督办函件数', en: 'letters neither replied to nor closed on the day' } },
  LETTERS_OVERDUE: { zh: '逾期未回复', en: 'reply overdue', measure: '件', formula: { zh: '截至当日超过要求回复日期仍未回复的督办函件数', en: 'letters not replied to on the day whose reply date has passed' } },
  REPLY_ON_TIME_RATE: { zh: '按期回复率', en: 'replies in time', measure: '%', formula: { zh: '期内按期回复÷（期内回复＋截至当日逾期未回复）', en: 'replied to in time ÷ (replied to + reply overdue)' }, isAssessable: true },
  SUGGESTIONS_ISSUED: { zh: '提出建议', en: 'suggestions made', measure: '件', formula: { zh: '期内发出的建议函数（第四十条）', en: 'suggestion letters of the period (Art. 40)' } },
  SUGGESTIONS_ANSWERED: { zh: '建议已书面反馈', en: 'suggestions answered', measure: '件', formula: { zh: '期内书面反馈的建议函数（第四十条）', en: 'suggestion letters answered in writing in the period (Art. 40)' } },
  REVIEWS_SUBMITTED: { zh: '报送结案审核', en: 'files submitted', measure: '件', formula: { zh: '期内报送结案审核的件次', en: 'files submitted for close review in the period' } },
  REVIEWS_PASSED: { zh: '审核通过', en: 'files passed', measure: '件', formula: { zh: '期内审核认定通过的件次', en: 'files passed in the period' } },
  REVIEWS_RETURNED: { zh: '退回整改', en: 'files returned', measure: '件', formula: { zh: '期内退回整改的件次', en: 'files returned in the period' } },
  REVIEWS_WAITING: { zh: '待审核', en: 'files waiting', measure: '件', formula: { zh: '截至当日已报送未决定的件次', en: 'files submitted and not decided on the day' } },
  FIRST_PASS_RATE: { zh: '一次审核通过率', en: 'first-pass rate', measure: '%', formula: { zh: '期内通过且此前未被退回的件次÷期内通过的件次', en: 'passed without an earlier return ÷ passed, in the period' }, isAssessable: true },
  TRACES_REQUESTED: { zh: '责任倒查请求', en: 'back-trace requests', measure: '件', formula: { zh: '期内因再次信访产生的责任倒查请求数', en: 'back-trace requests of the period' } },
  TRACES_DECIDED: { zh: '已作决定', en: 'requests decided', measure: '件', formula: { zh: '期内作出决定的责任倒查请求数', en: 'back-trace requests decided in the period' } },
  RELAPSES_WITHIN_WATCH: { zh: '观察期内复发', en: 'relapses within the watch', measure: '件', formula: { zh: '期内在回访观察期内再次信访的件次', en: 'closed cases that came again within the watch, in the period' } },
  ONE_TIME_RATE: {
    zh: '一次性化解率', en: 'settled at the first close', measure: '%', isAssessable: true,
    formula: {
      zh: '期内首次通过结案审核、截至当日在回访观察期内未再次信访的事项数÷期内首次通过结案审核且此前未复发的事项数（以首次通过审核代表初信初访一次办结，观察期未满的按截至当日计）',
      en: 'cases first passed in the period that did not come again within the watch up to the day ÷ cases first passed in the period that had not relapsed before (a first pass stands for a first petition settled at once; a watch that still runs counts as it stands)',
    },
  },
} as const satisfies Readonly<Record<string, ReportFigure>>;
export type FigureCode = keyof typeof REPORT_FIGURES;
export const FIGURE_CODES = Object.keys(REPORT_FIGURES) as [FigureCode, ...FigureCode[]];

export const reportFigure = (code: FigureCode): ReportFigure => REPORT_FIGURES[code];
export const isRate = (code: FigureCode): boolean => reportFigure(code).measure === '%';

/** In each row the last is what the others make; whoever knows all but one knows it too. */
export const LINKED_FIGURES: readonly (readonly FigureCode[])[] = [
  ['OPENING_STOCK', 'ENTERED', 'REMOVED', 'RESOLVED', 'RELAPSED', 'CLOSING_STOCK'],
];

/** Counts from which a rate can be worked out, or it from them. */
export const RATE_PARTS: Readonly<Partial<Record<FigureCode, readonly FigureCode[]>>> = {
  RESOLUTION_RATE: ['CLOSING_STOCK'],
  ON_TIME_RATE: ['DUTIES_ON_TIME', 'DUTIES_LATE', 'DUTIES_OVERDUE'],
  REPLY_ON_TIME_RATE: ['LETTERS_REPLIED', 'LETTERS_OVERDUE'],
  FIRST_PASS_RATE: ['REVIEWS_PASSED'],
};

/** 化解率 stands with stock, flow and relapse or not at all: alone it rewards closing. */
const BESIDE_THE_RATE: readonly FigureCode[] = ['OPENING_STOCK', 'ENTERED', 'RESOLVED', 'RELAPSED', 'CLOSING_STOCK'];
export const missingBesideRate = (figures: readonly string[]): readonly FigureCode[] =>
  figures.includes('RESOLUTION_RATE') ? BESIDE_THE_RATE.filter((code) => !figures.includes(code)) : [];

export interface Counted {
  readonly value: number;
  /** Of a rate: what the value is divided by. */
  readonly base: number;
}
export const NOTHING_COUNTED: Counted = { value: 0, base: 0 };

/** Hundredths of a percent, half up; null without a base. */
export const rateOf = ({ value, base }: Counted): number | null => (base === 0 ? null : Math.floor((value * 20_000 + base) / (2 * base)));

/** 68.25% from hundredths of a percent. */
export const percentText = (hundredths: number): string => `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, '0')}%`;

/** As it stands in a table: a number, a rate with its fraction, or a dash where there is nothing to divide by. */
export function figureText(code: FigureCode, counted: Counted): string {
  if (!isRate(code)) return String(counted.value);
  const rate = rateOf(counted);
  return rate === null ? '—' : `${percentText(rate)} (${counted.value}/${counted.base})`;
}
