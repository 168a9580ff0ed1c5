import type { EntityManager } from 'typeorm';
import { holdCases, holdFreeCases } from '../case-facts';
import { lockObligations, type ObligationRow } from '../obligations/obligation-repository';
import type { Trigger } from './deadline-repository';
import { deadlineTargets, firingStates, markFired, waitingDeadlines, type Firing, type WaitingDeadline } from './firing-repository';
import { takeEffects } from './take-effects';

/** GONE: it has fired, was cancelled or got another version, or (for the sweep) somebody holds it now. */
export type FireResult =
  | { readonly result: 'FIRED' | 'GONE' }
  | { readonly result: 'EARLY'; readonly msLeft: number }
  | { readonly result: 'FAILED'; readonly error: unknown };

export interface FireReport {
  /** One per firing that was asked for, in order. */
  readonly results: readonly FireResult[];
  /** All that fired, the due reminders beside them included. */
  readonly fired: number;
}

export interface Volley {
  readonly by: Trigger;
  readonly firings: readonly Firing[];
  /** The due reminders of the same obligations fire with them: only then can the latest speak for all. */
  readonly withSiblings: boolean;
}

/** Fires in the caller's transaction, in a fixed number of statements. Locks in this order: cases, obligations, deadlines, figures, each by its key. */
export async function fireVolley(tx: EntityManager, volley: Volley): Promise<FireReport> {
  const { waiting, obligations } = await holdWaiting(tx, volley);
  if (waiting.length > 0) await markFired(tx, waiting, volley.by);
  const states = new Map((await firingStates(tx, waiting.map((one) => one.id))).map((one) => [one.id, one]));
  const fired = waiting.flatMap((row) => {
    const firedAt = states.get(row.id)?.firedAt;
    const obligation = obligations.get(row.obligationId);
    return firedAt && obligation ? [{ ...row, firedAt, obligation }] : [];
  });
  await takeEffects(tx, volley.by, fired);
  const versions = new Map(waiting.map((row) => [row.id, row.version]));
  const resultOf = ({ id, version }: Firing): FireResult => {
    const state = versions.get(id) === version ? states.get(id) : undefined;
    if (!state) return { result: 'GONE' };
    return state.firedAt ? { result: 'FIRED' } : { result: 'EARLY', msLeft: Math.max(1, Number(state.msLeft)) };
  };
  return { results: volley.firings.map(resultOf), fired: fired.length };
}

interface Held {
  readonly waiting: readonly WaitingDeadline[];
  readonly obligations: ReadonlyMap<string, ObligationRow>;
}

/** The sweep steps around cases and obligations that somebody else holds, who is firing or changing them now; the next sweep looks again. */
async function holdWaiting(tx: EntityManager, { by, firings, withSiblings }: Volley): Promise<Held> {
  const skipsLocked = by === 'SWEEPER';
  const targets = await deadlineTargets(tx, distinct(firings.map((one) => one.id)));
  // only an overdue mark changes figures, and only they depend on the case's ledgers
  const counted = distinct(targets.flatMap((one) => (one.kind === 'OVERDUE' && one.caseId !== null ? [one.caseId] : [])));
  const busy = skipsLocked ? await holdFreeCases(tx, counted) : await holdCases(tx, counted).then(() => new Set<string>());
  const free = targets.filter((one) => one.kind !== 'OVERDUE' || one.caseId === null || !busy.has(one.caseId));
  const obligations = await lockObligations(tx, distinct(free.map((one) => one.obligationId)), { skipsLocked });
  const asked = new Set(firings.map((one) => `${one.id} ${one.version}`));
  const waiting = await waitingDeadlines(tx, obligations.map((one) => one.id), free.map((one) => one.id));
  return {
    waiting: waiting.filter((row) => asked.has(`${row.id} ${row.version}`) || (withSiblings && Number(row.isDueReminder) === 1)),
    obligations: new Map(obligations.map((row) => [row.id, row])),
  };
}

const distinct = (ids: readonly string[]): string[] => [...new Set(ids)];
