import { spawn } from 'node:child_process';
import { createReadStream, createWriteStream, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { ClientTools } from '../local/index';
import { connect } from '../stack/index';

/** A place in the binary log. */
export interface LogPlace {
  readonly file: string;
  readonly position: number;
}
export interface Backup {
  readonly schema: string;
  readonly file: string;
  readonly from: LogPlace;
}

export interface BackupTarget {
  readonly tools: ClientTools;
  readonly databaseUrl: string;
  readonly socketPath: string;
  readonly dataDir: string;
  readonly dir: string;
}

const connection = ({ socketPath }: BackupTarget): string[] => ['--no-defaults', `--socket=${socketPath}`, '--user=root'];

/** One service's schema, consistent in itself, with the place in the binary log that it stands for. Writers go on. */
export async function dumpSchema(target: BackupTarget, schema: string): Promise<Backup> {
  const file = join(target.dir, `${schema}.sql`);
  const args = [...connection(target), '--single-transaction', '--master-data=2', '--hex-blob', '--default-character-set=utf8mb4', schema];
  const dump = spawn(target.tools.paths['mariadb-dump'], args, { env: target.tools.env, stdio: ['ignore', 'pipe', 'pipe'] });
  await Promise.all([pipeline(dump.stdout, createWriteStream(file, { mode: 0o600 })), ended(dump, 'mariadb-dump')]);
  const place = /MASTER_LOG_FILE='([^']+)', MASTER_LOG_POS=(\d+)/.exec(readFileSync(file, 'utf8').slice(0, 5_000));
  if (!place) throw new Error('the backup does not say where in the binary log it stands: is log_bin on?');
  return { schema, file, from: { file: place[1] ?? '', position: Number(place[2]) } };
}

/** Until when the binary log is played: an instant, or a place. */
export type Until = { readonly instant: Date } | { readonly place: LogPlace };

/** Drops the schema, restores the backup and plays the binary log on it, of this schema alone. The service must be stopped. */
export async function restoreSchema(target: BackupTarget, backup: Backup, until: Until): Promise<void> {
  const root = await connect(target.databaseUrl);
  try {
    await root.query(`DROP DATABASE ${backup.schema}`);
    await root.query(`CREATE DATABASE ${backup.schema} CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci`);
  } finally {
    await root.end();
  }
  await play(target, backup.schema, createReadStream(backup.file));
  const binlog = spawn(target.tools.paths['mariadb-binlog'], replayArguments(target, backup, until), { env: { ...target.tools.env, TZ: 'UTC' }, stdio: ['ignore', 'pipe', 'pipe'] });
  await Promise.all([play(target, backup.schema, binlog.stdout), ended(binlog, 'mariadb-binlog')]);
}

function replayArguments({ dataDir }: BackupTarget, { schema, from }: Backup, until: Until): string[] {
  const files = readdirSync(dataDir).filter((name) => /^binlog\.\d+$/.test(name) && name >= from.file && (!('place' in until) || name <= until.place.file)).sort();
  const end = 'place' in until ? `--stop-position=${until.place.position}` : `--stop-datetime=${until.instant.toISOString().slice(0, 19).replace('T', ' ')}`;
  return ['--no-defaults', '--disable-log-bin', `--database=${schema}`, `--start-position=${from.position}`, end, ...files.map((name) => join(dataDir, name))];
}

async function play(target: BackupTarget, schema: string, source: NodeJS.ReadableStream): Promise<void> {
  const args = [...connection(target), '--binary-mode', '--init-command=SET SESSION sql_log_bin=0', '--default-character-set=utf8mb4', schema];
  const client = spawn(target.tools.paths.mariadb, args, { env: target.tools.env, stdio: ['pipe', 'ignore', 'pipe'] });
  await Promise.all([pipeline(source, client.stdin), ended(client, 'mariadb')]);
}

interface Child {
  readonly stderr: NodeJS.ReadableStream;
  once(event: 'close', listener: (code: number | null) => void): unknown;
  once(event: 'error', listener: (error: Error) => void): unknown;
}

function ended(child: Child, name: string): Promise<void> {
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => (code === 0 ? resolve() : reject(new Error(`${name} failed (${code}): ${said.trim()}`))));
  });
}

/** Where the binary log is now. */
export async function logPlace(databaseUrl: string): Promise<LogPlace> {
  const root = await connect(databaseUrl);
  try {
    const [rows] = await root.query('SHOW MASTER STATUS');
    const [row] = rows as { File: string; Position: number }[];
    if (!row) throw new Error('the binary log is off');
    return { file: row.File, position: Number(row.Position) };
  } finally {
    await root.end();
  }
}
