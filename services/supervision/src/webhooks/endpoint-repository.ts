import { hasRole, type SqlPredicate, type Viewer } from '@anjie/access';
import { insertRows, isId, select, selectIn, updateVersion, write, type Row, type Sql } from '@anjie/service-kit/database';
import type { ListQuery } from '@anjie/service-kit/subgraph';
import { allOf } from '../obligations/obligation-list';

export interface EndpointRow {
  readonly id: string;
  readonly unitId: string;
  readonly url: string;
  readonly state: 'ENABLED' | 'DISABLED';
  readonly isGone: number;
  readonly failingSince: Date | null;
  readonly oldSecretUntil: Date | null;
  readonly madeAt: Date;
  readonly version: number;
}

/** Without the secrets: nothing that answers a request reads them. */
const COLUMNS = `e.id, e.unit_id AS unitId, e.url, e.state, e.is_gone AS isGone, e.failing_since AS failingSince,
  IF(e.old_secret_until > UTC_TIMESTAMP(3), e.old_secret_until, NULL) AS oldSecretUntil, e.made_at AS madeAt, e.version`;

/** An administrator sees all, whoever handles cases for a unit those of exactly that unit. */
export function seesEndpoint(viewer: Viewer): SqlPredicate {
  if (viewer.kind !== 'OFFICIAL') return { sql: 'FALSE', params: [] };
  if (hasRole(viewer, 'ADMIN')) return { sql: 'TRUE', params: [] };
  return viewer.unitId && hasRole(viewer, 'UNIT_HANDLER') ? { sql: 'e.unit_id = ?', params: [viewer.unitId] } : { sql: 'FALSE', params: [] };
}

const ofUnit = (unitId: string | null | undefined): SqlPredicate[] =>
  unitId == null ? [] : [isId(unitId) ? { sql: 'e.unit_id = ?', params: [unitId] } : { sql: 'FALSE', params: [] }];

export const endpointList = (viewer: Viewer, unitId: string | null | undefined): ListQuery => ({
  columns: COLUMNS, from: 'webhook_endpoints e', where: allOf([seesEndpoint(viewer), ...ofUnit(unitId)]), sort: [{ column: 'e.made_at' }, { column: 'e.id' }],
});

export const visibleEndpoints = (sql: Sql, viewer: Viewer, ids: readonly string[]): Promise<EndpointRow[]> => {
  const seen = seesEndpoint(viewer);
  return selectIn<EndpointRow>(sql, `SELECT ${COLUMNS} FROM webhook_endpoints e WHERE e.id IN (?) AND (${seen.sql})`, ids, seen.params);
};

export const kindsOfEndpoints = (sql: Sql, ids: readonly string[]): Promise<{ endpointId: string; kind: string }[]> =>
  selectIn(sql, 'SELECT endpoint_id AS endpointId, kind FROM webhook_endpoint_kinds WHERE endpoint_id IN (?) ORDER BY kind', ids);

export const countEndpoints = async (sql: Sql, unitId: string): Promise<number> =>
  Number((await select<{ n: string }>(sql, 'SELECT COUNT(*) AS n FROM webhook_endpoints WHERE unit_id = ?', [unitId]))[0]?.n ?? 0);

export interface NewEndpoint {
  readonly id: string;
  readonly unitId: string;
  readonly url: string;
  readonly secret: Buffer;
  readonly madeBy: string;
}

export async function addEndpoint(tx: Sql, made: NewEndpoint, now: Date): Promise<void> {
  await insertRows(tx, 'webhook_endpoints', [{
    id: made.id, unit_id: made.unitId, url: made.url, state: 'ENABLED', secret: made.secret, made_by: made.madeBy, made_at: now, version: 1,
  }]);
}

export async function putKinds(tx: Sql, endpointId: string, kinds: readonly string[]): Promise<void> {
  await write(tx, 'DELETE FROM webhook_endpoint_kinds WHERE endpoint_id = ?', [endpointId]);
  await insertRows(tx, 'webhook_endpoint_kinds', kinds.map((kind) => ({ endpoint_id: endpointId, kind })));
}

/** @returns false when somebody was faster */
export const changeEndpoint = (tx: Sql, { id, version }: Pick<EndpointRow, 'id' | 'version'>, set: Row): Promise<boolean> =>
  updateVersion(tx, 'webhook_endpoints', { id, version, set });

/** The new secret signs at once, the old one beside it for some hours more. @returns false when somebody was faster */
export const rotateSecret = async (tx: Sql, { id, version }: Pick<EndpointRow, 'id' | 'version'>, next: { secret: Buffer; overlapHours: number }): Promise<boolean> =>
  (await write(
    tx,
    `UPDATE webhook_endpoints SET old_secret = secret, old_secret_until = UTC_TIMESTAMP(3) + INTERVAL ? HOUR, secret = ?, version = version + 1 WHERE id = ? AND version = ?`,
    [next.overlapHours, next.secret, id, version],
  )) === 1;

export interface EndpointTarget {
  readonly url: string;
  readonly secret: Buffer;
  readonly oldSecret: Buffer | null;
}

/** What the sender needs; the old secret while it is still valid. */
export const endpointTarget = async (sql: Sql, id: string): Promise<EndpointTarget | undefined> =>
  (await select<EndpointTarget>(
    sql, 'SELECT url, secret, IF(old_secret_until > UTC_TIMESTAMP(3), old_secret, NULL) AS oldSecret FROM webhook_endpoints WHERE id = ?', [id],
  ))[0];

/** Marks it as failing since now, unless it is already. */
export const markFailing = (tx: Sql, id: string): Promise<number> =>
  write(tx, 'UPDATE webhook_endpoints SET failing_since = UTC_TIMESTAMP(3) WHERE id = ? AND failing_since IS NULL', [id]);

export const markWell = (tx: Sql, id: string): Promise<number> =>
  write(tx, 'UPDATE webhook_endpoints SET failing_since = NULL WHERE id = ? AND failing_since IS NOT NULL', [id]);

/** The receiver said 410: nothing is sent there until an administrator enables it again. */
export const markGone = (tx: Sql, id: string): Promise<number> =>
  write(
    tx,
    `UPDATE webhook_endpoints SET state = 'DISABLED', is_gone = 1, failing_since = COALESCE(failing_since, UTC_TIMESTAMP(3)), version = version + 1 WHERE id = ? AND state = 'ENABLED'`,
    [id],
  );

export interface SealedSecrets {
  readonly id: string;
  readonly secret: Buffer;
  readonly oldSecret: Buffer | null;
}

export const sealedSecrets = (sql: Sql, afterId: string | null): Promise<SealedSecrets[]> =>
  select(sql, `SELECT id, secret, old_secret AS oldSecret FROM webhook_endpoints ${afterId === null ? '' : 'WHERE id > ?'} ORDER BY id LIMIT 100`, afterId === null ? [] : [afterId]);

/** The same secrets, sealed anew; nothing when an administrator changed them meanwhile. */
export const putSealedSecrets = (sql: Sql, { id, secret, oldSecret }: SealedSecrets, next: Pick<SealedSecrets, 'secret' | 'oldSecret'>): Promise<number> =>
  write(sql, 'UPDATE webhook_endpoints SET secret = ?, old_secret = ? WHERE id = ? AND secret = ? AND old_secret <=> ?', [next.secret, next.oldSecret, id, secret, oldSecret]);
