import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';

/** Linux counts process time for its readers in hundredths of a second. */
const TICK_MS = 10;

/** CPU time that these processes have used so far; undefined where there is no /proc. */
export function cpuMs(pids: readonly number[]): number | undefined {
  try {
    return pids.reduce((sum, pid) => sum + ticksOf(pid) * TICK_MS, 0);
  } catch {
    return undefined;
  }
}

function ticksOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The command name, in parentheses, may hold spaces: user and system time are fields 12 and 13 after it.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return Number(fields[11]) + Number(fields[12]);
}

/** CPU time that the machine has spent on anything so far. */
export const machineBusyMs = (): number => cpus().reduce((sum, { times }) => sum + times.user + times.nice + times.sys + times.irq, 0);
