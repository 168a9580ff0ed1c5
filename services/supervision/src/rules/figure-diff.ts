/** 超期义务数, 办理中义务数, 未落实的议定事项 and 在办的责任倒查; the names belong to this service. */
export const FIGURES = ['OVERDUE_OBLIGATIONS', 'OPEN_OBLIGATIONS', 'DECISIONS_OPEN', 'INQUIRIES_OPEN'] as const;
export type FigureName = (typeof FIGURES)[number];

export interface CountedFigure {
  readonly obligationId: string;
  readonly campaignId: string;
  readonly figure: FigureName;
  readonly divisionCode: string;
}

export interface CountableObligation {
  readonly id: string;
  readonly dutyCode: string;
  readonly state: 'OPEN' | 'MET' | 'CANCELLED';
  readonly isOverdue: boolean;
}

export interface CountingLedger {
  readonly campaignId: string;
  readonly divisionCode: string;
}

/** Duties that a figure of their own counts while they are open: an inquiry is open as long as its conclusion, or that of its appeal, is owed. */
const DUTIES: Readonly<Partial<Record<FigureName, readonly string[]>>> = { DECISIONS_OPEN: ['MEETING_DECISION'], INQUIRIES_OPEN: ['INQUIRY_CONCLUSION', 'INQUIRY_APPEAL'] };

const counts = (figure: FigureName, { dutyCode, isOverdue }: CountableObligation): boolean =>
  figure === 'OPEN_OBLIGATIONS' || (figure === 'OVERDUE_OBLIGATIONS' ? isOverdue : DUTIES[figure]?.includes(dutyCode) === true);

const figuresOf = (obligation: CountableObligation): FigureName[] => (obligation.state === 'OPEN' ? FIGURES.filter((figure) => counts(figure, obligation)) : []);

/** Everything that must be counted now: each open obligation once per ledger that counts its case. */
export const figuresDue = (obligations: readonly CountableObligation[], ledgers: readonly CountingLedger[]): CountedFigure[] =>
  obligations.flatMap((obligation) =>
    figuresOf(obligation).flatMap((figure) =>
      ledgers.map(({ campaignId, divisionCode }) => ({ obligationId: obligation.id, campaignId, figure, divisionCode }))));

const keyOf = (one: CountedFigure): string => [one.obligationId, one.campaignId, one.figure, one.divisionCode].join('|');

/** What to take back and what to add so that `counted` becomes `due`; empty when nothing changed, so repeating is harmless. */
export function figureDiff(counted: readonly CountedFigure[], due: readonly CountedFigure[]) {
  const countedKeys = new Set(counted.map(keyOf));
  const dueKeys = new Set(due.map(keyOf));
  return { remove: counted.filter((one) => !dueKeys.has(keyOf(one))), add: due.filter((one) => !countedKeys.has(keyOf(one))) };
}

/** 已报告督查数 and 抽查后认定数: each counted once, on its day, where it happened. */
export const DATED_FIGURES = ['INSPECTIONS_REPORTED', 'RECOGNISED_AFTER_SAMPLING'] as const;
export type DatedFigureName = (typeof DATED_FIGURES)[number];
