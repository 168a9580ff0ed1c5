import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { checkoutPaths } from '../local/index';

/** What derives the limits from the shipped documents; the gateway measures, so it is the gateway's. */
export const LIMITS_SCRIPT = 'gateway/dist/write-limits.js';

/** `npm run limits [-- --check]`: writes packages/contracts/src/limits.ts from gateway/documents, or compares. */
export async function limits(args: string[]): Promise<number> {
  const { root } = checkoutPaths();
  return spawnSync(process.execPath, [join(root, LIMITS_SCRIPT), ...args], { stdio: 'inherit' }).status ?? 1;
}
