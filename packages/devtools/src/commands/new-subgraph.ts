import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { checkoutPaths } from '../local/index';
import { readTopology } from '../stack/topology';

/** Names of schemas and processes that are taken. */
const RESERVED = new Set(['gateway', 'mysql', 'sys', 'test', 'sample']);

/** `npm run new:subgraph <name>`: a subgraph that composes, runs and has tests. */
export async function newSubgraph([name = '']: string[]): Promise<number> {
  const { root } = checkoutPaths();
  const complaint = complaintAbout(root, name);
  if (complaint) {
    console.error(complaint);
    return 2;
  }
  const files = generateSubgraph(root, name);
  console.log(`services/${name}: ${files.length} files; listed in gateway/subgraphs.yaml, packages/contracts/src/services.ts and tsconfig.build.json`);
  const linked = link(root);
  console.log(nextSteps(root, name, linked));
  return linked ? 0 : 1;
}

export function complaintAbout(root: string, name: string): string | undefined {
  if (!/^[a-z]{3,20}$/.test(name)) return 'Say `npm run new:subgraph <name>`: 3 to 20 small letters, a noun in the plural or a field of work, for example hotline.';
  if (RESERVED.has(name)) return `"${name}" is taken by the system.`;
  if (existsSync(join(root, 'services', name)) || readTopology(root).some((one) => one.name === name)) return `There is a subgraph ${name} already.`;
  return undefined;
}

/** Copies the template and lists the newcomer where services are listed. @returns the files written, from the root */
export function generateSubgraph(root: string, name: string): string[] {
  const template = join(root, 'packages/devtools/template');
  const files = readdirSync(template, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  const written = files.map((file) => {
    const target = `services/${name}/${renamed(file.slice(template.length + 1), name)}`;
    mkdirSync(dirname(join(root, target)), { recursive: true });
    writeFileSync(join(root, target), renamed(readFileSync(file, 'utf8'), name));
    return target;
  });
  enlist(root, name);
  return written;
}

const renamed = (text: string, name: string): string => text.replaceAll('sample', name).replaceAll('Sample', `${name.charAt(0).toUpperCase()}${name.slice(1)}`);

function enlist(root: string, name: string): void {
  const port = Math.max(...readTopology(root).map(({ url }) => Number(new URL(url).port))) + 1;
  const edit = (file: string, change: (text: string) => string): void => {
    const before = readFileSync(join(root, file), 'utf8');
    const after = change(before);
    if (after === before) throw new Error(`${file} does not look as it did when this command was written: add ${name} to it by hand.`);
    writeFileSync(join(root, file), after);
  };
  edit('gateway/subgraphs.yaml', (text) => `${text.trimEnd()}\n- name: ${name}\n  url: http://127.0.0.1:${port}\n  schema: services/${name}/schema\n`);
  edit('packages/contracts/src/services.ts', (text) => text.replace(/(SERVICES = \[[^\]]*)\]/, `$1, '${name}']`));
  edit('tsconfig.build.json', (text) => text.replace(/(\n(\s*)\{ "path": "[^"]+" \})(\s*\])/, `$1,\n$2{ "path": "services/${name}" }$3`));
}

/** The workspace has a new member: its packages are linked, and the lockfile names it. */
function link(root: string): boolean {
  console.error('▸ linking its packages …');
  const args = ['--yes', `pnpm@${pnpmVersion(root)}`, 'install', '--no-frozen-lockfile', '--prefer-offline', '--config.confirmModulesPurge=false'];
  return spawnSync('npx', args, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, CI: 'true' } }).status === 0;
}

const pnpmVersion = (root: string): string => (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { config: { pnpm: string } }).config.pnpm;

function nextSteps(root: string, name: string, linked: boolean): string {
  const steps = [
    ...(linked ? [] : [[`npx pnpm@${pnpmVersion(root)} install`, 'linking failed above; once more when the registry answers']]),
    [`edit services/${name}/schema/${name}-entry.graphql`, 'what clients see'],
    ['npm run compose', 'types from the schema, and the supergraph'],
    [`npm run new:migration ${name} create-<what>`, 'another table'],
    [`npm run test:service ${name}`, 'its tests on a private MariaDB'],
    ['npm run check', 'names, boundaries, descriptions'],
    ['npm start', 'the gateway with your subgraph in it'],
  ];
  const width = Math.max(...steps.map(([command = '']) => command.length));
  return ['', 'Next (docs/adding-a-subgraph.md):', ...steps.map(([command = '', what]) => `  ${command.padEnd(width)}  ${what}`)].join('\n');
}
