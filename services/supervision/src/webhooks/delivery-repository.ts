import { besideCase, scopeColumns, type Viewer } from '@anjie/access';
import { BUSINESS_NOW, insertRows, newId, select, selectIn, write, type Sql } from '@anjie/service-kit/database';
import type { ParentList } from '@anjie/service-kit/subgraph';
import { allOf } from '../obligations/obligation-list';
import { seesEndpoint } from './endpoint-repository';

export const DIGEST_KIND = 'MORNING_DIGEST';
export const TEST_KIND = 'TEST';

/** SENDING: claimed by a worker. WITHHELD: the case was sealed, or the unit excluded from it, when it was to be sent. CANCELLED: the endpoint was disabled. */
export type DeliveryState = 'PENDING' | 'SENDING' | 'DELIVERED' | 'FAILED' | 'WITHHELD' | 'CANCELLED';

export interface DeliveryRow {
  readonly id: string;
  readonly endpointId: string;
  readonly eventId: string;
  readonly kind: string;
  readonly state: DeliveryState;
  readonly deliverAt: Date;
  readonly nextAt: Date;
  readonly attempts: number;
  readonly createdAt: Date;
  readonly settledAt: Date | null;
}

const COLUMNS = `w.id, w.endpoint_id AS endpointId, w.event_id AS eventId, w.kind, w.state, w.deliver_at AS deliverAt, w.next_at AS nextAt, w.attempts,
  w.created_at AS createdAt, w.settled_at AS settledAt`;
const FROM = 'webhook_deliveries w JOIN webhook_endpoints e ON e.id = w.endpoint_id LEFT JOIN case_scopes s ON s.case_id = w.case_id';

/** A case that is sealed, or from which the endpoint's unit is excluded: 《信访工作条例》第三十条第三款. `s` is its scope, `e` the endpoint. */
export const IS_CLOSED_TO_UNIT = `(s.is_sealed = 1 OR EXISTS (SELECT 1 FROM case_exclusions x WHERE x.case_id = s.case_id
  AND (x.party_id = e.unit_id OR x.party_id IN (SELECT c.ancestor_id FROM unit_closure c WHERE c.descendant_id = e.unit_id))))`;

/** With its endpoint; that a case is closed to the unit or to the viewer, the log does not show either. */
function seesDelivery(viewer: Viewer) {
  const besides = besideCase(viewer, scopeColumns('s'));
  return allOf([seesEndpoint(viewer), { sql: `w.case_id IS NULL OR (s.case_id IS NOT NULL AND NOT ${IS_CLOSED_TO_UNIT} AND ${besides.sql})`, params: besides.params }]);
}

export const deliveriesUnderEndpoint = (viewer: Viewer, state: DeliveryState | null | undefined): ParentList => ({
  columns: COLUMNS, from: FROM, parent: 'w.endpoint_id', sort: [{ column: 'w.created_at', descending: true }, { column: 'w.id' }],
  where: allOf([seesDelivery(viewer), ...(state ? [{ sql: 'w.state = ?', params: [state] }] : [])]),
});

export const visibleDeliveries = (sql: Sql, viewer: Viewer, ids: readonly string[]): Promise<DeliveryRow[]> => {
  const seen = seesDelivery(viewer);
  return selectIn<DeliveryRow>(sql, `SELECT ${COLUMNS} FROM ${FROM} WHERE w.id IN (?) AND (${seen.sql})`, ids, seen.params);
};

export interface AttemptRow {
  readonly deliveryId: string;
  readonly number: number;
  readonly startedAt: Date;
  readonly durationMs: number | null;
  readonly statusCode: number | null;
  readonly fault: string | null;
}

export const attemptsOf = (sql: Sql, deliveryIds: readonly string[]): Promise<AttemptRow[]> =>
  selectIn<AttemptRow>(
    sql,
    `SELECT delivery_id AS deliveryId, number, started_at AS startedAt, duration_ms AS durationMs, status_code AS statusCode, fault
       FROM webhook_attempts WHERE delivery_id IN (?) ORDER BY delivery_id, number`,
    deliveryIds,
  );

interface NewDelivery {
  readonly endpointId: string;
  readonly eventId: string;
  readonly kind: string;
  readonly caseId: string | null;
  readonly deliverAt: Date;
}

/** One row per endpoint and event, the fence against a second one. */
async function addDeliveries(tx: Sql, rows: readonly NewDelivery[], now: Date): Promise<void> {
  if (rows.length === 0) return;
  await write(
    tx,
    `INSERT INTO webhook_deliveries (id, endpoint_id, event_id, kind, case_id, state, deliver_at, next_at, created_at) VALUES ? ON DUPLICATE KEY UPDATE webhook_deliveries.id = webhook_deliveries.id`,
    [rows.map((row) => [newId(), row.endpointId, row.eventId, row.kind, row.caseId, 'PENDING', row.deliverAt, now, now])],
  );
}

const WANTED = `JOIN webhook_endpoints e ON e.unit_id = x.recipient_unit_id AND e.state = 'ENABLED' JOIN webhook_endpoint_kinds k ON k.endpoint_id = e.id`;

const machineNow = async (sql: Sql): Promise<Date> => {
  const [row] = await select<{ now: Date }>(sql, 'SELECT UTC_TIMESTAMP(3) AS now');
  if (!row) throw new Error('the database tells no time');
  return row.now;
};

/** Deliveries of these notices to the systems of the units that they are for, in the transaction of the notices. */
export async function queueNotices(tx: Sql, notificationIds: readonly string[]): Promise<void> {
  const wanted = await selectIn<NewDelivery>(
    tx,
    `SELECT e.id AS endpointId, x.id AS eventId, x.kind, x.case_id AS caseId, x.deliver_at AS deliverAt FROM notifications x ${WANTED} AND k.kind = x.kind WHERE x.id IN (?)`,
    notificationIds,
  );
  if (wanted.length > 0) await addDeliveries(tx, wanted, await machineNow(tx));
}

export async function queueDigest(tx: Sql, digestId: string): Promise<void> {
  const wanted = await select<NewDelivery>(
    tx, `SELECT e.id AS endpointId, x.id AS eventId, k.kind, NULL AS caseId, x.formed_at AS deliverAt FROM digests x ${WANTED} AND k.kind = ? WHERE x.id = ?`, [DIGEST_KIND, digestId],
  );
  if (wanted.length > 0) await addDeliveries(tx, wanted, await machineNow(tx));
}

export async function queueTest(tx: Sql, endpointId: string): Promise<string> {
  const [id, now] = [newId(), await machineNow(tx)];
  const [{ deliverAt } = { deliverAt: now }] = await select<{ deliverAt: Date }>(tx, `SELECT ${BUSINESS_NOW} AS deliverAt`);
  await insertRows(tx, 'webhook_deliveries', [{
    id, endpoint_id: endpointId, event_id: newId(), kind: TEST_KIND, case_id: null, state: 'PENDING', deliver_at: deliverAt, next_at: now, created_at: now,
  }]);
  return id;
}

/** Sends a settled one again, with all its tries; the event keeps its id. @returns false when it is not settled */
export const replayDelivery = async (tx: Sql, id: string): Promise<boolean> =>
  (await write(
    tx,
    `UPDATE webhook_deliveries SET state = 'PENDING', next_at = UTC_TIMESTAMP(3), attempts_before = attempts, settled_at = NULL
      WHERE id = ? AND state IN ('DELIVERED', 'FAILED', 'CANCELLED')`,
    [id],
  )) === 1;

export const cancelPending = (tx: Sql, endpointId: string): Promise<number> =>
  write(tx, `UPDATE webhook_deliveries SET state = 'CANCELLED', settled_at = UTC_TIMESTAMP(3) WHERE endpoint_id = ? AND state = 'PENDING'`, [endpointId]);
