import { closeSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

export interface Hit {
  readonly canary: string;
  readonly place: string;
}

/** The forms in which a text may lie somewhere: as it is, escaped as JSON writes it, in hex, in base64 at any offset. */
export function formsOf(text: string): readonly Buffer[] {
  const bytes = Buffer.from(text);
  const escaped = [...text].map((mark) => ((mark.codePointAt(0) ?? 0) > 126 ? [...mark].map((one) => `\\u${(one.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`).join('') : mark)).join('');
  // what does not depend on the neighbours: whole groups of three bytes behind 0, 1 or 2 others
  const base64 = [0, 1, 2].map((shift) => Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64').slice(shift === 0 ? 0 : 4, -4)).filter((part) => part.length >= 8);
  const hex = bytes.toString('hex');
  return [...new Set([text, escaped, hex, hex.toUpperCase(), encodeURIComponent(text), ...base64])].map((form) => Buffer.from(form)).concat(Buffer.from(text, 'utf16le'));
}

export const inBytes = (content: Buffer, canaries: readonly string[], place: string): Hit[] =>
  canaries.filter((canary) => formsOf(canary).some((form) => content.includes(form))).map((canary) => ({ canary, place }));

const PIECE = 8 * 1024 * 1024;
/** Longer than any form. */
const OVERLAP = 4_096;

/** Every byte of every file below a folder, whatever it is. */
export function inFolder(root: string, canaries: readonly string[], skip: (path: string) => boolean = () => false): { hits: Hit[]; files: number; bytes: number } {
  const forms = canaries.map((canary) => ({ canary, forms: formsOf(canary) }));
  const found = { hits: [] as Hit[], files: 0, bytes: 0 };
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (!entry.isFile() || skip(path)) continue;
    found.files += 1;
    const seen = new Set<string>();
    for (const piece of piecesOf(path)) {
      found.bytes += piece.length;
      for (const { canary, forms: of } of forms) if (!seen.has(canary) && of.some((form) => piece.includes(form))) seen.add(canary);
    }
    for (const canary of seen) found.hits.push({ canary, place: relative(root, path) });
  }
  return found;
}

function* piecesOf(path: string): Generator<Buffer> {
  const { size } = statSync(path);
  const file = openSync(path, 'r');
  try {
    for (let at = 0; at < size; at += PIECE - OVERLAP) {
      const piece = Buffer.alloc(Math.min(PIECE, size - at));
      readSync(file, piece, 0, piece.length, at);
      yield piece;
    }
  } finally {
    closeSync(file);
  }
}
