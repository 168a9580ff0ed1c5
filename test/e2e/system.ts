import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { personas } from '@anjie/devtools';
import { connect, messagesUnderWay, openDevIssuer, setBusinessNow } from '@anjie/devtools';
import { eventually } from '@anjie/testing';
import { fetch } from 'undici';

/** The running system, as setup.js left word of it. */
export interface System {
  readonly url: string;
  readonly databaseUrl: string;
  readonly redisUrl: string;
  readonly services: readonly string[];
  readonly issuerKey: string;
  readonly logsDir: string;
  readonly pids: Readonly<Record<string, number>>;
}

export function runningSystem(): System {
  const file = process.env['ANJIE_E2E_FILE'];
  if (!file) throw new Error('no running system: run the journeys with `npm test` or `npm run test:e2e`');
  return JSON.parse(readFileSync(file, 'utf8')) as System;
}

export type Persona = 'province-office' | 'district-office' | 'housing-portal' | 'civil-affairs-portal' | 'sponsor' | 'window-clerk' | 'admin';

/** Somebody in office whom the demo does not play: what an identity provider would say of them. */
export type Claims = Readonly<Record<string, unknown>>;

export interface Answer<Data> {
  readonly status: number;
  readonly data?: Data | null;
  readonly errors?: { message: string; path?: (string | number)[]; extensions: { code: string; detail?: Record<string, unknown> } }[];
}

/** Speaks to a gateway as a person of the demo would, over HTTP. */
export function createGraphClient(system: Pick<System, 'url' | 'issuerKey'>) {
  const tokens = new Map<Persona | Claims, Promise<string>>();
  const tokenFor = (persona: Persona | Claims): Promise<string> => {
    const claims = typeof persona === 'string' ? (personas[persona]?.claims ?? {}) : persona;
    const known = tokens.get(persona) ?? openDevIssuer(system.issuerKey).then((issuer) => issuer.tokenFor(claims));
    tokens.set(persona, known);
    return known;
  };
  const ask = async <Data = Record<string, unknown>>(persona: Persona | Claims, query: string, variables: object = {}): Promise<Answer<Data>> => {
    const response = await fetch(`${system.url}/graphql`, {
      method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${await tokenFor(persona)}` }, body: JSON.stringify({ query, variables }),
    });
    return { status: response.status, ...((await response.json()) as object) } as Answer<Data>;
  };
  return {
    tokenFor,
    ask,
    /** Data, or a failure that prints everything. */
    async query<Data = Record<string, unknown>>(persona: Persona | Claims, query: string, variables: object = {}): Promise<Data> {
      const answer = await ask<Data>(persona, query, variables);
      if (answer.errors || !answer.data) throw new Error(`${JSON.stringify(persona)}: ${JSON.stringify(answer, null, 2)}\nto ${query}\nwith ${JSON.stringify(variables)}`);
      return answer.data;
    },
    async upload(persona: Persona, purpose: string, file: { name: string; body: Buffer }) {
      const response = await fetch(`${system.url}/files?purpose=${purpose}`, {
        method: 'POST', body: file.body,
        headers: { authorization: `Bearer ${await tokenFor(persona)}`, 'content-type': 'application/octet-stream', 'x-file-name': encodeURIComponent(file.name) },
      });
      return { status: response.status, body: (await response.json()) as { id: string; sha256: string; size: number } & Record<string, unknown> };
    },
  };
}
export type GraphClient = ReturnType<typeof createGraphClient>;

/** A fresh idempotency key. */
export const key = (): string => `e2e-${randomUUID()}`;

/** Rows of a statement of the test's own, which imports no product code. */
export async function rowsOf<Row>(system: System, sql: string, params: unknown[] = []): Promise<Row[]> {
  const root = await connect(system.databaseUrl);
  try {
    const [rows] = await root.query(sql, params);
    return rows as Row[];
  } finally {
    await root.end();
  }
}

/** All messages between services have arrived. */
export const settled = (system: System): Promise<true> =>
  eventually('all messages acknowledged', async () => (await messagesUnderWay(system.databaseUrl, system.services)) === 0 || undefined, 60_000);

export const moveBusinessNow = (system: System, instant: string): Promise<void> => setBusinessNow(system.databaseUrl, system.services, new Date(instant));
