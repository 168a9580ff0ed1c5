import { defineImport, type AnyImportDefinition, type ImportColumn, type ImportRun, type ReadRow, type RowProblem } from '@anjie/service-kit/imports';
import type { Sql } from '@anjie/service-kit/database';
import type { Outbox } from '@anjie/service-kit/messaging';
import { codesOfAllDivisions } from '../divisions/division-repository';
import { UNIT_KINDS, UNIT_KIND_WORDS, unitProblem, type UnitKind, type UnitRowIn } from '../rules/directory';
import { codesOfAllUnits } from '../units/unit-repository';
import { putUnits } from '../units/unit-service';
import { cellText, putChunk } from './put-chunk';

const labelOf = (kind: UnitKind): string => Object.entries(UNIT_KIND_WORDS).find(([, value]) => value === kind)?.[0] ?? kind;
const choices = UNIT_KINDS.map((kind) => ({ value: kind, label: labelOf(kind) }));

export const unitColumns: readonly ImportColumn[] = [
  { header: '单位代码', key: 'code', required: true, type: 'text', maxLength: 32, note: { zh: '统一社会信用代码或本地代码，不可重复。', en: 'Unique.' } },
  { header: '单位名称', key: 'name', required: true, type: 'text', maxLength: 200, note: { zh: '', en: 'Name.' } },
  { header: '类型', key: 'kind', required: true, type: 'choice', choices, note: { zh: '', en: 'Kind of body.' } },
  { header: '行政区划代码', key: 'divisionCode', required: true, type: 'text', maxLength: 12, note: { zh: '最近的行政区划。', en: 'The nearest division.' } },
  { header: '上级单位代码', key: 'parentCode', required: false, type: 'text', maxLength: 32, note: { zh: '上级须排在前面。', en: 'The unit above must come first.' } },
  { header: '撤并后继单位代码', key: 'successorCode', required: false, type: 'text', maxLength: 32, note: { zh: '后继单位须排在前面。', en: 'The successor must come first.' } },
  { header: '启用日期', key: 'validFrom', required: true, type: 'date', note: { zh: '', en: 'First day of the unit.' } },
];

interface Known {
  readonly divisions: ReadonlySet<string>;
  /** Grows row by row: a row may lean on the rows before it. */
  readonly units: Set<string>;
  readonly isDryRun: boolean;
}

const prepare = async (sql: Sql, run: ImportRun): Promise<Known> => ({
  divisions: new Set(await codesOfAllDivisions(sql)), units: new Set(await codesOfAllUnits(sql)), isDryRun: run.isDryRun,
});

const draftOf = (row: ReadRow): UnitRowIn => ({
  code: cellText(row.text('code')) ?? '', name: cellText(row.text('name')) ?? '', kind: UNIT_KIND_WORDS[row.text('kind') ?? ''] ?? 'OTHER',
  divisionCode: cellText(row.text('divisionCode')) ?? '', parentCode: cellText(row.text('parentCode')), successorCode: cellText(row.text('successorCode')),
  validFrom: row.text('validFrom') ?? '',
});

function faultsOf(draft: UnitRowIn, { units }: Known): RowProblem[] {
  const problem = unitProblem(draft);
  if (problem) return [{ key: 'code', code: 'ROW_NOT_FIT', ...problem }];
  const isLost = (code: string | null | undefined): boolean => code != null && !units.has(code);
  return [
    ...(isLost(draft.parentCode) ? [{ key: 'parentCode', code: 'PARENT_UNKNOWN', zh: '上级单位不存在，或排在后面', en: 'The parent is not known, or comes later' }] : []),
    ...(isLost(draft.successorCode) ? [{ key: 'successorCode', code: 'SUCCESSOR_UNKNOWN', zh: '后继单位不存在，或排在后面', en: 'The successor is not known, or comes later' }] : []),
  ];
}

const DIVISION_UNKNOWN: RowProblem = {
  key: 'divisionCode', code: 'DIVISION_UNKNOWN', zh: '名录中无此行政区划；导入时须已有', en: 'No such division in the directory yet; it must be there at the import',
};

/** Sheet 单位. A check cannot see the divisions of the same workbook, so it only tells what is missing; the commit decides. */
export const unitImport = (outbox: Outbox): AnyImportDefinition =>
  defineImport<UnitRowIn, Known>({
    kind: 'DIRECTORY_UNITS', sheet: '单位', columns: unitColumns, version: 1,
    prepare,
    readRow: (row, known) => {
      const draft = draftOf(row);
      const faults = faultsOf(draft, known);
      const isPlaced = known.divisions.has(draft.divisionCode);
      const lost: RowProblem[] = isPlaced ? [] : [{ ...DIVISION_UNKNOWN, severity: known.isDryRun ? 'NOTICE' : 'FAULT' }];
      if (faults.length > 0 || (!isPlaced && !known.isDryRun)) return { problems: [...faults, ...lost] };
      known.units.add(draft.code);
      return { draft, notices: lost };
    },
    keyOf: (draft, run) => `${run.id}|${draft.code}`,
    commit: (tx, drafts, run) => putChunk({ tx, run, outbox }, putUnits, drafts),
  });
