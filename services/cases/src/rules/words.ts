// oxlint-disable-next-line no-control-regex -- that they are refused is the point
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;

/** Text that a person typed, of `least` to `most` characters as people count them (code points), without control characters. */
export function isWords(text: string, least: number, most: number): boolean {
  const { length } = [...text.trim()];
  return length >= least && length <= most && !CONTROL.test(text);
}
