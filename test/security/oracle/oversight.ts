import { BESIDE_CASE, byCase, has, isIn, isOffice, isOpenBeside, isOwn, isOwnUnit, linked, LIST, unitOf, type KnowledgeOf, type LinkStatements, type Question, type Rule } from './rule';

/** Whoever acts for a unit that lies in a place or below it takes part in it: what is published there, or runs there, is for them. */
const isOfPlace = ({ who, row }: Question): boolean => unitOf(who) !== null && has(who, 'UNIT_HANDLER', 'JOINT_OFFICE', 'WINDOW_CLERK') && isIn(who.division, String(row.more['division']));
const isPublished = ({ row }: Question): boolean => row.more['publishedOn'] !== null;
/** 《信访工作条例》第三十条第三款, for rows that need not be about a case. */
const isNotNamed = (asked: Question): boolean => asked.row.caseId === null || isOpenBeside(asked);

/** The same question about the row that this one hangs under; without one it is nobody's. */
const withHolder = (type: string, rule: Rule): Rule => (asked) => {
  const row = asked.facts.rows.get(type)?.get(String(asked.row.more['holder']));
  return row !== undefined && rule({ ...asked, row });
};

const OFFICE_OR_OWN: Rule = (asked) => isOffice(asked) || isOwn(asked);
/** To the office, to whom it is about, and once it is published to the place. */
const ONCE_PUBLISHED: Rule = (asked) => OFFICE_OR_OWN(asked) || (isPublished(asked) && isOfPlace(asked));

const seesMeeting: Rule = (asked) => OFFICE_OR_OWN(asked) || linked(asked, 'agenda', asked.row.id).some((caseId) => byCase(asked, caseId));
const withMeeting = withHolder('Meeting', seesMeeting);
const seesPoint: Rule = (asked) => withMeeting(asked) && (asked.row.caseId === null || byCase(asked));
const seesDecision: Rule = (asked) => (asked.row.caseId === null ? isOwn(asked) || withMeeting(asked) : BESIDE_CASE(asked));

/** Of the inspected unit itself, or of one below it: there nobody hears of a plan, not even who inspects elsewhere. */
const isOfInspected = ({ facts, who, row }: Question): boolean => facts.unitsUpwards.get(String(unitOf(who)))?.has(String(row.more['inspected'])) ?? false;
const seesInspection: Rule = (asked) => {
  if (!isNotNamed(asked)) return false;
  if (asked.row.more['startedOn'] === null) return OFFICE_OR_OWN(asked) && !isOfInspected(asked);
  return OFFICE_OR_OWN(asked) || isOwnUnit(asked, asked.row.more['inspected']) || byCase(asked);
};
const withInspection = withHolder('Inspection', seesInspection);
const seesFinding: Rule = (asked) => isNotNamed(asked) && (isOwn(asked) || withInspection(asked));
const seesTeam: Rule = (asked) => OFFICE_OR_OWN(asked) || (has(asked.who, 'JOINT_OFFICE') && linked(asked, 'bound', asked.row.id).some((code) => isIn(code, asked.who.division)));

/** A draft is for those who run it; once it runs it is the place's, and of whoever is a member or named in an entry. */
const seesProgramme: Rule = (asked) => isOffice(asked) || isOwnUnit(asked, asked.row.more['leader']) || (asked.row.more['state'] !== 'DRAFTED' && (isOfPlace(asked) || isOwn(asked)));

const divisionOf = (unit: string): string => `(SELECT u.division_code FROM officials.units u WHERE u.id = ${unit}) AS division`;
const ASSESSED = 'a.division_code AS division, a.published_on AS publishedOn';

export const OF_OVERSIGHT: KnowledgeOf = {
  Meeting: {
    said: 'OVERSIGHT', sees: seesMeeting,
    rows: `SELECT m.id, m.division_code AS division, ${LIST('a.party_id', "supervision.meeting_attendees a WHERE a.meeting_id = m.id AND a.party_kind = 'UNIT'")} AS units,
             ${LIST('a.party_id', "supervision.meeting_attendees a WHERE a.meeting_id = m.id AND a.party_kind = 'OFFICIAL'")} AS officials FROM supervision.meetings m`,
  },
  // a part that has an id, and of which not every one is shown with its meeting
  MeetingPoint: { said: 'PART', rows: 'SELECT id, case_id AS caseId, meeting_id AS holder FROM supervision.meeting_points', sees: seesPoint },
  MeetingDecision: { said: 'BESIDE_CASE', rows: 'SELECT id, case_id AS caseId, obligor_unit_id AS units, obligor_official_id AS officials, meeting_id AS holder FROM supervision.meeting_decisions', sees: seesDecision },
  Inspection: {
    said: 'BESIDE_CASE', sees: seesInspection,
    // members as they are, and of what began those who were members then
    rows: `SELECT i.id, i.case_id AS caseId, i.division_code AS division, i.unit_id AS inspected, i.started_on AS startedOn,
             CONCAT_WS(',', i.leading_unit_id, ${LIST('p.unit_id', 'supervision.inspection_partners p WHERE p.inspection_id = i.id')}) AS units,
             ${LIST('m.official_id', 'supervision.inspection_team_members m WHERE m.team_id = i.team_id AND (m.until_on IS NULL OR m.until_on >= i.started_on)')} AS officials FROM supervision.inspections i`,
  },
  InspectionFinding: { said: 'BESIDE_CASE', rows: 'SELECT id, case_id AS caseId, unit_id AS units, inspection_id AS holder FROM supervision.inspection_findings', sees: seesFinding },
  InspectionTeam: {
    said: 'OVERSIGHT', sees: seesTeam,
    rows: `SELECT t.id, t.division_code AS division, t.unit_id AS units, ${LIST('m.official_id', 'supervision.inspection_team_members m WHERE m.team_id = t.id')} AS officials FROM supervision.inspection_teams t`,
  },
  Programme: {
    said: 'OVERSIGHT', sees: seesProgramme,
    rows: `SELECT p.id, p.division_code AS division, p.unit_id AS leader, p.state, CONCAT_WS(',', ${LIST('m.unit_id', 'supervision.programme_members m WHERE m.programme_id = p.id AND m.left_on IS NULL')},
             ${LIST('e.unit_id', 'supervision.programme_entries e WHERE e.programme_id = p.id')}) AS units FROM supervision.programmes p`,
  },
  ProgrammeEntry: { said: 'OVERSIGHT', rows: 'SELECT id, programme_id AS holder FROM supervision.programme_entries', sees: withHolder('Programme', seesProgramme) },
  Bulletin: { said: 'OVERSIGHT', rows: 'SELECT id, division_code AS division, published_on AS publishedOn FROM supervision.bulletins', sees: ONCE_PUBLISHED },
  Checklist: { said: 'OVERSIGHT', rows: `SELECT c.id, c.unit_id AS units, ${divisionOf('c.unit_id')} FROM supervision.checklists c`, sees: OFFICE_OR_OWN },
  ChecklistAssignment: { said: 'OVERSIGHT', rows: `SELECT a.id, a.unit_id AS units, ${divisionOf('a.unit_id')} FROM supervision.checklist_assignments a`, sees: OFFICE_OR_OWN },
  Assessment: { said: 'OVERSIGHT', rows: `SELECT a.id, ${ASSESSED}, ${LIST('r.unit_id', 'supervision.assessment_results r WHERE r.assessment_id = a.id')} AS units FROM supervision.assessments a`, sees: ONCE_PUBLISHED },
  AssessmentUnitResult: { said: 'OVERSIGHT', rows: `SELECT r.id, r.unit_id AS units, ${ASSESSED} FROM supervision.assessment_results r JOIN supervision.assessments a ON a.id = r.assessment_id`, sees: ONCE_PUBLISHED },
  Commendation: { said: 'OVERSIGHT', rows: 'SELECT id, unit_id AS units, official_id AS officials, division_code AS division FROM supervision.commendations', sees: (asked) => OFFICE_OR_OWN(asked) || isOfPlace(asked) },
  DecisionReview: {
    said: 'OVERSIGHT', sees: OFFICE_OR_OWN,
    rows: `SELECT d.id, ${divisionOf('d.unit_id')}, CONCAT_WS(',', d.unit_id, ${LIST('m.unit_id', 'supervision.decision_measures m WHERE m.decision_review_id = d.id')}) AS units FROM supervision.decision_reviews d`,
  },
  CloseReviewSample: { said: 'OVERSIGHT', rows: 'SELECT id, division_code AS division FROM supervision.close_review_samples', sees: isOffice },
};

export const LINKS_OF_OVERSIGHT: LinkStatements = {
  /** Meetings and the cases that stand on their agendas. */
  agenda: 'SELECT meeting_id AS a, case_id AS b FROM supervision.meeting_points WHERE case_id IS NOT NULL',
  /** Teams and the regions that they are or were bound to. */
  bound: 'SELECT team_id AS a, division_code AS b FROM supervision.inspection_team_divisions',
};
