import { kindFields } from '@anjie/service-kit/kinds';
import { z } from 'zod';
import { ANSWER_KINDS } from '../rules/checklist-rules';
import { CADENCES } from '../rules/report-periods';

const item = z.object({ code: kindFields.code, zh: kindFields.zh, en: kindFields.en, answer: z.enum(ANSWER_KINDS), required: z.boolean() }).strict();

/** 清单种类. */
export const checklistKind = z.object({
  ...kindFields,
  cadence: z.enum(CADENCES),
  /** Days after the period ends; local practice. */
  dueDays: z.number().int().min(0).max(60),
  items: z.array(item).min(1).max(40).refine((items) => new Set(items.map(({ code }) => code)).size === items.length, 'a code is there twice'),
}).strict();
export type ChecklistKind = z.infer<typeof checklistKind>;
