/** Cumulative counts of a ledger at the end of a day. */
export interface LedgerCounts {
  readonly entered: number;
  /** Net: a relapse takes one off again. */
  readonly resolved: number;
  readonly relapsed: number;
  readonly struckOff: number;
  readonly restored: number;
}

export interface LedgerFlowCounts {
  readonly opening: number;
  readonly entered: number;
  readonly resolved: number;
  readonly relapsed: number;
  readonly struckOff: number;
  readonly restored: number;
  readonly closing: number;
}

const open = (counts: LedgerCounts): number => counts.entered - counts.resolved;

/**
 * 减存量、控增量 (S1): what was open before the period, what came, what was settled, what came back, what is open after it.
 * opening + entered − resolved + relapsed = closing, always. Strike-off follows resolution and moves no stock.
 */
export function flowBetween(before: LedgerCounts, after: LedgerCounts): LedgerFlowCounts {
  const relapsed = after.relapsed - before.relapsed;
  return {
    opening: open(before),
    entered: after.entered - before.entered,
    resolved: after.resolved - before.resolved + relapsed,
    relapsed,
    struckOff: after.struckOff - before.struckOff,
    restored: after.restored - before.restored,
    closing: open(after),
  };
}

export interface Accumulation {
  /** 动态清零 (S2). */
  readonly isCleared: boolean;
  /** What came and came back for each that was resolved; null when none was. */
  readonly accumulation: number | null;
  readonly isAccumulating: boolean;
}

/** 前清后积、边清边积 (S3): whether a ledger fills while it is emptied. */
export function accumulationOf({ entered, relapsed, resolved, closing }: LedgerFlowCounts): Accumulation {
  const came = entered + relapsed;
  return { isCleared: closing === 0, accumulation: resolved === 0 ? null : Math.round((came / resolved) * 100) / 100, isAccumulating: came > resolved };
}
