import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { apiSchemaOf, compareApis, sectionOf } from '../lint/api-schema';
import { checkoutPaths } from '../local/index';

const FILE = 'gateway/supergraph.graphql';
const ANNOUNCED = 'docs/api-changes.md';

/** `npm run api:changes`: what the working tree would change for clients since the last commit. */
export async function apiChanges(): Promise<number> {
  const { root } = checkoutPaths();
  const report = reportApiChanges(root);
  for (const line of report.lines) console.log(line);
  return report.isBroken ? 1 : 0;
}

export interface ApiReport {
  readonly isBroken: boolean;
  readonly lines: readonly string[];
}

export function reportApiChanges(root: string): ApiReport {
  const now = readFileSync(join(root, FILE), 'utf8');
  const before = ['HEAD', 'HEAD~1'].map((commit) => ({ commit, sdl: committed(root, commit) })).find(({ sdl }) => sdl !== undefined && sdl !== now);
  if (before?.sdl === undefined) return { isBroken: false, lines: [`nothing to compare ${FILE} with: it is as in the last two commits, or there are none`] };
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  const announced = existsSync(join(root, ANNOUNCED)) ? sectionOf(version, readFileSync(join(root, ANNOUNCED), 'utf8')) : '';
  const { breaking, accepted, risky } = compareApis(apiSchemaOf(before.sdl), apiSchemaOf(now), announced);
  return {
    isBroken: breaking.length > 0,
    lines: [
      `compared with ${before.commit}: ${breaking.length} breaking, ${accepted.length} announced, ${risky.length} risky`,
      ...breaking.map(({ description }) => `  breaking: ${description}`),
      ...risky.map(({ description }) => `  risky: ${description}`),
      ...(breaking.length > 0 ? [`  Keep the old part and deprecate it; or write each sentence under "## ${version}" in ${ANNOUNCED}.`] : []),
    ],
  };
}

/** Nothing outside of a git checkout, in a shallow clone, or before the file was first committed. */
function committed(root: string, commit: string): string | undefined {
  try {
    return execFileSync('git', ['show', `${commit}:${FILE}`], { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 50_000_000 });
  } catch {
    return undefined;
  }
}
