import { kindFields } from '@anjie/service-kit/kinds';
import { z } from 'zod';
import { MEMBER_KINDS } from '../rules/programme-rules';

/** 专项种类. */
export const programmeKind = z.object({
  ...kindFields,
  members: z.array(z.enum(MEMBER_KINDS)).min(1),
  /** It cannot start without a target. */
  hasTargets: z.boolean(),
  /** It knows designations by year. */
  needsAward: z.boolean(),
  /** Years without a gap after which a designation stands. */
  yearsInARow: z.number().int().min(1).max(10).default(1),
  /** It must have an end, not later; local practice. */
  mostMonths: z.number().int().min(1).max(120).optional(),
}).strict();
export type ProgrammeKind = z.infer<typeof programmeKind>;
