import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { freePort } from '../stack/ports';
import { connect } from '../stack/schemas';
import type { Engines } from './engines';
import { startMariadb, type Mariadb, type MariadbSettings } from './mariadb';
import { until } from './redis-node';

/** One MariaDB of the pair, which may be killed, frozen and started again with the same data. */
export interface MariadbNode {
  readonly name: string;
  readonly port: number;
  socketPath(): string;
  query<Row>(sql: string, params?: readonly unknown[]): Promise<Row[]>;
  kill9(): Promise<void>;
  /** SIGSTOP: it keeps its connections and answers nobody. */
  freeze(): void;
  thaw(): void;
  stop(): Promise<void>;
}

export interface SemiSyncMariadb {
  writer(): MariadbNode;
  replica(): MariadbNode;
  /** Makes the replica the writer, after it applied all that it received. The old one must be dead or is made read-only. */
  promote(): Promise<void>;
  /** Starts the old writer again as a replica of the new one. Until then commits wait: there is nobody to confirm them. */
  rejoin(): Promise<void>;
  /** A global status of the writer, such as Rpl_semi_sync_master_status. */
  status(name: string): Promise<string>;
  stop(): Promise<void>;
}

type StartRole = 'MASTER' | 'SLAVE';
type RunningNode = MariadbNode & { start(role: StartRole): Promise<void> };

/** One writer and one semi-synchronous replica: a commit is acknowledged when both have it, and waits for as long as that takes. */
export async function startSemiSyncMariadb(engines: Engines, dir: string): Promise<SemiSyncMariadb> {
  const password = randomBytes(16).toString('hex');
  const nodes = [await createNode(engines, { dir, id: 1, password }), await createNode(engines, { dir, id: 2, password })] as const;
  const roles = { writer: nodes[0], replica: nodes[1] };
  await Promise.all(nodes.map((node) => node.start('MASTER')));
  await follow(roles.replica, roles.writer, { password, isDemoted: false });
  await lead(roles.writer);
  await isAttached(roles.writer);
  return {
    writer: () => roles.writer,
    replica: () => roles.replica,
    async promote() {
      const [old, chosen] = [roles.writer, roles.replica];
      await old.query('SET GLOBAL read_only = 1').catch(() => undefined);
      await chosen.query('STOP SLAVE IO_THREAD');
      const [state] = await chosen.query<{ Gtid_IO_Pos: string }>('SHOW SLAVE STATUS');
      const [drained] = await chosen.query<{ behind: number }>('SELECT MASTER_GTID_WAIT(?, 60) AS behind', [state?.Gtid_IO_Pos ?? '']);
      if (Number(drained?.behind) !== 0) throw new Error(`${chosen.name} did not apply what it received; it must not be promoted`);
      await chosen.query('STOP SLAVE');
      await chosen.query('RESET SLAVE ALL');
      await lead(chosen);
      roles.writer = chosen;
      roles.replica = old;
    },
    async rejoin() {
      await roles.replica.kill9();
      await roles.replica.start('SLAVE');
      await follow(roles.replica, roles.writer, { password, isDemoted: true });
      await isAttached(roles.writer);
    },
    status: (name) => statusOf(roles.writer, name),
    async stop() {
      // the writer first: it would wait for a replica that is gone
      await roles.writer.query('SET GLOBAL rpl_semi_sync_master_enabled = 0').catch(() => undefined);
      await roles.writer.stop();
      await roles.replica.stop();
    },
  };
}

const REPLICATOR = 'replicator';

const settingsOf = (id: number, role: StartRole): MariadbSettings => ({
  'server-id': id,
  'gtid-strict-mode': 'ON',
  'log-slave-updates': true,
  'skip-slave-start': true,
  // whoever is to write is told so; nobody writes because it happened to start
  'read-only': 'ON',
  'rpl-semi-sync-slave-enabled': 'ON',
  'rpl-semi-sync-master-wait-point': 'AFTER_SYNC',
  'rpl-semi-sync-master-timeout': 1_000_000_000,
  // a writer that died and comes back as a replica forgets what its replica never confirmed
  'init-rpl-role': role,
});

async function createNode(engines: Engines, { dir, id, password }: { dir: string; id: number; password: string }): Promise<RunningNode> {
  const port = await freePort();
  const initSql = [
    'SET SESSION sql_log_bin = 0;',
    `CREATE USER IF NOT EXISTS ${REPLICATOR}@'127.0.0.1' IDENTIFIED BY '${password}';`,
    `GRANT REPLICATION SLAVE ON *.* TO ${REPLICATOR}@'127.0.0.1';`,
  ].join('\n');
  let server: Mariadb | undefined;
  const running = (): Mariadb => server ?? fail(`MariaDB ${id} was not started`);
  return {
    name: `MariaDB ${id}`,
    port,
    socketPath: () => running().socketPath,
    async start(role) {
      server = await startMariadb(engines, { dir: join(dir, `m${id}`), port, initSql, bufferPoolMb: 192, durable: true, settings: settingsOf(id, role) });
    },
    async query<Row>(sql: string, params: readonly unknown[] = []): Promise<Row[]> {
      const root = await connect(`mysql://root@localhost?socketPath=${running().socketPath}`);
      try {
        const [rows] = await root.query(sql, [...params]);
        return rows as Row[];
      } finally {
        root.destroy();
      }
    },
    kill9: () => running().kill9(),
    freeze: () => void process.kill(running().pid, 'SIGSTOP'),
    thaw: () => void process.kill(running().pid, 'SIGCONT'),
    stop: () => running().stop(),
  };
}

function fail(sentence: string): never {
  throw new Error(sentence);
}

async function lead(node: MariadbNode): Promise<void> {
  await node.query('SET GLOBAL rpl_semi_sync_master_enabled = 1');
  await node.query('SET GLOBAL read_only = 0');
}

async function follow(replica: MariadbNode, writer: MariadbNode, { password, isDemoted }: { password: string; isDemoted: boolean }): Promise<void> {
  await replica.query(
    `CHANGE MASTER TO MASTER_HOST = '127.0.0.1', MASTER_PORT = ${writer.port}, MASTER_USER = '${REPLICATOR}', MASTER_PASSWORD = '${password}',
       MASTER_CONNECT_RETRY = 1, MASTER_HEARTBEAT_PERIOD = 1, MASTER_USE_GTID = slave_pos${isDemoted ? ', MASTER_DEMOTE_TO_SLAVE = 1' : ''}`,
  );
  await replica.query('START SLAVE');
  await until(`${replica.name} follows ${writer.name}`, 30_000, async () => {
    const [state] = await replica.query<{ Slave_IO_Running: string; Slave_SQL_Running: string; Last_Error: string; Last_IO_Error: string }>('SHOW SLAVE STATUS');
    if (state?.Slave_IO_Running === 'Yes' && state.Slave_SQL_Running === 'Yes') return true;
    throw new Error(`${state?.Last_Error} ${state?.Last_IO_Error}`);
  });
}

const statusOf = async (node: MariadbNode, name: string): Promise<string> =>
  (await node.query<{ Value: string }>('SHOW GLOBAL STATUS LIKE ?', [name]))[0]?.Value ?? '';

const isAttached = (writer: MariadbNode): Promise<number> =>
  until(`a replica confirms to ${writer.name}`, 30_000, async () => Number(await statusOf(writer, 'Rpl_semi_sync_master_clients')) > 0);
