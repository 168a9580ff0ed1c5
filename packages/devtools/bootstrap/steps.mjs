import { spawn } from 'node:child_process';

/** Something a person has to put right; shown without a stack. */
export class Failure extends Error {}

/** Progress goes to stderr, so that `npm run -s token` and the like can be piped. */
export async function step(label, action) {
  const startedAt = performance.now();
  process.stderr.write(`▸ ${label} …`);
  try {
    await action();
  } catch (error) {
    process.stderr.write(` failed after ${elapsed(startedAt)}\n`);
    throw error;
  }
  process.stderr.write(` ${elapsed(startedAt)}\n`);
}

function elapsed(startedAt) {
  return `${((performance.now() - startedAt) / 1000).toFixed(1)} s`;
}

/** Silent while all goes well; the whole output when it does not. */
export function runQuietly(command, args, { cwd, env, hint }) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const output = [];
    child.stdout.on('data', (chunk) => output.push(chunk));
    child.stderr.on('data', (chunk) => output.push(chunk));
    child.once('error', (error) => reject(new Failure(`${command} could not be started: ${error.message}`)));
    child.once('close', (code, signal) => {
      if (code === 0) return resolve();
      const shown = Buffer.concat(output).toString('utf8').trimEnd();
      reject(new Failure([shown, `${command} ended with ${signal ?? `exit code ${code}`}.`, hint].filter(Boolean).join('\n')));
    });
  });
}
