/** Every so many seconds, or each day at a time of Asia/Shanghai. */
export type Schedule = { readonly everyS: number } | { readonly dailyAt: string };

const DAY_MS = 86_400_000;
/** Asia/Shanghai has had no other offset since 1991. */
const SHANGHAI_MS = 8 * 3_600_000;

/** The next time after `now`, in UTC. */
export function nextRun(schedule: Schedule, now: Date): Date {
  if ('everyS' in schedule) return new Date(now.getTime() + schedule.everyS * 1000);
  const [hour = 0, minute = 0] = schedule.dailyAt.split(':').map(Number);
  const midnight = Math.floor((now.getTime() + SHANGHAI_MS) / DAY_MS) * DAY_MS - SHANGHAI_MS;
  const today = midnight + (hour * 60 + minute) * 60_000;
  return new Date(today > now.getTime() ? today : today + DAY_MS);
}
