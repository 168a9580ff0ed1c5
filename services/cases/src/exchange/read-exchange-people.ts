import { DIVISION_CODE, isPhone, normalisePhone } from '@anjie/contracts';
import type { ReadRow, RowProblem } from '@anjie/service-kit/imports';
import type { PetitionerRole } from '../generated/graphql';
import { problem } from '../imports/import-lookup';
import type { Identity } from '../petitioners/petitioner-repository';
import { personParts, idKindNamed } from '../rules/exchange-values';
import { idDocument, type IdKind } from '../rules/id-documents';
import { isBetween, isName, nameForm } from '../rules/text-form';

interface Given {
  readonly name: string | null;
  readonly idKind: string | null;
  readonly idNumber: string | null;
  readonly phone: string | null;
  readonly address: string | null;
}
interface Place {
  readonly key: (field: keyof Given) => string;
  readonly today: string;
  readonly problems: RowProblem[];
}

/** Checks one person; the number comes back in its stored form. */
function personOf(given: Given, role: PetitionerRole, { key, today, problems }: Place): Identity {
  const kind: IdKind | undefined = given.idKind ? idKindNamed(given.idKind) : 'RESIDENT_ID';
  const number = given.idNumber && kind ? idDocument(kind, given.idNumber, today) : null;
  const phone = given.phone && normalisePhone(given.phone);
  const checks = { name: !given.name || isName(given.name), idKind: kind !== undefined, idNumber: number !== undefined, phone: !phone || isPhone(phone), address: isBetween(given.address, 0, 300) };
  for (const [field, isFit] of Object.entries(checks) as [keyof Given, boolean][]) if (!isFit) problems.push(problem(key(field), ...FAULTS[field]));
  return {
    name: given.name && nameForm(given.name), idNumber: number ?? null, idKind: number ? (kind ?? null) : null, phone, address: given.address,
    isPrincipal: role === 'PRINCIPAL', role,
  };
}

/** Never quote what was found: the words go into the database and the workbook. */
const FAULTS: Readonly<Record<keyof Given, readonly [code: string, words: { zh: string; en: string }]>> = {
  name: ['NAME_INVALID', { zh: '姓名或名称含有不能用于姓名的字符', en: 'A name holds characters that no name has' }],
  idKind: ['ID_KIND_UNKNOWN', { zh: '证件类型无法识别，请填写名称', en: 'The kind of paper is not known; write its name' }],
  idNumber: ['ID_NUMBER_INVALID', { zh: '证件号码与证件类型不符或校验不通过', en: 'The number does not fit its kind or does not pass its check' }],
  phone: ['PHONE_INVALID', { zh: '电话号码有误', en: 'Not a telephone number' }],
  address: ['TOO_LONG', { zh: '住址超过 300 个字符', en: 'The address is longer than 300 characters' }],
};

const COLUMN: Readonly<Record<keyof Given, string>> = { name: 'xm', idKind: 'zjlx', idNumber: 'zjhm', phone: 'sjh', address: 'zz' };
const ROLES: Readonly<Record<string, PetitionerRole>> = { 联名人: 'CO_SIGNER', 代表: 'REPRESENTATIVE' };
export const ROLE_NAMES: Readonly<Partial<Record<PetitionerRole, string>>> = { CO_SIGNER: '联名人', REPRESENTATIVE: '代表' };

/** The principal of the row, and the others that one cell lists. Nobody at all when the row names nobody. */
export function peopleIn(row: ReadRow, today: string, problems: RowProblem[]): Identity[] {
  const given = {
    name: row.text('xm'), idKind: row.text('zjlx'), idNumber: row.text('zjhm'), phone: row.text('sjh') ?? row.text('gddh'), address: row.text('zz') ?? row.text('txdz'),
  };
  const principal = personOf(given, 'PRINCIPAL', { key: (field) => COLUMN[field], today, problems });
  const isNamed = Boolean(principal.name ?? principal.idNumber ?? principal.phone ?? principal.address);
  return [...(isNamed ? [principal] : []), ...othersIn(row, today, problems)];
}

function othersIn(row: ReadRow, today: string, problems: RowProblem[]): Identity[] {
  const lines = personParts(row.text('qtxfr') ?? '');
  if (!lines || lines.length > 99 || lines.some(([role]) => !ROLES[role ?? ''])) {
    problems.push(problem('qtxfr', 'PEOPLE_INVALID', { zh: '每行一人：联名人或代表｜姓名｜证件类型｜证件号码｜电话｜住址，最多99人', en: 'One person a line, six parts separated by ｜, at most 99' }));
    return [];
  }
  return lines.map(([role = null, name = null, idKind = null, idNumber = null, phone = null, address = null]) =>
    personOf({ name, idKind, idNumber, phone, address }, ROLES[role ?? ''] ?? 'CO_SIGNER', { key: () => 'qtxfr', today, problems }));
}

/** A division code when the cell holds one; other texts about where somebody lives are not kept. */
export const placeIn = (row: ReadRow, key: string): string | null => {
  const text = row.text(key);
  return text && DIVISION_CODE.test(text) ? text : null;
};
