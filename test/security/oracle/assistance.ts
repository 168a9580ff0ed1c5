import { BESIDE_CASE, byCase, CASE, has, isOpenBeside, isOwn, isOwnUnit, type KnowledgeOf, type LinkStatements, type Rule } from './rule';

/** The receiver waits for delivery, also when the case can be seen otherwise; a joint office watches. */
const seesReferral: Rule = (asked) => {
  const isReceiver = isOwnUnit(asked, asked.row.more['toUnit']);
  const isDelivered = Number(asked.row.more['isDelivered']) === 1;
  return isOpenBeside(asked) && (isOwn(asked) || (isReceiver && isDelivered) || (byCase(asked) && (has(asked.who, 'JOINT_OFFICE') || !isReceiver)));
};

export const OF_ASSISTANCE: KnowledgeOf = {
  Referral: { said: 'BESIDE_CASE', rows: 'SELECT r.id, r.case_id AS caseId, r.from_unit_id AS units, r.to_unit_id AS toUnit, EXISTS (SELECT 1 FROM assistance.referral_receipts d WHERE d.referral_id = r.id) AS isDelivered FROM assistance.referrals r', sees: seesReferral },
  AssistanceApplication: { said: 'BESIDE_CASE', rows: 'SELECT id, case_id AS caseId, unit_id AS units FROM assistance.assistance_applications', sees: BESIDE_CASE },
  FollowUpVisit: { said: 'CASE', rows: 'SELECT id, case_id AS caseId FROM assistance.follow_up_visits', sees: CASE },
};

export const LINKS_OF_ASSISTANCE: LinkStatements = {};
