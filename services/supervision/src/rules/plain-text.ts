/** Control characters but newline and tab: they break letters and logs, and no opinion needs them. */
const CONTROL = /[^\P{Cc}\t\n\r]/u;

/** A text of `least` to `most` characters (code points, trimmed), without control characters. */
export function isPlainText(text: string | null | undefined, { least = 1, most }: { least?: number; most: number }): boolean {
  const length = [...(text ?? '').trim()].length;
  return length >= least && length <= most && !CONTROL.test(text ?? '');
}

/** What is stored of an optional text: nothing rather than blanks. */
export const textOrNull = (text: string | null | undefined): string | null => text?.trim() || null;
