import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const oldestNode = [20, 19];
const runEngines = new Set(['start', 'test', 'bench', 'engines']);

/** One sentence about what to install, or nothing. */
export function complaintAboutThisSystem(command, args) {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < oldestNode[0] || (major === oldestNode[0] && minor < oldestNode[1])) {
    return `Anjie needs Node ${oldestNode.join('.')} or newer and this is Node ${process.versions.node}: install the current Node LTS.`;
  }
  const pureTests = command === 'test' && args[0] === 'rules';
  if (!runEngines.has(command) || pureTests || canHaveEngines()) return undefined;
  return 'Anjie needs MariaDB 10.11 and Redis 7, which it can fetch by itself on Debian and Ubuntu only: install mariadbd and redis-server so that they are on PATH, or use infra/compose.yaml.';
}

function canHaveEngines() {
  const dirs = [...(process.env.PATH ?? '').split(delimiter).filter(Boolean), '/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/opt/homebrew/bin'];
  const has = (name) => dirs.some((dir) => existsSync(join(dir, name)));
  const canFetch = process.platform === 'linux' && has('apt-get') && has('dpkg');
  return canFetch || (has('mariadbd') && has('redis-server'));
}
