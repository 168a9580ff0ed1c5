import { existsSync, readFileSync } from 'node:fs';
import { isAttack } from './attack';
import { DOCUMENT_ATTACKS } from './documents';
import type { World } from './world';

const STAT = '/proc/self/stat';
/** Linux counts in hundredths of a second. */
const MS_PER_TICK = 10;
const TIMES = 10;

/** Processor time that a process has used, in milliseconds. */
function cpuMs(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // the name of the command, in parentheses, may hold blanks
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * MS_PER_TICK;
}

export const canCount = (): boolean => existsSync(STAT);

/** What one request of each attack by documents costs the gateway, in milliseconds of processor time, the dearest first. */
export async function costOfDocuments(world: World): Promise<(readonly [name: string, ms: number])[]> {
  const costs: (readonly [string, number])[] = [];
  for (const { number, name, attack, isSlow } of DOCUMENT_ATTACKS.rows.filter(isAttack)) {
    if (isSlow) continue;
    await attack(world);
    const [cpu, sent] = [cpuMs(world.front().process.pid), world.sent()];
    for (let n = 0; n < TIMES; n += 1) await attack(world);
    costs.push([`A${number} ${name}`, (cpuMs(world.front().process.pid) - cpu) / Math.max(1, world.sent() - sent)]);
  }
  return costs.sort(([, a], [, b]) => b - a);
}
