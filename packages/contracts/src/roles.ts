/**
 * What a person in office may be in the system. A role widens what the viewer sees; it never replaces
 * the check against division subtree, unit and part in the case (packages/access).
 */
export const ROLES = ['JOINT_OFFICE', 'UNIT_HANDLER', 'WINDOW_CLERK', 'ADMIN', 'DEVELOPER', 'PUBLIC_PORTAL', 'FREE_QUERY', 'AUDITOR'] as const;
export type Role = (typeof ROLES)[number];

/**
 * PUBLIC_PORTAL is the account of a website through which petitioners ask with query code and secret: nobody in office. It may
 * ask these root fields and no others, in any service; whatever other role its token names is passed over.
 */
export const PORTAL_FIELDS: ReadonlySet<string> = new Set(['myMatter', 'rateMatter', 'complainOfRetaliation', 'askDataRight', 'fetchDataCopy']);
/**
 * Mutations that show identity data or a sealed text to an official, or hand out a file that may hold it. A portal client needs the scope
 * `identity:reveal` for them beside the owner's; a website does not for `fetchDataCopy`, which shows a petitioner their own data for code and secret.
 * FREE_QUERY (自由查询, break-glass) is the role that may send documents that a client has not registered.
 */
export const REVEALING_FIELDS: ReadonlySet<string> = new Set([
  'revealPetitioner', 'revealAccusation', 'printDocument', 'readRetaliationComplaint', 'readDataRequest', 'createDataCopyLink', 'createExchangeExportLink',
]);

/**
 * AUDITOR (审计员) reads what others did and does nothing: whoever has it beside another role has it alone, so that nobody audits
 * acts of their own (三员分立; practice of 等保, no article).
 */
const ALONE: readonly Role[] = ['PUBLIC_PORTAL', 'AUDITOR'];
export const rolesInForce = (roles: readonly Role[]): Role[] => {
  const alone = ALONE.find((role) => roles.includes(role));
  return alone ? [alone] : [...roles];
};

/** A part that a unit or an official has in a case; each part makes the case visible to its holder. */
export const PARTY_ROLES = [
  'REGISTRAR', // 登记单位
  'LEAD', // 责任单位(牵头)
  'SUPPORT', // 配合单位
  'REFERRED', // 受转办单位 (cross-department referral delivered to it)
  'SPONSOR', // 包案领导
  'TASK_FORCE', // 工作专班成员
  'REVIEWER', // 复查、复核机关
  'GUIDE', // 指导单位 (行业主管部门)
  'ASSIST', // 协办单位 (常住地、其他相关单位)
  'COOPERATE', // 协作单位 (户籍地)
] as const;
export type PartyRole = (typeof PARTY_ROLES)[number];
