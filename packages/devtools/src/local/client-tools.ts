import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fetchEngines } from './apt-engines';
import type { Engines } from './engines';

const NAMES = ['mariadb', 'mariadb-dump', 'mariadb-binlog'] as const;
type Tool = (typeof NAMES)[number];

/** MariaDB's own programs for backup and restore, with the environment that they run in. */
export interface ClientTools {
  readonly paths: Readonly<Record<Tool, string>>;
  readonly env: NodeJS.ProcessEnv;
}

/** Those of the system, or of the fetched server, or the distribution's package unpacked into the cache. */
export async function findOrFetchClientTools(engines: Engines, log: (line: string) => void): Promise<ClientTools> {
  const found = toolsIn((engines.env['PATH'] ?? '').split(delimiter));
  if (found) return { paths: found, env: engines.env };
  const tree = await fetchEngines({ packages: ['mariadb-client', 'mariadb-client-core'], cacheDir: engines.cacheDir, log });
  const paths = toolsIn(tree.binDirs);
  if (!paths) throw new Error('mariadb-dump and mariadb-binlog are needed: install the package mariadb-client of this distribution.');
  const env = { ...engines.env, LD_LIBRARY_PATH: [...tree.libDirs, engines.env['LD_LIBRARY_PATH']].filter(Boolean).join(delimiter) };
  const works = spawnSync(paths['mariadb-dump'], ['--version'], { env, encoding: 'utf8' });
  if (works.status !== 0) throw new Error(`mariadb-dump does not run here: ${works.stderr}`);
  return { paths, env };
}

function toolsIn(dirs: readonly string[]): Record<Tool, string> | undefined {
  const found = NAMES.map((name) => [name, dirs.map((dir) => join(dir, name)).find((file) => existsSync(file))] as const);
  return found.every(([, path]) => path !== undefined) ? (Object.fromEntries(found) as Record<Tool, string>) : undefined;
}
