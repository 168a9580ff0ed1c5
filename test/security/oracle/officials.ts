import type { Persona } from '../world/personas';
import { BESIDE_CASE, byCase, has, isIn, isOffice, isOpenBeside, isOwn, linked, LIST, OWNER, type KnowledgeOf, type LinkStatements, type Question, type Rule } from './rule';

/** What a unit has: its staff and those above it, the joint office of the place, and whoever is named in it. */
const isAtHome: Rule = (asked) => isOwn(asked) || isOffice(asked);

const casesOf = (asked: Question, activityId: string): Question[] => linked(asked, 'activityCases', activityId).map((caseId) => ({ ...asked, row: { ...asked.row, caseId } }));
/** 《信访工作条例》第三十条第三款: what was said about several cases is for nobody whom one of them keeps out. */
const isOpenActivity = (asked: Question, activityId: string): boolean => casesOf(asked, activityId).every(isOpenBeside);
const seesActivity: Rule = (asked) => isOpenActivity(asked, asked.row.id) && (isAtHome(asked) || casesOf(asked, asked.row.id).some((one) => byCase(one)));
const seesPromise: Rule = (asked) => {
  const activity = asked.facts.rows.get('Activity')?.get(String(asked.row.more['activity']));
  if (!activity) return false;
  const [there, isOpen] = [{ ...asked, row: activity }, isOpenActivity(asked, activity.id)];
  if (asked.row.caseId === null) return seesActivity(there) || (isOwn(asked) && isOpen);
  return byCase(asked) || (isOpenBeside(asked) && (isOwn(asked) || (isOpen && isAtHome(there))));
};
const seesAgendaItem: Rule = (asked) => (asked.row.caseId === null ? isAtHome(asked) : byCase(asked) || (isAtHome(asked) && isOpenBeside(asked)));

/** A sponsor, and who owes the hand-over since the sponsor's post ended. */
const SPONSORS = (sponsorship: string): string => `CONCAT_WS(',', ${sponsorship}.official_id, ${LIST('h.head_official_id', `officials.sponsor_hand_overs h WHERE h.sponsorship_id = ${sponsorship}.id`)})`;

export const OF_OFFICIALS: KnowledgeOf = {
  PortalClient: { said: 'OWN', rows: 'SELECT id FROM officials.portal_clients', sees: ({ who }) => has(who, 'ADMIN') },
  DirectoryImport: { said: 'OWN', rows: 'SELECT id, requester AS officials FROM officials.directory_imports', sees: OWNER },
  Sponsorship: { said: 'BESIDE_CASE', rows: `SELECT s.id, s.case_id AS caseId, ${SPONSORS('s')} AS officials FROM officials.sponsorships s`, sees: BESIDE_CASE },
  SponsorDuty: { said: 'BESIDE_CASE', rows: `SELECT d.id, s.case_id AS caseId, ${SPONSORS('s')} AS officials FROM officials.sponsor_duties d JOIN officials.sponsorships s ON s.id = d.sponsorship_id`, sees: BESIDE_CASE },
  TaskForce: { said: 'BESIDE_CASE', rows: `SELECT f.id, f.case_id AS caseId, ${LIST('m.official_id', 'officials.task_force_members m WHERE m.task_force_id = f.id AND m.left_on IS NULL')} AS officials FROM officials.task_forces f`, sees: BESIDE_CASE },
  ClosingOpinion: { said: 'BESIDE_CASE', rows: 'SELECT id, case_id AS caseId, official_id AS officials FROM officials.closing_opinions', sees: BESIDE_CASE },
  Activity: {
    said: 'BESIDE_CASE',
    rows: `SELECT a.id, a.unit_id AS units, a.division_code AS division, ${LIST('o.official_id', 'officials.activity_officials o WHERE o.activity_id = a.id')} AS officials FROM officials.activities a`,
    sees: seesActivity,
  },
  ActivityPromise: { said: 'BESIDE_CASE', rows: 'SELECT id, case_id AS caseId, obligor_unit_id AS units, obligor_official_id AS officials, activity_id AS activity FROM officials.activity_promises', sees: seesPromise },
  AgendaItem: { said: 'BESIDE_CASE', rows: 'SELECT id, case_id AS caseId, body_unit_id AS units, division_code AS division FROM officials.agenda_items', sees: seesAgendaItem },
  Appointment: {
    said: 'BESIDE_CASE', rows: 'SELECT id, case_id AS caseId, unit_id AS units, official_id AS officials FROM officials.appointments',
    isOfOffice: ({ caseId }) => caseId === null, sees: (asked) => asked.row.caseId === null || BESIDE_CASE(asked),
  },
  /** The official, and the head of the unit, who decides. */
  Recusal: {
    said: 'BESIDE_CASE',
    rows: `SELECT r.id, r.case_id AS caseId, CONCAT_WS(',', r.official_id, ${LIST('p.official_id', 'officials.posts p WHERE p.unit_id = r.unit_id AND p.is_head = 1 AND p.ended_on IS NULL')}) AS officials FROM officials.recusals r`,
    sees: BESIDE_CASE,
  },
  ResourceAllocation: { said: 'OVERSIGHT', rows: 'SELECT id, unit_id AS units, division_code AS division FROM officials.resource_allocations', sees: isAtHome },
};

export const LINKS_OF_OFFICIALS: LinkStatements = {
  activityCases: 'SELECT activity_id AS a, case_id AS b FROM officials.activity_cases',
};

/** Figures of a place, or of a unit in it, are for the joint offices of the place and above. */
export const overseesPlace = (who: Persona, told: unknown): boolean => {
  const { code } = (told as { readonly division?: { readonly code?: unknown } | null } | undefined)?.division ?? {};
  return has(who, 'JOINT_OFFICE') && isIn(code, who.division);
};
