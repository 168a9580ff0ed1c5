import { selectIn, write, type Sql } from '@anjie/service-kit/database';
import type { ComparedPerson } from '../rules/repeat-persons';
import type { MatterSigner } from './matter-signer';

/** A petition as it is signed: where, what about, by whom. */
export interface SignedPetition {
  readonly petitionId: string;
  readonly divisionCode: string;
  readonly texts: readonly (string | null | undefined)[];
  readonly people: readonly ComparedPerson[];
}

export const placeOf = (divisionCode: string): number => Number(divisionCode.slice(0, 6));

/**
 * 揭发控告 is never compared with anything (《信访工作条例》第三十条): nothing is written about it. Seen by the case, `c`, of a statement.
 */
export const COMPARABLE = "c.is_sealed = 0 AND c.purpose <> 'ACCUSATION'";

/**
 * Signatures, bands and fingerprints of many petitions; four statements. A petition that is signed already gets the new signature and keeps its
 * old bands beside the new ones: what they lead to is judged by the signature.
 */
export async function writeSignatures(tx: Sql, signer: MatterSigner, petitions: readonly SignedPetition[]): Promise<void> {
  if (petitions.length === 0) return;
  const signed = petitions.map((petition) => ({ ...petition, ...signer.sign(petition.texts), prints: signer.prints(petition.people, petition.divisionCode) }));
  await write(tx, 'INSERT INTO petition_signatures (petition_id, grams, signature) VALUES ? ON DUPLICATE KEY UPDATE grams = VALUES(grams), signature = VALUES(signature)', [
    signed.map((one) => [one.petitionId, one.grams, one.signature])]);
  const seqs = new Map((await selectIn<{ id: string; seq: number }>(
    tx, 'SELECT petition_id AS id, seq FROM petition_signatures WHERE petition_id IN (?)', signed.map((one) => one.petitionId),
  )).map((row) => [row.id, row.seq]));
  const bands = signed.flatMap(({ petitionId, divisionCode, bands: own }) => own.map((band) => [band, placeOf(divisionCode), seqs.get(petitionId) ?? 0] as const));
  // in key order, so that two writers never wait for each other crosswise
  bands.sort(([a], [b]) => a.compare(b));
  if (bands.length > 0) await write(tx, 'INSERT INTO petition_bands (band, place, seq) VALUES ? ON DUPLICATE KEY UPDATE seq = petition_bands.seq', [bands]);
  const prints = signed.flatMap(({ petitionId, prints: own }) => own.map(({ print }) => [print, seqs.get(petitionId) ?? 0] as const));
  prints.sort(([a], [b]) => a.compare(b));
  if (prints.length > 0) await write(tx, 'INSERT INTO petition_persons (print, seq) VALUES ? ON DUPLICATE KEY UPDATE seq = petition_persons.seq', [prints]);
}

export interface RegisteredPetition {
  readonly petitionId: string;
  readonly caseId: string;
  readonly title: string;
  readonly content: string | null;
  readonly claims?: readonly string[] | undefined;
  readonly people: readonly ComparedPerson[];
}

/** Signs petitions in the transaction that registers them; summary and purpose are those of their cases. */
export async function signRegistered(tx: Sql, signer: MatterSigner, petitions: readonly RegisteredPetition[]): Promise<void> {
  const cases = new Map((await selectIn<{ id: string; divisionCode: string; summary: string }>(
    tx, `SELECT c.id, c.division_code AS divisionCode, c.summary FROM cases c WHERE c.id IN (?) AND ${COMPARABLE}`, [...new Set(petitions.map((one) => one.caseId))],
  )).map((row) => [row.id, row]));
  await writeSignatures(tx, signer, petitions.flatMap(({ petitionId, caseId, title, content, claims, people }) => {
    const found = cases.get(caseId);
    return found ? [{ petitionId, divisionCode: found.divisionCode, texts: [title, found.summary, content, ...(claims ?? [])], people }] : [];
  }));
}
