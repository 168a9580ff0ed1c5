import { setTimeout as sleep } from 'node:timers/promises';
import type { LocalProcess } from '@anjie/devtools';

const RESTART_AFTER_MS = 1_000;

export interface Supervised {
  readonly processes: ReadonlyMap<string, LocalProcess>;
  restart(name: string): Promise<void>;
}

/** Starts again whatever ends, as systemd or Kubernetes would, except what a test holds down. */
export function superviseProcesses({ processes, restart }: Supervised) {
  const held = new Set<string>();
  const restarts = new Map<string, number>();
  let stopped = false;
  const bringBack = async (name: string): Promise<void> => {
    restarts.set(name, (restarts.get(name) ?? 0) + 1);
    await restart(name);
    watch(name);
  };
  const watch = (name: string): void =>
    void processes.get(name)?.exited.then(async () => {
      await sleep(RESTART_AFTER_MS);
      if (!stopped && !held.has(name) && !processes.get(name)?.running()) await bringBack(name);
    });
  for (const name of processes.keys()) watch(name);
  return {
    /** How often each process was started again. */
    restarts: restarts as ReadonlyMap<string, number>,
    watch,
    /** From now on `name` stays down when it ends. */
    hold: (name: string): void => void held.add(name),
    /** Starts a process that was held down, and looks after it again. */
    async release(name: string): Promise<void> {
      held.delete(name);
      if (!processes.get(name)?.running()) await bringBack(name);
    },
    stop: (): void => void (stopped = true),
  };
}
export type Supervisor = ReturnType<typeof superviseProcesses>;
