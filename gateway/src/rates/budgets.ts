import { z } from 'zod';

/** Points in a window of seconds. A request costs the objects that its answer may hold and the fields that it names. */
export interface Budget {
  readonly points: number;
  readonly seconds: number;
}
/** `client`: all requests of one unit's people through one client; `viewer`: of one person; `failure`: attempts without a valid token or key from one address. */
export type BudgetName = 'client' | 'viewer' | 'failure';
export type Budgets = Readonly<Record<BudgetName, Budget>>;

const MINUTE = 60;
const PRODUCTION: Budgets = { client: { points: 5_000_000, seconds: MINUTE }, viewer: { points: 500_000, seconds: MINUTE }, failure: { points: 60, seconds: MINUTE } };
/** Loading the demo, the journeys and the bench must meet no limit. */
const PRIVATE: Budgets = {
  client: { points: 1_000_000_000, seconds: MINUTE }, viewer: { points: 1_000_000_000, seconds: MINUTE }, failure: { points: 1_000_000, seconds: MINUTE },
};

export const defaultBudgets = (mode: 'PRODUCTION' | 'DEMO' | 'TEST'): Budgets => (mode === 'PRODUCTION' ? PRODUCTION : PRIVATE);

const FORM = /^(\d{1,10})\/(\d{1,5})$/;

/** `500000/60`: so many points in so many seconds. */
export const budget = z.string().transform((text, context): Budget => {
  const [, points, seconds] = FORM.exec(text) ?? [];
  if (Number(points) > 0 && Number(seconds) > 0) return { points: Number(points), seconds: Number(seconds) };
  context.addIssue({ code: 'custom', message: 'write points and seconds, for example 500000/60' });
  return z.NEVER;
});
