import { hasRole, type SqlPredicate, type Viewer } from '@anjie/access';
import type { DocumentsMode } from '@anjie/contracts';
import { insertRows, newId, selectIn, updateVersion, write, type Row, type Sql } from '@anjie/service-kit/database';
import type { ListQuery } from '@anjie/service-kit/subgraph';

export interface PortalClientRow {
  readonly id: string;
  readonly name: string;
  readonly unitId: string;
  readonly contactPost: string;
  /** Codes with blanks between them. */
  readonly scopes: string;
  readonly documentsMode: DocumentsMode;
  readonly state: 'ENABLED' | 'DISABLED';
  readonly madeAt: Date;
  readonly version: number;
}

const COLUMNS = `c.id, c.name, c.unit_id AS unitId, c.contact_post AS contactPost, c.scopes, c.documents_mode AS documentsMode, c.state, c.made_at AS madeAt, c.version`;

const seesClients = (viewer: Viewer): SqlPredicate => ({ sql: viewer.kind === 'OFFICIAL' && hasRole(viewer, 'ADMIN') ? 'TRUE' : 'FALSE', params: [] });

export const portalClientList = (viewer: Viewer): ListQuery => ({
  columns: COLUMNS, from: 'portal_clients c', where: seesClients(viewer), sort: [{ column: 'c.made_at' }, { column: 'c.id' }],
});

export const visiblePortalClients = (sql: Sql, viewer: Viewer, ids: readonly string[]): Promise<PortalClientRow[]> =>
  selectIn<PortalClientRow>(sql, `SELECT ${COLUMNS} FROM portal_clients c WHERE c.id IN (?) AND ${seesClients(viewer).sql}`, ids);

export type NewPortalClient = Omit<PortalClientRow, 'state' | 'madeAt' | 'version'> & { readonly madeBy: string };

export const insertPortalClient = (tx: Sql, one: NewPortalClient, now: Date): Promise<void> =>
  insertRows(tx, 'portal_clients', [{
    id: one.id, name: one.name, unit_id: one.unitId, contact_post: one.contactPost, scopes: one.scopes, documents_mode: one.documentsMode, state: 'ENABLED',
    made_by: one.madeBy, made_at: now, version: 1,
  }]);

/** @returns false when somebody was faster */
export const updatePortalClient = (tx: Sql, { id, version }: Pick<PortalClientRow, 'id' | 'version'>, set: Row): Promise<boolean> =>
  updateVersion(tx, 'portal_clients', { id, version, set });

/** Holds the client until commit: two administrators must not each add the second key. */
export const holdPortalClient = (tx: Sql, id: string): Promise<number> => write(tx, 'UPDATE portal_clients SET version = version + 1 WHERE id = ?', [id]);

/** Gateways read everything anew. The stamp is random, so that a restored database is not taken for a later one. */
export const stampRegister = (tx: Sql): Promise<number> =>
  write(tx, 'INSERT INTO portal_stamps (id, stamp) VALUES (1, ?) ON DUPLICATE KEY UPDATE stamp = VALUES(stamp)', [newId()]);
