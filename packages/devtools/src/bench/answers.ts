import { isDeepStrictEqual } from 'node:util';
import { CITIES, oneCase, portalList, rollup, type Operation } from './operations';
import type { BenchSystem, Target } from './system';

interface PortalRow {
  readonly id: string;
  readonly leadUnit: { name: string } | null;
  readonly sponsorships: { nodes: { official: { name: string } | null }[] } | null;
  readonly obligations: { nodes: unknown[] } | null;
  readonly nextDueOn: string | null;
  readonly referrals: { nodes: unknown[] } | null;
  readonly latestLetter: unknown;
}
type Figures = Readonly<Record<'stock', { value: number } | null>>;
interface Rollup extends Figures {
  readonly children: readonly Figures[] | null;
}

const PAGE = 20;

/** One answer of a gateway. @throws Error that shows an answer with errors */
export async function ask<Data>(target: Target, operation: Operation): Promise<Data> {
  const response = await fetch(`${target.origin}/graphql`, { method: 'POST', headers: target.headers, body: operation.body });
  const answer = (await response.json()) as { data?: Data; errors?: unknown };
  if (answer.errors || !answer.data) throw new Error(`${target.name}, ${operation.name}: ${JSON.stringify(answer).slice(0, 2_000)}`);
  return answer.data;
}

/** The operations to measure, after checking through the graph that they find what was loaded and that both gateways say the same. */
export async function checkedOperations(system: BenchSystem, cases: number): Promise<readonly Operation[]> {
  const newest = await newestFullRow(system.ours.portal);
  await assertRollupCounts(system.ours.office, cases);
  const operations = [portalList, oneCase(newest.id), rollup];
  for (const operation of operations) await assertSame(system, operation);
  return operations;
}

async function newestFullRow(portal: Target): Promise<PortalRow> {
  const { nodes } = (await ask<{ cases: { nodes: PortalRow[] } }>(portal, portalList)).cases;
  const [newest] = nodes;
  if (newest && nodes.length === PAGE && nodes.every(isFull)) return newest;
  throw new Error(`the portal must see ${PAGE} full rows and sees ${nodes.filter(isFull).length} among ${nodes.length}: ${JSON.stringify(newest)}`);
}

async function assertRollupCounts(office: Target, cases: number): Promise<void> {
  const { divisionRollup: row } = await ask<{ divisionRollup: Rollup | null }>(office, rollup);
  const counts = [row, ...(row?.children ?? [])].map((one) => one?.stock?.value ?? NaN);
  const ofChildren = counts.slice(1).reduce((sum, count) => sum + count, 0);
  if (counts[0] === cases && ofChildren === cases && counts.length === 1 + CITIES) return;
  throw new Error(`the rollup must count ${cases} cases in ${CITIES} cities: ${JSON.stringify(row)}`);
}

const isFull = (row: PortalRow): boolean =>
  [row.leadUnit?.name, row.sponsorships?.nodes[0]?.official?.name, row.obligations?.nodes[0], row.nextDueOn, row.referrals?.nodes[0], row.latestLetter].every(Boolean);

async function assertSame({ ours, documented }: BenchSystem, operation: Operation): Promise<void> {
  const answers = await Promise.all([ask(ours[operation.viewer], operation), ask(documented[operation.viewer], operation)]);
  if (!isDeepStrictEqual(answers[0], answers[1])) throw new Error(`${operation.name}: the two gateways answer differently`);
}
