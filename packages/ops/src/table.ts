/** Rows under their headings, as wide as their widest cell; numbers to the right. */
export function table(rows: readonly Readonly<Record<string, string | number>>[]): string {
  const [first] = rows;
  if (!first) return '';
  const columns = Object.keys(first);
  const width = new Map(columns.map((column) => [column, Math.max(column.length, ...rows.map((row) => String(row[column] ?? '').length))]));
  const cell = (column: string, value: string | number): string => (typeof value === 'number' ? String(value).padStart(width.get(column) ?? 0) : value.padEnd(width.get(column) ?? 0));
  const line = (cells: readonly string[]): string => cells.join('  ').trimEnd();
  return [line(columns.map((column) => cell(column, column))), ...rows.map((row) => line(columns.map((column) => cell(column, row[column] ?? ''))))].join('\n');
}
