import { findOrFetchEngines } from '../local/engines';
import { checkoutPaths } from '../local/paths';

/** `engines`: makes sure MariaDB and Redis can be run here, and says which. */
export async function showEngines(): Promise<void> {
  const { cacheDir } = checkoutPaths();
  const { mariadbd, redisServer, versions, source } = await findOrFetchEngines({ cacheDir, log: (line) => console.error(`▸ ${line}`) });
  console.log(`MariaDB ${versions.mariadb}  ${source.mariadb}  ${mariadbd}`);
  console.log(`Redis   ${versions.redis}  ${source.redis}  ${redisServer}`);
}
