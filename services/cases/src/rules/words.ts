const CONTROL = /[^\P{Cc}\t\n\r]|[\u202a-\u202e\u2066-\u2069]/u;

/** Text that a person typed, of `least` to `most` characters as people count them (code points), without control and direction characters. */
export function isWords(text: string, least: number, most: number): boolean {
  const { length } = [...text.trim()];
  return length >= least && length <= most && !CONTROL.test(text);
}
