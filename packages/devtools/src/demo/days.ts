const DAY_MS = 86_400_000;

const dayNumber = (day: string): number => Date.parse(`${day}T00:00:00Z`) / DAY_MS;
const dayAt = (number: number): string => new Date(number * DAY_MS).toISOString().slice(0, 10);

/** 'YYYY-MM-DD' moved by whole days. */
export const dayAfter = (day: string, days: number): string => dayAt(dayNumber(day) + days);

/** How many days from `first` to `last`. */
export const daysBetween = (first: string, last: string): number => dayNumber(last) - dayNumber(first);

/** Business now of the demo: a working Tuesday, three days before the long holiday. */
export const DEMO_NOW = new Date('2022-09-27T09:00:00+08:00');
export const DEMO_TODAY = '2022-09-27';
