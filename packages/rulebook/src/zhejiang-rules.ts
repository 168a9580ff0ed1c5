/**
 * Example of a local overlay: 《浙江省信访条例》 in its 2016 version (brief §1.3). It proves that limits are data; whether
 * the instrument is still in force after 2022-05-01 must be checked before an office loads it. Not part of the defaults.
 */
import { parseRules, type TimeLimitRule, type TimeLimitRuleRow } from './rule';

const zhejiang = {
  version: 'zhejiang-2016', jurisdictionCode: '330000', basisDocument: '《浙江省信访条例》', validFrom: '2016-07-29', priority: 10, force: 'RULE',
} as const;

const rows: TimeLimitRuleRow[] = [
  {
    ...zhejiang, code: 'T2', stage: 'FORWARDING', amount: 5, unit: 'WORKING_DAY', startsOn: 'ITEM_RECEIVED', basisArticle: '第二十条',
    descriptionZh: '转送', descriptionEn: 'Forward the item within 5 working days',
  },
  {
    ...zhejiang, code: 'T3', stage: 'NOTICE', amount: 5, unit: 'WORKING_DAY', startsOn: 'ITEM_RECEIVED', basisArticle: '第二十条',
    descriptionZh: '决定是否受理', descriptionEn: 'Decide on acceptance within 5 working days',
  },
  {
    ...zhejiang, code: 'T8', stage: 'HANDLING', amount: 30, startsOn: 'MATTER_ACCEPTED', basisArticle: '第二十三条', onlyRoute: 'ART31_6',
    descriptionZh: '办结', descriptionEn: 'Finish handling in 30 days',
  },
  {
    ...zhejiang, code: 'T9', stage: 'EXTENSION', amount: 60, startsOn: 'ORIGINAL_DUE', basisArticle: '第二十三条', onlyRoute: 'ART31_6',
    extendsCode: 'T8', maxTotalDays: 90,
    mayLengthen: {
      instrument: '《浙江省信访条例》第二十三条',
      reasonEn: 'The extension is longer than the national 30 days, but 30 + 60 stays within the national total of 90',
    },
    descriptionZh: '延长办理期限，不得超过六十日', descriptionEn: 'Extension of T8, at most 60 days',
  },
];

/** Zhejiang (浙江省, 330000), 2016: load as `[...nationalRules, ...zhejiangRules]`. */
export const zhejiangRules: readonly TimeLimitRule[] = parseRules(rows);
