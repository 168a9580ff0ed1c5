import { EntitySchema } from 'typeorm';
import { acceptedPhantomTable, periodicTaskTable, reconciliationTable, versionBaseTable } from './upkeep-tables';

/** The kit's tables as TypeORM sees them: only for the test that compares them with the migrations. */
const ascii = (length: number) => ({ type: 'varchar' as const, length: String(length), charset: 'ascii', collation: 'ascii_bin' });
const moment = { type: 'datetime' as const, precision: 3 };
const id = { type: 'uuid' as const, primary: true };

export const outboxTable = new EntitySchema({
  name: 'OutboxMessage', tableName: 'outbox_messages',
  columns: {
    id, dest: ascii(32), concern: ascii(32), topic: ascii(64), aggregate_id: { type: 'uuid' }, aggregate_version: { type: 'bigint' },
    schema_version: { type: 'smallint' }, payload: { type: 'mediumtext' }, payload_mac: { type: 'binary', length: 32 },
    request_id: { type: 'varchar', length: 64 }, state: { ...ascii(12), default: 'PENDING' }, attempt: { type: 'int', default: 0 },
    claim_token: { type: 'uuid', nullable: true }, lease_until: { ...moment, nullable: true }, next_at: moment,
    published_at: { ...moment, nullable: true }, acked_at: { ...moment, nullable: true }, ack_result: { ...ascii(12), nullable: true }, created_at: moment,
  },
  indices: [
    { name: 'uq_outbox_messages_fact', unique: true, columns: ['topic', 'aggregate_id', 'aggregate_version', 'dest', 'concern'] },
    { name: 'ix_outbox_messages_work', columns: ['state', 'next_at'] },
    { name: 'ix_outbox_messages_unacked', columns: ['state', 'published_at'] },
    { name: 'ix_outbox_messages_acked', columns: ['state', 'acked_at'] },
  ],
});

export const inboxTable = new EntitySchema({
  name: 'InboxMessage', tableName: 'inbox_messages',
  columns: {
    source: { ...ascii(32), primary: true }, message_id: id, topic: ascii(64), payload_mac: { type: 'binary', length: 32 },
    aggregate_id: { type: 'uuid' }, aggregate_version: { type: 'bigint' }, result: ascii(12), received_at: moment,
  },
  indices: [{ name: 'ix_inbox_messages_received_at', columns: ['received_at'] }],
});

export const aggregateVersionTable = new EntitySchema({
  name: 'AggregateVersion', tableName: 'aggregate_versions',
  columns: { source: { ...ascii(32), primary: true }, topic: { ...ascii(64), primary: true }, aggregate_id: id, version: { type: 'bigint' } },
});

export const ackTable = new EntitySchema({
  name: 'AckMessage', tableName: 'ack_messages',
  columns: {
    id: { type: 'bigint', primary: true, generated: 'increment' }, source: ascii(32), message_id: { type: 'uuid' }, result: ascii(12), created_at: moment,
  },
});

export const deadLetterTable = new EntitySchema({
  name: 'DeadLetter', tableName: 'dead_letters',
  columns: {
    id, queue: ascii(64), job_id: ascii(128), source: { ...ascii(32), nullable: true }, message_id: { type: 'uuid', nullable: true },
    reason: { type: 'varchar', length: 1000 }, failed_at: moment, settled_at: { ...moment, nullable: true },
    replayed_at: { ...moment, nullable: true }, replayed_by: { type: 'uuid', nullable: true }, replay_confirmed_by: { type: 'uuid', nullable: true },
  },
  indices: [
    { name: 'uq_dead_letters_job', unique: true, columns: ['queue', 'job_id'] },
    { name: 'ix_dead_letters_message_id', columns: ['message_id'] },
  ],
});

export const idempotencyTable = new EntitySchema({
  name: 'IdempotencyKey', tableName: 'idempotency_keys',
  columns: {
    actor: { ...ascii(64), primary: true }, idempotency_key: { type: 'varbinary', length: 64, primary: true }, operation: ascii(64),
    request_hash: { type: 'binary', length: 32 }, response: { type: 'mediumtext', nullable: true }, created_at: moment,
  },
  indices: [{ name: 'ix_idempotency_keys_created_at', columns: ['created_at'] }],
});

export const auditTable = new EntitySchema({
  name: 'AuditEntry', tableName: 'audit_entries',
  columns: {
    id: { type: 'bigint', primary: true, generated: 'increment' }, uid: { type: 'uuid', nullable: true }, recorded_at: moment, business_at: moment, actor_kind: ascii(16), actor: ascii(64),
    actor_unit_id: { type: 'uuid', nullable: true }, request_id: { type: 'varchar', length: 64 }, action: ascii(64), subject_type: ascii(48),
    subject_id: ascii(64), case_id: { type: 'uuid', nullable: true }, detail: { type: 'text' },
    mac: { type: 'binary', length: 32, nullable: true },
  },
  indices: [
    { name: 'uq_audit_entries_uid', unique: true, columns: ['uid'] },
    { name: 'ix_audit_entries_subject', columns: ['subject_type', 'subject_id'] },
    { name: 'ix_audit_entries_case_id', columns: ['case_id'] },
    { name: 'ix_audit_entries_recorded_at', columns: ['recorded_at'] },
    { name: 'ix_audit_entries_actor', columns: ['actor', 'recorded_at'] },
    { name: 'ix_audit_entries_action', columns: ['action', 'recorded_at'] },
  ],
});

export const clockTable = new EntitySchema({
  name: 'BusinessClock', tableName: 'business_clock',
  columns: { id: { type: 'tinyint', primary: true }, offset_seconds: { type: 'bigint' } },
});

export const figureTable = new EntitySchema({
  name: 'FigureDelta', tableName: 'figure_deltas',
  columns: {
    campaign_id: id, figure: { ...ascii(48), primary: true }, division_code: { ...ascii(12), primary: true }, on_date: { type: 'date', primary: true },
    delta: { type: 'bigint' }, change_seq: { type: 'bigint' },
  },
  indices: [{ name: 'ix_figure_deltas_change_seq', columns: ['campaign_id', 'change_seq'] }],
});

export const figureSequenceTable = new EntitySchema({
  name: 'FigureSequence', tableName: 'figure_sequence',
  columns: { id: { type: 'tinyint', primary: true }, last_seq: { type: 'bigint' } },
});

export const auditLinkTable = new EntitySchema({
  name: 'AuditLink', tableName: 'audit_links',
  columns: { entry_id: { type: 'bigint', primary: true }, chain: { type: 'tinyint' }, seq: { type: 'bigint' }, hash: { type: 'binary', length: 32 } },
  indices: [{ name: 'uq_audit_links_chain_seq', unique: true, columns: ['chain', 'seq'] }],
});

export const auditChainTable = new EntitySchema({
  name: 'AuditChain', tableName: 'audit_chains',
  columns: {
    // nothing reads `since` any more (ADR 0018)
    chain: { type: 'tinyint', primary: true }, seq: { type: 'bigint', default: 0 }, head: { type: 'binary', length: 32 }, since: moment,
    swept_to: { type: 'bigint', default: 0 }, candidate: { type: 'bigint', default: 0 }, candidate_at: moment,
  },
});

export const kitTables = [
  outboxTable, inboxTable, aggregateVersionTable, ackTable, deadLetterTable, idempotencyTable, auditTable, clockTable, figureTable, figureSequenceTable,
  periodicTaskTable, reconciliationTable, acceptedPhantomTable, versionBaseTable,
  auditLinkTable, auditChainTable,
] as unknown as readonly EntitySchema<never>[];
