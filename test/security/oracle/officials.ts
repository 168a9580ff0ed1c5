import { BESIDE_CASE, has, LIST, OWNER, type KnowledgeOf, type LinkStatements } from './rule';

export const OF_OFFICIALS: KnowledgeOf = {
  PortalClient: { said: 'OWN', rows: 'SELECT id FROM officials.portal_clients', sees: ({ who }) => has(who, 'ADMIN') },
  DirectoryImport: { said: 'OWN', rows: 'SELECT id, requester AS officials FROM officials.directory_imports', sees: OWNER },
  Sponsorship: { said: 'BESIDE_CASE', rows: 'SELECT id, case_id AS caseId, official_id AS officials FROM officials.sponsorships', sees: BESIDE_CASE },
  TaskForce: { said: 'BESIDE_CASE', rows: `SELECT f.id, f.case_id AS caseId, ${LIST('m.official_id', 'officials.task_force_members m WHERE m.task_force_id = f.id AND m.left_on IS NULL')} AS officials FROM officials.task_forces f`, sees: BESIDE_CASE },
  ClosingOpinion: { said: 'BESIDE_CASE', rows: 'SELECT id, case_id AS caseId, official_id AS officials FROM officials.closing_opinions', sees: BESIDE_CASE },
};

export const LINKS_OF_OFFICIALS: LinkStatements = {};
