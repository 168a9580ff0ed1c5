import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bodyHash, createTokenGate, createTokenMint, scopeColumns, visibleCases, type Viewer } from '@anjie/access';
import { createTokenVerifier } from '@anjie/access/identity-provider';
import { audit, createAuditSeal, inTransaction, openDatabase, select, useAuditSeal, write } from '@anjie/service-kit/database';
import { readStanding } from '@anjie/service-kit/sessions';
import { AUDIENCE, DEV_ISSUER, openDevIssuer } from '../stack/index';
import { loadData } from './data/load';
import { claimsOf, oneCase, viewers } from './operations';
import { quantile } from './quantile';
import { onWholeSystem, rowsOf, type QueueBench, type WholeSystem } from './whole-system';

const TIMES = 2_000;
const WARM_UP = 100;
/** A body as the gateway sends it to a subgraph. */
const BODY = JSON.stringify({ query: `query { cases(first: 20) { nodes { ${'id number title '.repeat(60)} } } }` });
/** What the token, the scope and the audit are taken off of: nobody is kept out. */
const NOBODY_KEPT_OUT: Viewer = { kind: 'SERVICE', subject: 'bench', unitId: null, divisionCode: null, roles: [], locale: 'zh-CN' };

interface Took {
  readonly p50: number;
  readonly p95: number;
}

/** `npm run bench -- security [--rows 20000]`: what a request's security costs, part by part, in microseconds; answers markdown. */
export function benchSecurity(bench: QueueBench): Promise<string> {
  const cases = rowsOf(bench.args, 20_000);
  return onWholeSystem(bench, async (system) => {
    await bench.step(`loading ${cases.toLocaleString('en')} cases`, (progress) => loadData({ databaseUrl: system.databaseUrl, cases, progress }));
    const tokens = await bench.step('measuring tokens', () => measureTokens(system));
    const scope = await bench.step('measuring scope', () => measureScope(system));
    const entries = await bench.step('measuring audit', () => measureAudit(system));
    const whole = await bench.step('measuring whole requests', () => measureRequest(system));
    return [`### What security costs a request, ${cases.toLocaleString('en')} cases`, '', '| part | µs p50 | µs p95 | when |', '|---|--:|--:|---|', ...tokens, ...scope, ...entries, ...whole, '',
      `One after the other, ${TIMES.toLocaleString('en')} times each after ${WARM_UP}; statements over the service's own pool.`];
  });
}

/** Microseconds that something takes, one time after the other. */
async function time(work: (index: number) => unknown, times = TIMES): Promise<Took> {
  const took: number[] = [];
  for (let i = -WARM_UP; i < times; i += 1) {
    const from = performance.now();
    await work(i);
    if (i >= 0) took.push((performance.now() - from) * 1_000);
  }
  took.sort((a, b) => a - b);
  return { p50: quantile(took, 0.5), p95: quantile(took, 0.95) };
}

const row = (part: string, { p50, p95 }: Took, when: string): string => `| ${part} | ${p50.toFixed(0)} | ${p95.toFixed(0)} | ${when} |`;
const more = (part: string, [bound, free]: readonly [Took, Took], when: string): string =>
  `| ${part} | ${bound.p50.toFixed(0)} − ${free.p50.toFixed(0)} = ${(bound.p50 - free.p50).toFixed(0)} | ${bound.p95.toFixed(0)} − ${free.p95.toFixed(0)} | ${when} |`;

async function measureTokens({ stack }: WholeSystem): Promise<string[]> {
  const issuer = await openDevIssuer(join(stack.wiring.dir, 'bench-issuer.pem'));
  const claims = { subject: 'sub', unit: 'unit', division: 'division', roles: 'roles', locale: 'locale' };
  const verify = createTokenVerifier({ issuer: DEV_ISSUER, audience: AUDIENCE, keys: { jwks: readFileSync(issuer.jwksFile, 'utf8') }, claims, clockSkewS: 5 }, () => undefined);
  const token = await issuer.tokenFor(claimsOf(viewers.portal));
  const mint = createTokenMint('gateway', readFileSync(stack.wiring.secrets.privateKeyFile('gateway'), 'utf8').trim());
  const gate = createTokenGate('cases', JSON.parse(readFileSync(stack.wiring.secrets.keyringFile, 'utf8')) as Readonly<Record<string, string>>);
  const made = () => mint({ audience: 'cases', viewer: viewers.portal, requestId: 'bench', body: BODY });
  const minted = Array.from({ length: TIMES + WARM_UP }, made);
  return [
    row('token of a person: signature, issuer, audience, time, claims', await time(() => verify(token)), 'at the gateway, once in 15 s for a token'),
    row('internal token, made', await time(made), `at the gateway, for each fetch (${Math.round(BODY.length / 1_000)} kB)`),
    row('internal token, checked', await time((i) => {
      if (!gate(minted[i + WARM_UP], bodyHash(BODY))) throw new Error('a good token was refused');
    }), 'in the subgraph, for each fetch'),
  ];
}

type Database = Awaited<ReturnType<typeof openDatabase>>;

const withDatabase = async <Result>({ databaseUrl }: WholeSystem, schema: string, work: (db: Database) => Promise<Result>): Promise<Result> => {
  const db = await openDatabase({ url: databaseUrl, schema, tables: [], migrations: [], poolSize: 2 });
  try {
    return await work(db);
  } finally {
    await db.destroy();
  }
};

/** The same statement with what keeps the viewer from other rows, and without. */
function measureScope(system: WholeSystem): Promise<string[]> {
  return withDatabase(system, 'supervision', async ({ manager }) => {
    const asked = (viewer: Viewer, { columns, tail, id }: { columns: string; tail: string; id?: string }) => {
      const seen = visibleCases(viewer, scopeColumns('s'));
      return () => select(manager, `SELECT ${columns} FROM case_scopes s WHERE ${id ? 's.case_id = ? AND ' : ''}${seen.sql} ${tail}`, [...(id ? [id] : []), ...seen.params]);
    };
    const page = { columns: 's.case_id AS id', tail: 'ORDER BY s.case_id DESC LIMIT 20' };
    const [own] = (await asked(viewers.portal, page)()) as { id: string }[];
    if (!own) throw new Error('the portal sees no case');
    const one = { columns: 's.case_id', tail: '', id: own.id };
    const both = async (viewer: Viewer, statement: typeof page & { id?: string }, times?: number) => [await time(asked(viewer, statement), times), await time(asked(NOBODY_KEPT_OUT, statement), times)] as const;
    return [
      row('standing: what the directory says of a person today', await time(() => readStanding(manager, 'supervision', viewers.portal.subject)), 'in each service, once in 15 s for a person'),
      more('scope of one case, a handler', await both(viewers.portal, one), 'each row asked for by its id; rows of one level share a statement'),
      more('scope of one case, a joint office', await both(viewers.office, one), 'as above'),
      more('scope of a page of 20, a handler', await both(viewers.portal, page, 500), 'each list'),
      more('scope of a page of 20, a joint office', await both(viewers.office, page, 500), 'each list'),
    ];
  });
}

function measureAudit(system: WholeSystem): Promise<string[]> {
  return withDatabase(system, 'supervision', async (db) => {
    useAuditSeal(db, createAuditSeal(readFileSync(system.stack.wiring.secrets.auditKeyFile, 'utf8').trim()));
    const actor = { viewer: viewers.portal, requestId: 'bench' };
    const note = () => ({ action: 'BENCHED', subjectType: 'Case', subjectId: randomUUID(), caseId: randomUUID() });
    await db.query('CREATE TABLE bench_effects (id bigint AUTO_INCREMENT PRIMARY KEY, at datetime(3) NOT NULL)');
    const effect = (isAudited: boolean) => () => inTransaction(db, async (tx) => {
      await write(tx, 'INSERT INTO bench_effects (at) VALUES (UTC_TIMESTAMP(3))', []);
      if (isAudited) await audit(tx, actor, note());
    });
    try {
      return [more('audit entry, sealed, in a transaction with a change', [await time(effect(true)), await time(effect(false))], 'each change, and each reading of protected data')];
    } finally {
      await db.query('DROP TABLE bench_effects');
    }
  });
}

/** For comparison: a whole request over the gateway. */
async function measureRequest(system: WholeSystem): Promise<string[]> {
  const headers = await system.headersOf('portal');
  const ask = async (body: string): Promise<unknown> => {
    const answer = (await (await fetch(`${system.stack.url}/graphql`, { method: 'POST', headers, body })).json()) as { data?: unknown; errors?: unknown };
    if (!answer.data || answer.errors) throw new Error(JSON.stringify(answer).slice(0, 500));
    return answer.data;
  };
  const { cases } = (await ask(JSON.stringify({ query: '{ cases(first: 1) { nodes { id } } }' }))) as { cases: { nodes: { id: string }[] } };
  const body = oneCase(cases.nodes[0]?.id ?? '').body;
  return [row('for comparison: the whole request “one case”', await time(() => ask(body), 500), 'over the gateway, two to three fetches, with all of the above')];
}
