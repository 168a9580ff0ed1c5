import { rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { checkoutPaths, makeTestFolder } from '@anjie/devtools';
import type { LocalSystem } from '../harness/probes';
import { startLocalSystem } from '../harness/system';
import { tell } from '../harness/verdict';
import { copyTree, type BrokenTree } from './broken-tree';
import type { Mutant } from './mutants';

let tree: BrokenTree;
let system: LocalSystem;

async function open(): Promise<void> {
  const paths = checkoutPaths(__dirname);
  const to = makeTestFolder(paths, 'broken');
  rmdirSync(to);
  tree = copyTree(paths.root, to);
  system = await startLocalSystem({ root: tree.root });
}

const isWorker = (name: string): boolean => name.endsWith('-worker');
const workers = (): string[] => system.processNames.filter(isWorker);

/** Plumbing that requests do not go through. */
const OF_WORKERS = /^packages\/service-kit\/src\/messaging\/(consumer|inbox|queues|reconcile|relay)\./;
const runs = (name: string, file: string): boolean =>
  file.startsWith('packages/') ? name !== 'gateway' && (isWorker(name) || !OF_WORKERS.test(file)) : file.split('/')[1] === name.replace(/-worker$/, '');
/** Processes whose code a change of these files changes. */
const processesOf = (files: readonly string[]): readonly string[] => system.processNames.filter((name) => files.some((file) => runs(name, file)));

const hold = async (names: readonly string[]): Promise<void> => {
  for (const name of names) system.supervisor.hold(name);
  await Promise.all(names.map((name) => system.processOf(name).kill9()));
};
async function start(names: readonly string[]): Promise<void> {
  await Promise.all(names.map((name) => system.supervisor.release(name)));
  await system.ready();
}

let broken: readonly string[] = [];
/** What the mutant before had broken; it starts again together with what the next one breaks. */
let down: readonly string[] = [];
async function breakWith(patch: string): Promise<void> {
  broken = processesOf(tree.apply(join(__dirname, patch)));
  await hold(broken);
  await start([...new Set([...down, ...broken])]);
}

/** What a broken system lost or left undone is nothing to the next one. */
async function mend(): Promise<void> {
  tree.revert();
  await system.engines.mend();
  down = [...new Set([...broken, ...workers()])];
  await hold(down);
  await system.engines.redis('FLUSHALL');
  for (const service of system.stack.services) {
    await system.rows(`UPDATE ${service}.outbox_messages SET state = 'ACKED' WHERE state <> 'ACKED'`);
    for (const table of ['ack_messages', 'dead_letters']) await system.rows(`DELETE FROM ${service}.${table}`);
  }
  await system.rows("UPDATE supervision.deadlines SET state = 'CANCELLED', version = version + 1 WHERE state = 'ARMED'");
}

/** Tests that put each mutant into a copy of the tree and want its promise broken. One system serves them all. */
export function findOut(mutants: readonly Mutant[]): void {
  jest.setTimeout(900_000);
  beforeAll(open, 300_000);
  afterEach(mend, 120_000);
  afterAll(async () => {
    await system.stop();
    tree.remove();
  }, 60_000);
  test.each(mutants.map((mutant) => [mutant.patch, mutant] as const))('%s is found out', async (patch, { promise, breaks }) => {
    await breakWith(patch);
    const startedAt = Date.now();
    const verdict = await promise(system);
    tell({ ...verdict, promise: `${patch}: ${verdict.promise}`, figures: { ...verdict.figures, 'seconds in all': Math.round((Date.now() - startedAt) / 1000) } });
    expect(verdict.broken.filter((sentence) => breaks.test(sentence))).not.toEqual([]);
  });
}
