import { join } from 'node:path';
import { graphql } from 'graphql';
import type { InternalClaims, Viewer } from '@anjie/access';
import { createAuditSeal, migrateDatabase, openDatabase, select, useAuditSeal } from '@anjie/service-kit/database';
import { createOutbox, createSeal } from '@anjie/service-kit/messaging';
import { createFolderStorage } from '@anjie/service-kit/files';
import { createLog } from '@anjie/service-kit/runtime';
import { createContext } from '../context';
import { migrations, tables } from '../database';
import { createServices } from '../services';
import { buildCasesSchema } from '../subgraph';
import { caseIdOf, clerkUnitOf, loadPetitions } from './load-petitions';
import { drawOf, personNo, petitionNo, retold } from './synthetic-petitions';

/** Started by `npm run bench -- repeats` with a database of its own; prints a table. Keys are fixed: nothing here is anybody's. */
interface BenchPlan {
  readonly databaseUrl: string;
  readonly dir: string;
  readonly petitions: number;
  readonly lookups: number;
}

const KEY = Buffer.alloc(32, 7).toString('base64');
const DOCUMENT = `query ($input: RepeatCandidatesInput!) { repeatCandidates(input: $input) { score band samePerson similarityPercent
  case { id number title status } reasons { code text percent } } }`;

const official = (part: Partial<Viewer>): Viewer => ({ kind: 'OFFICIAL', subject: caseIdOf(-1), unitId: null, divisionCode: null, roles: [], locale: 'zh-CN', ...part });
const viewerOf = (divisionCode: string): Readonly<Record<string, Viewer>> => ({
  'window clerk': official({ unitId: clerkUnitOf(divisionCode), roles: ['WINDOW_CLERK'] }),
  'joint office, county': official({ unitId: clerkUnitOf(divisionCode), divisionCode, roles: ['JOINT_OFFICE'] }),
  'joint office, province': official({ unitId: clerkUnitOf(divisionCode), divisionCode: '640000', roles: ['JOINT_OFFICE'] }),
});

interface Asked {
  readonly ms: number;
  readonly found: boolean;
  readonly suggestions: number;
}

async function main(plan: BenchPlan): Promise<void> {
  const { databaseUrl, dir, petitions, lookups } = plan;
  const tell = (line: string): void => void process.stderr.write(`  ${line}\n`);
  const options = { url: databaseUrl, schema: 'cases', tables, migrations, statementLimitS: 0 };
  const empty = await openDatabase(options);
  await migrateDatabase(empty, 'cases');
  await empty.destroy();
  const db = await openDatabase({ ...options, poolSize: 1 });
  useAuditSeal(db, createAuditSeal(KEY));
  const services = await createServices({ db, outbox: createOutbox('cases', createSeal(KEY)), log: createLog('cases', 'silent'), admit: async (viewer) => viewer, files: createFolderStorage(join(dir, 'storage')), scratchDir: join(dir, 'scratch'), identityKey: KEY });
  const [loaded] = await select<{ n: string }>(db.manager, 'SELECT COUNT(*) AS n FROM petition_signatures');
  const begun = performance.now();
  if (Number(loaded?.n) < petitions) await loadPetitions(db, services.vault.matterSigner, { petitions, dir: join(dir, 'rows'), progress: tell });
  tell(`loaded in ${Math.round((performance.now() - begun) / 1_000)} s`);
  const schema = buildCasesSchema();
  const claims = (viewer: Viewer): InternalClaims => ({ iss: 'gateway', aud: 'cases', viewer, requestId: 'bench', iat: 0, exp: 0, jti: 'bench', bh: '' });
  const ask = async (viewer: Viewer, draft: object, meant: string): Promise<Asked> => {
    const start = performance.now();
    const result = await graphql({ schema, source: DOCUMENT, variableValues: { input: { draft } }, contextValue: createContext({ sql: db.manager, claims: claims(viewer), services }) });
    const ms = performance.now() - start;
    const rows = (result.data?.['repeatCandidates'] ?? []) as { case: { id: string } }[];
    if (result.errors) throw new Error(JSON.stringify(result.errors));
    return { ms, found: rows.some((row) => row.case.id === meant), suggestions: rows.length };
  };
  const lines = ['| who asks | draft | p50 ms | p95 ms | p99 ms | slowest ms | suggestions | meant one among them |', '|---|---|--:|--:|--:|--:|--:|--:|'];
  for (const kind of ['a repeat in other words', 'somebody new with a similar letter', 'a mass letter'] as const) {
    for (const name of Object.keys(viewerOf('640101'))) lines.push(rowOf([name, kind], await askMany(ask, { name, kind, petitions, lookups })));
  }
  const sizes = await select<{ name: string; mb: string }>(
    db.manager, "SELECT table_name AS name, ROUND((data_length + index_length) / 1048576) AS mb FROM information_schema.tables WHERE table_schema = 'cases' AND table_name LIKE 'petition%' ORDER BY 1",
  );
  process.stdout.write(`${lines.join('\n')}\n\nTables: ${sizes.map((size) => `${size.name} ${size.mb} MB`).join(', ')}\n`);
  await db.destroy();
}

const WARM_UP = 20;

async function askMany(ask: (viewer: Viewer, draft: object, meant: string) => Promise<Asked>, { name, kind, petitions, lookups }: { name: string; kind: Kind; petitions: number; lookups: number }): Promise<Asked[]> {
  const asked: Asked[] = [];
  for (let i = 0; i < lookups + WARM_UP; i += 1) {
    const { draft, meant } = draftNo(kind, i, petitions);
    const viewer = viewerOf(draft.divisionCode)[name];
    if (viewer) asked.push(await ask(viewer, draft, meant));
  }
  return asked.slice(WARM_UP);
}

type Kind = 'a repeat in other words' | 'somebody new with a similar letter' | 'a mass letter';

function draftNo(kind: Kind, i: number, petitions: number) {
  const draw = drawOf(i * 11 + kind.length);
  const n = kind === 'a mass letter' ? 7 + 50 * draw(Math.floor(petitions / 50) - 1) : 10 * draw(Math.floor(petitions / 10) - 1);
  const text = kind === 'a mass letter' ? petitionNo(n) : retold(n, petitions + i);
  const { name, idNumber, phone } = personNo(kind === 'a repeat in other words' ? n : petitions + i);
  const { divisionCode, title, summary } = { ...text, divisionCode: petitionNo(n).divisionCode };
  return { draft: { divisionCode, title, summary, petitioners: [{ name, idNumber, phone }] }, meant: caseIdOf(n) };
}

function rowOf([name, kind]: readonly [string, string], asked: readonly Asked[]): string {
  const times = asked.map((one) => one.ms).sort((a, b) => a - b);
  const at = (share: number): string => (times[Math.min(times.length - 1, Math.floor(share * times.length))] ?? NaN).toFixed(1);
  const mean = asked.reduce((sum, one) => sum + one.suggestions, 0) / asked.length;
  const found = Math.round((100 * asked.filter((one) => one.found).length) / asked.length);
  return `| ${[name, kind, at(0.5), at(0.95), at(0.99), at(1), mean.toFixed(1), `${found} %`].join(' | ')} |`;
}

main(JSON.parse(process.argv[2] ?? '{}') as BenchPlan).then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exit(1);
  },
);
