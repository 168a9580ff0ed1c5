import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { localDateOf } from '@anjie/calendar';
import { describeChange } from '@anjie/rulebook';
import { readRulebooks, rulebookFiles } from '@anjie/service-kit/runtime';

const USAGE = `npm run rulebook -- check <file.yaml or folder> …
Checks local time limits as a service would at its start, and prints what each row changes against the national rule.
Files that will lie in one folder are checked together. How to write one: docs/time-limits.md.`;

/** `npm run rulebook -- check <file>…`: validates local time limits without starting anything. */
export async function rulebook([action, ...paths]: string[]): Promise<number> {
  if (action !== 'check' || paths.length === 0) {
    console.error(USAGE);
    return 2;
  }
  const { ok, lines } = checkRulebooks(paths.map((path) => resolve(process.env['INIT_CWD'] ?? '.', path)), localDateOf(new Date()));
  for (const line of lines) (ok ? console.log : console.error)(line);
  return ok ? 0 : 1;
}

/** The verdict and its words: a line for each row, then warnings; or everything that is wrong. */
export function checkRulebooks(paths: readonly string[], today: string): { ok: boolean; lines: string[] } {
  try {
    const books = readRulebooks(paths.flatMap((path) => (isFolder(path) ? rulebookFiles(path) : [path])));
    const changes = books.local.map((rule) => describeChange(rule, { national: books.national, all: books.rules, on: today }));
    const rows = `${books.local.length} row${books.local.length === 1 ? '' : 's'}`;
    return { ok: true, lines: [...changes, ...books.warnings.map((warning) => `! ${warning}`), `${rows} on ${today}, all usable`] };
  } catch (error) {
    return { ok: false, lines: [error instanceof Error ? error.message : String(error)] };
  }
}

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
