import { isIdNumber, normaliseIdNumber, normalisePhone } from '@anjie/contracts';
import type { AgencyScope, AgentAuthorityInput, PetitionerRole } from '../generated/graphql';
import { insertRows, newId, select, selectIn, type Sql } from '@anjie/service-kit/database';
import { idIndexText, type IdKind } from '../rules/id-documents';
import { shownIdentity, type Looking } from '../rules/identity-showing';
import { indexCells } from './blind-index';
import type { IdentityVault } from './identity-vault';

/** Identity as given at registration or import, before it is sealed. Never stored, logged or sent. */
export interface Identity {
  readonly name: string | null;
  readonly idNumber: string | null;
  readonly phone: string | null;
  readonly address: string | null;
  readonly isPrincipal: boolean;
  /** Left out: the principal, or somebody who signs with the others. */
  readonly role?: PetitionerRole;
  readonly idKind?: IdKind | null;
  readonly authority?: AgentAuthorityInput | null;
}

export interface PetitionerRow {
  readonly id: string;
  readonly petitionId: string;
  readonly isPrincipal: number;
  readonly nameSealed: Buffer | null;
  readonly idNumberSealed: Buffer | null;
  readonly phoneSealed: Buffer | null;
  readonly addressSealed: Buffer | null;
  readonly role: PetitionerRole | null;
  readonly idKind: IdKind | null;
  readonly actsForId: string | null;
  readonly authorityScope: string | null;
  readonly authorityFrom: string | null;
  readonly authorityTo: string | null;
  readonly authorityDocument: string | null;
  readonly authorityFileId: string | null;
}

export interface PetitionIdentities {
  readonly petitionId: string;
  readonly identities: readonly Identity[];
  /** Whoever accuses is found by no fingerprint. */
  readonly isSealed?: boolean;
}

/** Seals and stores the petitioners of many petitions in one statement. */
export async function insertPetitioners(tx: Sql, vault: IdentityVault, petitions: readonly PetitionIdentities[]): Promise<void> {
  const rows = petitions.flatMap(({ petitionId, identities, isSealed }) => {
    const ids = identities.map(() => newId());
    return identities.map((identity, i) => ({
      ...sealedRow(vault, { rowId: ids[i] ?? '', petitionId, ordinal: i + 1, identity, isIndexed: !isSealed }), ...partColumns(identity, ids),
    }));
  });
  await insertRows(tx, 'petitioners', rows);
}

/** The part in the petition, and for an agent the written authority, whose principal stands in the same list. */
const partColumns = ({ isPrincipal, role, idKind, authority }: Identity, ids: readonly string[]) => ({
  role: role ?? (isPrincipal ? 'PRINCIPAL' : 'CO_SIGNER'), id_kind: idKind ?? null, ...(authority ? authorityColumns(authority, ids) : NO_AUTHORITY),
});

const NO_AUTHORITY = { acts_for_id: null, authority_scope: null, authority_from: null, authority_to: null, authority_document: null, authority_file_id: null };
const authorityColumns = (authority: AgentAuthorityInput, ids: readonly string[]) => ({
  acts_for_id: ids[authority.principalOrdinal - 1] ?? null, authority_scope: [...new Set(authority.scope)].join(','), authority_from: authority.validFrom,
  authority_to: authority.validTo, authority_document: authority.documentRef?.trim() || null, authority_file_id: authority.attachmentId ?? null,
});

/** What of an ID number is indexed: nothing where it cannot be a number of its kind. */
export function indexedNumber(idNumber: string | null, kind: IdKind): string | null {
  if (!idNumber) return null;
  return kind !== 'RESIDENT_ID' || isIdNumber(idNumber) ? idIndexText(kind, idNumber) : null;
}

interface PetitionerPlace {
  readonly rowId: string;
  readonly petitionId: string;
  readonly ordinal: number;
  readonly identity: Identity;
  readonly isIndexed: boolean;
}

function sealedRow(vault: IdentityVault, { rowId, petitionId, ordinal, identity, isIndexed }: PetitionerPlace) {
  const idNumber = identity.idNumber ? normaliseIdNumber(identity.idNumber) : null;
  const phone = identity.phone ? normalisePhone(identity.phone) : null;
  return {
    id: rowId,
    petition_id: petitionId,
    ordinal,
    is_principal: identity.isPrincipal,
    name_sealed: vault.seal(identity.name?.normalize('NFC').trim(), { column: 'petitioners.name_sealed', rowId }),
    id_number_sealed: vault.seal(idNumber, { column: 'petitioners.id_number_sealed', rowId }),
    phone_sealed: vault.seal(phone, { column: 'petitioners.phone_sealed', rowId }),
    address_sealed: vault.seal(identity.address, { column: 'petitioners.address_sealed', rowId }),
    ...indexCells(vault.keyring, 'id_number', isIndexed ? indexedNumber(idNumber, identity.idKind ?? 'RESIDENT_ID') : null),
    ...indexCells(vault.keyring, 'phone', isIndexed ? phone : null),
  };
}

const COLUMNS = `id, petition_id AS petitionId, is_principal AS isPrincipal, name_sealed AS nameSealed, id_number_sealed AS idNumberSealed,
  phone_sealed AS phoneSealed, address_sealed AS addressSealed, role, id_kind AS idKind, acts_for_id AS actsForId, authority_scope AS authorityScope,
  authority_from AS authorityFrom, authority_to AS authorityTo, authority_document AS authorityDocument, authority_file_id AS authorityFileId`;

/** Petitioners of petitions that the caller has already checked to be visible. */
export const petitionersOf = (sql: Sql, petitionIds: readonly string[]): Promise<PetitionerRow[]> =>
  selectIn<PetitionerRow>(sql, `SELECT ${COLUMNS} FROM petitioners WHERE petition_id IN (?) ORDER BY petition_id, ordinal`, petitionIds);

export const petitionerByRef = async (sql: Sql, petitionId: string, ref: string): Promise<PetitionerRow | undefined> =>
  (await select<PetitionerRow>(sql, `SELECT ${COLUMNS} FROM petitioners WHERE petition_id = ? AND id = ?`, [petitionId, ref]))[0];

/** Identity in clear: what is shown of it, `shownIdentity` decides. */
export const openPetitioner = (vault: IdentityVault, row: PetitionerRow) => ({
  name: vault.open(row.nameSealed, { column: 'petitioners.name_sealed', rowId: row.id }),
  idNumber: vault.open(row.idNumberSealed, { column: 'petitioners.id_number_sealed', rowId: row.id }),
  phone: vault.open(row.phoneSealed, { column: 'petitioners.phone_sealed', rowId: row.id }),
  address: vault.open(row.addressSealed, { column: 'petitioners.address_sealed', rowId: row.id }),
});

/** What stands beside a petition for whoever sees it. */
export function maskedPetitioner(vault: IdentityVault, row: PetitionerRow, looking: Omit<Looking, 'look'>) {
  const shown = shownIdentity(openPetitioner(vault, row), { ...looking, look: 'SEEN' });
  return {
    ref: row.id,
    maskedName: shown.name ?? '—',
    maskedPhone: shown.phone,
    maskedIdNumber: shown.idNumber,
    isPrincipal: Boolean(row.isPrincipal),
    role: row.role ?? (row.isPrincipal ? 'PRINCIPAL' as const : 'CO_SIGNER' as const),
    idKind: row.idKind,
    authority: authorityOf(row),
  };
}

function authorityOf(row: PetitionerRow) {
  if (!row.actsForId) return null;
  return {
    principalRef: row.actsForId, scope: (row.authorityScope ?? '').split(',') as AgencyScope[], validFrom: row.authorityFrom ?? '', validTo: row.authorityTo ?? '',
    documentRef: row.authorityDocument, attachmentId: row.authorityFileId,
  };
}
export type MaskedPetitioner = ReturnType<typeof maskedPetitioner>;
