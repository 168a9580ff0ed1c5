import type { DataSource } from 'typeorm';
import type { Mode } from '../runtime';
import { clockOffsetSeconds } from './clock';
import { select } from './statements';
import { takesWrites } from './transaction';

interface ServerSettings {
  readonly version: string;
  readonly flush: string | number;
  readonly sync_binlog: string | number;
  readonly log_bin: string | number;
  readonly snapshot: string | number;
  readonly read_only: string | number;
  readonly zone: string;
  readonly charset: string;
  readonly now: Date;
}

/** Seconds by which this machine's clock may differ from the database's. */
const MAX_SKEW_S = 2;

/** What is unsafe about the database, each as a sentence that says what to change. Empty when nothing is. */
export async function unsafeDatabaseSettings(db: DataSource, mode: Mode): Promise<readonly string[]> {
  const [s] = await select<ServerSettings>(
    db.manager,
    `SELECT VERSION() AS version, @@GLOBAL.innodb_flush_log_at_trx_commit AS flush, @@GLOBAL.sync_binlog AS sync_binlog, @@GLOBAL.log_bin AS log_bin,
            @@GLOBAL.innodb_snapshot_isolation AS snapshot, @@GLOBAL.read_only AS read_only, @@SESSION.time_zone AS zone, @@character_set_connection AS charset, UTC_TIMESTAMP(3) AS now`,
  );
  if (!s) return ['the database did not answer a question about its settings'];
  const skew = Math.abs(Date.now() - s.now.getTime()) / 1000;
  const offset = await clockOffsetSeconds(db.manager);
  const [major = 0, minor = 0] = s.version.split('.').map(Number);
  const checks: readonly (readonly [boolean, string])[] = [
    [!/mariadb/i.test(s.version) || major < 10 || (major === 10 && minor < 11), `MariaDB 10.11 or newer is needed, found ${s.version}`],
    [Number(s.flush) !== 1, 'set innodb_flush_log_at_trx_commit=1: an acknowledged change must survive a power cut'],
    [Number(s.log_bin) === 1 && Number(s.sync_binlog) !== 1, 'set sync_binlog=1: the binary log must not lag behind a commit'],
    [Number(s.snapshot) !== 1, 'set innodb_snapshot_isolation=ON: without it concurrent edits can be lost'],
    [!takesWrites(s.read_only), 'this server is read-only: ANJIE_DATABASE_URL must lead to the writer'],
    [s.zone !== '+00:00', "set the session time zone to +00:00 (default_time_zone='+00:00')"],
    [s.charset !== 'utf8mb4', 'connect with utf8mb4: names outside the basic plane would be damaged'],
    [skew > MAX_SKEW_S, `this machine's clock is ${skew.toFixed(1)} s away from the database's; synchronise them`],
    [mode === 'PRODUCTION' && offset !== 0, `business_clock holds an offset of ${offset} s; set it to 0 outside demo and tests`],
  ];
  return checks.filter(([isUnsafe]) => isUnsafe).map(([, sentence]) => sentence);
}
