import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** A pid alone may have been reused; with its start time it names one process. */
export interface ProcessMark {
  pid: number;
  started: string;
}

interface InstanceRecord extends ProcessMark {
  owner: ProcessMark;
}

export function markOf(pid: number): ProcessMark | undefined {
  const started = existsSync('/proc/self/stat') ? startedFromProc(pid) : startedFromPs(pid);
  return started === undefined ? undefined : { pid, started };
}

function startedFromProc(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The command name, in parentheses, may hold spaces: count fields after it.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' || fields[0] === 'X' ? undefined : fields[19];
  } catch {
    return undefined;
  }
}

function startedFromPs(pid: number): string | undefined {
  const found = spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' });
  return found.status === 0 ? found.stdout.trim() || undefined : undefined;
}

export function isAlive(mark: ProcessMark): boolean {
  return markOf(mark.pid)?.started === mark.started;
}

export function recordInstance(file: string, pid: number): void {
  const mark = markOf(pid);
  const owner = markOf(process.pid);
  if (mark && owner) writeFileSync(file, JSON.stringify({ ...mark, owner } satisfies InstanceRecord));
}

/**
 * Ends what an earlier, killed run left behind on the same folder; refuses when that run is still alive.
 * Only the process in our own record is ever addressed.
 */
export async function endStaleInstance(file: string, name: string): Promise<void> {
  const record = readRecord(file);
  if (record && isAlive(record)) {
    if (isAlive(record.owner)) {
      throw new Error(`${name} is already running for this folder, started by process ${record.owner.pid}; stop that one first.`);
    }
    await endProcess(record, 20_000);
  }
  rmSync(file, { force: true });
}

function readRecord(file: string): InstanceRecord | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as InstanceRecord;
  } catch {
    return undefined;
  }
}

async function endProcess(mark: ProcessMark, graceMs: number): Promise<void> {
  signal(mark, 'SIGTERM');
  const deadline = Date.now() + graceMs;
  while (isAlive(mark) && Date.now() < deadline) await sleep(20);
  signal(mark, 'SIGKILL');
  while (isAlive(mark)) await sleep(20);
}

function signal(mark: ProcessMark, name: NodeJS.Signals): void {
  if (!isAlive(mark)) return;
  try {
    process.kill(mark.pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
