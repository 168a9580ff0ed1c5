import { byCase, CASE, caseOf, has, isIn, isKeptOut, isOffice, isOwn, linked, OWNER, prefixOf, unitOf, type KnowledgeOf, type LinkStatements, type Rule } from './rule';

const seesCampaign: Rule = (asked) => {
  const { who, row, links, facts } = asked;
  const below = [...(links['above'] ?? [])].filter(([, above]) => above.includes(row.id)).map(([id]) => id);
  if (has(who, 'JOINT_OFFICE') && [row.id, ...below].some((id) => isIn(facts.rows.get('Campaign')?.get(id)?.more['division'], who.division))) return true;
  return [row.id, ...below].some((id) => linked(asked, 'counted', id).some((caseId) => byCase(asked, caseId)));
};
const seesCluster: Rule = (asked) => isOffice(asked) || isOwn(asked) || linked(asked, 'members', asked.row.id).some((caseId) => byCase(asked, caseId));
const seesMeasure: Rule = (asked) => {
  const { who, row, facts } = asked;
  if (has(who, 'JOINT_OFFICE') && (isIn(row.more['division'], who.division) || isIn(who.division, String(row.more['division'])))) return true;
  return linked(asked, 'measures', row.id).some((id) => {
    const cluster = facts.rows.get('CaseCluster')?.get(id);
    return cluster !== undefined && seesCluster({ ...asked, row: cluster });
  });
};
/** 第十八条第四款: strictly above the unit complained of, and never one of its own, by any post but those that ended before the complaint. */
const seesComplaint: Rule = (asked) => {
  const { who, row, facts } = asked;
  const [bar, office, one] = [String(row.more['bar']), prefixOf(who.division), caseOf(asked)];
  const posts = (facts.posts.get(who.id) ?? []).filter(({ endedOn }) => endedOn === null || endedOn >= String(row.more['submittedOn']));
  const isOfAccused = [unitOf(who), ...posts.map(({ unit }) => unit)].some((unit) => unit === row.more['accusedUnitId'] || (facts.unitsUpwards.get(String(unit))?.has(String(row.more['accusedUnitId'])) ?? false));
  return has(who, 'JOINT_OFFICE') && one !== undefined && bar.startsWith(office) && (office.length < bar.length || bar.length === 2) && !isKeptOut(asked, one) && !isOfAccused;
};
/** Joint offices of the place, and the office that registered the petition: it answers for what it keeps. */
const seesDataRequest: Rule = (asked) => byCase(asked) && ((has(asked.who, 'JOINT_OFFICE') && isIn(caseOf(asked)?.division, asked.who.division))
  || (has(asked.who, 'JOINT_OFFICE', 'UNIT_HANDLER', 'WINDOW_CLERK') && asked.row.more['inboxUnit'] === unitOf(asked.who)));

export const OF_CASES: KnowledgeOf = {
  Case: { said: 'CASE', rows: 'SELECT id, id AS caseId FROM cases.cases', sees: CASE },
  Petition: { said: 'CASE', rows: 'SELECT id, case_id AS caseId FROM cases.petitions', sees: CASE },
  Claim: { said: 'CASE', rows: 'SELECT id, case_id AS caseId FROM cases.claims', sees: CASE },
  DutyLine: { said: 'CASE', rows: 'SELECT id, case_id AS caseId FROM cases.duty_lines', sees: CASE },
  Assignment: { said: 'CASE', rows: 'SELECT id, case_id AS caseId FROM cases.assignments', sees: CASE },
  Attachment: { said: 'CASE', rows: 'SELECT id, case_id AS caseId FROM cases.attachments', sees: CASE },
  Document: { said: 'CASE', rows: 'SELECT id, case_id AS caseId FROM cases.documents', sees: CASE },
  ResolutionPlan: { said: 'CASE', rows: 'SELECT id, case_id AS caseId FROM cases.resolution_plans', sees: CASE },
  LedgerEntry: { said: 'CASE', rows: 'SELECT id, case_id AS caseId FROM cases.ledger_entries', sees: CASE },
  StrikeOff: { said: 'CASE', rows: 'SELECT s.id, l.case_id AS caseId FROM cases.strike_offs s JOIN cases.ledger_entries l ON l.id = s.entry_id', sees: CASE },
  CaseMark: { said: 'CASE', rows: 'SELECT id, case_id AS caseId FROM cases.case_marks', sees: CASE },
  CoordinationRequest: { said: 'CASE', rows: 'SELECT id, case_id AS caseId FROM cases.coordination_requests', sees: CASE },
  Campaign: { said: 'OVERSIGHT', rows: 'SELECT id, division_code AS division FROM cases.campaigns', sees: seesCampaign },
  CaseCluster: { said: 'OVERSIGHT', rows: 'SELECT id, division_code AS division, lead_department_id AS units FROM cases.case_clusters', sees: seesCluster },
  PolicyMeasure: { said: 'OVERSIGHT', rows: 'SELECT id, division_code AS division FROM cases.policy_measures', sees: seesMeasure },
  ScreeningBatch: { said: 'OVERSIGHT', rows: 'SELECT b.id, g.division_code AS division FROM cases.screening_batches b JOIN cases.campaigns g ON g.id = b.campaign_id', sees: isOffice },
  ScreeningCandidate: { said: 'OVERSIGHT', rows: 'SELECT k.id, k.case_id AS caseId, g.division_code AS division FROM cases.screening_candidates k JOIN cases.screening_batches b ON b.id = k.batch_id JOIN cases.campaigns g ON g.id = b.campaign_id', sees: (asked) => isOffice(asked) && byCase(asked) },
  ExchangeExport: { said: 'OWN', rows: 'SELECT id, requester AS officials FROM cases.exchange_exports', sees: OWNER },
  ImportRun: { said: 'OWN', rows: 'SELECT id, requester AS officials, requester_unit_id AS inboxUnit FROM cases.import_runs', sees: (asked) => OWNER(asked) || (has(asked.who, 'JOINT_OFFICE', 'UNIT_HANDLER', 'WINDOW_CLERK') && asked.row.more['inboxUnit'] === unitOf(asked.who)) },
  // parts of something that have an id, and of which not every one is shown
  RepeatDecision: { said: 'PART', rows: 'SELECT id, case_id AS caseId, into_case_id AS otherCaseId FROM cases.case_links', sees: (asked) => byCase(asked) && byCase(asked, String(asked.row.more['otherCaseId'])) },
  RetaliationComplaint: { said: 'PART', rows: 'SELECT id, case_id AS caseId, bar, accused_unit_id AS accusedUnitId, submitted_on AS submittedOn FROM cases.retaliation_complaints', sees: seesComplaint },
  DataRequest: { said: 'PART', rows: 'SELECT q.id, q.case_id AS caseId, p.registered_unit_id AS inboxUnit FROM cases.data_requests q JOIN cases.petitions p ON p.id = q.petition_id', sees: seesDataRequest },
};

export const LINKS_OF_CASES: LinkStatements = {
  /** Campaigns with those above them. */
  above: 'SELECT campaign_id AS a, ancestor_id AS b FROM cases.campaign_ancestors',
  /** Campaigns and the cases on their ledgers. */
  counted: 'SELECT campaign_id AS a, case_id AS b FROM cases.ledger_entries',
  members: 'SELECT cluster_id AS a, case_id AS b FROM cases.cluster_cases WHERE removed_on IS NULL',
  measures: 'SELECT measure_id AS a, cluster_id AS b FROM cases.measure_clusters',
};
