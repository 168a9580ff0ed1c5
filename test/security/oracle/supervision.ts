import { BESIDE_CASE, byCase, caseOf, has, isAt, isInInbox, isOffice, isOpenBeside, isOwn, linked, LIST, unitOf, withCaseOrWithout, type KnowledgeOf, type LinkStatements, type Rule } from './rule';

/** Nobody is kept out of what is about no case. */
const isOpenOrWithout = withCaseOrWithout(isOpenBeside, () => true);
/** Owed; or brought about: by the organ that approved the letter, the office that wrote it without a case, the team that inspects, the unit that leads the programme. */
const owesOrFollows: Rule = (asked) => {
  const { who, row } = asked;
  return isOwn(asked) || isAt(asked, row.more['organ'], 'UNIT_HANDLER', 'JOINT_OFFICE') || isAt(asked, row.more['writer'], 'JOINT_OFFICE') || linked(asked, 'inspectors', row.id).includes(who.id);
};
const seesObligation = withCaseOrWithout((asked) => byCase(asked) || (isOpenBeside(asked) && owesOrFollows(asked)), (asked) => owesOrFollows(asked) || isOffice(asked));

/** A draft is for who wrote it and who is asked; a letter that went out for who sees the case, and for whom it goes to, is about, or who approved it. */
const seesLetter: Rule = (asked) => {
  const { row } = asked;
  const [isWriter, isOrgan] = [isAt(asked, row.more['writer'], 'JOINT_OFFICE'), isAt(asked, row.more['organ'], 'UNIT_HANDLER', 'JOINT_OFFICE')];
  if (Number(row.more['isOut']) === 0) return row.caseId === null ? isWriter || isOrgan : (isWriter && byCase(asked)) || (isOrgan && isOpenBeside(asked));
  return row.caseId === null ? isOwn(asked) || isWriter || isOrgan || isOffice(asked) : byCase(asked) || ((isOwn(asked) || isOrgan) && isOpenBeside(asked));
};
const overseesOwing = withCaseOrWithout((asked) => byCase(asked), isOffice);
const seesReminder: Rule = (asked) => {
  const { who, row } = asked;
  if (has(who, 'JOINT_OFFICE') && overseesOwing(asked)) return true;
  if (!isOpenOrWithout(asked)) return false;
  const isOfDuty = has(who, 'UNIT_HANDLER') && row.more['obligorUnit'] !== null && row.more['obligorUnit'] === unitOf(who) && !['SPONSOR', 'OVERSIGHT_OFFICE'].includes(String(row.more['reason']));
  return isInInbox(asked) || isOfDuty;
};
const seesDigest: Rule = (asked) =>
  isInInbox(asked) && (Number(asked.row.more['isAlsoWithout']) === 1 || (typeof asked.row.more['caseIds'] === 'string' ? asked.row.more['caseIds'] : '').split(',').some((caseId) => isOpenBeside({ ...asked, row: { ...asked.row, caseId } })));
const seesEndpoint: Rule = ({ who, row }) => has(who, 'ADMIN') || (has(who, 'UNIT_HANDLER') && row.more['endpointUnit'] === unitOf(who));
const seesDelivery: Rule = (asked) => {
  const { row, facts } = asked;
  if (!seesEndpoint(asked)) return false;
  const one = caseOf(asked);
  if (row.caseId === null) return true;
  const line = facts.unitsUpwards.get(String(row.more['endpointUnit'])) ?? new Set<string>();
  return one !== undefined && !one.isSealed && ![...line].some((unit) => one.excluded.has(unit)) && isOpenBeside(asked);
};

const DIVISION_OF_OBLIGOR = 'COALESCE(u.division_code, o.jurisdiction_code) AS division';

export const OF_SUPERVISION: KnowledgeOf = {
  Obligation: { said: 'BESIDE_CASE', rows: `SELECT o.id, o.case_id AS caseId, o.obligor_unit_id AS units, o.obligor_official_id AS officials, ${DIVISION_OF_OBLIGOR}, COALESCE(l.approver_unit_id, p.unit_id) AS organ, IF(l.case_id IS NULL, l.from_unit_id, NULL) AS writer FROM supervision.obligations o LEFT JOIN officials.units u ON u.id = o.obligor_unit_id LEFT JOIN supervision.supervision_letters l ON o.subject_type = 'SupervisionLetter' AND l.id = o.subject_id LEFT JOIN supervision.programme_entries e ON o.subject_type = 'ProgrammeEntry' AND e.id = o.subject_id LEFT JOIN supervision.programmes p ON p.id = e.programme_id`, sees: seesObligation },
  SupervisionLetter: { said: 'BESIDE_CASE', rows: "SELECT l.id, l.case_id AS caseId, CONCAT_WS(',', l.to_unit_id, l.about_unit_id) AS units, l.to_official_id AS officials, l.from_unit_id AS writer, l.approver_unit_id AS organ, u.division_code AS division, l.issued_on IS NOT NULL AS isOut FROM supervision.supervision_letters l JOIN officials.units u ON u.id = l.to_unit_id", sees: seesLetter },
  CloseReview: { said: 'BESIDE_CASE', rows: 'SELECT id, case_id AS caseId, submitted_unit_id AS units FROM supervision.close_reviews', sees: BESIDE_CASE },
  BackTraceRequest: { said: 'BESIDE_CASE', rows: "SELECT id, case_id AS caseId, CONCAT_WS(',', traced_unit_id, inquiry_unit_id) AS units FROM supervision.back_trace_requests", sees: BESIDE_CASE },
  Reminder: { said: 'OWN', rows: `SELECT r.id, r.case_id AS caseId, r.recipient_official_id AS officials, r.recipient_unit_id AS inboxUnit, r.reason, o.obligor_unit_id AS obligorUnit, ${DIVISION_OF_OBLIGOR} FROM supervision.reminders r JOIN supervision.obligations o ON o.id = r.obligation_id LEFT JOIN officials.units u ON u.id = o.obligor_unit_id`, sees: seesReminder },
  Notification: { said: 'OWN', rows: 'SELECT id, case_id AS caseId, recipient_official_id AS officials, recipient_unit_id AS inboxUnit FROM supervision.notifications', sees: (asked) => isInInbox(asked) && isOpenOrWithout(asked) },
  Digest: { said: 'OWN', rows: `SELECT d.id, d.recipient_official_id AS officials, d.recipient_unit_id AS inboxUnit, ${LIST('n.case_id', 'supervision.notifications n WHERE n.digest_id = d.id')} AS caseIds, EXISTS (SELECT 1 FROM supervision.notifications n WHERE n.digest_id = d.id AND n.case_id IS NULL) AS isAlsoWithout FROM supervision.digests d`, sees: seesDigest },
  WebhookEndpoint: { said: 'OWN', rows: 'SELECT id, unit_id AS endpointUnit FROM supervision.webhook_endpoints', sees: seesEndpoint },
  WebhookDelivery: { said: 'OWN', rows: 'SELECT w.id, w.case_id AS caseId, e.unit_id AS endpointUnit FROM supervision.webhook_deliveries w JOIN supervision.webhook_endpoints e ON e.id = w.endpoint_id', sees: seesDelivery },
};

const TEAM = 'JOIN supervision.inspection_team_members m ON m.team_id = i.team_id AND (m.until_on IS NULL OR m.until_on >= i.started_on)';
export const LINKS_OF_SUPERVISION: LinkStatements = {
  /** What inspections make owed, and whoever is of their teams; a finding on another case than the inspection's is that case's alone. */
  inspectors: `SELECT o.id AS a, m.official_id AS b FROM supervision.obligations o JOIN supervision.inspections i ON o.subject_type = 'Inspection' AND i.id = o.subject_id ${TEAM}
    UNION SELECT o.id, m.official_id FROM supervision.obligations o JOIN supervision.inspection_findings f ON o.subject_type = 'InspectionFinding' AND f.id = o.subject_id
    JOIN supervision.inspections i ON i.id = f.inspection_id AND (i.case_id IS NULL OR i.case_id = o.case_id) ${TEAM}`,
};
