import type { ReadRow, RowProblem } from '@anjie/service-kit/imports';
import type { Identity } from '../petitioners/petitioner-repository';
import { sortCategory } from '../rules/content-categories';
import type { OutsideCode } from '../rules/intake';
import { problem, type ImportLookup } from './import-lookup';

/** What a ledger row and a petition row have in common. */
export interface PetitionCells {
  readonly sourceNumber: string | null;
  readonly identity: Identity;
  readonly petitionedOn: string;
  readonly channel: string;
  readonly purpose: string;
  readonly divisionCode: string;
  /** Slug of our catalogue; a name that it does not have is kept beside. */
  readonly contentCategory: string | null;
  readonly externalCategory: OutsideCode | null;
  readonly title: string;
}

export function petitionCells(row: ReadRow): PetitionCells {
  return {
    sourceNumber: row.text('sourceNumber'),
    identity: { name: row.text('name'), idNumber: row.text('idNumber'), phone: row.text('phone'), address: row.text('address'), isPrincipal: true },
    petitionedOn: row.text('petitionedOn') ?? '',
    channel: row.text('channel') ?? 'OTHER',
    purpose: row.text('purpose') ?? 'CLAIM',
    divisionCode: row.text('divisionCode') ?? '',
    ...categoryCells(row.text('contentCategory')),
    title: row.text('title') ?? '',
  };
}

export function categoryCells(text: string | null): Pick<PetitionCells, 'contentCategory' | 'externalCategory'> {
  const { slug, externalCode, externalText } = sortCategory(text);
  return { contentCategory: slug, externalCategory: externalCode || externalText ? { slug: externalText, externalCode } : null };
}

/** What is wrong with them beyond each cell's own form. */
export function petitionProblems(cells: PetitionCells, lookup: ImportLookup): RowProblem[] {
  const problems: RowProblem[] = [];
  if (!lookup.divisions.has(cells.divisionCode)) problems.push(problem('divisionCode', 'DIVISION_UNKNOWN', { zh: '行政区划代码未知', en: 'Division code not known' }));
  else if (!cells.divisionCode.startsWith(lookup.reach)) problems.push(problem('divisionCode', 'DIVISION_OUT_OF_REACH', { zh: '不在您的管辖范围', en: 'Outside your reach' }));
  if (cells.petitionedOn > lookup.today) problems.push(problem('petitionedOn', 'DATE_IN_FUTURE', { zh: '日期晚于今天', en: 'The date lies in the future' }));
  if (cells.purpose === 'ACCUSATION') {
    problems.push(problem('purpose', 'ACCUSATION_NOT_HERE', { zh: '揭发控告须走保密通道（《信访工作条例》第三十条），请逐件登记，不导入', en: 'Accusations go to the sealed lane (Art. 30): register each by itself, they are not imported' }));
  }
  return problems;
}

/** The natural key of a row: its number in the source system, or who, when, where and about what. */
export const petitionKey = (cells: PetitionCells): string =>
  cells.sourceNumber
    ? `number:${cells.sourceNumber}`
    : `text:${JSON.stringify([cells.identity.idNumber ?? cells.identity.name, cells.petitionedOn, cells.divisionCode, cells.title])}`;
