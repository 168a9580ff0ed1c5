import { isIdNumber, normaliseIdNumber, normalisePhone } from '@anjie/contracts';
import { insertRows, newId, select, selectIn, type Sql } from '@anjie/service-kit/database';
import { maskIdNumber, maskName, maskPhone } from '../rules/masking';
import type { IdentityVault } from './identity-vault';

/** Identity as given at registration or import, before it is sealed. Never stored, logged or sent. */
export interface Identity {
  readonly name: string | null;
  readonly idNumber: string | null;
  readonly phone: string | null;
  readonly address: string | null;
  readonly isPrincipal: boolean;
}

export interface PetitionerRow {
  readonly id: string;
  readonly petitionId: string;
  readonly isPrincipal: number;
  readonly nameSealed: Buffer | null;
  readonly idNumberSealed: Buffer | null;
  readonly phoneSealed: Buffer | null;
  readonly addressSealed: Buffer | null;
}

export interface PetitionIdentities {
  readonly petitionId: string;
  readonly identities: readonly Identity[];
  /** Whoever accuses is found by no fingerprint. */
  readonly isSealed?: boolean;
}

/** Seals and stores the petitioners of many petitions in one statement. */
export async function insertPetitioners(tx: Sql, vault: IdentityVault, petitions: readonly PetitionIdentities[]): Promise<void> {
  const rows = petitions.flatMap(({ petitionId, identities, isSealed }) =>
    identities.map((identity, i) => sealedRow(vault, { petitionId, ordinal: i + 1, identity, isIndexed: !isSealed })));
  await insertRows(tx, 'petitioners', rows);
}

interface PetitionerPlace {
  readonly petitionId: string;
  readonly ordinal: number;
  readonly identity: Identity;
  readonly isIndexed: boolean;
}

function sealedRow(vault: IdentityVault, { petitionId, ordinal, identity, isIndexed }: PetitionerPlace) {
  const rowId = newId();
  const idNumber = identity.idNumber ? normaliseIdNumber(identity.idNumber) : null;
  const phone = identity.phone ? normalisePhone(identity.phone) : null;
  return {
    id: rowId,
    petition_id: petitionId,
    ordinal,
    is_principal: identity.isPrincipal,
    name_sealed: vault.seal(identity.name?.normalize('NFC').trim(), { column: 'name', rowId }),
    id_number_sealed: vault.seal(idNumber, { column: 'id_number', rowId }),
    phone_sealed: vault.seal(phone, { column: 'phone', rowId }),
    address_sealed: vault.seal(identity.address, { column: 'address', rowId }),
    id_number_index: vault.blindIndex('id_number', isIndexed && idNumber && isIdNumber(idNumber) ? idNumber : null),
    phone_index: vault.blindIndex('phone', isIndexed ? phone : null),
  };
}

const COLUMNS = `id, petition_id AS petitionId, is_principal AS isPrincipal, name_sealed AS nameSealed, id_number_sealed AS idNumberSealed,
  phone_sealed AS phoneSealed, address_sealed AS addressSealed`;

/** Petitioners of petitions that the caller has already checked to be visible. */
export const petitionersOf = (sql: Sql, petitionIds: readonly string[]): Promise<PetitionerRow[]> =>
  selectIn<PetitionerRow>(sql, `SELECT ${COLUMNS} FROM petitioners WHERE petition_id IN (?) ORDER BY petition_id, ordinal`, petitionIds);

export const petitionerByRef = async (sql: Sql, petitionId: string, ref: string): Promise<PetitionerRow | undefined> =>
  (await select<PetitionerRow>(sql, `SELECT ${COLUMNS} FROM petitioners WHERE petition_id = ? AND id = ?`, [petitionId, ref]))[0];

/** Identity in clear: for the audited reveal only. */
export const openPetitioner = (vault: IdentityVault, row: PetitionerRow) => ({
  name: vault.open(row.nameSealed, { column: 'name', rowId: row.id }),
  idNumber: vault.open(row.idNumberSealed, { column: 'id_number', rowId: row.id }),
  phone: vault.open(row.phoneSealed, { column: 'phone', rowId: row.id }),
  address: vault.open(row.addressSealed, { column: 'address', rowId: row.id }),
});

/** What everybody else sees. */
export function maskedPetitioner(vault: IdentityVault, row: PetitionerRow) {
  const clear = openPetitioner(vault, row);
  return {
    ref: row.id,
    maskedName: clear.name ? maskName(clear.name) : '—',
    maskedPhone: clear.phone && maskPhone(clear.phone),
    maskedIdNumber: clear.idNumber && maskIdNumber(clear.idNumber),
    isPrincipal: Boolean(row.isPrincipal),
  };
}
export type MaskedPetitioner = ReturnType<typeof maskedPetitioner>;
