import { isInCohort } from './campaign-dates';

/** Who assigned a case to the ledger, from the centre down; SELF is what the office handles on its own account. */
export const ASSIGNMENT_SOURCES = ['CENTRAL', 'REGION', 'CITY', 'COUNTY', 'SELF'] as const;
export type AssignmentSource = (typeof ASSIGNMENT_SOURCES)[number];

export type Cohort = 'CAMPAIGN' | 'DAILY';

export interface CohortRule {
  readonly cohortFrom: string;
  readonly cohortTo: string;
  /** Sources whose assignments make up the cohort; empty means all. */
  readonly cohortSources: readonly AssignmentSource[];
  readonly isFrozen: boolean;
}

export type CohortPlace = { readonly cohort: Cohort } | { readonly refused: 'OUTSIDE_COHORT' | 'SOURCE_MISSING' | 'COHORT_FROZEN' };

/**
 * 兴庆区方案 2020: registered 2019-01-01 to 2020-06-30 and assigned by the centre or the region is the campaign's fixed
 * number; later registrations, and what others assign, are daily work (日常交办) and never change it.
 */
export function cohortPlace(rule: CohortRule, entry: { readonly registeredOn: string; readonly source: AssignmentSource | null }): CohortPlace {
  if (entry.registeredOn > rule.cohortTo) return { cohort: 'DAILY' };
  if (!isInCohort(rule, entry.registeredOn)) return { refused: 'OUTSIDE_COHORT' };
  if (rule.cohortSources.length > 0) {
    if (entry.source === null) return { refused: 'SOURCE_MISSING' };
    if (!rule.cohortSources.includes(entry.source)) return { cohort: 'DAILY' };
  }
  return rule.isFrozen ? { refused: 'COHORT_FROZEN' } : { cohort: 'CAMPAIGN' };
}
