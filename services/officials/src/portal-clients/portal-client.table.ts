import { EntitySchema } from 'typeorm';
import { ascii, id, optionalDay, reference, text } from '../directory/columns';

const moment = { type: 'datetime' as const, precision: 3 };
const optionalMoment = { ...moment, nullable: true };
const hash = { type: 'binary' as const, length: 32 };
const hashInKey = { ...hash, primary: true };

export const portalClientTable = new EntitySchema({
  name: 'PortalClient',
  tableName: 'portal_clients',
  columns: {
    id, name: text(100), unit_id: reference, contact_post: text(100), scopes: ascii(1000), documents_mode: ascii(12), state: ascii(12), made_by: ascii(64), made_at: moment,
    version: { type: 'int' },
  },
});

export const portalKeyTable = new EntitySchema({
  name: 'PortalKey',
  tableName: 'portal_keys',
  columns: { id, client_id: reference, key_hash: hash, hint: text(12), made_at: moment, expires_at: moment, revoked_at: optionalMoment, last_used_on: optionalDay },
  indices: [
    { name: 'uq_portal_keys_key_hash', unique: true, columns: ['key_hash'] },
    { name: 'ix_portal_keys_client_id', columns: ['client_id', 'made_at'] },
  ],
});

export const portalDocumentTable = new EntitySchema({
  name: 'PortalDocument',
  tableName: 'portal_documents',
  columns: {
    client_id: id, sha256: hashInKey, document: { type: 'mediumtext' }, bytes: { type: 'int' }, registered_by: ascii(64), registered_at: moment, fault: { ...text(300), nullable: true },
  },
  indices: [{ name: 'ix_portal_documents_sha256', columns: ['sha256'] }],
});

export const portalStrayTable = new EntitySchema({
  name: 'PortalStray',
  tableName: 'portal_strays',
  columns: { client_id: id, sha256: hashInKey, uses: { type: 'bigint' }, first_seen_on: { type: 'date' }, last_seen_on: { type: 'date' } },
  indices: [{ name: 'ix_portal_strays_last_seen_on', columns: ['client_id', 'last_seen_on'] }],
});

export const portalStampTable = new EntitySchema({
  name: 'PortalStamp', tableName: 'portal_stamps', columns: { id: { type: 'tinyint', primary: true }, stamp: reference },
});

export const portalTables = [portalClientTable, portalKeyTable, portalDocumentTable, portalStrayTable, portalStampTable];
