import { BESIDE_CASE, byCase, caseOf, has, isInInbox, isOffice, isOpenBeside, isOwn, LIST, unitOf, type KnowledgeOf, type LinkStatements, type Question, type Rule } from './rule';

/** What is about no case is kept from nobody by one. */
const isNotNamed = (asked: Question): boolean => asked.row.caseId === null || isOpenBeside(asked);
/** What binds without a case is seen by who owes it, and by the office of the place where it is owed. */
const seesObligation: Rule = (asked) => (asked.row.caseId === null ? isOwn(asked) || isOffice(asked) : BESIDE_CASE(asked));
const seesReminder: Rule = (asked) => {
  const { who, row } = asked;
  if (row.caseId === null ? isOffice(asked) : has(who, 'JOINT_OFFICE') && byCase(asked)) return true;
  if (!isNotNamed(asked)) return false;
  const isOfDuty = has(who, 'UNIT_HANDLER') && row.more['obligorUnit'] !== null && row.more['obligorUnit'] === unitOf(who) && !['SPONSOR', 'OVERSIGHT_OFFICE'].includes(String(row.more['reason']));
  return isInInbox(asked) || isOfDuty;
};
const seesDigest: Rule = (asked) =>
  isInInbox(asked) && (typeof asked.row.more['caseIds'] === 'string' ? asked.row.more['caseIds'] : '').split(',').some((caseId) => caseId === 'none' || isOpenBeside({ ...asked, row: { ...asked.row, caseId } }));
const seesEndpoint: Rule = ({ who, row }) => has(who, 'ADMIN') || (has(who, 'UNIT_HANDLER') && row.more['endpointUnit'] === unitOf(who));
const seesDelivery: Rule = (asked) => {
  const { row, facts } = asked;
  if (!seesEndpoint(asked)) return false;
  const one = caseOf(asked);
  if (row.caseId === null) return true;
  const line = facts.unitsUpwards.get(String(row.more['endpointUnit'])) ?? new Set<string>();
  return one !== undefined && !one.isSealed && ![...line].some((unit) => one.excluded.has(unit)) && isOpenBeside(asked);
};

/** Where a duty is owed: at the unit's place, or where an official alone owes it. */
const OWED_IN = 'COALESCE((SELECT u.division_code FROM officials.units u WHERE u.id = o.obligor_unit_id), o.jurisdiction_code) AS division';

export const OF_SUPERVISION: KnowledgeOf = {
  Obligation: { said: 'BESIDE_CASE', rows: `SELECT o.id, o.case_id AS caseId, o.obligor_unit_id AS units, o.obligor_official_id AS officials, ${OWED_IN} FROM supervision.obligations o`, sees: seesObligation },
  SupervisionLetter: { said: 'BESIDE_CASE', rows: 'SELECT id, case_id AS caseId, to_unit_id AS units FROM supervision.supervision_letters', sees: BESIDE_CASE },
  CloseReview: { said: 'BESIDE_CASE', rows: 'SELECT id, case_id AS caseId, submitted_unit_id AS units FROM supervision.close_reviews', sees: BESIDE_CASE },
  BackTraceRequest: { said: 'BESIDE_CASE', rows: "SELECT id, case_id AS caseId, CONCAT_WS(',', traced_unit_id, inquiry_unit_id) AS units FROM supervision.back_trace_requests", sees: BESIDE_CASE },
  Reminder: { said: 'OWN', rows: `SELECT r.id, r.case_id AS caseId, r.recipient_official_id AS officials, r.recipient_unit_id AS inboxUnit, r.reason, o.obligor_unit_id AS obligorUnit, ${OWED_IN} FROM supervision.reminders r JOIN supervision.obligations o ON o.id = r.obligation_id`, sees: seesReminder },
  Notification: { said: 'OWN', rows: 'SELECT id, case_id AS caseId, recipient_official_id AS officials, recipient_unit_id AS inboxUnit FROM supervision.notifications', sees: (asked) => isInInbox(asked) && isNotNamed(asked) },
  Digest: { said: 'OWN', rows: `SELECT d.id, d.recipient_official_id AS officials, d.recipient_unit_id AS inboxUnit, ${LIST("COALESCE(CAST(n.case_id AS CHAR), 'none')", 'supervision.notifications n WHERE n.digest_id = d.id')} AS caseIds FROM supervision.digests d`, sees: seesDigest },
  WebhookEndpoint: { said: 'OWN', rows: 'SELECT id, unit_id AS endpointUnit FROM supervision.webhook_endpoints', sees: seesEndpoint },
  WebhookDelivery: { said: 'OWN', rows: 'SELECT w.id, w.case_id AS caseId, e.unit_id AS endpointUnit FROM supervision.webhook_deliveries w JOIN supervision.webhook_endpoints e ON e.id = w.endpoint_id', sees: seesDelivery },
};

export const LINKS_OF_SUPERVISION: LinkStatements = {};
