import { kindFields } from '@anjie/service-kit/kinds';
import { z } from 'zod';
import { schemeFaults } from '../rules/assessment-rules';
import { FIGURE_CODES } from '../rules/report-figures';

const item = z.object({
  code: kindFields.code, zh: kindFields.zh, en: kindFields.en, figure: z.enum(FIGURE_CODES), weight: z.number().int().min(1).max(100), direction: z.enum(['HIGHER', 'LOWER']),
  /** What becomes of matters that nobody rated; only one answer is accepted. */
  unrated: z.enum(['EXCLUDED', 'SATISFIED']).optional(),
}).strict();

/** 考核方案: one that breaks a guard rail is not loaded, so the service does not start with it. */
export const assessmentScheme = z.object({
  ...kindFields,
  /** Days in which units may comment; local practice. */
  commentDays: z.number().int().min(0).max(60),
  items: z.array(item).min(1).max(20),
}).strict().superRefine((scheme, context) => {
  for (const message of schemeFaults(scheme)) context.addIssue({ code: 'custom', message });
});
export type AssessmentScheme = z.infer<typeof assessmentScheme>;
