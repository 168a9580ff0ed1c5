import { randomUUID } from 'node:crypto';
import type { LocalSystem } from '../harness/probes';
import { judge, type Verdict } from '../harness/verdict';
import { registerCases } from '../harness/world';

const READ = 'query ($id: ID!) { case(id: $id) { version } }';
const PLAN = `mutation ($input: MakeResolutionPlanInput!) { makeResolutionPlan(input: $input) {
  ... on ResolutionPlanPayload { plan { revision } case { version } } ... on ResponsibilityRefusal { code message } } }`;

interface Attempt {
  readonly read: number;
  /** The revision that the writer was told is theirs. */
  readonly acknowledged?: number;
  readonly code?: string;
  readonly currentVersion?: unknown;
}

/** R12: many clients read one case and write what follows from it; of those who read the same, one wins. */
export async function lostUpdate(system: LocalSystem, { clients, rounds }: { clients: number; rounds: number }): Promise<Verdict> {
  const sums = judge('R12 many clients change one case');
  const [caseId = ''] = await registerCases(system, 1);
  const token = system.tokens.housing;
  const version = async (): Promise<number> => (await system.graph.query<{ case: { version: number } }>({ token, query: READ, variables: { id: caseId } })).case.version;
  const first = await version();
  const change = async (client: number): Promise<Attempt> => {
    const read = await version();
    const input = { idempotencyKey: randomUUID(), caseId, expectedVersion: read, measures: `第${client}方案`, milestones: [{ title: '入户核查', dueOn: '2022-12-01' }] };
    const answer = await system.graph.ask({ token, query: PLAN, variables: { input } });
    const made = answer.data?.['makeResolutionPlan'] as { plan?: { revision: number } } | null | undefined;
    const error = answer.errors?.[0]?.extensions;
    return { read, ...(made?.plan ? { acknowledged: made.plan.revision } : {}), ...(error ? { code: error.code, currentVersion: error.detail?.['currentVersion'] } : {}) };
  };
  const attempts: Attempt[] = [];
  for (let round = 0; round < rounds; round += 1) attempts.push(...(await Promise.all(Array.from({ length: clients }, (_, client) => change(client)))));
  const won = attempts.filter(({ acknowledged }) => acknowledged !== undefined);
  const lost = attempts.filter(({ acknowledged }) => acknowledged === undefined);
  const plans = await system.rows<{ n: string }>('SELECT COUNT(*) AS n FROM cases.resolution_plans WHERE case_id = ?', [caseId]);
  sums.note('attempts', attempts.length);
  sums.atLeast('acknowledged', won.length, rounds);
  sums.equal('plans in the database', Number(plans[0]?.n), won.length);
  sums.equal('steps of the version', (await version()) - first, won.length);
  sums.equal('written over what another had just written', won.length - new Set(won.map(({ read }) => read)).size, 0);
  sums.equal('losers told something else than CONFLICT', lost.filter(({ code }) => code !== 'CONFLICT').length, 0);
  sums.equal('losers not told a newer version', lost.filter(({ read, currentVersion }) => !(Number(currentVersion) > read)).length, 0);
  return sums.verdict();
}
