import { laterDay, type SlotTimes } from './readiness';

/** Of a case in a ledger; what is counted otherwise is in `OTHER_FIGURES`. */
export const OFFICIALS_FIGURES = ['SPONSORED', 'FOUR_ONES_COMPLETE', 'CASES_WITHOUT_SPONSOR'] as const;
/** Counted by activities and promises in the transaction in which they happen. */
export const OTHER_FIGURES = ['ACTIVITIES_HELD', 'OPEN_PROMISES'] as const;
export type OfficialsFigure = (typeof OFFICIALS_FIGURES)[number];

/** One case in one figure of one ledger: from `on` it counts 1 in the division. */
export interface CountedFigure {
  readonly campaignId: string;
  readonly figure: OfficialsFigure;
  readonly divisionCode: string;
  readonly on: string;
  /** The day on which it was subtracted; null while it counts. Kept so that a new count never begins before that day. */
  readonly leftOn: string | null;
}

export interface FigureStep extends Omit<CountedFigure, 'leftOn'> {
  readonly delta: number;
}

export interface LedgerFact {
  readonly campaignId: string;
  readonly divisionCode: string;
  readonly enteredOn: string;
  readonly removedOn: string | null;
}

export interface CountingFacts {
  readonly today: string;
  readonly sponsor: SlotTimes;
  readonly taskForce: SlotTimes;
  readonly planSince: string | null;
  /** A closed case needs no sponsor. */
  readonly closedOn: string | null;
  readonly ledgers: readonly LedgerFact[];
  /** What was counted for this case so far, ended counts included. */
  readonly counted: readonly CountedFigure[];
}

export interface Counting {
  readonly counted: readonly CountedFigure[];
  readonly deltas: readonly FigureStep[];
}

/** Before every ledger: the entry decides. */
const LONG_AGO = '1000-01-01';
const firstDay = (days: readonly (string | null)[]): string | undefined => days.filter((day) => day !== null).sort()[0];

/** From which day a figure holds in a ledger; null while it does not. */
function heldSince(figure: OfficialsFigure, facts: CountingFacts): string | null {
  const { sponsor, taskForce, planSince } = facts;
  if (figure === 'CASES_WITHOUT_SPONSOR') return sponsor.since === null && facts.closedOn === null ? (sponsor.lostOn ?? LONG_AGO) : null;
  if (sponsor.since === null) return null;
  if (figure === 'SPONSORED') return sponsor.since;
  if (taskForce.since === null || planSince === null) return null;
  return [taskForce.since, planSince].reduce(laterDay, sponsor.since);
}

/** The day on which a figure stopped to hold: the ledger's removal, or the first of its parts that was lost. */
function leftOn(figure: OfficialsFigure, facts: CountingFacts, ledger: LedgerFact | undefined): string {
  if (!ledger) return facts.today;
  if (ledger.removedOn !== null) return ledger.removedOn;
  if (figure === 'CASES_WITHOUT_SPONSOR') return firstDay([facts.sponsor.since, facts.closedOn]) ?? facts.today;
  const parts = figure === 'SPONSORED' ? [facts.sponsor] : [facts.sponsor, facts.taskForce, { since: facts.planSince, lostOn: null }];
  const lost = parts.filter((part) => part.since === null).map((part) => part.lostOn ?? facts.today);
  return lost.sort()[0] ?? facts.today;
}

/** A new sponsor who follows without a gap keeps the day; a corrected ledger entry or an earlier start moves it. */
function keptDay(counted: CountedFigure, wanted: CountedFigure, enteredOn: string): string {
  const stays = laterDay(counted.on, enteredOn);
  return wanted.on < stays ? wanted.on : stays;
}

/**
 * What is to be added so that the figures say what the facts say, and what then is counted. Losing a figure subtracts on
 * the day of the loss, so that earlier days keep it; a corrected ledger is taken back on the very day it was added.
 */
export function countingOf(facts: CountingFacts): Counting {
  const ledgers = new Map(facts.ledgers.map((ledger) => [ledger.campaignId, ledger]));
  const campaigns = new Set([...ledgers.keys(), ...facts.counted.map((c) => c.campaignId)]);
  const steps = [...campaigns].flatMap((campaignId) => OFFICIALS_FIGURES.map((figure) => stepOf(facts, { figure, campaignId, ledger: ledgers.get(campaignId) })));
  return { counted: steps.flatMap((step) => step.counted), deltas: steps.flatMap((step) => step.deltas) };
}

interface Cell {
  readonly figure: OfficialsFigure;
  readonly campaignId: string;
  readonly ledger: LedgerFact | undefined;
}
const kept = (counted: CountedFigure): Counting => ({ counted: [counted], deltas: [] });
const step = ({ campaignId, figure, divisionCode, on }: CountedFigure, delta: number): FigureStep => ({ campaignId, figure, divisionCode, on, delta });

function stepOf(facts: CountingFacts, cell: Cell): Counting {
  const before = facts.counted.find((c) => c.campaignId === cell.campaignId && c.figure === cell.figure);
  const since = cell.ledger && cell.ledger.removedOn === null ? heldSince(cell.figure, facts) : null;
  if (!cell.ledger || since === null) return before ? ended(before, leftOn(cell.figure, facts, cell.ledger)) : { counted: [], deltas: [] };
  const { campaignId, figure, ledger } = cell;
  const wanted: CountedFigure = { campaignId, figure, divisionCode: ledger.divisionCode, on: laterDay(ledger.enteredOn, since), leftOn: null };
  return before && before.leftOn === null ? moved(before, wanted, ledger.enteredOn) : begun(wanted, before?.leftOn ?? null);
}

function begun(wanted: CountedFigure, leftBefore: string | null): Counting {
  const counted = { ...wanted, on: laterDay(wanted.on, leftBefore) };
  return { counted: [counted], deltas: [step(counted, 1)] };
}

function ended(before: CountedFigure, day: string): Counting {
  if (before.leftOn !== null) return kept(before);
  const left = laterDay(before.on, day);
  return { counted: [{ ...before, leftOn: left }], deltas: [step({ ...before, on: left }, -1)] };
}

function moved(before: CountedFigure, wanted: CountedFigure, enteredOn: string): Counting {
  const after = { ...wanted, on: keptDay(before, wanted, enteredOn) };
  if (after.on === before.on && after.divisionCode === before.divisionCode) return kept(before);
  return { counted: [after], deltas: [step(before, -1), step(after, 1)] };
}
