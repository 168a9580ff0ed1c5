import type { Stack } from '../stack/index';

const RESTART_AFTER_MS = 1_000;

/** A process that ends by itself is started again; a deployment does the same with systemd or Kubernetes. */
export function keepAlive(stack: Stack): void {
  let isStopping = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => (isStopping = true));
  const watch = (name: string): void => {
    const child = stack.processes.get(name);
    void child?.exited.then(async ({ code, signal }) => {
      if (isStopping) return;
      console.error(`${name} ended (${signal ?? `code ${code}`}); starting it again. Log: ${child.logFile}`);
      await new Promise((resolve) => setTimeout(resolve, RESTART_AFTER_MS));
      if (isStopping) return;
      await stack.restart(name);
      watch(name);
    });
  };
  for (const name of stack.processes.keys()) watch(name);
}
