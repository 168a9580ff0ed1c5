import { rmSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { demoDir, runningDemo } from './demo-state';

/** `npm run reset [-- --yes]`: forgets the demo's data, after asking. */
export async function reset(args: string[]): Promise<number> {
  const running = runningDemo();
  if (running) {
    console.error(`The demo runs (process ${running.pid}); stop it first with Ctrl-C.`);
    return 1;
  }
  if (!args.includes('--yes') && !(await isMeant())) return 1;
  rmSync(demoDir(), { recursive: true, force: true });
  console.log('Forgotten: databases, keys, files and logs of the demo. Downloaded engines are kept.');
  return 0;
}

async function isMeant(): Promise<boolean> {
  if (!process.stdin.isTTY) {
    console.error('Nobody to ask here; repeat with -- --yes if you mean it.');
    return false;
  }
  const prompt = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await prompt.question('Forget all data of the demo in this checkout? [y/N] ');
  prompt.close();
  return /^y(es)?$/i.test(answer.trim());
}
