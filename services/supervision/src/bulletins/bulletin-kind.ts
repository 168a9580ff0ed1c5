import { kindFields } from '@anjie/service-kit/kinds';
import { z } from 'zod';
import { FIGURE_CODES, missingBesideRate } from '../rules/report-figures';
import { CADENCES } from '../rules/report-periods';

const figure = z.enum(FIGURE_CODES);
const words = z.object({ zh: z.string().min(1).max(200), en: z.string().min(1).max(300) }).strict();

const sectionSchema = z.object({
  code: kindFields.code,
  zh: kindFields.zh,
  en: kindFields.en,
  /** Item of an article, where a text asks for the section. */
  basis: z.string().max(100).optional(),
  figures: z.array(figure).min(1).max(12),
  /** Figures for which the text says which units have any. */
  names: z.array(figure).default([]),
  /** Figure for which the text says which units have most, at most three, none with fewer than five. */
  most: figure.optional(),
  /** What the section cannot say, said. */
  remark: words.optional(),
}).strict().superRefine((section, context) => {
  const missing = missingBesideRate(section.figures);
  if (missing.length > 0) context.addIssue({ code: 'custom', message: `RESOLUTION_RATE stands with ${missing.join(', ')} or not at all (brief §3.10)` });
  const strange = [...section.names, ...(section.most ? [section.most] : [])].filter((code) => !section.figures.includes(code));
  if (strange.length > 0) context.addIssue({ code: 'custom', message: `${strange.join(', ')} must stand in figures too` });
});

/** 通报种类: when it comes, to whom it goes, what it shows. */
export const bulletinKind = z.object({ ...kindFields, cadence: z.enum(CADENCES), addressee: words, sections: z.array(sectionSchema).min(1).max(12) }).strict();
export type BulletinKind = z.infer<typeof bulletinKind>;
