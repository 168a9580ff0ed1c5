import type { TimeLimitRule } from '@anjie/rulebook';
import { officeRules } from '@anjie/service-kit/runtime';

/** The time limits that this service computes with. */
export const limitRules = (): readonly TimeLimitRule[] => officeRules();
