import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkoutPaths } from '@anjie/devtools';
import { createGraphClient, runningSystem, type Persona } from './system';

const system = runningSystem();
const graph = createGraphClient(system);
jest.setTimeout(60_000);

const FOLDER = join(checkoutPaths(__dirname).root, 'gateway/documents');
const read = (name: string): { query: string; variables: Record<string, unknown> } => ({
  query: readFileSync(join(FOLDER, `${name}.graphql`), 'utf8'), variables: JSON.parse(readFileSync(join(FOLDER, `${name}.json`), 'utf8')) as Record<string, unknown>,
});

/** What stands in the demo for the ids of the files. */
async function idsOf(): Promise<{ caseId: string; campaignId: string }> {
  const { cases } = await graph.query<{ cases: { nodes: { id: string; obligations: { totalCount: number } | null; referrals: { totalCount: number } | null }[] } }>(
    'province-office', '{ cases(first: 50, filter: { divisionCode: "640104" }) { nodes { id obligations(first: 1) { totalCount } referrals(first: 1) { totalCount } } } }',
  );
  const full = cases.nodes.find(({ obligations, referrals }) => (obligations?.totalCount ?? 0) > 0 && (referrals?.totalCount ?? 0) > 0) ?? cases.nodes[0];
  const { campaigns } = await graph.query<{ campaigns: { nodes: { id: string }[] } }>('province-office', '{ campaigns(first: 1) { nodes { id } } }');
  return { caseId: full?.id ?? '', campaignId: campaigns.nodes[0]?.id ?? '' };
}

/** Who sends it, where it is no change; its operation, where it has several. */
const SENT: readonly (readonly [string, Persona, string])[] = [
  ['work-list', 'housing-portal', ''], ['case-page', 'province-office', ''], ['province-rollup', 'province-office', ''], ['official-day', 'sponsor', ''],
  ['office-dashboard', 'province-office', ''], ['pull-figures', 'province-office', ''], ['introspection', 'admin', ''], ['readme-queries', 'province-office', 'ReadmeList'], ['readme-queries', 'province-office', 'ReadmeReadiness'], ['readme-queries', 'province-office', 'ReadmeRollup'],
];

test.each(SENT)('%s as %s (%s) is answered whole, in one request', async (name, persona, operationName) => {
  const { caseId, campaignId } = await idsOf();
  const { query, variables } = read(name);
  const ids = { ...('id' in variables ? { id: caseId } : {}), ...('campaignId' in variables ? { campaignId } : {}) };
  const response = await fetch(`${system.url}/graphql`, {
    method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${await graph.tokenFor(persona)}` }, body: JSON.stringify({ query, variables: { ...variables, ...ids }, operationName }),
  });
  const answer = (await response.json()) as { data?: Record<string, unknown>; errors?: unknown[] };
  expect([response.status, answer.errors]).toEqual([200, undefined]);
  expect(Object.values(answer.data ?? {}).every((value) => value !== null)).toBe(true);
  if (name !== 'case-page') return;
  // all four services have said their part
  expect(answer.data?.['case']).toMatchObject({ number: expect.any(String) as string, readiness: { slots: expect.any(Array) as unknown[] }, obligations: { nodes: expect.any(Array) as unknown[] }, referrals: { nodes: expect.any(Array) as unknown[] } });
});

test('every shipped document is sent here, or is a change that another journey makes', () => {
  const names = readdirSync(FOLDER).filter((file) => file.endsWith('.graphql')).map((file) => file.slice(0, -'.graphql'.length));
  expect(new Set([...SENT.map(([name]) => name), 'put-directory', 'register-petition'])).toEqual(new Set(names));
});
