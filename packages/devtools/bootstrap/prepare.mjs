import { accessSync, constants, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { withLock } from './lock.mjs';
import { buildFingerprint, installFingerprint, readStamp, writeStamp } from './stamps.mjs';
import { Failure, runQuietly, step } from './steps.mjs';
import { compiledMembers, inRoot, root, stateDir } from './workspace.mjs';

export async function prepareInstall() {
  const isCurrent = () => existsSync(inRoot('node_modules/.modules.yaml')) && readStamp('install') === installFingerprint();
  if (isCurrent()) return;
  await withLock(async () => {
    if (isCurrent()) return;
    writeStamp('install', '');
    await step('installing dependencies', install);
    writeStamp('install', installFingerprint());
  });
}

async function install() {
  const pnpm = `pnpm@${JSON.parse(readFileSync(inRoot('package.json'), 'utf8')).config.pnpm}`;
  const frozen = existsSync(inRoot('pnpm-lock.yaml'));
  // The lockfile was checked for too young releases when it was changed; here that check only costs time.
  const settings = ['--config.minimumReleaseAge=0', '--config.confirmModulesPurge=false'];
  await runQuietly(npx(), ['--yes', pnpm, 'install', frozen ? '--frozen-lockfile' : '--no-frozen-lockfile', ...settings], {
    cwd: root,
    env: withWritableHome({ ...process.env, CI: 'true' }),
    hint: `If a package.json was changed on purpose: npx ${pnpm} install`,
  });
}

/** The npx beside this Node, so that both are of one installation. */
function npx() {
  const beside = join(dirname(process.execPath), 'npx');
  return existsSync(beside) ? beside : 'npx';
}

/** Service users often have a home folder that does not exist; npm and pnpm keep their caches in it. */
function withWritableHome(env) {
  try {
    accessSync(homedir(), constants.W_OK);
    return env;
  } catch {
    const home = join(stateDir, 'cache', 'home');
    mkdirSync(home, { recursive: true });
    return { ...env, HOME: home };
  }
}

export async function prepareBuild() {
  const isCurrent = () => membersWithoutOutput().length === 0 && readStamp('build') === buildFingerprint();
  if (isCurrent()) return;
  await withLock(async () => {
    if (isCurrent()) return;
    assertEveryMemberIsListed();
    // A failing compilation may still write output, which then matches no earlier stamp.
    writeStamp('build', '');
    if (existsSync(inRoot('packages/devtools/codegen.mjs'))) {
      await step('generating types from the schemas', () => runNode('packages/devtools/codegen.mjs'));
    }
    // Taken before compiling: what is edited meanwhile is built next time.
    const built = buildFingerprint();
    await step('compiling', compile);
    writeStamp('build', built);
  });
}

async function compile() {
  // tsc -b looks only at its record, not at whether the output is still there.
  for (const folder of membersWithoutOutput()) rmSync(inRoot(folder, 'tsconfig.tsbuildinfo'), { force: true });
  await runQuietly(inRoot('node_modules/.bin/tsc'), ['-b', 'tsconfig.build.json'], { cwd: root, env: process.env });
}

function runNode(script) {
  return runQuietly(process.execPath, [script], { cwd: root, env: process.env });
}

function membersWithoutOutput() {
  const emits = (folder) => readFileSync(inRoot(folder, 'tsconfig.json'), 'utf8').includes('"outDir"');
  return compiledMembers().filter((folder) => emits(folder) && !existsSync(inRoot(folder, 'dist')));
}

function assertEveryMemberIsListed() {
  const { references } = JSON.parse(readFileSync(inRoot('tsconfig.build.json'), 'utf8'));
  const listed = new Set(references.map(({ path }) => path.replace(/^\.\//, '').replace(/\/$/, '')));
  const unlisted = compiledMembers().filter((folder) => !listed.has(folder));
  if (unlisted.length === 0) return;
  throw new Failure(`tsconfig.build.json does not list ${unlisted.join(', ')}: add { "path": "${unlisted[0]}" } to its references.`);
}
