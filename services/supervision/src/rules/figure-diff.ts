import { REPLY_DUTY } from './letters';
import { LISTING_DUTY } from './listings';

/** The names belong to this service. Each is a count of open obligations: all, the overdue ones, those to answer a letter, those of listed cases, those to carry out a decision of a meeting, those to conclude an inquiry or its appeal. */
export const FIGURES = ['OVERDUE_OBLIGATIONS', 'OPEN_OBLIGATIONS', 'LETTERS_OPEN', 'LETTERS_OVERDUE', 'PLATES_OPEN', 'DECISIONS_OPEN', 'INQUIRIES_OPEN'] as const;
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

const COUNTS: Readonly<Record<FigureName, (obligation: CountableObligation) => boolean>> = {
  OVERDUE_OBLIGATIONS: ({ isOverdue }) => isOverdue,
  OPEN_OBLIGATIONS: () => true,
  LETTERS_OPEN: ({ dutyCode }) => dutyCode === REPLY_DUTY,
  LETTERS_OVERDUE: ({ dutyCode, isOverdue }) => dutyCode === REPLY_DUTY && isOverdue,
  PLATES_OPEN: ({ dutyCode }) => dutyCode === LISTING_DUTY,
  DECISIONS_OPEN: ({ dutyCode }) => dutyCode === 'MEETING_DECISION',
  INQUIRIES_OPEN: ({ dutyCode }) => dutyCode === 'INQUIRY_CONCLUSION' || dutyCode === 'INQUIRY_APPEAL',
};

const figuresOf = (obligation: CountableObligation): FigureName[] => (obligation.state === 'OPEN' ? FIGURES.filter((figure) => COUNTS[figure](obligation)) : []);

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
export const DATED_FIGURES = ['INSPECTIONS_REPORTED', 'RECOGNISED_AFTER_SAMPLING', 'CHECKLISTS_OVERDUE', 'PROGRAMME_TARGETS_MET'] as const;
export type DatedFigureName = (typeof DATED_FIGURES)[number];
