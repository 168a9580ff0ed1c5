import { randomUUID } from 'node:crypto';
import { setClockOffset, type Sql } from '@anjie/service-kit/database';
import { openTwoServices, TEST_AUDIT_KEY, testEngines } from '@anjie/testing';
import { openSystem } from '../src';

/** Tables of services that the operator's commands read, as their migrations make them. */
const TABLES = {
  officials: 'officials (id uuid PRIMARY KEY, staff_no varchar(32) COLLATE utf8mb4_bin NOT NULL UNIQUE, name varchar(100) NOT NULL, valid_to date NULL)',
  deadlines: 'deadlines (id uuid PRIMARY KEY, due_at datetime(3) NOT NULL, state varchar(12) NOT NULL, KEY (state, due_at))',
  alarm: 'alarm_epoch (id tinyint PRIMARY KEY, epoch uuid NOT NULL)',
};

/** Two services that talk, and the operator's view of the whole; supervision and assistance share an empty schema. */
export async function openOpsWorld() {
  const two = await openTwoServices();
  await two.sender.db.query(`CREATE TABLE IF NOT EXISTS ${TABLES.officials}`);
  for (const table of [TABLES.deadlines, TABLES.alarm]) await two.idle.db.query(`CREATE TABLE IF NOT EXISTS ${table}`);
  const schemas = { officials: two.sender.schema, cases: two.receiver.schema, supervision: two.idle.schema, assistance: two.idle.schema };
  const { database, redis } = testEngines();
  const system = await openSystem({ databaseUrlOf: () => database, redisUrl: redis, auditKey: TEST_AUDIT_KEY, schemaOf: (service) => schemas[service] });
  return {
    two, system,
    async reset() {
      await two.truncate();
      await setClockOffset(two.idle.db.manager, 0);
      await haveOfficials(two.sender.db.manager);
    },
    close: async () => {
      await system.close();
      await two.close();
    },
  };
}
export type OpsWorld = Awaited<ReturnType<typeof openOpsWorld>>;

export const OFFICIALS = { first: '1001', second: '1002', gone: '1003' };
const haveOfficials = (sql: Sql) =>
  sql.query('INSERT INTO officials (id, staff_no, name, valid_to) VALUES ?', [[[randomUUID(), '1001', '张三', null], [randomUUID(), '1002', '李四', null], [randomUUID(), '1003', '王五', '2020-01-01']]]);
