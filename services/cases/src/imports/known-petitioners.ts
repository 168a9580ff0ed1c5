import { normaliseIdNumber, normalisePhone } from '@anjie/contracts';
import { selectIn, type Sql } from '@anjie/service-kit/database';
import type { RowProblem } from '@anjie/service-kit/imports';
import type { IdentityVault } from '../petitioners/identity-vault';
import type { PetitionCells } from './read-petition-cells';

/** Rows whose ID number or phone is already on file here: told, not refused, because a repeat is the office's to judge. */
export async function findKnownPetitioners(sql: Sql, vault: IdentityVault, drafts: readonly PetitionCells[]): Promise<readonly (RowProblem | undefined)[]> {
  const prints = drafts.map(({ identity }) => ({
    idNumber: vault.blindIndex('id_number', identity.idNumber && normaliseIdNumber(identity.idNumber))?.toString('hex'),
    phone: vault.blindIndex('phone', identity.phone && normalisePhone(identity.phone))?.toString('hex'),
  }));
  const idNumbers = await known(sql, 'id_number_index', prints.map((print) => print.idNumber));
  const phones = await known(sql, 'phone_index', prints.map((print) => print.phone));
  return prints.map((print) => {
    if (print.idNumber && idNumbers.has(print.idNumber)) return repeated('idNumber');
    return print.phone && phones.has(print.phone) ? repeated('phone') : undefined;
  });
}

async function known(sql: Sql, column: 'id_number_index' | 'phone_index', prints: readonly (string | undefined)[]): Promise<ReadonlySet<string>> {
  const wanted = [...new Set(prints)].filter((print) => print !== undefined).map((print) => Buffer.from(print, 'hex'));
  const rows = await selectIn<{ print: Buffer }>(sql, `SELECT DISTINCT ${column} AS print FROM petitioners WHERE ${column} IN (?)`, wanted);
  return new Set(rows.map((row) => row.print.toString('hex')));
}

const repeated = (key: string): RowProblem => ({
  key, code: 'PETITIONER_ON_FILE', severity: 'NOTICE',
  zh: '系统内已有同一信访人的信访件，请核对是否重复', en: 'The same petitioner is on file; check whether it is a repeat',
});
