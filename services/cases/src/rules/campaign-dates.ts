export interface CampaignDates {
  readonly startsOn: string;
  readonly endsOn: string;
  readonly cohortFrom: string;
  readonly cohortTo: string;
  readonly phases: readonly { readonly startsOn: string; readonly endsOn: string }[];
  readonly targets: readonly { readonly dueOn: string; readonly percent: number; readonly base?: string | null }[];
}

const baseOf = ({ base }: { readonly base?: string | null }): string => base ?? 'COHORT';

/** True when phases follow each other inside the campaign, targets lie inside it with rising shares of each base, and the cohort is a span. */
export function areDatesInOrder(dates: CampaignDates): boolean {
  const { startsOn, endsOn, phases, targets } = dates;
  const isSpan = startsOn <= endsOn && dates.cohortFrom <= dates.cohortTo;
  const phasesFollow = phases.every((phase, i) => phase.startsOn <= phase.endsOn && phase.startsOn >= startsOn && phase.endsOn <= endsOn
    && (i === 0 || (phases[i - 1]?.endsOn ?? '') < phase.startsOn));
  const targetsRise = targets.every((target, i) => {
    const before = targets.slice(0, i).findLast((earlier) => baseOf(earlier) === baseOf(target));
    const inside = target.dueOn >= startsOn && target.dueOn <= endsOn && target.percent >= 1 && target.percent <= 100;
    return inside && (!before || (before.dueOn < target.dueOn && before.percent <= target.percent));
  });
  return isSpan && phasesFollow && targetsRise;
}

/** 2019-01-01 to 2020-06-30 in the Xingqing plan: repeats registered in the window are the campaign's, later ones daily work. */
export const isInCohort = (campaign: { cohortFrom: string; cohortTo: string }, registeredOn: string): boolean =>
  registeredOn >= campaign.cohortFrom && registeredOn <= campaign.cohortTo;
