import type { Sql } from '@anjie/service-kit/database';
import { groupBy } from '@anjie/service-kit/runtime';
import type { CellInput } from '@anjie/workbook';
import type { IdentityVault } from '../petitioners/identity-vault';
import { openPetitioner, petitionersOf, type PetitionerRow } from '../petitioners/petitioner-repository';
import { fitCells, personCells, recordCells, type OutgoingPerson, type RecordCells } from '../rules/exchange-out';
import { RECORD_FIELDS } from '../rules/exchange-tables';
import { idKindName, personLine } from '../rules/exchange-values';
import { maskIdNumber, maskName, maskPhone } from '../rules/masking';
import { WATERMARK } from './exchange-columns';
import type { IdentityMode } from './export-repository';
import { reportsOf, standingClaims, type ExportRow } from './export-rows';
import { ROLE_NAMES } from './read-exchange-people';

/** In every export: where it was written, when, and the words of the watermark. */
export interface Stamp {
  readonly senderDivision: string;
  readonly exportedAt: Date;
  readonly watermark: string;
}

const CODES: readonly string[] = [...RECORD_FIELDS.map((field) => field.code), WATERMARK.code];
/** Chinese names: what people read, and what the import knows as well as the codes. */
export const EXPORT_HEADERS: readonly string[] = [...RECORD_FIELDS.map((field) => field.zh), WATERMARK.zh];
/** Texts are cut at the published width; codes carry names, which may be longer. */
const WIDTHS = Object.fromEntries(RECORD_FIELDS.flatMap((field) => (field.type === 'text' && field.width ? [[field.code, field.width] as const] : [])));

interface Page {
  readonly rows: readonly ExportRow[];
  readonly stamp: Stamp;
  readonly identity: IdentityMode;
}

/** A page of records as cells, three more statements however many rows. */
export async function pageCells(sql: Sql, vault: IdentityVault, { rows, stamp, identity }: Page): Promise<{ rows: CellInput[][]; shortened: number }> {
  const ids = rows.map((row) => row.id);
  const reports = await reportsOf(sql, ids);
  const claims = await standingClaims(sql, rows.map((row) => row.caseId));
  const people = groupBy(await petitionersOf(sql, ids), (row) => row.petitionId);
  let shortened = 0;
  const cells = rows.map((row) => {
    const content = identity === 'FULL' ? vault.open(row.contentSealed, { column: 'petitions.content_sealed', rowId: row.id }) : null;
    const record = recordCells({ ...row, petitionsOfCase: Number(row.petitionsOfCase), content, claims: claims.get(row.caseId) ?? [], reported: reports.get(row.id) ?? null }, stamp);
    const fitted = fitCells({ ...record, ...peopleCells(vault, people.get(row.id) ?? [], identity), [WATERMARK.code]: stamp.watermark }, WIDTHS);
    shortened += fitted.shortened;
    return CODES.map((code) => fitted.cells[code] ?? null);
  });
  return { rows: cells, shortened };
}

function peopleCells(vault: IdentityVault, rows: readonly PetitionerRow[], identity: IdentityMode): RecordCells {
  const shown = rows.map((row) => ({ row, person: shownPerson(vault, row, identity) }));
  const principal = shown.find(({ row }) => row.isPrincipal);
  // agents stay behind: their written authority does not travel with a record
  const others = shown.filter(({ row }) => !row.isPrincipal && ROLE_NAMES[row.role ?? 'CO_SIGNER']).map(({ row, person }) =>
    personLine([ROLE_NAMES[row.role ?? 'CO_SIGNER'] ?? '', person.name, person.idNumber ? idKindName(person.idKind ?? 'RESIDENT_ID') : null, person.idNumber, person.phone, person.address]));
  return { ...personCells(principal?.person), qtxfr: others.join('\n') || null };
}

function shownPerson(vault: IdentityVault, row: PetitionerRow, identity: IdentityMode): OutgoingPerson {
  const clear = { ...openPetitioner(vault, row), idKind: row.idKind };
  if (identity === 'FULL') return clear;
  return {
    name: clear.name && maskName(clear.name), idNumber: clear.idNumber && maskIdNumber(clear.idNumber), idKind: clear.idKind, phone: clear.phone && maskPhone(clear.phone), address: null,
  };
}
