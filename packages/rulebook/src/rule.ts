/** The shape of a time limit (期限) as data. National rows and local files pass the same schema. */
import { isLocalDate } from '@anjie/calendar';
import { z } from 'zod';

const text = z.string({ error: ({ input }) => (input === undefined ? 'is missing' : 'must be text') });
const words = text.min(1, 'must not be empty');
const localDate = text.refine(isLocalDate, 'must be a day, written YYYY-MM-DD');
const upperSnake = text.regex(/^[A-Z][A-Z0-9_]*$/, 'must be written in capitals, digits and underscores');

/** Files hold text; a number written in them is a number. */
const wholeNumber = (from: number, to: number) => {
  const error = `must be a whole number from ${from} to ${to}`;
  return z.union([z.number(), z.string().regex(/^\d{1,6}$/).transform(Number)], { error }).pipe(z.number().int(error).min(from, error).max(to, error));
};
const yesOrNo = z.union([z.boolean(), z.enum(['true', 'false']).transform((word) => word === 'true')], { error: 'must be true or false' });

/** What a row says: a period to count, an expressly missing one, or a date that an official types. */
export const ruleKinds = ['PERIOD', 'NO_PERIOD', 'ASSIGNED_DATE'] as const;

/** STATUTE: central regulations or law. RULE: a document of the petition administration or a local regulation. PRACTICE: nobody is bound, a default to configure. */
export const ruleForces = ['STATUTE', 'RULE', 'PRACTICE'] as const;

/** How well the source was checked: text read, second-hand, or to be verified before release. */
export const ruleEvidence = ['VERIFIED', 'SECONDARY', 'UNVERIFIED'] as const;

const lengtheningSchema = z.strictObject({
  /** The instrument and article that says so, e.g. `《浙江省信访条例》第二十三条`. */
  instrument: words,
  reasonEn: words,
});

const rowSchema = z.strictObject({
  code: upperSnake,
  version: words,
  /** `000000` national, else GB/T 2260 (2, 4 or 6 digits; 9 or 12 below the county). */
  jurisdictionCode: text.regex(/^(\d{2}|\d{4}|\d{6}|\d{9}|\d{12})$/, 'must be 000000 or a GB/T 2260 code of 2, 4, 6, 9 or 12 digits'),
  stage: upperSnake,
  kind: z.enum(ruleKinds).default('PERIOD'),
  /** In `unit`; null unless `kind` is PERIOD. */
  amount: wholeNumber(1, 3660).nullable().default(null),
  /** 日 is CALENDAR_DAY; 工作日 only where the text says so (brief §1.5). */
  unit: z.enum(['CALENDAR_DAY', 'WORKING_DAY']).default('CALENDAR_DAY'),
  /** Code of the event whose day starts the period; that day is not counted. */
  startsOn: upperSnake,
  basisDocument: words,
  /** In Chinese, `第二十三条第三款`; empty when the basis has no articles. */
  basisArticle: text.default(''),
  validFrom: localDate,
  /** Last day of validity, inclusive; null while in force. */
  validTo: localDate.nullable().default(null),
  priority: wholeNumber(0, 999).default(0),
  force: z.enum(ruleForces).default('STATUTE'),
  evidence: z.enum(ruleEvidence).default('VERIFIED'),
  /** The only route the period applies to, e.g. `ART31_6`; the caller routes first, then starts the clock. */
  onlyRoute: upperSnake.nullable().default(null),
  /** For an extension (延期): the code it extends; `amount` is then the maximum. */
  extendsCode: upperSnake.nullable().default(null),
  /** For an extension: the most that period and extension may make together, in calendar days. */
  maxTotalDays: wholeNumber(1, 3660).nullable().default(null),
  /** True only where hearing (听证) time is left out of the count: Art. 36 ¶2. */
  excludesHearing: yesOrNo.default(false),
  /** Set where a local instrument itself allows more than the national rule. */
  mayLengthen: lengtheningSchema.nullable().default(null),
  descriptionZh: words,
  descriptionEn: words,
});

/** One row; {@link parseRules} and `readRules` check many. */
export const ruleSchema = rowSchema
  .refine((rule) => (rule.kind === 'PERIOD') === (rule.amount !== null), { path: ['amount'], error: 'goes with kind PERIOD and only with it' })
  .refine((rule) => rule.validTo === null || rule.validFrom <= rule.validTo, { path: ['validTo'], error: 'is before validFrom' })
  .refine((rule) => rule.extendsCode === null || rule.unit === 'CALENDAR_DAY', { path: ['unit'], error: 'must be CALENDAR_DAY: an extension counts calendar days' })
  .refine((rule) => rule.maxTotalDays === null || rule.extendsCode !== null, { path: ['maxTotalDays'], error: 'belongs to an extension: extendsCode is missing' });

/** One time limit. */
export type TimeLimitRule = Readonly<z.output<typeof rowSchema>>;

/** A row as written in data files: fields with a default may be left out. */
export type TimeLimitRuleRow = z.input<typeof rowSchema>;

/** `《信访工作条例》第三十四条`. */
export function basisOf(rule: Pick<TimeLimitRule, 'basisDocument' | 'basisArticle'>): string {
  return `${rule.basisDocument}${rule.basisArticle}`;
}
