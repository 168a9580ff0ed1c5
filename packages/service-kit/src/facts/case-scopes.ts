import type { CaseScopeChanged, PayloadOf } from '@anjie/contracts';
import { insertRows, selectIn, write, type Row, type Sql } from '../database';

export type CaseScope = PayloadOf<typeof CaseScopeChanged>;

/** Writes a case's scope as given: the truth in cases, the copy of a newer snapshot elsewhere. */
export const putCaseScope = async (tx: Sql, scope: CaseScope, version: number): Promise<void> => void (await putCaseScopes(tx, [{ scope, version }]));

/**
 * Many scopes in a fixed number of statements. Answers the cases that stand otherwise in their ledgers than before: what is
 * counted by ledger can have changed there only. Most changes are of parties alone.
 */
export async function putCaseScopes(tx: Sql, versions: readonly { readonly scope: CaseScope; readonly version: number }[]): Promise<readonly string[]> {
  if (versions.length === 0) return [];
  const scopes = versions.map((one) => one.scope);
  const ids = scopes.map((scope) => scope.caseId);
  await write(
    tx,
    `INSERT INTO case_scopes (case_id, division_code, status, lead_unit_id, lead_since, plan_since, closed_on, is_sealed, is_hard, limit_on, plan_on, version) VALUES ?
     ON DUPLICATE KEY UPDATE division_code = VALUES(division_code), status = VALUES(status), lead_unit_id = VALUES(lead_unit_id),
       lead_since = VALUES(lead_since), plan_since = VALUES(plan_since), closed_on = VALUES(closed_on), is_sealed = VALUES(is_sealed),
       is_hard = VALUES(is_hard), limit_on = VALUES(limit_on), plan_on = VALUES(plan_on),
       version = VALUES(version)`,
    [versions.map(({ scope: s, version }) => [s.caseId, s.divisionCode, s.status, s.leadUnitId, s.leadSince, s.planSince, s.closedOn, s.isSealed, s.isHard ?? false, s.limitOn ?? null, s.planOn ?? null, version])],
  );
  await putRowsOf(tx, 'case_parties', { caseIds: ids, rows: scopes.flatMap((s) => s.parties.map((p) => ({ case_id: s.caseId, party_kind: p.kind, party_id: p.id, role: p.role }))) });
  await putRowsOf(tx, 'case_exclusions', { caseIds: ids, rows: scopes.flatMap((s) => s.excluded.map((p) => ({ case_id: s.caseId, party_kind: p.kind, party_id: p.id, since_on: p.since ?? null }))) });
  return putRowsOf(tx, 'case_ledgers', { caseIds: ids, rows: scopes.flatMap((s) => s.ledgers.map((l) => ({
    case_id: s.caseId, campaign_id: l.campaignId, division_code: l.divisionCode, entered_on: l.enteredOn, removed_on: l.removedOn, recognised_on: l.recognisedOn ?? null,
  }))) });
}

const COLUMNS = {
  case_parties: ['case_id', 'party_kind', 'party_id', 'role'],
  case_exclusions: ['case_id', 'party_kind', 'party_id', 'since_on'],
  case_ledgers: ['case_id', 'campaign_id', 'division_code', 'entered_on', 'removed_on', 'recognised_on'],
} as const;

/**
 * Makes the rows of these cases the given ones and touches only those that differ: the twentieth referral of a case adds one
 * party, it does not write nineteen again. The caller holds the lock on the cases' rows in `case_scopes`. Answers the cases
 * whose rows differed.
 */
async function putRowsOf(tx: Sql, table: keyof typeof COLUMNS, { caseIds, rows }: { caseIds: readonly string[]; rows: readonly Row[] }): Promise<readonly string[]> {
  const columns = COLUMNS[table];
  const textOf = (row: Row): string => JSON.stringify(columns.map((column) => row[column] ?? null));
  const there = new Map((await selectIn<Row>(tx, `SELECT ${columns.join(', ')} FROM ${table} WHERE case_id IN (?)`, caseIds)).map((row) => [textOf(row), row]));
  const wanted = new Map(rows.map((row) => [textOf(row), row]));
  const gone = [...there].filter(([text]) => !wanted.has(text)).map(([, row]) => row);
  if (gone.length > 0) {
    // one OR per row, by its key: MariaDB looks up tuples of an IN one after the other through the whole table
    const one = `(${columns.map((column) => `${column} <=> ?`).join(' AND ')})`;
    await write(tx, `DELETE FROM ${table} WHERE case_id IN (?) AND (${gone.map(() => one).join(' OR ')})`, [caseIds, ...gone.flatMap((row) => columns.map((column) => row[column] ?? null))]);
  }
  const added = [...wanted].filter(([text]) => !there.has(text)).map(([, row]) => row);
  await insertRows(tx, table, added);
  return [...new Set([...gone, ...added].map((row) => String(row['case_id'])))];
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
