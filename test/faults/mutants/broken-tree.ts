import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { transformFileSync } from '@swc/core';

const FOLDERS = ['gateway', 'packages', 'services'];
const FILES = ['package.json', 'pnpm-workspace.yaml'];

export interface BrokenTree {
  readonly root: string;
  /** Breaks the copy as the patch says. @returns the files that it changes @throws Error when it does not apply any more */
  apply(patchFile: string): readonly string[];
  /** Puts back what the patch changed. */
  revert(): void;
  remove(): void;
}

/** A copy of the built checkout that may be broken; what is installed is shared with it. */
export function copyTree(from: string, to: string): BrokenTree {
  const isWanted = (path: string): boolean => !/\/(\.anjie|test)$/.test(path);
  for (const name of [...FOLDERS, ...FILES]) cpSync(join(from, name), join(to, name), { recursive: true, verbatimSymlinks: true, filter: isWanted });
  symlinkSync(join(from, 'node_modules'), join(to, 'node_modules'));
  const before = new Map<string, string>();
  const keep = (path: string): void => void (before.has(path) || before.set(path, readFileSync(path, 'utf8')));
  return {
    root: to,
    apply(patchFile) {
      const files = [...readFileSync(patchFile, 'utf8').matchAll(/^\+\+\+ b\/(\S+)$/gm)].map(([, path = '']) => path);
      for (const file of files) for (const path of [join(to, file), join(to, builtOf(file))]) keep(path);
      // outside any repository for git, so that it patches files and asks nothing else
      execFileSync('git', ['apply', '--whitespace=nowarn', patchFile], { cwd: to, env: { ...process.env, GIT_CEILING_DIRECTORIES: dirname(to) }, stdio: 'pipe' });
      for (const file of files) writeFileSync(join(to, builtOf(file)), compile(join(to, file)));
      return files;
    },
    revert() {
      for (const [path, text] of before) writeFileSync(path, text);
      before.clear();
    },
    remove: () => rmSync(to, { recursive: true, force: true }),
  };
}

const builtOf = (file: string): string => file.replace('/src/', '/dist/').replace(/\.ts$/, '.js');

/** One file, as the build would write it, without asking whether its types fit: what is broken need not be tidy. */
const compile = (file: string): string =>
  transformFileSync(file, { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } }).code;
