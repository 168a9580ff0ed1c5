import type { TimeLimitRuleRow } from '@anjie/rulebook';

const row = { version: '2022', jurisdictionCode: '000000', validFrom: '2005-05-01', stage: 'CLOSE', force: 'PRACTICE', basisArticle: '' } as const;

/** Time limits around the close of a case. No regulation names days for them: both are practice, to be configured. */
export const reviewRuleRows: readonly TimeLimitRuleRow[] = [
  {
    ...row, code: 'RECTIFICATION', kind: 'ASSIGNED_DATE', amount: null, startsOn: 'CLOSE_REVIEW_RETURNED', basisDocument: '结案审核退回整改通知',
    descriptionZh: '按结案审核退回意见整改并重新报送', descriptionEn: 'Rectify what the close review returned and submit again, by the date that the return names',
  },
  {
    ...row, code: 'BACK_TRACE', amount: 30, startsOn: 'CASE_RELAPSED', basisDocument: '地方做法（责任倒查，一案一查）', evidence: 'SECONDARY',
    descriptionZh: '对责任倒查请求作出决定（默认值，可配置）', descriptionEn: 'Decide on the request to trace back how the unit handled a case that came again: a default of local practice',
  },
];
