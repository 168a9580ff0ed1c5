import { spawn, spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { makePrivateDir } from './paths';

export interface FetchRequest {
  packages: string[];
  cacheDir: string;
  log(line: string): void;
}

/** Unpacked packages that run from where they are. */
export interface FetchedTree {
  root: string;
  binDirs: string[];
  libDirs: string[];
}

const systemAptParts = '/etc/apt/apt.conf.d';

export const fetchEngines = (request: FetchRequest): Promise<FetchedTree> => fetchTree(request, assertComplete);

/** Further packages that tests need, the same way. `find`: the file in one of the folders for libraries. */
export async function fetchPackages(request: FetchRequest): Promise<FetchedTree & { find(file: string): string }> {
  const tree = await fetchTree(request, () => undefined);
  return {
    ...tree,
    find(file) {
      const found = tree.libDirs.map((dir) => join(dir, file)).find((path) => existsSync(path));
      if (!found) throw new Error(`${request.packages.join(', ')} did not bring ${file}`);
      return found;
    },
  };
}

/** Packages and what they need beyond this system, unpacked into the cache. Needs no root and changes nothing outside it. */
async function fetchTree(request: FetchRequest, check: (tree: FetchedTree) => void): Promise<FetchedTree> {
  const enginesDir = makePrivateDir(join(request.cacheDir, 'engines'));
  const root = join(enginesDir, treeName(request.packages));
  if (existsSync(root)) return describeTree(root);
  request.log(`fetching ${request.packages.join(', ')} into .anjie/cache (nothing is installed on this system)`);
  const startedAt = performance.now();
  const work = join(enginesDir, `partial-${process.pid}-${randomBytes(4).toString('hex')}`);
  try {
    await downloadInto(work, request.packages);
    const tree = join(work, 'tree');
    await unpack(join(work, 'debs'), tree);
    check(describeTree(tree));
    publish(tree, root);
    request.log(`fetched in ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return describeTree(root);
}

/** One tree per distribution release and processor: a checkout may be mounted into several. */
function treeName(packages: string[]): string {
  const release = readFileSync('/etc/os-release', 'utf8');
  const field = (name: string): string => new RegExp(`^${name}="?([^"\n]*)`, 'm').exec(release)?.[1] ?? 'unknown';
  const hash = createHash('sha256').update([...packages].sort().join()).digest('hex').slice(0, 8);
  return `${field('ID')}-${field('VERSION_ID')}-${process.arch}-${hash}`;
}

async function downloadInto(work: string, packages: string[]): Promise<void> {
  const env = { ...process.env, APT_CONFIG: writeAptConfig(work), LC_ALL: 'C' };
  const debs = join(work, 'debs');
  mkdirSync(debs);
  await run('apt-get', ['update', '-qq'], { env });
  const plan = await run('apt-get', ['install', '--simulate', '-qq', ...packages], { env });
  const wanted = plan.split('\n').flatMap((line) => /^Inst (\S+)/.exec(line)?.[1] ?? []);
  // Packages that are installed already are no part of the plan, yet may be the ones whose binaries are too old.
  await run('apt-get', ['download', '-qq', ...new Set([...packages, ...wanted])], { env, cwd: debs });
}

/**
 * The system's own sources, keys and proxy, but private lists and cache.
 * Our part must be read last, so the system's parts are linked beside it; its hooks expect root and are cleared.
 */
function writeAptConfig(work: string): string {
  const parts = join(work, 'apt.conf.d');
  for (const dir of [parts, join(work, 'lists/partial'), join(work, 'cache/archives/partial')]) mkdirSync(dir, { recursive: true });
  const systemParts = existsSync(systemAptParts) ? readdirSync(systemAptParts) : [];
  for (const part of systemParts) symlinkSync(join(systemAptParts, part), join(parts, part));
  const ours = [
    '#clear APT::Update::Pre-Invoke;',
    '#clear APT::Update::Post-Invoke;',
    '#clear APT::Update::Post-Invoke-Success;',
    '#clear DPkg::Pre-Install-Pkgs;',
    `Dir::State::lists "${join(work, 'lists')}";`,
    `Dir::State::extended_states "${join(work, 'extended_states')}";`,
    `Dir::Cache "${join(work, 'cache')}";`,
    'Acquire::Languages "none";',
    'APT::Install-Recommends "false";',
    // As root apt would download as its own user, who may not enter our folders.
    'APT::Sandbox::User "root";',
    'Debug::NoLocking "true";',
  ];
  writeFileSync(join(parts, 'zzzz-anjie.conf'), `${ours.join('\n')}\n`);
  const file = join(work, 'apt.conf');
  writeFileSync(file, `Dir::Etc::parts "${parts}";\n`);
  return file;
}

async function unpack(debs: string, tree: string): Promise<void> {
  mkdirSync(tree);
  for (const deb of readdirSync(debs).filter((name) => name.endsWith('.deb'))) {
    await run('dpkg', ['-x', join(debs, deb), tree], {});
  }
}

function describeTree(root: string): FetchedTree {
  const binDirs = ['usr/sbin', 'usr/bin', 'sbin', 'bin'].map((dir) => join(root, dir));
  const libDirs = ['usr/lib', 'lib'].flatMap((dir) => {
    const lib = join(root, dir);
    const perArchitecture = existsSync(lib) ? readdirSync(lib).filter((name) => /-linux-gnu/.test(name)) : [];
    return [...perArchitecture.map((name) => join(lib, name)), lib];
  });
  return { root, binDirs: binDirs.filter((dir) => existsSync(dir)), libDirs: libDirs.filter((dir) => existsSync(dir)) };
}

function assertComplete(tree: FetchedTree): void {
  const env = { ...process.env, LD_LIBRARY_PATH: tree.libDirs.join(':') };
  for (const name of ['mariadbd', 'my_print_defaults', 'redis-server']) {
    const binary = tree.binDirs.map((dir) => join(dir, name)).find((file) => existsSync(file));
    const needs = binary ? (spawnSync('ldd', [binary], { env, encoding: 'utf8' }).stdout ?? '') : '';
    const lacking = needs.split('\n').filter((line) => line.includes('not found'));
    if (lacking.length > 0) throw new Error(`${name} lacks libraries this system does not have: ${lacking.map((line) => line.trim()).join('; ')}`);
  }
}

/** Another process may have fetched the same tree meanwhile; theirs is as good as ours. */
function publish(tree: string, root: string): void {
  try {
    renameSync(tree, root);
  } catch (error) {
    if (!existsSync(root)) throw error;
  }
}

function run(command: string, args: string[], options: { env?: NodeJS.ProcessEnv; cwd?: string }): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) return resolve(stdout);
      reject(new Error(`${basename(command)} ${args[0]} failed (${code}): ${stderr.trim() || stdout.trim()}`));
    });
  });
}
