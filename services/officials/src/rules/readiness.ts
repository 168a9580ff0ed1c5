/** 四个一 is the matter, the leader, the task force and the plan, in the order in which the documents name them. */
export const READINESS_SLOTS = ['MATTER', 'SPONSOR', 'TASK_FORCE', 'PLAN'] as const;
export type ReadinessSlotCode = (typeof READINESS_SLOTS)[number];

export const READINESS_LABELS: Readonly<Record<ReadinessSlotCode, string>> = {
  MATTER: '一件信访事项', SPONSOR: '一位包案领导', TASK_FORCE: '一个工作专班', PLAN: '一套解决方案',
};

export const READINESS_BASIS = '“四个一”：一件信访事项、一位包案领导、一个工作专班、一套解决方案 / the “four ones” of the campaign on long-standing petitions';

/** Days are `YYYY-MM-DD`. */
export interface ReadinessFacts {
  /** First entry into a ledger that still counts the case; null when none does. */
  readonly enteredOn: string | null;
  /** The day on which this service first heard of the case. */
  readonly knownOn: string;
  readonly sponsor: SlotTimes;
  readonly taskForce: SlotTimes;
  readonly plan: SlotTimes;
}
export interface SlotTimes {
  /** Filled since; null while empty. */
  readonly since: string | null;
  /** The last time it became empty; null when it never was filled and emptied. */
  readonly lostOn: string | null;
}

export interface ReadinessSlot {
  readonly code: ReadinessSlotCode;
  readonly label: string;
  readonly isFilled: boolean;
  readonly since: string | null;
  readonly missingSince: string | null;
}
export interface Readiness {
  readonly slots: readonly ReadinessSlot[];
  readonly isComplete: boolean;
  readonly missing: readonly ReadinessSlotCode[];
}

/** The later of two days; a missing one does not count. */
export const laterDay = (a: string, b: string | null): string => (b !== null && b > a ? b : a);

/** Which of the four are there, since when, and since when the others are missing. */
export function readinessOf(facts: ReadinessFacts): Readiness {
  const expectedSince = facts.enteredOn ?? facts.knownOn;
  const times: Readonly<Record<ReadinessSlotCode, SlotTimes>> = {
    MATTER: { since: expectedSince, lostOn: null }, SPONSOR: facts.sponsor, TASK_FORCE: facts.taskForce, PLAN: facts.plan,
  };
  const slots = READINESS_SLOTS.map((code): ReadinessSlot => {
    const { since, lostOn } = times[code];
    const isFilled = since !== null;
    return { code, label: READINESS_LABELS[code], isFilled, since, missingSince: isFilled ? null : laterDay(expectedSince, lostOn) };
  });
  const missing = slots.filter((slot) => !slot.isFilled).map((slot) => slot.code);
  return { slots, isComplete: missing.length === 0, missing };
}
