import type { CaseScopeChanged, PayloadOf } from '@anjie/contracts';
import { insertRows, selectIn, write, type Sql } from '../database';

export type CaseScope = PayloadOf<typeof CaseScopeChanged>;

/** Writes a case's scope as given: the truth in cases, the copy of a newer snapshot elsewhere. */
export const putCaseScope = (tx: Sql, scope: CaseScope, version: number): Promise<void> => putCaseScopes(tx, [{ scope, version }]);

/** Many scopes in a fixed number of statements. */
export async function putCaseScopes(tx: Sql, versions: readonly { readonly scope: CaseScope; readonly version: number }[]): Promise<void> {
  if (versions.length === 0) return;
  const scopes = versions.map((one) => one.scope);
  const ids = scopes.map((scope) => scope.caseId);
  await write(
    tx,
    `INSERT INTO case_scopes (case_id, division_code, status, lead_unit_id, lead_since, plan_since, closed_on, is_sealed, version) VALUES ?
     ON DUPLICATE KEY UPDATE division_code = VALUES(division_code), status = VALUES(status), lead_unit_id = VALUES(lead_unit_id),
       lead_since = VALUES(lead_since), plan_since = VALUES(plan_since), closed_on = VALUES(closed_on), is_sealed = VALUES(is_sealed),
       version = VALUES(version)`,
    [versions.map(({ scope: s, version }) => [s.caseId, s.divisionCode, s.status, s.leadUnitId, s.leadSince, s.planSince, s.closedOn, s.isSealed, version])],
  );
  for (const table of ['case_parties', 'case_exclusions', 'case_ledgers']) await write(tx, `DELETE FROM ${table} WHERE case_id IN (?)`, [ids]);
  await insertRows(tx, 'case_parties', scopes.flatMap((s) => s.parties.map((p) => ({ case_id: s.caseId, party_kind: p.kind, party_id: p.id, role: p.role }))));
  await insertRows(tx, 'case_exclusions', scopes.flatMap((s) => s.excluded.map((p) => ({ case_id: s.caseId, party_kind: p.kind, party_id: p.id, since_on: p.since ?? null }))));
  await insertRows(tx, 'case_ledgers', scopes.flatMap((s) => s.ledgers.map((l) => ({
    case_id: s.caseId, campaign_id: l.campaignId, division_code: l.divisionCode, entered_on: l.enteredOn, removed_on: l.removedOn,
  }))));
}

export interface KnownCase {
  readonly caseId: string;
  readonly divisionCode: string;
  readonly status: string;
  readonly leadUnitId: string | null;
  readonly leadSince: string | null;
  readonly planSince: string | null;
  readonly closedOn: string | null;
}

/** The scope rows of cases that this service has heard of. */
export const knownCases = (sql: Sql, caseIds: readonly string[]): Promise<KnownCase[]> =>
  selectIn<KnownCase>(
    sql,
    `SELECT case_id AS caseId, division_code AS divisionCode, status, lead_unit_id AS leadUnitId, lead_since AS leadSince,
            plan_since AS planSince, closed_on AS closedOn FROM case_scopes WHERE case_id IN (?)`,
    caseIds,
  );

export interface LedgerOfCase {
  readonly caseId: string;
  readonly campaignId: string;
  readonly divisionCode: string;
  readonly enteredOn: string;
  readonly removedOn: string | null;
}

/** The ledgers that count a case now: where a figure about the case must be added. */
export const ledgersOf = (sql: Sql, caseId: string): Promise<LedgerOfCase[]> => ledgersOfCases(sql, [caseId]);

export const ledgersOfCases = (sql: Sql, caseIds: readonly string[]): Promise<LedgerOfCase[]> =>
  selectIn<LedgerOfCase>(
    sql,
    `SELECT case_id AS caseId, campaign_id AS campaignId, division_code AS divisionCode, entered_on AS enteredOn, removed_on AS removedOn
       FROM case_ledgers WHERE case_id IN (?) AND removed_on IS NULL`,
    caseIds,
  );
