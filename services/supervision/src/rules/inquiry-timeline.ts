import type { LocalDate } from '@anjie/calendar';

export type StepSource = 'CASE' | 'OBLIGATION' | 'LETTER' | 'CLOSE_REVIEW' | 'BACK_TRACE';

/** One thing that was done, or that should have been. */
export interface TracedStep {
  readonly source: StepSource;
  readonly sourceId: string | null;
  /** Duty code, kind of letter, or what happened. */
  readonly code: string;
  readonly unitId: string | null;
  /** Who signed or owed it in person. */
  readonly officialId: string | null;
  readonly startedOn: LocalDate;
  readonly dueOn: LocalDate | null;
  readonly actualOn: LocalDate | null;
}

/** The head of a unit as the directory knows it, with the posts that say since when. */
export interface KnownHead {
  readonly unitId: string;
  readonly officialId: string;
  readonly startedOn: LocalDate;
  readonly endedOn: LocalDate | null;
}

export interface PlacedStep extends TracedStep {
  readonly ordinal: number;
  /** ACTED: it is theirs by name. HEAD: they headed the unit on that day. */
  readonly officialGround: 'ACTED' | 'HEAD' | null;
  readonly isLate: boolean;
}

const dayOf = (step: TracedStep): LocalDate => step.actualOn ?? step.dueOn ?? step.startedOn;

/** 时间线: in the order of the days, each step with its official in office, and whether it came after its day or still has not come. */
export function timelineOf(steps: readonly TracedStep[], heads: readonly KnownHead[], today: LocalDate): PlacedStep[] {
  const inOrder = [...steps].sort((a, b) => compare(a.startedOn, b.startedOn) || compare(dayOf(a), dayOf(b)) || compare(a.code, b.code) || compare(a.sourceId ?? '', b.sourceId ?? ''));
  return inOrder.map((step, i) => {
    const head = step.officialId ? undefined : heads.find((one) => one.unitId === step.unitId && one.startedOn <= dayOf(step) && (one.endedOn === null || dayOf(step) < one.endedOn));
    return {
      ...step, ordinal: i + 1, officialId: step.officialId ?? head?.officialId ?? null, officialGround: step.officialId ? 'ACTED' : head ? 'HEAD' : null,
      isLate: step.dueOn !== null && (step.actualOn ?? today) > step.dueOn,
    };
  });
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
