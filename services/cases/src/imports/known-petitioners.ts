import { normaliseIdNumber, normalisePhone } from '@anjie/contracts';
import type { Sql } from '@anjie/service-kit/database';
import type { RowProblem } from '@anjie/service-kit/imports';
import { valuesOnFile, type IndexedField } from '../petitioners/blind-index';
import type { IdentityVault } from '../petitioners/identity-vault';
import { idIndexText } from '../rules/id-documents';
import type { PetitionCells } from './read-petition-cells';

/** Rows whose ID number or phone is already on file here: told, not refused, because a repeat is the office's to judge. */
export async function findKnownPetitioners(sql: Sql, { keyring }: IdentityVault, drafts: readonly PetitionCells[]): Promise<readonly (RowProblem | undefined)[]> {
  const people = drafts.map(({ identity }) => ({
    idNumber: identity.idNumber ? idIndexText('RESIDENT_ID', normaliseIdNumber(identity.idNumber)) : null, phone: identity.phone ? normalisePhone(identity.phone) : null,
  }));
  const known = (field: IndexedField, values: readonly (string | null)[]): Promise<ReadonlySet<string>> =>
    valuesOnFile(sql, keyring, { field, values: [...new Set(values)].filter((value) => value !== null) });
  const idNumbers = await known('id_number', people.map((one) => one.idNumber));
  const phones = await known('phone', people.map((one) => one.phone));
  return people.map((one) => {
    if (one.idNumber !== null && idNumbers.has(one.idNumber)) return repeated('idNumber');
    return one.phone !== null && phones.has(one.phone) ? repeated('phone') : undefined;
  });
}

const repeated = (key: string): RowProblem => ({
  key, code: 'PETITIONER_ON_FILE', severity: 'NOTICE',
  zh: '系统内已有同一信访人的信访件，请核对是否重复', en: 'The same petitioner is on file; check whether it is a repeat',
});
