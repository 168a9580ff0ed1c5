/** What actually happened to a phase; its planned days say nothing about it. */
export interface PhaseFact {
  readonly ordinal: number;
  readonly enteredOn: string | null;
  readonly leftOn: string | null;
}

export type PhaseMove = { readonly enter: number; readonly leave: number | null } | { readonly refused: 'PHASE_UNKNOWN' | 'PHASE_OUT_OF_ORDER' | 'DATE_OUT_OF_ORDER' };

/**
 * 三个阶段 follow each other: a phase is entered once, after the one before it was entered, and leaving that one is part
 * of the same decision. Nothing is entered before the day on which the one before began.
 */
export function phaseEntry(phases: readonly PhaseFact[], { ordinal, on }: { readonly ordinal: number; readonly on: string }): PhaseMove {
  const phase = phases.find((one) => one.ordinal === ordinal);
  if (!phase) return { refused: 'PHASE_UNKNOWN' };
  const before = phases.find((one) => one.ordinal === ordinal - 1);
  if (phase.enteredOn !== null || (before && before.enteredOn === null)) return { refused: 'PHASE_OUT_OF_ORDER' };
  const since = before?.leftOn ?? before?.enteredOn ?? null;
  if (since !== null && on < since) return { refused: 'DATE_OUT_OF_ORDER' };
  return { enter: ordinal, leave: before && before.leftOn === null ? before.ordinal : null };
}

/** The phase that is running; the last one is left by a decision of its own. */
export const runningPhase = <Fact extends PhaseFact>(phases: readonly Fact[]): Fact | undefined => phases.find((phase) => phase.enteredOn !== null && phase.leftOn === null);
