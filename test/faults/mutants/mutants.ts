import { acknowledgementsLost, messagesLost } from '../faults/wiped-queues';
import type { Fault } from '../harness/engines';
import type { LocalSystem } from '../harness/probes';
import type { Verdict } from '../harness/verdict';
import { alarmsRebuilt } from '../promises/alarms-rebuilt';
import { clockTrouble } from '../promises/clock-trouble';
import { frozenWorker } from '../promises/frozen-worker';
import { gracefulStop } from '../promises/graceful-stop';
import { idempotency } from '../promises/idempotency';
import { killedAgain, killedWorker } from '../promises/killed-worker';
import { longOutage } from '../promises/long-outage';
import { lostReplies } from '../promises/lost-replies';
import { lostUpdate } from '../promises/lost-update';
import { outOfOrder } from '../promises/out-of-order';
import { poison } from '../promises/poison';
import { queueWiped } from '../promises/queue-wiped';
import { reconciliation } from '../promises/reconciliation';
import { redisDown } from '../promises/redis-down';
import { wrongClockLibrary } from '../promises/wrong-clock-library';
import { storm } from '../storm';

/** A copy of the system that is broken in one place, the promise that must notice, and what it must complain of. */
export interface Mutant {
  readonly patch: string;
  readonly promise: (system: LocalSystem) => Promise<Verdict>;
  readonly breaks: RegExp;
}

const smallStorm = (faultOf: (system: LocalSystem) => Fault) => (system: LocalSystem): Promise<Verdict> =>
  storm(system, { seed: 'mutant', referrals: 200, deadlines: 40, faults: 1, overMs: 8_000, exactly: () => [faultOf(system)], patienceMs: 45_000 });

export const MESSAGE_MUTANTS: readonly Mutant[] = [
  { patch: 'r01-no-inbox.patch', promise: smallStorm(acknowledgementsLost), breaks: /^duplicated: [1-9]/ },
  { patch: 'r01-no-resend.patch', promise: smallStorm(messagesLost), breaks: /^(lost|messages not acknowledged): [1-9]/ },
  { patch: 'r02-no-resend.patch', promise: (system) => queueWiped(system, { messages: 40 }), breaks: /^lost: [1-9]/ },
  { patch: 'r06-default-locks.patch', promise: (system) => killedWorker(system, { times: 1 }), breaks: /^ms until it was delivered/ },
  { patch: 'r07-one-stall.patch', promise: (system) => killedAgain(system, { times: 3 }), breaks: /^(times killed in the middle|dead letters|lost)/ },
  { patch: 'r08-no-inbox.patch', promise: frozenWorker, breaks: /^duplicated: [1-9]/ },
];

export const POISON_AND_ORDER_MUTANTS: readonly Mutant[] = [
  { patch: 'r09-buried-without-a-word.patch', promise: (system) => poison(system, { others: 20, isDeadly: false, isFailing: false }), breaks: /^put aside and red/ },
  { patch: 'r09-no-limit-of-deaths.patch', promise: (system) => poison(system, { others: 20, isDeadly: true, isFailing: false }), breaks: /^(deaths|put aside and red)/ },
  { patch: 'r09-limit-of-starts.patch', promise: longOutage, breaks: /^(dead letters|lost): [1-9]/ },
  { patch: 'r09-dies-together.patch', promise: (system) => poison(system, { others: 60, isDeadly: true, isFailing: false, isOfOthersOnly: true }), breaks: /^percent of the others/ },
  { patch: 'r10-no-job-id.patch', promise: (system) => lostReplies(system, { messages: 60 }), breaks: /^jobs in Redis/ },
  { patch: 'r23-no-version-gate.patch', promise: (system) => outOfOrder(system, { cases: 10, changes: 4 }), breaks: /^copies that are not the newest/ },
  { patch: 'r24-compares-nothing.patch', promise: (system) => reconciliation(system, { each: 3 }), breaks: /^missing messages reported/ },
];

export const DEADLINE_AND_CLIENT_MUTANTS: readonly Mutant[] = [
  { patch: 'r03-process-clock.patch', promise: async (system) => clockTrouble(system, { library: await wrongClockLibrary(), offsets: ['+60s'], deadlines: 20 }), breaks: /^early: [1-9]/ },
  { patch: 'r04-no-epoch.patch', promise: (system) => alarmsRebuilt(system, { deadlines: 200 }), breaks: /^ms until rebuilt after FLUSHALL/ },
  { patch: 'r05-no-sweeper.patch', promise: (system) => redisDown(system, { downMs: 45_000, perSecond: 2 }), breaks: /^late max ms/ },
  { patch: 'r05-publish-in-request.patch', promise: (system) => redisDown(system, { downMs: 6_000, perSecond: 4 }), breaks: /^mutations that failed: [1-9]/ },
  { patch: 'r11-key-without-actor.patch', promise: (system) => idempotency(system, { parallel: 10 }), breaks: /^(rows with another person's key|another person's answer)/ },
  { patch: 'r12-save-without-comparing.patch', promise: (system) => lostUpdate(system, { clients: 40, rounds: 1 }), breaks: /^(written over|plans in the database|steps of the version)/ },
  { patch: 'r17-no-drain.patch', promise: (system) => gracefulStop(system, { stops: 5 }), breaks: /^(jobs left behind|requests cut off|exits other)/ },
];
