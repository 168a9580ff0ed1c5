import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { closeSync, existsSync, fstatSync, mkdirSync, openSync, readSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';

export interface ProcessSpec {
  name: string;
  command: string;
  args: string[];
  /** Holds this run only; that of the run before is kept as `<logFile>.previous`. */
  logFile: string;
  env?: NodeJS.ProcessEnv;
  cwd?: string;
}

export interface ExitInfo {
  code: number | null;
  signal: NodeJS.Signals | null;
}

export interface LocalProcess {
  readonly name: string;
  readonly pid: number;
  readonly logFile: string;
  readonly exited: Promise<ExitInfo>;
  running(): boolean;
  /** SIGTERM, then SIGKILL when it has not ended after `graceMs` (default 20 s). */
  stop(graceMs?: number): Promise<void>;
  kill9(): Promise<void>;
  logTail(lines?: number): string;
}

export interface ProcessGroup {
  start(spec: ProcessSpec): Promise<LocalProcess>;
  /** All at once; start what must outlive the others in a second group and stop that one afterwards. */
  stopAll(graceMs?: number): Promise<void>;
}

let deathSignal: string[] | undefined;

/** How to have the kernel end a child when we are killed before we can: a setpriv prefix, empty where there is none. */
function deathSignalPrefix(): string[] {
  const prefix = ['setpriv', '--pdeathsig', 'TERM', '--'];
  deathSignal ??= spawnSync('setpriv', [...prefix.slice(1), 'true'], { stdio: 'ignore' }).status === 0 ? prefix : [];
  return deathSignal;
}

const watchdogSource = `
  process.stdin.resume().on('end', () => {
    try { process.kill(Number(process.argv[1]), 'SIGTERM'); } catch {}
    process.exit();
  });`;

/** Without setpriv: a process that holds one end of a pipe and notices when ours closes. */
function startWatchdog(child: ChildProcess): void {
  if (deathSignalPrefix().length > 0) return;
  const watchdog = spawn(process.execPath, ['-e', watchdogSource, String(child.pid)], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
  watchdog.on('error', () => undefined);
  watchdog.unref();
  (watchdog.stdin as unknown as { unref(): void }).unref();
  child.once('exit', () => watchdog.kill('SIGKILL'));
}

function spawnLogged(spec: ProcessSpec): ChildProcess {
  mkdirSync(dirname(spec.logFile), { recursive: true });
  if (existsSync(spec.logFile)) renameSync(spec.logFile, `${spec.logFile}.previous`);
  const log = openSync(spec.logFile, 'a', 0o600);
  const [command, ...args] = [...deathSignalPrefix(), spec.command, ...spec.args] as [string, ...string[]];
  try {
    // Own session: Ctrl-C in the terminal must reach us first, so that services end before their engines.
    return spawn(command, args, { cwd: spec.cwd, env: spec.env ?? process.env, stdio: ['ignore', log, log], detached: true });
  } finally {
    closeSync(log);
  }
}

export async function startProcess(spec: ProcessSpec): Promise<LocalProcess> {
  const child = spawnLogged(spec);
  let ended = false;
  const exited = new Promise<ExitInfo>((resolve) => {
    child.once('exit', (code, signal) => {
      ended = true;
      resolve({ code, signal });
    });
  });
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', (error) => reject(new Error(`${spec.name} could not be started: ${error.message}`)));
  });
  startWatchdog(child);
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (!ended) child.kill(signal);
    await exited;
  };
  return {
    name: spec.name,
    pid: child.pid as number,
    logFile: spec.logFile,
    exited,
    running: () => !ended,
    stop: async (graceMs = 20_000) => {
      const timer = setTimeout(() => void end('SIGKILL'), graceMs);
      await end('SIGTERM').finally(() => clearTimeout(timer));
    },
    kill9: () => end('SIGKILL'),
    logTail: (lines = 20) => tailOf(spec.logFile, lines),
  };
}

export function createProcessGroup(): ProcessGroup {
  const members: LocalProcess[] = [];
  return {
    start: async (spec) => {
      const started = await startProcess(spec);
      members.push(started);
      return started;
    },
    stopAll: async (graceMs) => {
      await Promise.all(members.splice(0).map((member) => member.stop(graceMs)));
    },
  };
}

export function tailOf(file: string, lines: number): string {
  try {
    const log = openSync(file, 'r');
    try {
      const { size } = fstatSync(log);
      const buffer = Buffer.alloc(Math.min(size, 16_384));
      readSync(log, buffer, 0, buffer.length, size - buffer.length);
      return buffer.toString('utf8').trimEnd().split('\n').slice(-lines).join('\n');
    } finally {
      closeSync(log);
    }
  } catch {
    return '';
  }
}
