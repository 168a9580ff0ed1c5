import { BUSINESS_NOW, selectIn, type Sql } from '@anjie/service-kit/database';
import { knownUnits } from '@anjie/service-kit/facts';
import { divisionLine } from '../rules/back-trace';
import type { DutyParties, KnownFacts } from '../rules/reminder-facts';

/** Everything that decides whom to remind of these duties, in a fixed number of statements. `needsOffices`: somebody is to tell a joint office. */
export async function knownFacts(sql: Sql, duties: readonly DutyParties[], needsOffices: boolean): Promise<KnownFacts> {
  const caseIds = distinct(duties.map((one) => one.caseId));
  const parts = await officialsOfCases(sql, caseIds);
  const units = await knownUnits(sql, distinct(duties.map((one) => one.obligorUnitId)));
  const posts = await postsOfOfficials(sql, distinct([...duties.map((one) => one.obligorOfficialId), ...units.map((one) => one.headOfficialId), ...parts.map((one) => one.officialId)]));
  const offices = needsOffices ? await officesAbove(sql, units.map((one) => one.divisionCode)) : [];
  const unitIds = distinct([...duties.map((one) => one.obligorUnitId), ...[...parts, ...posts].map((one) => one.unitId), ...offices.map((one) => one.id)]);
  return {
    parts, units, posts, offices,
    closure: await selectIn(sql, 'SELECT descendant_id AS unitId, ancestor_id AS ancestorId FROM unit_closure WHERE descendant_id IN (?)', unitIds),
    exclusions: await selectIn(sql, 'SELECT case_id AS caseId, party_id AS partyId FROM case_exclusions WHERE case_id IN (?)', caseIds),
    sealedCaseIds: needsOffices ? await sealedOnes(sql, caseIds) : [],
  };
}

const distinct = (ids: readonly (string | null)[]): string[] => [...new Set(ids.filter((id) => id !== null))];

/** The first post, and every other one that is not over (借调, 代理). */
const postsOfOfficials = (sql: Sql, officialIds: readonly string[]): Promise<KnownFacts['posts'][number][]> =>
  selectIn(
    sql,
    `SELECT id AS officialId, unit_id AS unitId FROM known_officials WHERE id IN (?)
     UNION SELECT official_id, unit_id FROM posts WHERE official_id IN (?) AND (ended_on IS NULL OR ended_on > DATE(${BUSINESS_NOW} + INTERVAL 8 HOUR))`,
    officialIds, [officialIds],
  );

/** Officials with a part in the case who are in office, as far as the directory's copy knows. */
const officialsOfCases = (sql: Sql, caseIds: readonly string[]): Promise<KnownFacts['parts'][number][]> =>
  selectIn(
    sql,
    `SELECT p.case_id AS caseId, p.party_id AS officialId, p.role, k.unit_id AS unitId
       FROM case_parties p LEFT JOIN known_officials k ON k.id = p.party_id
      WHERE p.case_id IN (?) AND p.party_kind = 'OFFICIAL' AND k.valid_to IS NULL ORDER BY p.case_id, p.party_id, p.role`,
    caseIds,
  );

const officesAbove = (sql: Sql, divisionCodes: readonly string[]): Promise<KnownFacts['offices'][number][]> =>
  selectIn(
    sql, "SELECT id, division_code AS divisionCode FROM known_units WHERE division_code IN (?) AND kind = 'JOINT_OFFICE' AND valid_to IS NULL ORDER BY code",
    distinct(divisionCodes.flatMap(divisionLine)),
  );

const sealedOnes = async (sql: Sql, caseIds: readonly string[]): Promise<string[]> =>
  (await selectIn<{ id: string }>(sql, 'SELECT case_id AS id FROM case_scopes WHERE case_id IN (?) AND is_sealed = 1', caseIds)).map((row) => row.id);
