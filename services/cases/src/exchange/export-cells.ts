import type { Viewer } from '@anjie/access';
import type { Sql } from '@anjie/service-kit/database';
import { groupBy } from '@anjie/service-kit/runtime';
import type { CellInput } from '@anjie/workbook';
import type { IdentityVault } from '../petitioners/identity-vault';
import { openPetitioner, petitionersOf, type PetitionerRow } from '../petitioners/petitioner-repository';
import { fitCells, personCells, recordCells, type OutgoingPerson, type RecordCells } from '../rules/exchange-out';
import { RECORD_FIELDS } from '../rules/exchange-tables';
import { idKindName, personLine } from '../rules/exchange-values';
import { lookerOf, shownIdentity, type Looker } from '../rules/identity-showing';
import { rolesReaching } from '../rules/permissions';
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
  /** Who asked for the export. */
  readonly viewer: Viewer;
}

/** A page of records as cells, three more statements however many rows. */
export async function pageCells(sql: Sql, vault: IdentityVault, { rows, stamp, identity: wanted, viewer }: Page): Promise<{ rows: CellInput[][]; shortened: number }> {
  const ids = rows.map((row) => row.id);
  const reports = await reportsOf(sql, ids);
  const claims = await standingClaims(sql, rows.map((row) => row.caseId));
  const people = groupBy(await petitionersOf(sql, ids), (row) => row.petitionId);
  let shortened = 0;
  const cells = rows.map((row) => {
    const roles = rolesReaching({ ...viewer, parts: [], caseDivisionCode: row.divisionCode });
    // in full for the joint office of the place; a part in a case of another county is no such office
    const [identity, looker] = [roles.includes('JOINT_OFFICE') ? wanted : 'MASKED', lookerOf(roles)] as const;
    const content = identity === 'FULL' && row.restrictedOn === null ? vault.open(row.contentSealed, { column: 'petitions.content_sealed', rowId: row.id }) : null;
    const record = recordCells({ ...row, petitionsOfCase: Number(row.petitionsOfCase), content, claims: claims.get(row.caseId) ?? [], reported: reports.get(row.id) ?? null }, stamp);
    const fitted = fitCells({ ...record, ...peopleCells(vault, people.get(row.id) ?? [], { identity, looker, isRestricted: row.restrictedOn !== null }), [WATERMARK.code]: stamp.watermark }, WIDTHS);
    shortened += fitted.shortened;
    return CODES.map((code) => fitted.cells[code] ?? null);
  });
  return { rows: cells, shortened };
}

interface Shown {
  readonly identity: IdentityMode;
  readonly looker: Looker;
  readonly isRestricted: boolean;
}

function peopleCells(vault: IdentityVault, rows: readonly PetitionerRow[], as: Shown): RecordCells {
  const shown = rows.map((row) => ({ row, person: shownPerson(vault, row, as) }));
  const principal = shown.find(({ row }) => row.isPrincipal);
  // agents stay behind: their written authority does not travel with a record
  const others = shown.filter(({ row }) => !row.isPrincipal && ROLE_NAMES[row.role ?? 'CO_SIGNER']).map(({ row, person }) =>
    personLine([ROLE_NAMES[row.role ?? 'CO_SIGNER'] ?? '', person.name, person.idNumber ? idKindName(person.idKind ?? 'RESIDENT_ID') : null, person.idNumber, person.phone, person.address]));
  return { ...personCells(principal?.person), qtxfr: others.join('\n') || null };
}

const shownPerson = (vault: IdentityVault, row: PetitionerRow, { identity, looker, isRestricted }: Shown): OutgoingPerson =>
  ({ ...shownIdentity(openPetitioner(vault, row), { look: identity === 'FULL' ? 'EXPORTED_IN_FULL' : 'EXPORTED', looker, isRestricted }), idKind: row.idKind });
