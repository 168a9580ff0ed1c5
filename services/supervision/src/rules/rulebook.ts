import { nationalRules, parseRules, type TimeLimitRule } from '@anjie/rulebook';
import { reviewRuleRows } from './review-rules';

const letter = {
  version: '2022', jurisdictionCode: '000000', validFrom: '2022-05-01', startsOn: 'LETTER_ISSUED', stage: 'SUPERVISION', force: 'PRACTICE',
  basisDocument: '《信访工作条例》', basisArticle: '第四十条',
} as const;

/** Art. 40 names no number of days for the answer to 督办; 7 days is the default seen in practice (brief §4.3). */
const letterRules = parseRules([
  {
    ...letter, code: 'LETTER_REPLY', amount: 7, evidence: 'SECONDARY',
    descriptionZh: '回复督办（默认值，可配置）', descriptionEn: 'Reply to supervision: a default of local practice',
  },
  {
    ...letter, code: 'LETTER_REPLY_DATE', kind: 'ASSIGNED_DATE', amount: null,
    descriptionZh: '督办函件指定的回复日期', descriptionEn: 'Reply to supervision by the date that the letter names',
  },
]);

/** Every time limit that supervision can explain. */
export const knownRules: readonly TimeLimitRule[] = [...nationalRules, ...letterRules, ...parseRules(reviewRuleRows)];
