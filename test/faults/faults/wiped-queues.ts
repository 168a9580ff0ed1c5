import type { Fault } from '../harness/engines';
import { countOf, jobsIn, until, type LocalSystem } from '../harness/probes';

const DUTIES = 'supervision.obligations';
const ENOUGH = 5;

/** While `name` stands still, Redis forgets everything as soon as there is something to forget. */
const wipeWhileFrozen = (system: LocalSystem, name: string, isWorthIt: () => Promise<boolean>): Fault => ({
  kind: 'FLUSHALL while it stands still', target: name, weight: 1,
  async strike() {
    const frozen = system.processOf(name);
    // tried until the moment is one in which something is lost: a worker that has nothing in hand loses nothing
    for (let isDone = false; !isDone;) {
      process.kill(frozen.pid, 'SIGSTOP');
      try {
        isDone = await until('there is something to lose', isWorthIt, 3_000).catch(() => false);
        if (isDone) await system.engines.redis('FLUSHALL');
      } finally {
        process.kill(frozen.pid, 'SIGCONT');
      }
      if (!isDone) await new Promise((resolve) => setTimeout(resolve, 700));
    }
  },
});

/** Messages were applied, and their acknowledgements are still on the way: everything is sent a second time. */
export const acknowledgementsLost = (system: LocalSystem): Fault => {
  const applied = `SELECT COUNT(*) AS n FROM assistance.outbox_messages o JOIN supervision.inbox_messages i ON i.message_id = o.id AND i.source = 'assistance'
    WHERE o.state = 'PUBLISHED' AND o.topic = 'obligation-declared'`;
  return wipeWhileFrozen(system, 'assistance-worker', async () => (await countOf(system, applied)) >= ENOUGH);
};

/** Messages wait in Redis for a receiver that stands still. */
export const messagesLost = (system: LocalSystem): Fault =>
  wipeWhileFrozen(system, 'supervision-worker', async () => (await jobsIn(system, DUTIES, 'wait')).length >= ENOUGH);
