import { BUSINESS_NOW, newId, select, selectIn, write, type Sql } from '@anjie/service-kit/database';
import type { WebhookFault } from '../rules/webhook-retries';
import { IS_CLOSED_TO_UNIT } from './delivery-repository';

/** Seconds that a claim is good for: longer than any sending may take. */
const LEASE_S = 30;

/** Its time has come, and it is known who may see the case. */
const IS_DUE = `w.state = 'PENDING' AND w.deliver_at <= ${BUSINESS_NOW} AND w.next_at <= UTC_TIMESTAMP(3)
  AND (w.case_id IS NULL OR EXISTS (SELECT 1 FROM case_scopes s WHERE s.case_id = w.case_id))`;

/** Endpoints that something is due for. */
export const endpointsDue = async (sql: Sql): Promise<string[]> =>
  (await select<{ id: string }>(
    sql, `SELECT e.id FROM webhook_endpoints e WHERE e.state = 'ENABLED' AND EXISTS (SELECT 1 FROM webhook_deliveries w WHERE w.endpoint_id = e.id AND ${IS_DUE})`,
  )).map((row) => row.id);

/** Claims of workers that were killed or froze go back; the receiver tells the repeat by its id. */
export const freeExpiredClaims = (sql: Sql): Promise<number> =>
  write(sql, `UPDATE webhook_deliveries SET state = 'PENDING', claim_token = NULL WHERE state = 'SENDING' AND lease_until < UTC_TIMESTAMP(3)`);

/** Disabled endpoints for which something waits again: it was under way when they were disabled. */
export const endpointsGivenUp = async (sql: Sql): Promise<string[]> =>
  (await select<{ id: string }>(
    sql, `SELECT e.id FROM webhook_endpoints e WHERE e.state = 'DISABLED' AND EXISTS (SELECT 1 FROM webhook_deliveries w WHERE w.endpoint_id = e.id AND w.state = 'PENDING')`,
  )).map((row) => row.id);

export interface ClaimedDelivery {
  readonly id: string;
  readonly endpointId: string;
  readonly eventId: string;
  readonly kind: string;
  readonly attempts: number;
  readonly attemptsBefore: number;
  readonly token: string;
}

/** How many may be under way to one endpoint, over all workers. One that fails gets a single one. */
export interface AtOnce {
  readonly well: number;
  readonly failing: number;
}

/** The endpoint's row, held, with the sendings that may begin; nothing while another worker claims for it. */
async function freeSlots(tx: Sql, endpointId: string, atOnce: AtOnce): Promise<number> {
  const [endpoint] = await select<{ isFailing: number }>(
    tx, `SELECT failing_since IS NOT NULL AS isFailing FROM webhook_endpoints WHERE id = ? AND state = 'ENABLED' FOR UPDATE SKIP LOCKED`, [endpointId],
  );
  if (!endpoint) return 0;
  const [busy] = await select<{ n: string }>(tx, `SELECT COUNT(*) AS n FROM webhook_deliveries WHERE endpoint_id = ? AND state = 'SENDING'`, [endpointId]);
  return Math.max(0, (Number(endpoint.isFailing) ? atOnce.failing : atOnce.well) - Number(busy?.n ?? 0));
}

/** Claims what is due for one endpoint, oldest first, and notes an attempt for each before it is made. */
export async function claimDue(tx: Sql, endpointId: string, atOnce: AtOnce): Promise<ClaimedDelivery[]> {
  const free = await freeSlots(tx, endpointId, atOnce);
  if (free === 0) return [];
  const due = await select<{ id: string }>(
    tx, `SELECT w.id FROM webhook_deliveries w WHERE w.endpoint_id = ? AND ${IS_DUE} ORDER BY w.deliver_at, w.created_at, w.id LIMIT ? FOR UPDATE SKIP LOCKED`, [endpointId, free],
  );
  const ids = due.map((row) => row.id);
  const withheld = await withhold(tx, ids);
  const claimed = ids.filter((id) => !withheld.includes(id));
  if (claimed.length === 0) return [];
  const token = newId();
  await write(
    tx,
    `UPDATE webhook_deliveries SET state = 'SENDING', attempts = attempts + 1, claim_token = ?, lease_until = UTC_TIMESTAMP(3) + INTERVAL ${LEASE_S} SECOND WHERE id IN (?)`,
    [token, claimed],
  );
  await write(tx, 'INSERT INTO webhook_attempts (delivery_id, number, started_at) SELECT id, attempts, UTC_TIMESTAMP(3) FROM webhook_deliveries WHERE id IN (?)', [claimed]);
  return select<ClaimedDelivery>(
    tx,
    `SELECT id, endpoint_id AS endpointId, event_id AS eventId, kind, attempts, attempts_before AS attemptsBefore, claim_token AS token FROM webhook_deliveries WHERE id IN (?)`,
    [claimed],
  );
}

/** Nothing of such a case leaves the system, also when it became one after the notice. */
async function withhold(tx: Sql, ids: readonly string[]): Promise<string[]> {
  const rows = await selectIn<{ id: string }>(
    tx,
    `SELECT w.id FROM webhook_deliveries w JOIN webhook_endpoints e ON e.id = w.endpoint_id JOIN case_scopes s ON s.case_id = w.case_id WHERE w.id IN (?) AND ${IS_CLOSED_TO_UNIT}`,
    ids,
  );
  const withheld = rows.map((row) => row.id);
  if (withheld.length > 0) await settleWithheld(tx, withheld);
  return withheld;
}

const settleWithheld = (tx: Sql, ids: readonly string[]): Promise<number> =>
  write(tx, `UPDATE webhook_deliveries SET state = 'WITHHELD', claim_token = NULL, settled_at = UTC_TIMESTAMP(3) WHERE id IN (?)`, [ids]);

export interface Attempted {
  readonly durationMs: number;
  readonly statusCode: number | null;
  readonly fault: WebhookFault | null;
}

export const noteAttempt = (tx: Sql, { id, attempts }: ClaimedDelivery, { durationMs, statusCode, fault }: Attempted): Promise<number> =>
  write(tx, 'UPDATE webhook_attempts SET duration_ms = ?, status_code = ?, fault = ? WHERE delivery_id = ? AND number = ?', [durationMs, statusCode, fault, id, attempts]);

/** Ends a claim; false when it was lost meanwhile. */
export const settleDelivery = async (tx: Sql, { id, token }: ClaimedDelivery, state: 'DELIVERED' | 'FAILED' | 'WITHHELD'): Promise<boolean> =>
  (await write(
    tx, `UPDATE webhook_deliveries SET state = ?, claim_token = NULL, settled_at = UTC_TIMESTAMP(3) WHERE id = ? AND claim_token = ? AND state = 'SENDING'`, [state, id, token],
  )) === 1;

export const retryDelivery = async (tx: Sql, { id, token }: ClaimedDelivery, seconds: number): Promise<boolean> =>
  (await write(
    tx,
    `UPDATE webhook_deliveries SET state = 'PENDING', claim_token = NULL, next_at = UTC_TIMESTAMP(3) + INTERVAL ? SECOND WHERE id = ? AND claim_token = ? AND state = 'SENDING'`,
    [seconds, id, token],
  )) === 1;
