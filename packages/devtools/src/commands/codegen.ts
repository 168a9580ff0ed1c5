import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { checkoutPaths } from '../local/index';

/** `npm run codegen`: writes src/generated of every service anew; the build does the same when a schema has changed. */
export async function codegen(): Promise<number> {
  const { root } = checkoutPaths();
  return spawnSync(process.execPath, [join(root, 'packages/devtools/codegen.mjs')], { cwd: root, stdio: 'inherit' }).status ?? 1;
}
