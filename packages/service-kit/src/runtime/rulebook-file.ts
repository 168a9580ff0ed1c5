import { readFileSync } from 'node:fs';
import { isMap, isScalar, isSeq, LineCounter, parseAllDocuments, type Document, type YAMLMap } from 'yaml';

/** A row of a rulebook file and where it stands, for sentences about it. */
export interface PlacedRow {
  readonly file: string;
  /** Counted from 1 through the whole file. */
  readonly number: number;
  readonly line: number;
  readonly fields: Readonly<Record<string, unknown>>;
}

const PART_KEYS = new Set(['everyRow', 'rules']);

/** Words about a row: `zhejiang.yaml, row 3 (T8, line 27)`. */
export const placeOf = ({ file, number, line, fields }: PlacedRow): string =>
  `${file}, row ${number} (${typeof fields['code'] === 'string' ? `${fields['code']}, ` : ''}line ${line})`;

/**
 * The rows of a rulebook file, not yet checked as rules. Every value is read as the text that stands there, so that
 * 000000 keeps its zeros and nothing needs quotation marks. @throws Error naming file and line
 */
export function readRulebookFile(file: string): PlacedRow[] {
  const lines = new LineCounter();
  const documents = parseAllDocuments(textOf(file), { schema: 'failsafe', lineCounter: lines });
  const parts: readonly Document[] = Array.isArray(documents) ? documents : [];
  const faults = parts.flatMap(({ errors, warnings }) => [...errors, ...warnings]);
  if (faults.length > 0) throw new Error(faults.map(({ message }) => `${file}: ${message.split('\n')[0]}`).join('\n'));
  const rows = parts.flatMap((part) => rowsOf(part, { file, lines }));
  if (rows.length === 0) throw new Error(`${file}: it holds no rules`);
  return rows.map((row, i) => ({ ...row, number: i + 1 }));
}

function textOf(file: string): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch {
    throw new Error(`${file}: it cannot be read`);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Error(`${file}: it is not UTF-8 text; save it as UTF-8`);
  }
}

type Place = { readonly file: string; readonly lines: LineCounter };

function rowsOf(part: Document, { file, lines }: Place): Omit<PlacedRow, 'number'>[] {
  const { contents } = part;
  const lineOf = (node: unknown): number => lines.linePos((node as { range?: [number] | null } | null)?.range?.[0] ?? 0).line;
  if (!isMap(contents)) throw new Error(`${file}, line ${lineOf(contents)}: everyRow and rules were expected`);
  const unknown = contents.items.map(({ key }) => (isScalar(key) ? String(key.value) : '')).find((key) => !PART_KEYS.has(key));
  if (unknown !== undefined) throw new Error(`${file}, line ${lineOf(contents)}: "${unknown}" was not expected, only everyRow and rules`);
  const [everyRow, rules] = [contents.get('everyRow'), contents.get('rules')];
  if (everyRow !== undefined && !isMap(everyRow)) throw new Error(`${file}, line ${lineOf(contents)}, everyRow: fields were expected`);
  if (!isSeq(rules)) throw new Error(`${file}, line ${lineOf(contents)}, rules: a list was expected`);
  return rules.items.map((row) => {
    if (!isMap(row)) throw new Error(`${file}, line ${lineOf(row)}: a row with fields was expected`);
    return { file, line: lineOf(row), fields: { ...fieldsOf(everyRow), ...fieldsOf(row) } };
  });
}

/** A field without a value counts as left out. */
const fieldsOf = (map: YAMLMap | undefined): Record<string, unknown> =>
  Object.fromEntries(Object.entries((map?.toJSON() ?? {}) as Record<string, unknown>).filter(([, value]) => value !== '' && value !== null));
