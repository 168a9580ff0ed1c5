/** The shape of a time limit (期限) as data. National rows and local overlays pass the same schema. */
import { isLocalDate } from '@anjie/calendar';
import { z } from 'zod';

const localDate = z.string().refine(isLocalDate, 'not a YYYY-MM-DD day');
const upperSnake = z.string().regex(/^[A-Z][A-Z0-9_]*$/, 'not UPPER_SNAKE');

/** What a row says: a period to count, an expressly missing one, or a date that an official types. */
export const ruleKinds = ['PERIOD', 'NO_PERIOD', 'ASSIGNED_DATE'] as const;

/** STATUTE: central regulations or law. RULE: a document of the petition administration or a local regulation. PRACTICE: nobody is bound, a default to configure. */
export const ruleForces = ['STATUTE', 'RULE', 'PRACTICE'] as const;

/** How well the source was checked: text read, second-hand, or to be verified before release. */
export const ruleEvidence = ['VERIFIED', 'SECONDARY', 'UNVERIFIED'] as const;

const lengtheningSchema = z.strictObject({
  /** The instrument and article that says so, e.g. `《浙江省信访条例》第二十三条`. */
  instrument: z.string().min(1),
  reasonEn: z.string().min(1),
});

const rowSchema = z.strictObject({
  code: upperSnake,
  version: z.string().min(1),
  /** `000000` national, else GB/T 2260 (2, 4 or 6 digits; 9 or 12 below the county). */
  jurisdictionCode: z.string().regex(/^(\d{2}|\d{4}|\d{6}|\d{9}|\d{12})$/),
  stage: upperSnake,
  kind: z.enum(ruleKinds).default('PERIOD'),
  /** In `unit`; null unless `kind` is PERIOD. */
  amount: z.number().int().min(1).max(3660).nullable(),
  /** 日 is CALENDAR_DAY; 工作日 only where the text says so (brief §1.5). */
  unit: z.enum(['CALENDAR_DAY', 'WORKING_DAY']).default('CALENDAR_DAY'),
  /** Code of the event whose day starts the period; that day is not counted. */
  startsOn: upperSnake,
  basisDocument: z.string().min(1),
  /** In Chinese, `第二十三条第三款`; empty when the basis has no articles. */
  basisArticle: z.string(),
  validFrom: localDate,
  /** Last day of validity, inclusive; null while in force. */
  validTo: localDate.nullable().default(null),
  priority: z.number().int().default(0),
  force: z.enum(ruleForces).default('STATUTE'),
  evidence: z.enum(ruleEvidence).default('VERIFIED'),
  /** The only route the period applies to, e.g. `ART31_6`; the caller routes first, then starts the clock. */
  onlyRoute: upperSnake.nullable().default(null),
  /** For an extension (延期): the code it extends; `amount` is then the maximum. */
  extendsCode: upperSnake.nullable().default(null),
  /** For an extension: the most that period and extension may make together, in calendar days. */
  maxTotalDays: z.number().int().min(1).nullable().default(null),
  /** True only where hearing (听证) time is left out of the count: Art. 36 ¶2. */
  excludesHearing: z.boolean().default(false),
  /** Set where a local instrument itself allows more than the national rule. */
  mayLengthen: lengtheningSchema.nullable().default(null),
  descriptionZh: z.string().min(1),
  descriptionEn: z.string().min(1),
});

const ruleSchema = rowSchema
  .refine((rule) => (rule.kind === 'PERIOD') === (rule.amount !== null), 'amount goes with kind PERIOD and only with it')
  .refine((rule) => rule.validTo === null || rule.validFrom <= rule.validTo, 'validTo is before validFrom')
  .refine((rule) => rule.extendsCode === null || rule.unit === 'CALENDAR_DAY', 'an extension counts calendar days')
  .refine((rule) => rule.maxTotalDays === null || rule.extendsCode !== null, 'maxTotalDays belongs to an extension');

/** The schema of {@link parseRules}: a list of rows, no two of the same code, jurisdiction and version. */
export const rulesSchema = z.array(ruleSchema).superRefine((rules, context) => {
  const seen = new Set<string>();
  rules.forEach((rule, index) => {
    const key = `${rule.code} ${rule.jurisdictionCode} ${rule.version}`;
    if (seen.has(key)) context.addIssue({ code: 'custom', path: [index], message: `twice: ${key}` });
    seen.add(key);
  });
});

/** One time limit. */
export type TimeLimitRule = Readonly<z.output<typeof rowSchema>>;

/** A row as written in data files: fields with a default may be left out. */
export type TimeLimitRuleRow = z.input<typeof rowSchema>;

/** Rules from plain rows (a TypeScript file, a parsed JSON or YAML overlay). Throws `ZodError` naming row and field. */
export function parseRules(rows: unknown): readonly TimeLimitRule[] {
  return rulesSchema.parse(rows);
}

/** `《信访工作条例》第三十四条`. */
export function basisOf(rule: Pick<TimeLimitRule, 'basisDocument' | 'basisArticle'>): string {
  return `${rule.basisDocument}${rule.basisArticle}`;
}
