import { normaliseIdNumber, normalisePhone } from '@anjie/contracts';
import { newId, write, type Sql } from '@anjie/service-kit/database';
import type { IdentityFieldName } from '../generated/graphql';
import { indexCells } from '../petitioners/blind-index';
import type { IdentityVault } from '../petitioners/identity-vault';
import { indexedNumber, petitionerByRef, type PetitionerRow } from '../petitioners/petitioner-repository';
import { signAgain } from '../repeats/backfill-repository';
import { insertCorrection, type DataRequestRow } from './data-request-repository';

type SealedField = 'name' | 'id_number' | 'phone' | 'address';
const COLUMNS: Readonly<Record<IdentityFieldName, SealedField>> = { NAME: 'name', ID_NUMBER: 'id_number', PHONE: 'phone', ADDRESS: 'address' };
const SEALED: Readonly<Record<IdentityFieldName, (row: PetitionerRow) => Buffer | null>> = {
  NAME: (row) => row.nameSealed, ID_NUMBER: (row) => row.idNumberSealed, PHONE: (row) => row.phoneSealed, ADDRESS: (row) => row.addressSealed,
};

/** In the one form that is stored. */
const FORMS: Readonly<Record<IdentityFieldName, (text: string) => string>> = {
  NAME: (text) => text.normalize('NFC').trim(), ID_NUMBER: normaliseIdNumber, PHONE: normalisePhone, ADDRESS: (text) => text.trim(),
};

export interface Correcting {
  readonly request: DataRequestRow;
  readonly on: string;
  readonly by: string;
}

/**
 * 更正 (第四十六条): compare-and-set on what was read; the old value stays, sealed, in the history; blind index and signatures follow. False when the petitioner is gone
 * or somebody was faster.
 */
export async function correctIdentity(tx: Sql, vault: IdentityVault, { request, on, by }: Correcting): Promise<boolean> {
  const { field, petitionerId, valueSealed } = request;
  const row = petitionerId === null ? undefined : await petitionerByRef(tx, request.petitionId, petitionerId);
  if (!row || field === null) return false;
  const value = FORMS[field](vault.open(valueSealed, { column: 'data_requests.value_sealed', rowId: request.id }) ?? '') || null;
  const column = COLUMNS[field];
  const before = SEALED[field](row);
  const sealed = vault.seal(value, { column: `petitioners.${column}_sealed`, rowId: row.id });
  const index = indexAfter(vault, { row, column, value });
  const changed = await write(
    tx, `UPDATE petitioners SET ${column}_sealed = ?${Object.keys(index).map((name) => `, ${name} = ?`).join('')} WHERE id = ? AND ${column}_sealed <=> ?`, [sealed, ...Object.values(index), row.id, before],
  );
  if (changed !== 1) return false;
  const id = newId();
  const old = vault.open(before, { column: `petitioners.${column}_sealed`, rowId: row.id });
  await insertCorrection(tx, { id, petitionerId: row.id, requestId: request.id, field, on, by, beforeSealed: vault.seal(old, { column: 'identity_corrections.before_sealed', rowId: id }) });
  await signAgain(tx, vault, request.caseId);
  return true;
}

function indexAfter({ keyring }: IdentityVault, { row, column, value }: { row: PetitionerRow; column: SealedField; value: string | null }): Readonly<Record<string, Buffer | null>> {
  if (column === 'phone') return indexCells(keyring, 'phone', value);
  return column === 'id_number' ? indexCells(keyring, 'id_number', indexedNumber(value, row.idKind ?? 'RESIDENT_ID')) : {};
}
