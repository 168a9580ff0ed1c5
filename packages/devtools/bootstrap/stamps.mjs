import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { inRoot, memberFolders, root, stateDir } from './workspace.mjs';

const skipped = new Set(['node_modules', 'dist', 'generated']);

export function installFingerprint() {
  const manifests = memberFolders().map((folder) => `${folder}/package.json`);
  return fingerprint(['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'package.json', ...manifests]);
}

/** By content: after switching branches and back nothing needs building. */
export function buildFingerprint() {
  const files = readdirSync(root).filter((name) => isConfiguration(name));
  for (const folder of memberFolders()) collect(folder, files);
  return fingerprint(files.sort());
}

function collect(folder, files) {
  for (const entry of readdirSync(inRoot(folder), { withFileTypes: true })) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) {
      if (!skipped.has(entry.name)) collect(path, files);
    } else if (matters(path, entry.name)) files.push(path);
  }
}

function matters(path, name) {
  if (isConfiguration(name) || path.startsWith('packages/devtools/codegen')) return true;
  if (name.endsWith('.test.ts')) return false;
  return (name.endsWith('.ts') && path.includes('/src/')) || (name.endsWith('.graphql') && path.includes('/schema/'));
}

function isConfiguration(name) {
  return name === 'package.json' || (name.startsWith('tsconfig') && name.endsWith('.json'));
}

function fingerprint(files) {
  const hash = createHash('sha256').update(process.version);
  for (const file of files) hash.update(`\0${file}\0`).update(readOrEmpty(file));
  return hash.digest('hex');
}

function readOrEmpty(file) {
  try {
    return readFileSync(inRoot(file));
  } catch {
    return '';
  }
}

export function readStamp(name) {
  return String(readOrEmpty(join('.anjie/stamps', name)));
}

export function writeStamp(name, value) {
  const file = join(stateDir, 'stamps', name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.${process.pid}`, value);
  renameSync(`${file}.${process.pid}`, file);
}
