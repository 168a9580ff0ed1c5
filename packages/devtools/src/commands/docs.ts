import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ERROR_CODES } from '@anjie/contracts';
import { checkoutPaths } from '../local/index';

/** Pages that are written from the code, by their path. */
const PAGES: Readonly<Record<string, () => string>> = { 'docs/errors.md': errorsPage };

/** `npm run docs [-- --check]`: writes the pages that come from the code, or fails when they are not what the code says. */
export async function docs(args: string[]): Promise<number> {
  const { root } = checkoutPaths();
  const stale = stalePages(root);
  if (!args.includes('--check')) {
    for (const page of stale) writeFileSync(join(root, page), PAGES[page]?.() ?? '');
    return 0;
  }
  for (const page of stale) console.error(`${page} is not what the code says: run \`npm run docs\` and commit it.`);
  return stale.length > 0 ? 1 : 0;
}

export const stalePages = (root: string): string[] =>
  Object.entries(PAGES).filter(([page, write]) => !existsSync(join(root, page)) || readFileSync(join(root, page), 'utf8') !== write()).map(([page]) => page);

export function errorsPage(): string {
  const rows = Object.entries(ERROR_CODES).map(([code, { status, zh, en }]) => `| \`${code}\` | ${status} | ${zh} | ${en} |`);
  return [
    '# Errors',
    '',
    'Written by `npm run docs` from packages/contracts/src/error-codes.ts; never edited by hand.',
    '',
    'A fault has a code in `errors[].extensions.code`. An expected "no" is not a fault: it is a `…Refusal` in the union that a mutation returns.',
    'HTTP is the status when the whole request fails with it.',
    '',
    '| code | HTTP | zh | en |',
    '|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}
