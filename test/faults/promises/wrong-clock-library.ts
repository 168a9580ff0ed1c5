import { join } from 'node:path';
import { checkoutPaths, fetchPackages } from '@anjie/devtools';

/** libfaketime, taken from the distribution's packages into the cache, as the engines are. */
export async function wrongClockLibrary(): Promise<string> {
  const { find } = await fetchPackages({ packages: ['libfaketime'], cacheDir: checkoutPaths(__dirname).cacheDir, log: () => undefined });
  return find(join('faketime', 'libfaketimeMT.so.1'));
}
