import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import { GraphQLObjectType, GraphQLSchema, GraphQLString } from 'graphql';
import type { DataSource } from 'typeorm';
import { createTokenGate, createTokenMint } from '@anjie/access';
import { DivisionChanged, SUBSCRIPTIONS, type EventDefinition, type ServiceName } from '@anjie/contracts';
import { insertRows, inTransaction, kitMigrations, kitTables, select } from '@anjie/service-kit/database';
import { createBodyReader, createOutbox, createSeal, onMany, startAcks, startConsumers, startRelay, type Reaction } from '@anjie/service-kit/messaging';
import { createAdmission, readStanding } from '@anjie/service-kit/sessions';
import { closeAll, createLog, type Closable, type Logger } from '@anjie/service-kit/runtime';
import { serveSubgraph } from '@anjie/service-kit/subgraph';
import { openTestDatabase, testEngines } from './database';
import { eventually } from './eventually';

export const silent: Logger = createLog('test', 'silent');
const NAMES = ['officials', 'cases', 'supervision', 'assistance'] as const;
const schema = new GraphQLSchema({ query: new GraphQLObjectType({ name: 'Query', fields: { nothing: { type: GraphQLString } } }) });

function newKeys() {
  const pairs = [...NAMES, 'gateway'].map((name) => [name, generateKeyPairSync('ed25519')] as const);
  return {
    keyring: Object.fromEntries(pairs.map(([name, { publicKey }]) => [name, publicKey.export({ format: 'der', type: 'spki' }).toString('base64')])),
    mintOf: Object.fromEntries(pairs.map(([name, { privateKey }]) => [name, createTokenMint(name, privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64'))])),
  };
}

/** `officials` tells `cases` of divisions, for real: two schemas, HTTP, Redis. The two other listeners answer and know nothing. */
export async function openTwoServices() {
  const keys = newKeys();
  const seal = createSeal(randomBytes(32).toString('base64'));
  const open = (service: string) => openTestDatabase({ service, tables: kitTables, migrations: kitMigrations });
  const [sender, receiver, idle] = [await open('kit_officials'), await open('kit_cases'), await open('kit_idle')];
  await receiver.db.query('CREATE TABLE IF NOT EXISTS effects (id bigint AUTO_INCREMENT PRIMARY KEY, topic varchar(64), aggregate_id uuid, version bigint, message_id uuid)');
  await receiver.truncate();
  const dbOf: Record<ServiceName, DataSource> = { officials: sender.db, cases: receiver.db, supervision: idle.db, assistance: idle.db };
  const servers = await Promise.all(NAMES.map(async (name) => ({
    name,
    server: await serveSubgraph({ schema, contextFor: () => ({}), gate: createTokenGate(name, keys.keyring), admit: createAdmission((officialId) => readStanding(dbOf[name].manager, name, officialId)), db: dbOf[name], host: '127.0.0.1', port: 0, log: silent }),
  })));
  const urls = Object.fromEntries(servers.map(({ name, server }) => [name, `http://127.0.0.1:${server.port}`]));
  const own = (service: ServiceName): Own => ({ service, db: dbOf[service], urls, mint: keys.mintOf[service] ?? (() => ''), log: silent });
  const outbox = createOutbox('officials', seal);
  return {
    sender, receiver, idle, seal, urls, keys, own, outbox,
    /** `version` of a division, told by officials; ids by receiver. */
    tell: (aggregateId: string = randomUUID(), version = 1) =>
      inTransaction(sender.db, (tx) => outbox.announce(tx, DivisionChanged, { aggregateId, version, requestId: 'test', payload: { code: '640000', name: '宁夏', parentCode: null, validTo: null } })),
    /** Relay, consumer and acknowledgements of both; `instead` takes the place of the reaction to the same event. */
    startCouriers: (instead?: Reaction): Closable[] => startCouriers({ own, seal, redisUrl: testEngines().redis, reactions: reactionsOf('cases').map((one) => (one.event.name === instead?.event.name ? instead : one)) }),
    async truncate() {
      await Promise.all([sender.truncate(), receiver.truncate(), idle.truncate()]);
    },
    /** Every message to cases is acknowledged. */
    settled: () => eventually('every message to cases is acknowledged', async () => {
      const [row] = await select<{ n: string }>(sender.db.manager, `SELECT COUNT(*) AS n FROM outbox_messages WHERE dest = 'cases' AND state <> 'ACKED'`);
      return Number(row?.n) === 0;
    }, 45_000),
    close: async () => {
      await closeAll(servers.map(({ server }) => server));
      await Promise.all([sender.close(), receiver.close(), idle.close()]);
    },
  };
}
export type TwoServices = Awaited<ReturnType<typeof openTwoServices>>;

interface Own {
  readonly service: ServiceName;
  readonly db: DataSource;
  readonly urls: Readonly<Record<string, string>>;
  readonly mint: ReturnType<typeof createTokenMint>;
  readonly log: Logger;
}

interface Couriers {
  readonly own: (service: ServiceName) => Own;
  readonly seal: ReturnType<typeof createSeal>;
  readonly redisUrl: string;
  readonly reactions: readonly Reaction[];
}

function startCouriers({ own, seal, redisUrl, reactions }: Couriers): Closable[] {
  const [from, to] = [own('officials'), own('cases')];
  const parts = { redisUrl, seal, log: silent };
  return [
    startRelay({ ...parts, ...from }), startAcks({ ...parts, ...from }), startAcks({ ...parts, ...to }),
    startConsumers({ ...parts, ...to, readBody: createBodyReader(to), reactions }),
  ];
}

/** Each effect is a row. */
export const reactionsOf = (service: ServiceName): readonly Reaction[] =>
  [...new Set(SUBSCRIPTIONS.filter((s) => s.listeners.some((l) => l.service === service)).map((s) => s.event))].map((event: EventDefinition) =>
    onMany(event, (tx, incoming) => insertRows(tx, 'effects', incoming.map(({ message }) => ({ topic: event.name, aggregate_id: message.aggregateId, version: message.version, message_id: message.id })))),
  );

export const rows = <Row>(db: DataSource, text: string, params: readonly unknown[] = []): Promise<Row[]> => select<Row>(db.manager, text, params);
