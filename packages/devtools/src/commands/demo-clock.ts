import { businessNow, setBusinessNow } from '../stack/index';
import { runningDemo } from './demo-state';

const UNITS = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** `npm run demo:clock [-- +3d | +6h | 2022-10-10T09:00]`: shows or moves business now of the running demo (Asia/Shanghai). */
export async function demoClock([move]: string[]): Promise<number> {
  const demo = runningDemo();
  if (!demo) {
    console.error('The demo does not run in this checkout; start it with npm start.');
    return 1;
  }
  const now = await businessNow(demo.databaseUrl);
  const target = move === undefined ? now : moved(now, move);
  if (!target) {
    console.error(`Not understood: "${move}". Write +3d, +6h, +30m or a time such as 2022-10-10T09:00.`);
    return 2;
  }
  if (move !== undefined) await setBusinessNow(demo.databaseUrl, demo.services, target);
  const shown = target.toLocaleString('sv-SE', { timeZone: 'Asia/Shanghai' });
  console.log(`Business now: ${shown} (Asia/Shanghai)${move === undefined ? '' : '. What fell due fires within seconds.'}`);
  return 0;
}

function moved(now: Date, move: string): Date | undefined {
  const step = /^([+-]\d{1,5})([mhd])$/.exec(move);
  if (step) return new Date(now.getTime() + Number(step[1]) * UNITS[step[2] as keyof typeof UNITS]);
  const at = /^\d{4}-\d\d-\d\d(T\d\d:\d\d)?$/.test(move) ? new Date(`${move.length === 10 ? `${move}T09:00` : move}:00+08:00`) : undefined;
  return at && !Number.isNaN(at.getTime()) ? at : undefined;
}
