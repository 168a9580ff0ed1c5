import { rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { checkoutPaths, makeTestFolder } from '@anjie/devtools';
import { copyTree, type BrokenTree } from '../../faults/mutants/broken-tree';
import { openWorld, type World } from '../attacks/world';
import { nameOf, type Mutant } from './mutants';

/** A world whose tree may be broken, and what of it still runs broken code. */
export interface Workshop {
  readonly world: World;
  readonly tree: BrokenTree;
  stale: readonly string[];
}

export async function openWorkshop(): Promise<Workshop> {
  const paths = checkoutPaths(__dirname);
  const to = makeTestFolder(paths, 'broken');
  rmdirSync(to);
  const tree = copyTree(paths.root, to);
  try {
    return { tree, world: await openWorld({ root: tree.root }), stale: [] };
  } catch (error) {
    tree.remove();
    throw error;
  }
}

/** What a package's change reaches: the gateway knows of these two only. */
const OF_THE_GATEWAY = /^(gateway|packages\/(access|contracts))\//;
/** Of a package, what no service runs. */
const OF_THE_GATEWAY_ALONE = /^packages\/access\/src\/(identity-provider|provider-settings)\./;
/** What workers run of their own accord; the rest only answers requests. */
const OF_WORKERS = /\/(messaging|database|jobs)\//;

/** Starts again whatever runs code of these files; the gateway that is attacked is another process than the system's own. */
export async function restart(world: World, files: readonly string[]): Promise<void> {
  const { system } = world;
  const isAll = files.some((file) => file.startsWith('packages/') && !OF_THE_GATEWAY_ALONE.test(file));
  const services = new Set(files.map((file) => file.split('/')[1] ?? ''));
  const isMeant = (name: string): boolean => name !== 'gateway' && (isAll || services.has(name.replace(/-worker$/, ''))) && (!name.endsWith('-worker') || files.some((file) => OF_WORKERS.test(file)));
  const names = system.processNames.filter(isMeant);
  for (const name of names) system.supervisor.hold(name);
  await Promise.all(names.map((name) => system.processOf(name).kill9()));
  await Promise.all(names.map((name) => system.supervisor.release(name)));
  if (names.length > 0) await system.ready(180_000);
  if (files.some((file) => OF_THE_GATEWAY.test(file))) await world.reopenFront();
  world.takeDeaths();
}

/** What the check says of the system while the guard is missing. */
export async function withoutGuard(shop: Workshop, { patch, check }: Mutant): Promise<readonly string[]> {
  const { tree, world } = shop;
  const changed = tree.apply(join(__dirname, patch));
  try {
    // what the one before had changed starts again together with it
    await restart(world, [...new Set([...shop.stale, ...changed])]);
    return await check(world);
  } finally {
    tree.revert();
    shop.stale = changed;
    await clear(world);
  }
}

/** What a mutant let happen is nothing to the next one. */
async function clear(world: World): Promise<void> {
  for (const service of world.system.stack.services) {
    await world.system.rows(`UPDATE ${service}.outbox_messages SET state = 'ACKED' WHERE state IN ('DEAD', 'PENDING', 'CLAIMED', 'PUBLISHED')`);
    await world.system.rows(`DELETE FROM ${service}.dead_letters`);
  }
  world.takeLeaks();
}

/** Tests that take each guard out of a copy of the tree and want its named check to fail. One system serves them all. */
export function findOut(mutants: readonly Mutant[]): void {
  let shop: Workshop | undefined;
  let found = 0;
  jest.setTimeout(600_000);
  beforeAll(async () => void (shop = await openWorkshop()), 300_000);
  afterAll(async () => {
    await shop?.world.stop();
    shop?.tree.remove();
  }, 60_000);
  test.each(mutants.map((mutant) => [nameOf(mutant), mutant] as const))('%s is found out', async (name, mutant) => {
    if (!shop) throw new Error('there is no workshop');
    const startedAt = Date.now();
    const complaints = await withoutGuard(shop, mutant);
    console.log(`${name}: ${((Date.now() - startedAt) / 1_000).toFixed(1)} s, ${complaints.length} complaints: ${complaints.slice(0, 2).join(' | ').slice(0, 400)}`);
    expect(complaints.filter((sentence) => mutant.breaks.test(sentence))).not.toEqual([]);
    found += 1;
  });
  test('each guard is missed', () => {
    console.log(`mutants: ${found} of ${mutants.length} found out`);
    expect(found).toBe(mutants.length);
  });
}
