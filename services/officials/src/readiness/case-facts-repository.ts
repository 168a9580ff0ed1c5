import { BUSINESS_NOW, selectIn, write, type Sql } from '@anjie/service-kit/database';
import { TODAY } from '../directory/business-day';
import type { ReadinessFacts } from '../rules/readiness';

/** All that officials knows about a case: its scope, its sponsor, its task force, and when either was lost. */
export interface CaseFacts {
  readonly id: string;
  readonly today: string;
  readonly knownOn: string;
  readonly enteredOn: string | null;
  readonly leadUnitId: string | null;
  readonly leadSince: string | null;
  readonly planSince: string | null;
  readonly closedOn: string | null;
  readonly sponsorId: string | null;
  readonly sponsorSince: string | null;
  readonly sponsorLostOn: string | null;
  readonly taskForceId: string | null;
  readonly taskForceSince: string | null;
  readonly taskForceLostOn: string | null;
  readonly upperTaskForceId: string | null;
  /** Officials who sit in the active task forces, the one of an upper level included, comma-separated; somebody in both comes twice. */
  readonly memberIds: string | null;
  readonly crewVersion: number;
}

const FACTS = `SELECT c.case_id AS id, ${TODAY} AS today, COALESCE(r.known_on, ${TODAY}) AS knownOn,
    (SELECT MIN(l.entered_on) FROM case_ledgers l WHERE l.case_id = c.case_id AND l.removed_on IS NULL) AS enteredOn,
    s.lead_unit_id AS leadUnitId, s.lead_since AS leadSince, s.plan_since AS planSince, s.closed_on AS closedOn,
    sp.official_id AS sponsorId, sp.started_on AS sponsorSince,
    (SELECT MAX(e.ended_on) FROM sponsorships e WHERE e.case_id = c.case_id) AS sponsorLostOn,
    tf.id AS taskForceId, tf.formed_on AS taskForceSince,
    (SELECT MAX(e.dissolved_on) FROM task_forces e WHERE e.case_id = c.case_id AND e.level IS NULL) AS taskForceLostOn, utf.id AS upperTaskForceId,
    (SELECT GROUP_CONCAT(m.active_official_id ORDER BY m.duty, m.active_official_id) FROM task_forces f JOIN task_force_members m ON m.task_force_id = f.id
      WHERE f.case_id = c.case_id AND f.dissolved_on IS NULL) AS memberIds,
    COALESCE(w.version, 0) AS crewVersion
  FROM (SELECT case_id FROM case_scopes WHERE case_id IN (?) UNION SELECT case_id FROM case_readiness WHERE case_id IN (?)) c
  LEFT JOIN case_readiness r ON r.case_id = c.case_id
  LEFT JOIN case_scopes s ON s.case_id = c.case_id
  LEFT JOIN sponsorships sp ON sp.active_case_id = c.case_id
  LEFT JOIN task_forces tf ON tf.active_case_id = c.case_id
  LEFT JOIN task_forces utf ON utf.upper_case_id = c.case_id
  LEFT JOIN case_crews w ON w.case_id = c.case_id`;

/** One statement however many cases. */
export const caseFactsOf = async (sql: Sql, caseIds: readonly string[]): Promise<CaseFacts[]> =>
  (await selectIn<CaseFacts>(sql, FACTS, caseIds, [caseIds])).map((row) => ({ ...row, crewVersion: Number(row.crewVersion) }));

export const readinessFactsOf = (facts: CaseFacts): ReadinessFacts => ({
  enteredOn: facts.enteredOn,
  knownOn: facts.knownOn,
  sponsor: { since: facts.sponsorSince, lostOn: facts.sponsorLostOn },
  taskForce: { since: facts.taskForceSince, lostOn: facts.taskForceLostOn },
  plan: { since: facts.planSince, lostOn: null },
});

/**
 * Takes the cases' rows until commit, in one order for everybody; whoever changes what is counted about a case starts
 * here. Answers how many were new: about a new case nothing can have been recorded before.
 */
export const lockCases = (tx: Sql, caseIds: readonly string[]): Promise<number> => {
  const sorted = [...new Set(caseIds)].sort();
  return write(
    tx,
    `INSERT INTO case_readiness (case_id, known_on, computed_at) VALUES ${sorted.map(() => `(?, ${TODAY}, ${BUSINESS_NOW})`).join(', ')}
     ON DUPLICATE KEY UPDATE case_id = case_id`,
    sorted,
  );
};

export interface ReadinessState {
  readonly id: string;
  readonly isSponsored: boolean;
  readonly isComplete: boolean;
}

/** Keeps the outcome; a row that says the same already costs no write. */
export async function saveReadiness(tx: Sql, states: readonly ReadinessState[]): Promise<void> {
  for (const isSponsored of [false, true]) {
    for (const isComplete of [false, true]) {
      const ids = states.filter((s) => s.isSponsored === isSponsored && s.isComplete === isComplete).map((s) => s.id);
      if (ids.length === 0) continue;
      await write(
        tx, `UPDATE case_readiness SET is_sponsored = ?, is_complete = ?, computed_at = ${BUSINESS_NOW}
              WHERE case_id IN (?) AND (is_sponsored <> ? OR is_complete <> ?)`,
        [isSponsored, isComplete, ids, isSponsored, isComplete],
      );
    }
  }
}

/** The crew's next version; the caller holds the case. */
export const saveCrewVersions = (tx: Sql, crews: readonly { readonly id: string; readonly version: number }[]): Promise<number> =>
  write(tx, 'INSERT INTO case_crews (case_id, version) VALUES ? ON DUPLICATE KEY UPDATE version = VALUES(version)', [crews.map((c) => [c.id, c.version])]);
