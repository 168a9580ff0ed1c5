/** Excel's own bounds; anything beyond is a forged file. */
export const excelRows = 1_048_576;
export const excelColumns = 16_384;

/** 1 → "A", 28 → "AB". Throws RangeError outside 1…16384. */
export function columnName(column: number): string {
  if (!Number.isInteger(column) || column < 1 || column > excelColumns) throw new RangeError(`column ${column}`);
  let name = '';
  for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    name = String.fromCharCode(65 + ((rest - 1) % 26)) + name;
  }
  return name;
}

/** (3, 7) → "C7"; both are 1-based. */
export function cellAddress(column: number, row: number): string {
  return `${columnName(column)}${row}`;
}

/** "C7" → { column: 3, row: 7 }; undefined when the text is no address inside Excel's bounds. */
export function parseAddress(text: string): { column: number; row: number } | undefined {
  const match = /^([A-Z]{1,3})([1-9][0-9]{0,6})$/.exec(text);
  if (!match) return undefined;
  let column = 0;
  for (const letter of match[1] ?? '') column = column * 26 + letter.charCodeAt(0) - 64;
  const row = Number(match[2]);
  return column <= excelColumns && row <= excelRows ? { column, row } : undefined;
}
