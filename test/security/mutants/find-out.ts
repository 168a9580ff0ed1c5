import { mkdirSync, mkdtempSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { checkoutPaths } from '@anjie/devtools';
import { copyTree, type BrokenTree } from '../../faults/mutants/broken-tree';
import { openWorld, type World } from '../attacks/world';
import type { Mutant } from './mutants';

let tree: BrokenTree;
let world: World;

async function open(): Promise<void> {
  const paths = checkoutPaths(__dirname);
  mkdirSync(join(paths.state, 't'), { recursive: true });
  const to = mkdtempSync(join(paths.state, 't', 'broken-'));
  rmdirSync(to);
  tree = copyTree(paths.root, to);
  world = await openWorld({ root: tree.root });
}

/** What a package's change reaches: the gateway knows of these two only. */
const OF_THE_GATEWAY = /^packages\/(access|contracts)\//;

/** Starts again whatever runs code of these files; the gateway that is attacked is another process than the system's own. */
async function restart(files: readonly string[]): Promise<void> {
  const { system } = world;
  const isAll = files.some((file) => file.startsWith('packages/'));
  const services = new Set(files.map((file) => file.split('/')[1] ?? ''));
  const names = system.processNames.filter((name) => name !== 'gateway' && (isAll || services.has(name.replace(/-worker$/, ''))));
  for (const name of names) system.supervisor.hold(name);
  await Promise.all(names.map((name) => system.processOf(name).kill9()));
  await Promise.all(names.map((name) => system.supervisor.release(name)));
  if (names.length > 0) await system.ready();
  if (files.some((file) => file.startsWith('gateway/') || OF_THE_GATEWAY.test(file))) await world.reopenFront();
  world.takeDeaths();
}

/** Tests that put each mutant into a copy of the tree and want its named check to fail. One system serves them all. */
export function findOut(mutants: readonly Mutant[]): void {
  jest.setTimeout(240_000);
  beforeAll(open, 300_000);
  afterAll(async () => {
    await world?.stop();
    tree?.remove();
  }, 60_000);
  test.each(mutants.map((mutant) => [mutant.patch.replace(/^.*\//, ''), mutant] as const))('%s is found out', async (name, { patch, check, breaks }) => {
    const changed = tree.apply(join(__dirname, patch));
    try {
      await restart(changed);
      const startedAt = Date.now();
      const complaints = await check(world);
      console.log(`${name}: ${((Date.now() - startedAt) / 1_000).toFixed(1)} s, ${complaints.length} complaints: ${complaints.slice(0, 2).join(' | ').slice(0, 400)}`);
      expect(complaints.filter((sentence) => breaks.test(sentence))).not.toEqual([]);
    } finally {
      tree.revert();
      await restart(changed);
      await clear();
    }
  });
}

/** What a mutant let happen is nothing to the next one. */
async function clear(): Promise<void> {
  for (const service of world.system.stack.services) {
    await world.system.rows(`UPDATE ${service}.outbox_messages SET state = 'ACKED' WHERE state IN ('DEAD', 'PENDING', 'CLAIMED', 'PUBLISHED')`);
    await world.system.rows(`DELETE FROM ${service}.dead_letters`);
  }
  world.takeLeaks();
}
