import { EntitySchema } from 'typeorm';

const moment = { type: 'datetime' as const, precision: 3 };
const name = (length: number) => ({ type: 'varchar' as const, length: String(length), charset: 'ascii', collation: 'ascii_bin', primary: true });
const whole = { type: 'int' as const };
const digest = { type: 'binary' as const, length: 32 };

export const periodicTaskTable = new EntitySchema({
  name: 'PeriodicTask', tableName: 'periodic_tasks',
  columns: {
    name: name(64), next_at: moment, claim_token: { type: 'uuid', nullable: true }, lease_until: { ...moment, nullable: true },
    requested_at: { ...moment, nullable: true }, argument: { type: 'varchar', length: 64, nullable: true }, started_at: { ...moment, nullable: true },
    finished_at: { ...moment, nullable: true }, failure: { type: 'varchar', length: 500, nullable: true },
  },
});

export const acceptedPhantomTable = new EntitySchema({
  name: 'AcceptedPhantom', tableName: 'accepted_phantoms',
  columns: { peer: name(32), message_id: { type: 'uuid', primary: true }, accepted_at: moment },
  indices: [{ name: 'ix_accepted_phantoms_accepted_at', columns: ['accepted_at'] }],
});

export const reconciliationTable = new EntitySchema({
  name: 'Reconciliation', tableName: 'reconciliations',
  columns: {
    day: { type: 'date', primary: true }, peer: name(32), sent: whole, known: whole, sent_digest: digest, known_digest: digest, missing: whole,
    phantom: whole, mismatched: whole, repaired: whole, bad_runs: whole, finished_at: moment,
  },
});

export const versionBaseTable = new EntitySchema({
  name: 'VersionBase', tableName: 'version_base',
  columns: { id: { type: 'tinyint', primary: true }, base: { type: 'bigint' } },
});
