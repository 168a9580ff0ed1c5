import { BESIDE_CASE, byCase, CASE, has, isOffice, isOpenBeside, isOwn, isOwnUnit, LIST, type KnowledgeOf, type LinkStatements, type Rule } from './rule';

/** The receiver waits for delivery, also when the case can be seen otherwise; a joint office watches; a further unit sees it while it has a part in it. */
const seesReferral: Rule = (asked) => {
  const { toUnit, helpers, isDelivered } = asked.row.more;
  const isReceiver = isOwnUnit(asked, toUnit);
  const isHelper = typeof helpers === 'string' && helpers.split(',').some((unit) => isOwnUnit(asked, unit));
  return isOpenBeside(asked) && (isOwn(asked) || (isReceiver && Number(isDelivered) === 1) || isHelper || (byCase(asked) && (has(asked.who, 'JOINT_OFFICE') || !isReceiver)));
};
/** Rows of no case: who takes part, and the joint offices over the place. */
const OVERSEEN: Rule = (asked) => isOffice(asked) || isOwn(asked);

const REFERRALS = `SELECT r.id, r.case_id AS caseId, r.from_unit_id AS units, r.to_unit_id AS toUnit, EXISTS (SELECT 1 FROM assistance.referral_receipts d WHERE d.referral_id = r.id) AS isDelivered,
  ${LIST('h.unit_id', "assistance.referral_co_handlings h WHERE h.referral_id = r.id AND h.state <> 'RELEASED'")} AS helpers FROM assistance.referrals r`;
/** The organiser, who was invited, who sits on the panel. */
const HEARINGS = `SELECT h.id, h.case_id AS caseId, CONCAT_WS(',', h.unit_id, ${LIST('u.unit_id', 'assistance.hearing_units u WHERE u.hearing_id = h.id')}) AS units,
  ${LIST('p.official_id', 'assistance.hearing_panels p WHERE p.hearing_id = h.id')} AS officials FROM assistance.hearings h`;
/** Who brings the sides together, the unit on the other side, who mediates. */
const MEDIATIONS = `SELECT id, case_id AS caseId, CONCAT_WS(',', unit_id, respondent_unit_id, mediator_unit_id) AS units, mediator_official_id AS officials FROM assistance.mediations`;
/** As the mediation, and whoever owes it. */
const ITEMS = `SELECT i.id, i.case_id AS caseId, CONCAT_WS(',', i.obligor_unit_id, m.unit_id, m.respondent_unit_id, m.mediator_unit_id) AS units, CONCAT_WS(',', i.obligor_official_id, m.mediator_official_id) AS officials
  FROM assistance.agreement_items i JOIN assistance.mediations m ON m.id = i.mediation_id`;
const CONTRACTS = `SELECT k.id, CONCAT_WS(',', k.unit_id, k.supervising_unit_id) AS units, u.division_code AS division FROM assistance.service_contracts k JOIN officials.units u ON u.id = k.unit_id`;
/** Open work, whatever it is: of the unit and of whoever has it. */
const TASKS = `SELECT id, case_id AS caseId, to_unit_id AS units, assigned_official_id AS officials FROM assistance.referrals WHERE state IN ('DELIVERED', 'SIGNED', 'ACCEPTED', 'RETURN_REQUESTED')
  UNION ALL SELECT id, case_id, unit_id, assigned_official_id FROM assistance.referral_co_handlings WHERE state IN ('ASKED', 'SIGNED')
  UNION ALL SELECT id, case_id, unit_id, official_id FROM assistance.follow_up_visits WHERE state = 'PLANNED'
  UNION ALL SELECT id, case_id, unit_id, agent_official_id FROM assistance.agency_tasks WHERE state IN ('OFFERED', 'AUTHORISED', 'UNDER_WAY')`;

export const OF_ASSISTANCE: KnowledgeOf = {
  Referral: { said: 'BESIDE_CASE', rows: REFERRALS, sees: seesReferral },
  AssistanceApplication: { said: 'BESIDE_CASE', rows: 'SELECT id, case_id AS caseId, unit_id AS units FROM assistance.assistance_applications', sees: BESIDE_CASE },
  FollowUpVisit: { said: 'CASE', rows: 'SELECT id, case_id AS caseId FROM assistance.follow_up_visits', sees: CASE },
  AgencyTask: { said: 'BESIDE_CASE', rows: 'SELECT id, case_id AS caseId, unit_id AS units, agent_official_id AS officials FROM assistance.agency_tasks', sees: BESIDE_CASE },
  Mediation: { said: 'BESIDE_CASE', rows: MEDIATIONS, sees: BESIDE_CASE },
  AgreementItem: { said: 'BESIDE_CASE', rows: ITEMS, sees: BESIDE_CASE },
  Hearing: { said: 'BESIDE_CASE', rows: HEARINGS, sees: BESIDE_CASE },
  LegalConsultation: { said: 'BESIDE_CASE', rows: "SELECT id, case_id AS caseId, CONCAT_WS(',', unit_id, office_unit_id) AS units FROM assistance.legal_consultations", sees: BESIDE_CASE },
  ServiceEngagement: { said: 'BESIDE_CASE', rows: 'SELECT id, case_id AS caseId, unit_id AS units FROM assistance.service_engagements', sees: BESIDE_CASE },
  ExplanationSession: { said: 'BESIDE_CASE', rows: 'SELECT id, case_id AS caseId, unit_id AS units, official_id AS officials FROM assistance.explanation_sessions', sees: BESIDE_CASE },
  ServiceContract: { said: 'OVERSIGHT', rows: CONTRACTS, sees: OVERSEEN },
  EarlyDispute: { said: 'OVERSIGHT', rows: "SELECT id, CONCAT_WS(',', unit_id, responsible_unit_id) AS units, division_code AS division FROM assistance.early_disputes", sees: OVERSEEN },
  StationChecklist: { said: 'OVERSIGHT', rows: 'SELECT id, unit_id AS units, division_code AS division FROM assistance.station_checklists', sees: OVERSEEN },
  // a part that has an id and is listed
  AssistanceTask: { said: 'PART', rows: TASKS, sees: BESIDE_CASE },
};

/** Directory: the same for everybody in office, so that there is no rule; the statements find rows to ask for. */
export const OPEN_OF_ASSISTANCE: Readonly<Record<string, string>> = {
  Expert: 'SELECT id FROM assistance.experts ORDER BY name', Participant: 'SELECT id FROM assistance.participants ORDER BY name', MediationCentre: 'SELECT id FROM assistance.mediation_centres ORDER BY name',
};

export const LINKS_OF_ASSISTANCE: LinkStatements = {};
