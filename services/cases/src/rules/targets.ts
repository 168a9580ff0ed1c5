/** 分期目标 of one campaign: by `dueOn`, `minimum` cases are to be resolved. */
export interface DatedTarget {
  readonly campaignId: string;
  readonly dueOn: string;
  readonly minimum: number;
}

/** 95 cases × 65 % = 61.75 → 62: a share of cases is reached only by the next whole case (brief §3.9). */
export const minimumFor = (percent: number, cohort: number): number => Math.ceil((percent * cohort) / 100);

export interface TargetInForce {
  readonly minimum: number;
  readonly dueOn: string;
}

/**
 * The target that a day is measured against: of each campaign the next one due, or the last when all are past; summed.
 * The due date shown is the earliest of those that count.
 */
export function targetInForce(targets: readonly DatedTarget[], asOf: string): TargetInForce | undefined {
  const byCampaign = new Map<string, DatedTarget>();
  for (const target of [...targets].sort((a, b) => (a.dueOn < b.dueOn ? -1 : 1))) {
    const chosen = byCampaign.get(target.campaignId);
    if (!chosen || chosen.dueOn < asOf) byCampaign.set(target.campaignId, target);
  }
  const chosen = [...byCampaign.values()];
  const [first] = chosen;
  if (!first) return undefined;
  return {
    minimum: chosen.reduce((sum, target) => sum + target.minimum, 0),
    dueOn: chosen.reduce((earliest, target) => (target.dueOn < earliest ? target.dueOn : earliest), first.dueOn),
  };
}

export interface Progress {
  readonly minimum: number;
  readonly gap: number;
  /** Null when there is nothing to divide by: 0 of 0 is neither nothing nor everything. */
  readonly rate: number | null;
}

/** A share of a base on a day. */
export function progressOf(percent: number, { denominator, numerator }: { readonly denominator: number; readonly numerator: number }): Progress {
  const minimum = minimumFor(percent, denominator);
  return { minimum, gap: Math.max(0, minimum - numerator), rate: denominator === 0 ? null : numerator / denominator };
}
