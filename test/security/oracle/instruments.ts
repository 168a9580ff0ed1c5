import type { Persona } from '../world/personas';
import { BESIDE_CASE, byCase, has, isAt, isOffice, isOpenBeside, isOwn, isOwnUnit, linked, LIST, unitOf, withCaseOrWithout, type Known, type KnowledgeOf, type LinkStatements, type Rule } from './rule';

/** 第二十八条: nobody of the unit that is traced, or below it, sees an inquiry from within. */
const isOfTraced: Rule = ({ who, row, facts }) => facts.unitsUpwards.get(String(unitOf(who)))?.has(String(row.more['tracedUnit'])) ?? false;
/** Whoever conducts it or judges the appeal, and joint offices that see the case: they see what is not told yet. */
const isWithin: Rule = (asked) => isOpenBeside(asked) && !isOfTraced(asked) && (isOwn(asked) || (has(asked.who, 'JOINT_OFFICE') && byCase(asked)));
/** What concerns an official is told to the official, what concerns a unit to the unit. */
const isNamedIn: Rule = (asked) => linked(asked, 'namedOfficials', asked.row.id).includes(asked.who.id) || linked(asked, 'namedUnits', asked.row.id).some((unit) => isOwnUnit(asked, unit));
const seesInquiry: Rule = (asked) =>
  isWithin(asked) || (isOpenBeside(asked) && Number(asked.row.more['isTold']) === 1 && (isOwnUnit(asked, asked.row.more['tracedUnit']) || isNamedIn(asked)));
const seesInquiryFinding: Rule = (asked) => {
  const { who, row: { more } } = asked;
  const isTheirs = more['namedOfficial'] === null ? isOwnUnit(asked, more['namedUnit']) : more['namedOfficial'] === who.id;
  return isWithin(asked) || (isOpenBeside(asked) && Number(more['isSent']) === 1 && isTheirs);
};
/** An objection on record, known by its words: all of them from within, otherwise the own. */
export function seesInquiryObjection(known: Known, who: Persona, { text }: Readonly<Record<string, unknown>>): boolean {
  return linked(known, 'objections', String(text)).some((pair) => {
    const [inquiryId = '', official] = pair.split(' ');
    const row = known.facts.rows.get('Inquiry')?.get(inquiryId);
    return row !== undefined && (isWithin({ ...known, who, row }) || (official === who.id && seesInquiry({ ...known, who, row })));
  });
}

const seesListing: Rule = (asked) => BESIDE_CASE(asked) || (isAt(asked, asked.row.more['office'], 'JOINT_OFFICE') && isOpenBeside(asked));
/** Seeing the case is no ground: a report is for who sent it and who got it. */
const seesUrgentReport: Rule = (asked) => isOwn(asked) && (asked.row.caseId === null || isOpenBeside(asked));

const INQUIRY = "q.case_id AS caseId, CONCAT_WS(',', q.conducting_unit_id, q.appeal_unit_id) AS units, q.traced_unit_id AS tracedUnit";
const WITH_DIVISION = 'JOIN officials.units u ON u.id = f.unit_id';

export const OF_INSTRUMENTS: KnowledgeOf = {
  CoordinationCandidate: { said: 'BESIDE_CASE', rows: "SELECT id, case_id AS caseId, CONCAT_WS(',', from_unit_id, to_unit_id, office_unit_id) AS units FROM supervision.coordination_candidates", sees: BESIDE_CASE },
  FormalismFinding: { said: 'BESIDE_CASE', rows: `SELECT f.id, f.case_id AS caseId, f.unit_id AS units, f.official_id AS officials, u.division_code AS division FROM supervision.formalism_findings f ${WITH_DIVISION}`, sees: withCaseOrWithout(BESIDE_CASE, (asked) => isOwn(asked) || isOffice(asked)) },
  Inquiry: { said: 'BESIDE_CASE', rows: `SELECT q.id, ${INQUIRY}, q.reply_until IS NOT NULL OR q.concluded_on IS NOT NULL AS isTold FROM supervision.inquiries q`, sees: seesInquiry },
  ListedSupervision: { said: 'BESIDE_CASE', rows: 'SELECT id, case_id AS caseId, unit_id AS units, office_unit_id AS office FROM supervision.listed_supervisions', sees: seesListing },
  FocusManagement: { said: 'OVERSIGHT', rows: `SELECT f.id, f.unit_id AS units, u.division_code AS division FROM supervision.focus_managements f ${WITH_DIVISION}`, sees: (asked) => isOwn(asked) || isOffice(asked) },
  LadderSuggestion: { said: 'OVERSIGHT', rows: 'SELECT id, case_id AS caseId FROM supervision.ladder_suggestions', sees: (asked) => has(asked.who, 'JOINT_OFFICE') && byCase(asked) },
  UrgentReport: { said: 'OWN', rows: `SELECT r.id, r.case_id AS caseId, CONCAT_WS(',', r.reporter_unit_id, ${LIST('q.unit_id', 'supervision.urgent_report_receivers q WHERE q.report_id = r.id')}) AS units FROM supervision.urgent_reports r`, sees: seesUrgentReport },
  // a part of an inquiry of which not every one is shown
  InquiryFinding: { said: 'PART', rows: `SELECT f.id, ${INQUIRY}, f.unit_id AS namedUnit, f.official_id AS namedOfficial, f.sent_on IS NOT NULL AS isSent FROM supervision.inquiry_findings f JOIN supervision.inquiries q ON q.id = f.inquiry_id`, sees: seesInquiryFinding },
};

export const LINKS_OF_INSTRUMENTS: LinkStatements = {
  namedOfficials: 'SELECT inquiry_id AS a, official_id AS b FROM supervision.inquiry_findings WHERE sent_on IS NOT NULL AND official_id IS NOT NULL',
  namedUnits: 'SELECT inquiry_id AS a, unit_id AS b FROM supervision.inquiry_findings WHERE sent_on IS NOT NULL AND official_id IS NULL',
  objections: "SELECT text AS a, CONCAT(inquiry_id, ' ', official_id) AS b FROM supervision.inquiry_objections",
};
