import { nationalRules, type TimeLimitRule } from '@anjie/rulebook';

/** The time limits that this service computes with. */
export const limitRules = (): readonly TimeLimitRule[] => nationalRules;
