import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');
export const stateDir = join(root, '.anjie');
export const inRoot = (...parts) => join(root, ...parts);

/** Folders of the workspace members, relative to the root. Reads only the `packages:` list of pnpm-workspace.yaml. */
export function memberFolders() {
  const lines = readFileSync(inRoot('pnpm-workspace.yaml'), 'utf8').split('\n');
  const from = lines.findIndex((line) => /^packages:\s*$/.test(line)) + 1;
  const patterns = [];
  for (const line of lines.slice(from)) {
    const item = /^\s+-\s*["']?([^"'#\s]+)/.exec(line);
    if (item) patterns.push(item[1]);
    else if (/^\S/.test(line)) break;
  }
  return patterns.flatMap(expand).filter((folder) => existsSync(inRoot(folder, 'package.json'))).sort();
}

function expand(pattern) {
  if (!pattern.endsWith('/*')) return [pattern];
  const parent = pattern.slice(0, -2);
  if (!existsSync(inRoot(parent))) return [];
  return readdirSync(inRoot(parent), { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => `${parent}/${entry.name}`);
}

export function compiledMembers() {
  return memberFolders().filter((folder) => existsSync(inRoot(folder, 'tsconfig.json')));
}
