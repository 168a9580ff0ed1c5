const dayMs = 86_400_000;
/** 9999-12-31 in the 1900 system */
const lastSerial = 2_958_465;
const builtInDateFormats = [[14, 22], [27, 36], [45, 47], [50, 58]] as const;

/** Is this number format shown as a date or a time? Literals, colours and locales inside the code are ignored. */
export function isDateFormat(formatId: number, code: string | undefined): boolean {
  if (code === undefined) return builtInDateFormats.some(([first, last]) => formatId >= first && formatId <= last);
  const bare = code
    .replace(/"[^"]*"?/g, '')
    .replace(/\\.|_.|\*./gs, '')
    .replace(/\[(?!(?:h+|m+|s+)\])[^\]]*\]?/gi, '')
    .split(';')[0] ?? '';
  return !/^\s*general\s*$/i.test(bare) && /[ymdhs]/i.test(bare);
}

/**
 * Excel serial → 'YYYY-MM-DD'; the time of day is dropped. Undefined when it names no day: times below one day,
 * the invented 1900-02-29 (serial 60), anything before 1900 / 1904 or after 9999.
 */
export function dateOfSerial(serial: number, is1904: boolean): string | undefined {
  if (!Number.isFinite(serial) || serial < 0) return undefined;
  const day = Math.floor(serial) + (is1904 ? 1_462 : 0);
  if (day < 1 || day === 60 || day > lastSerial) return undefined;
  const epoch = day < 60 ? Date.UTC(1899, 11, 31) : Date.UTC(1899, 11, 30);
  return new Date(epoch + day * dayMs).toISOString().slice(0, 10);
}

/** 'YYYY-MM-DD' → Excel serial of the 1900 system; undefined when it is no such day. */
export function serialOfDate(date: string): number | undefined {
  const day = isoDay(date);
  if (day === undefined || day.length !== date.length) return undefined;
  const serial = Math.round((Date.parse(`${day}T00:00:00Z`) - Date.UTC(1899, 11, 30)) / dayMs);
  return serial < 2 || serial > lastSerial ? undefined : serial > 60 ? serial : serial - 1;
}

/** The day of an ISO 8601 text ('2024-02-29', '2024-02-29T08:00:00Z'), undefined when there is no such day. */
export function isoDay(text: string): string | undefined {
  const day = /^(\d{4}-\d{2}-\d{2})(?:T.*)?$/.exec(text)?.[1];
  if (day === undefined) return undefined;
  const parsed = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(parsed.valueOf()) && parsed.toISOString().startsWith(day) ? day : undefined;
}
