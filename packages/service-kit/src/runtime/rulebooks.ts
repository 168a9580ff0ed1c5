import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { findLengthening, findMisfits, readRules, type RuleProblem, type TimeLimitRule } from '@anjie/rulebook';
import { placeOf, readRulebookFile, type PlacedRow } from './rulebook-file';

/** The time limits that a process works with. */
export interface LoadedRulebooks {
  readonly national: readonly TimeLimitRule[];
  readonly local: readonly TimeLimitRule[];
  /** National and local. */
  readonly rules: readonly TimeLimitRule[];
  /** Sentences about rows that are right in form and will not do what their author expects. */
  readonly warnings: readonly string[];
}

/** Path of a rulebook of this release: `national.yaml`, `local/zhejiang-2016.yaml`. */
export const shippedRulebook = (name: string): string => require.resolve(`@anjie/rulebook/rulebooks/${name}`);

/** The rulebook files of a folder, by name. @throws Error */
export function rulebookFiles(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => /\.ya?ml$/i.test(name)).sort().map((name) => join(folder, name));
  } catch {
    throw new Error(`ANJIE_RULEBOOK_DIR: ${folder} is no folder that can be read`);
  }
}

/** The national rules with the rows of local files. @throws Error naming file, row and field of everything that is wrong */
export function readRulebooks(localFiles: readonly string[]): LoadedRulebooks {
  const nationalRows = readRulebookFile(shippedRulebook('national.yaml'));
  const rows = [...nationalRows, ...localFiles.flatMap(readRulebookFile)];
  const { rules, problems } = readRules(rows.map(({ fields }) => fields));
  refuse(problems, rows);
  const [national, local] = [rules.slice(0, nationalRows.length), rules.slice(nationalRows.length)];
  const localRows = rows.slice(nationalRows.length);
  refuse(findMisfits(local, national), localRows);
  return { national, local, rules, warnings: warningsOf({ national, local, rules }, localRows) };
}

/** More are the same mistake again. */
const MAX_TOLD = 20;

function refuse(problems: readonly RuleProblem[], rows: readonly PlacedRow[]): void {
  if (problems.length === 0) return;
  const sentences = problems.slice(0, MAX_TOLD).map(({ row, field, message }) => `  ${rows[row] ? placeOf(rows[row]) : ''}${field ? `, ${field}` : ''}: ${message}`);
  if (problems.length > MAX_TOLD) sentences.push(`  and ${problems.length - MAX_TOLD} more`);
  throw new Error(`The time limits are not usable; change these rows (docs/time-limits.md):\n${sentences.join('\n')}`);
}

function warningsOf({ national, local, rules }: Omit<LoadedRulebooks, 'warnings'>, rows: readonly PlacedRow[]): string[] {
  const lengthening = new Set(findLengthening(rules));
  return local.flatMap((rule, i) => {
    const row = rows[i];
    const place = row ? placeOf(row) : rule.code;
    const same = national.filter((other) => other.code === rule.code);
    return [
      ...(lengthening.has(rule) ? [`${place} is passed over: it is longer than the national rule, and mayLengthen names no instrument that allows it`] : []),
      ...(same.length === 0 ? [`${place}: there is no national rule of this code, so nothing in Anjie asks for it by itself`] : []),
      ...(same.length > 0 && same.every((other) => other.startsOn !== rule.startsOn) ? [`${place}, startsOn: Anjie starts ${rule.code} on ${same[0]?.startsOn}, whatever stands here`] : []),
    ];
  });
}

let current: LoadedRulebooks | undefined;

/** Adds the local files of a folder to the national rules of this process. Once, at start-up. @throws Error */
export function loadRulebooks(folder: string): { readonly files: readonly string[]; readonly warnings: readonly string[] } {
  const files = rulebookFiles(folder);
  current = readRulebooks(files);
  return { files, warnings: files.length > 0 ? current.warnings : [`ANJIE_RULEBOOK_DIR: ${folder} holds no .yaml file`] };
}

/** The time limits of this process: the national ones, and those that an operator's files added. */
export const officeRules = (): readonly TimeLimitRule[] => (current ??= readRulebooks([])).rules;
