import { POST_KINDS } from '@anjie/contracts';
import { defineImport, type AnyImportDefinition, type ImportColumn, type ImportRun, type ReadRow, type RowProblem } from '@anjie/service-kit/imports';
import type { Sql } from '@anjie/service-kit/database';
import type { Outbox } from '@anjie/service-kit/messaging';
import { putOfficials } from '../officials/official-service';
import { officialProblem, type OfficialRowIn } from '../rules/directory';
import { codesOfAllUnits } from '../units/unit-repository';
import { cellText, putChunk } from './put-chunk';

const choices = [{ value: 'YES', label: '是' }, { value: 'NO', label: '否' }];
const postKinds = [{ value: 'PRIMARY', label: '正式任职' }, { value: 'ACTING', label: '代理' }, { value: 'SECONDED', label: '借调' }];

export const officialColumns: readonly ImportColumn[] = [
  { header: '工号', key: 'staffNo', required: true, type: 'text', maxLength: 32, note: { zh: '不可重复；一人多职可分行填写。', en: 'Unique; one row per post.' } },
  { header: '姓名', key: 'name', required: true, type: 'text', maxLength: 100, note: { zh: '', en: 'Name.' } },
  { header: '单位代码', key: 'unitCode', required: false, type: 'text', maxLength: 32, note: { zh: '现任职务所在单位。', en: 'Unit of the present post.' } },
  { header: '职务', key: 'title', required: false, type: 'text', maxLength: 100, note: { zh: '有单位即须填写。', en: 'Needed with a unit.' } },
  { header: '是否主要负责人', key: 'isHead', required: false, type: 'choice', choices, note: { zh: '', en: 'Heads the unit.' } },
  { header: '任职日期', key: 'startedOn', required: false, type: 'date', note: { zh: '不填为导入当日。', en: 'The day of the import when left out.' } },
  { header: '任职方式', key: 'kind', required: false, type: 'choice', choices: postKinds, note: { zh: '不填为正式任职；借调人员按原单位、借调单位分行填写。', en: 'A secondment is a second row beside the post at home.' } },
  { header: '任职截止日期', key: 'endsOn', required: false, type: 'date', note: { zh: '代理职务必填。', en: 'Needed for an acting post.' } },
];

interface Known {
  readonly units: ReadonlySet<string>;
  /** Rows of each official so far, so that several posts are written together. */
  readonly posts: Map<string, OfficialRowIn[]>;
  readonly isDryRun: boolean;
}

interface Draft {
  readonly row: OfficialRowIn;
  /** This row and the rows of the same official before it. */
  readonly posts: readonly OfficialRowIn[];
}

const prepare = async (sql: Sql, run: ImportRun): Promise<Known> => ({ units: new Set(await codesOfAllUnits(sql)), posts: new Map(), isDryRun: run.isDryRun });

const rowOf = (row: ReadRow): OfficialRowIn => ({
  staffNo: cellText(row.text('staffNo')) ?? '', name: cellText(row.text('name')) ?? '', unitCode: cellText(row.text('unitCode')),
  title: cellText(row.text('title')), isHead: row.text('isHead') === 'YES', startedOn: row.text('startedOn'),
  kind: POST_KINDS.find((kind) => kind === row.text('kind')), endsOn: row.text('endsOn'),
});

const UNIT_UNKNOWN: RowProblem = { key: 'unitCode', code: 'UNIT_UNKNOWN', zh: '名录中无此单位；导入时须已有', en: 'No such unit in the directory yet; it must be there at the import' };

/** Each official once, with all posts that the file has named so far. */
const latestOf = (drafts: readonly Draft[]): OfficialRowIn[] => [...new Map(drafts.map((draft) => [draft.row.staffNo, draft.posts])).values()].flat();

/** Sheet 干部. A check cannot see the units of the same workbook, so it only tells what is missing; the commit decides. */
export const officialImport = (outbox: Outbox): AnyImportDefinition =>
  defineImport<Draft, Known>({
    kind: 'DIRECTORY_OFFICIALS', sheet: '干部', columns: officialColumns, version: 1,
    prepare,
    readRow: (read, known) => {
      const row = rowOf(read);
      const problem = officialProblem(row);
      if (problem) return { problems: [{ key: 'staffNo', code: 'ROW_NOT_FIT', ...problem }] };
      const isPlaced = row.unitCode == null || known.units.has(row.unitCode);
      if (!isPlaced && !known.isDryRun) return { problems: [UNIT_UNKNOWN] };
      const posts = [...(known.posts.get(row.staffNo) ?? []), row];
      known.posts.set(row.staffNo, posts);
      return isPlaced ? { draft: { row, posts } } : { draft: { row, posts }, notices: [UNIT_UNKNOWN] };
    },
    keyOf: ({ row }, run) => [run.id, row.staffNo, row.unitCode ?? '', row.title ?? ''].join('|'),
    commit: (tx, drafts, run) => putChunk({ tx, run, outbox }, putOfficials, latestOf(drafts)),
  });
