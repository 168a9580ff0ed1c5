import { spawn, spawnSync } from 'node:child_process';
import { constants } from 'node:os';
import { inRoot } from './workspace.mjs';

/** Runs the compiled commands; resolves to their exit code. */
export function runCommand(args) {
  const [command, ...rest] = [...deathSignalPrefix(), process.execPath, inRoot('packages/devtools/dist/cli.js'), ...args];
  return new Promise((resolve, reject) => {
    // Own session: the terminal and npm both send Ctrl-C to the whole process group; the command shall see it once, from here.
    // the command counts from here, so that a person reads the time that the whole of it took
    const env = { ...process.env, ANJIE_BEGAN_AT: process.env.ANJIE_BEGAN_AT ?? String(Math.round(performance.timeOrigin)) };
    const child = spawn(command, rest, { stdio: 'inherit', detached: true, env });
    const stopForwarding = forwardSignals(child);
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      stopForwarding();
      resolve(signal ? 128 + constants.signals[signal] : code);
    });
  });
}

function forwardSignals(child) {
  let forwarded = false;
  const handlers = ['SIGINT', 'SIGTERM', 'SIGHUP'].map((signal) => {
    const handler = () => {
      if (!forwarded) child.kill(signal === 'SIGHUP' ? 'SIGTERM' : signal);
      forwarded = true;
    };
    process.on(signal, handler);
    return [signal, handler];
  });
  return () => handlers.forEach(([signal, handler]) => process.removeListener(signal, handler));
}

/** Where util-linux is there, the kernel tells the command when this process was killed before it could. */
function deathSignalPrefix() {
  const prefix = ['setpriv', '--pdeathsig', 'TERM', '--'];
  return spawnSync('setpriv', [...prefix.slice(1), 'true'], { stdio: 'ignore' }).status === 0 ? prefix : [];
}
