import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DataSource, EntityManager } from 'typeorm';
import type { Viewer } from '@anjie/access';
import { createFolderStorage } from '@anjie/service-kit/files';
import { createOutbox, createSeal } from '@anjie/service-kit/messaging';
import { select } from '@anjie/service-kit/database';
import { createLog } from '@anjie/service-kit/runtime';
import { openTestDatabase, subgraphClient, viewers } from '@anjie/testing';
import { createContext } from '../src/context';
import { migrations, tables } from '../src/database';
import { openKinds } from '../src/kinds';
import { createServices } from '../src/services';
import { buildOfficialsSchema } from '../src/subgraph';

/** The service on a real database, asked through its schema; `statements()` measures what a query costs. */
export async function openOfficials() {
  const database = await openTestDatabase({ service: 'officials', tables, migrations });
  const { db } = database;
  const outbox = createOutbox('officials', createSeal(randomBytes(32).toString('base64')));
  const storageDir = await mkdtemp(join(tmpdir(), 'anjie-officials-'));
  const services = createServices({ db, outbox, log: createLog('test', 'silent'), admit: async (viewer) => viewer, files: createFolderStorage(storageDir), importKey: randomBytes(32).toString('base64'), kinds: openKinds() });
  const close = async () => {
    await database.close();
    await rm(storageDir, { recursive: true, force: true });
  };
  let count = 0;
  const sql = new Proxy(db.manager, {
    get: (target, name) => {
      if (name !== 'query') return Reflect.get(target, name) as unknown;
      return (...args: Parameters<EntityManager['query']>) => ((count += 1), target.query(...args));
    },
  });
  const client = subgraphClient(buildOfficialsSchema(), (claims) => createContext({ sql, claims, services }));
  const statements = async (work: () => Promise<unknown>): Promise<number> => {
    count = 0;
    await work();
    return count;
  };
  return { ...database, close, outbox, services, client, statements, ...seeds(client) };
}
export type Officials = Awaited<ReturnType<typeof openOfficials>>;

export const admin = viewers.admin();
export const key = (): string => randomUUID();

const PUT = (name: string, type: string) =>
  `mutation($input: ${type}!) { ${name}(input: $input) { __typename ... on PutDirectoryPayload { created changed unchanged } ... on DirectoryRefusal { code message } } }`;
export const PUT_DIVISIONS = PUT('putDivisions', 'PutDivisionsInput');
export const PUT_UNITS = PUT('putUnits', 'PutUnitsInput');
export const PUT_OFFICIALS = PUT('putOfficials', 'PutOfficialsInput');

export const DIVISIONS = [
  { code: '640000', name: '宁夏回族自治区' },
  { code: '640100', name: '银川市', parentCode: '640000' },
  { code: '640104', name: '兴庆区', parentCode: '640100' },
  { code: '640105', name: '西夏区', parentCode: '640100' },
  { code: '640104100', name: '掌政镇', parentCode: '640104' },
];

type Client = ReturnType<typeof subgraphClient>;
type Row = Readonly<Record<string, unknown>>;
export type Put = { readonly __typename: string; readonly created: number; readonly changed: number; readonly unchanged: number; readonly code?: string };

const seeds = (client: Pick<Client, 'query'>) => {
  const put = async (source: string, rows: readonly Row[], viewer: Viewer = admin): Promise<Put> =>
    Object.values(await client.query<Record<string, Put>>(viewer, source, { input: { idempotencyKey: key(), rows } }))[0] as Put;
  return {
    put,
    divisions: () => put(PUT_DIVISIONS, DIVISIONS),
    unit: async (part: Row = {}): Promise<string> => {
      const id = randomUUID();
      const answer = await put(PUT_UNITS, [{ id, code: `U-${id.slice(0, 8)}`, name: '某单位', kind: 'DEPARTMENT', divisionCode: '640104', validFrom: '2020-01-01', ...part }]);
      if (answer.__typename !== 'PutDirectoryPayload') throw new Error(JSON.stringify(answer));
      return id;
    },
    official: async (unitCode: string | null, part: Row = {}): Promise<string> => {
      const id = randomUUID();
      const post = unitCode === null ? {} : { unitCode, title: '局长', startedOn: '2024-01-01' };
      const answer = await put(PUT_OFFICIALS, [{ id, staffNo: `S-${id.slice(0, 8)}`, name: '张三', ...post, ...part }]);
      if (answer.__typename !== 'PutDirectoryPayload') throw new Error(JSON.stringify(answer));
      return id;
    },
  };
};

export interface Told {
  readonly aggregateId: string;
  readonly version: number;
  readonly payload: Record<string, unknown>;
}

/** What this service told about a topic, oldest first, once however many listeners it has. */
export async function toldOf(db: DataSource, topic: string): Promise<Told[]> {
  const rows = await select<{ aggregateId: string; version: string; payload: string }>(
    db.manager,
    `SELECT aggregate_id AS aggregateId, aggregate_version AS version, MIN(payload) AS payload FROM outbox_messages WHERE topic = ?
      GROUP BY aggregate_id, aggregate_version ORDER BY MIN(created_at), aggregate_version`,
    [topic],
  );
  return rows.map((row) => ({ aggregateId: row.aggregateId, version: Number(row.version), payload: JSON.parse(row.payload) as Record<string, unknown> }));
}

/** Sum of a figure by campaign, division and day; only what is not zero. By itself the figures of sponsors and four ones. */
export async function figureRows(db: DataSource, figures: readonly string[] = ['SPONSORED', 'FOUR_ONES_COMPLETE']): Promise<string[]> {
  const rows = await select<{ line: string }>(
    db.manager, `SELECT CONCAT_WS(' ', figure, division_code, on_date, delta) AS line FROM figure_deltas WHERE delta <> 0 AND figure IN (?) ORDER BY figure, division_code, on_date`, [figures],
  );
  return rows.map((row) => row.line);
}
