import { defineImport, type AnyImportDefinition, type ImportColumn } from '@anjie/service-kit/imports';
import type { Outbox } from '@anjie/service-kit/messaging';
import { codesOfAllDivisions } from '../divisions/division-repository';
import { putDivisions } from '../divisions/division-service';
import { divisionProblem, type DivisionRowIn } from '../rules/directory';
import { cellText, putChunk } from './put-chunk';

export const divisionColumns: readonly ImportColumn[] = [
  { header: '代码', key: 'code', required: true, type: 'text', maxLength: 12, note: { zh: 'GB/T 2260，6、9 或 12 位。', en: 'GB/T 2260, 6, 9 or 12 digits.' } },
  { header: '名称', key: 'name', required: true, type: 'text', maxLength: 120, note: { zh: '', en: 'Name.' } },
  { header: '上级代码', key: 'parentCode', required: false, type: 'text', maxLength: 12, note: { zh: '上级须排在前面。', en: 'The division above must come first.' } },
];

/** Sheet 行政区划. `lookup` grows row by row: a row may lean on the rows before it. */
export const divisionImport = (outbox: Outbox): AnyImportDefinition =>
  defineImport<DivisionRowIn, Set<string>>({
    kind: 'DIRECTORY_DIVISIONS', sheet: '行政区划', columns: divisionColumns, version: 1,
    prepare: async (sql) => new Set(await codesOfAllDivisions(sql)),
    readRow: (row, known) => {
      const draft = { code: cellText(row.text('code')) ?? '', name: cellText(row.text('name')) ?? '', parentCode: cellText(row.text('parentCode')) };
      const problem = divisionProblem(draft);
      if (problem) return { problems: [{ key: 'code', code: 'ROW_NOT_FIT', ...problem }] };
      if (draft.parentCode !== null && !known.has(draft.parentCode)) {
        return { problems: [{ key: 'parentCode', code: 'PARENT_UNKNOWN', zh: '上级代码不存在，或排在后面', en: 'The parent is not known, or comes later' }] };
      }
      known.add(draft.code);
      return { draft };
    },
    keyOf: (draft, run) => `${run.id}|${draft.code}`,
    commit: (tx, drafts, run) => putChunk({ tx, run, outbox }, putDivisions, drafts),
  });
