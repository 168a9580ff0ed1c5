import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

export interface SourceFile {
  /** From the root of the checkout, with slashes. */
  readonly path: string;
  readonly text: string;
}

const SKIPPED = new Set(['node_modules', 'dist', 'generated', 'coverage', '.git', '.anjie']);
const TEXT = /\.(ts|js|cjs|mjs|json|ya?ml|graphql|sh|html|css|md|env|example|tpl)$|(^|\/)(Dockerfile|run)$/;
const MAX_BYTES = 1_000_000;

/** Every text file of the checkout that a person wrote; git is not asked, so that an unpacked archive is checked too. */
export function sourceFiles(root: string, folder = ''): SourceFile[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder ? `${folder}/${entry.name}` : entry.name;
    if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : sourceFiles(root, path);
    if (!entry.isFile() || !TEXT.test(path) || statSync(join(root, path)).size > MAX_BYTES) return [];
    return [{ path, text: readFileSync(join(root, path), 'utf8') }];
  });
}

const COMMENTS_AND_TEXTS = /\/\/[^\n]*|\/\*[\s\S]*?\*\/|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`/g;

/** The same text with comments blanked out, line by line in place. */
export const withoutComments = (text: string): string =>
  text.replace(COMMENTS_AND_TEXTS, (part) => (part.startsWith('//') || part.startsWith('/*') ? part.replace(/[^\n]/g, ' ') : part));
