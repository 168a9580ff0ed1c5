import { select, selectIn, write, type Sql } from '@anjie/service-kit/database';
import { groupBy } from '@anjie/service-kit/runtime';
import { claimsOf } from '../claims/claim-repository';
import type { IdentityVault } from '../petitioners/identity-vault';
import { petitionersOf, type PetitionerRow } from '../petitioners/petitioner-repository';
import type { ComparedPerson } from '../rules/repeat-persons';
import { COMPARABLE, writeSignatures, type SignedPetition } from './signature-writer';

/**
 * Where the run over petitions registered before stands, held until commit; undefined when it is done or another worker is at it.
 * Whoever changes how signatures are made empties the three tables and sets `after_id` back in a migration: the run then signs everything again.
 */
export async function takeRun(tx: Sql): Promise<{ afterId: string } | undefined> {
  const [run] = await select<{ afterId: string }>(tx, 'SELECT after_id AS afterId FROM signature_runs WHERE id = 1 AND finished_at IS NULL FOR UPDATE SKIP LOCKED');
  return run;
}

export const moveRun = (tx: Sql, afterId: string | undefined): Promise<number> =>
  afterId === undefined
    ? write(tx, 'UPDATE signature_runs SET finished_at = UTC_TIMESTAMP(3) WHERE id = 1')
    : write(tx, 'UPDATE signature_runs SET after_id = ? WHERE id = 1', [afterId]);

interface Stored {
  readonly id: string;
  readonly caseId: string;
  readonly divisionCode: string;
  readonly title: string;
  readonly summary: string;
  readonly contentSealed: Buffer | null;
  readonly isSigned: number;
}

/** The next petitions in order of their ids, opened. `lastId` is undefined when none is left. */
export async function nextUnsigned(tx: Sql, vault: IdentityVault, { afterId, limit }: { afterId: string; limit: number }): Promise<{ lastId: string | undefined; petitions: SignedPetition[] }> {
  const rows = await select<Stored>(
    tx,
    `SELECT p.id, p.case_id AS caseId, c.division_code AS divisionCode, p.title, c.summary, p.content_sealed AS contentSealed,
            (s.seq IS NOT NULL OR NOT (${COMPARABLE})) AS isSigned
       FROM petitions p JOIN cases c ON c.id = p.case_id LEFT JOIN petition_signatures s ON s.petition_id = p.id WHERE p.id > ? ORDER BY p.id LIMIT ?`,
    [afterId, limit],
  );
  return { lastId: rows.at(-1)?.id, petitions: await openPetitions(tx, vault, rows.filter((row) => !Number(row.isSigned))) };
}

async function openPetitions(tx: Sql, vault: IdentityVault, rows: readonly Stored[]): Promise<SignedPetition[]> {
  const people = groupBy(await petitionersOf(tx, rows.map((row) => row.id)), (row) => row.petitionId);
  const claims = groupBy(await claimsOf(tx, [...new Set(rows.map((row) => row.caseId))]), (claim) => claim.caseId);
  return rows.map((row) => ({
    petitionId: row.id, divisionCode: row.divisionCode,
    texts: [row.title, row.summary, vault.open(row.contentSealed, { column: 'petitions.content_sealed', rowId: row.id }), ...(claims.get(row.caseId) ?? []).map((claim) => claim.stated)],
    people: (people.get(row.id) ?? []).map((person) => comparedPerson(vault, person)),
  }));
}

const COMPARED = `SELECT p.id, p.case_id AS caseId, c.division_code AS divisionCode, p.title, c.summary, p.content_sealed AS contentSealed, 0 AS isSigned
  FROM petitions p JOIN cases c ON c.id = p.case_id`;

/** One petition as it is compared; the caller has checked that it is visible. */
export const comparedPetition = async (sql: Sql, vault: IdentityVault, petitionId: string): Promise<SignedPetition | undefined> =>
  (await openPetitions(sql, vault, await selectIn<Stored>(sql, `${COMPARED} WHERE p.id IN (?) AND ${COMPARABLE}`, [petitionId])))[0];

/** Petitions of a case whose words were corrected: they are signed again by what is on file now. */
export const signAgain = async (tx: Sql, vault: IdentityVault, caseId: string): Promise<void> =>
  writeSignatures(tx, vault.matterSigner, await openPetitions(tx, vault, await selectIn<Stored>(tx, `${COMPARED} WHERE p.case_id IN (?) AND ${COMPARABLE}`, [caseId])));

/** Opened for its fingerprints and forgotten; nobody sees it, so it is no reading of identity data. */
const comparedPerson = (vault: IdentityVault, row: PetitionerRow): ComparedPerson => ({
  name: vault.open(row.nameSealed, { column: 'petitioners.name_sealed', rowId: row.id }),
  idNumber: vault.open(row.idNumberSealed, { column: 'petitioners.id_number_sealed', rowId: row.id }),
  phone: vault.open(row.phoneSealed, { column: 'petitioners.phone_sealed', rowId: row.id }),
  idKind: row.idKind,
  isAgent: row.role === 'AGENT',
});
