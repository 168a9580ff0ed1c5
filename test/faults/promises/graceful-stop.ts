import { readFileSync } from 'node:fs';
import { checkReferrals } from '../checks/referral-check';
import { countOf, jobsIn, until, type LocalSystem } from '../harness/probes';
import { createRandom } from '../harness/random';
import { judge, type Verdict } from '../harness/verdict';
import { registerCases } from '../harness/world';
import { sendReferrals, shownFailures, together, wishReferrals } from '../load/referral-load';

const ENDS_WITHIN_MS = 25_000;
/** A third of the nine, so that no shuffled list puts a process beside itself. */
const AT_ONCE = 3;
const CUT_OFF = ['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE'];

/** R17: told to stop under load, a process finishes what it has begun: no job stays behind, no request is cut off. */
export async function gracefulStop(system: LocalSystem, { stops }: { stops: number }): Promise<Verdict> {
  const sums = judge('R17 told to stop under load');
  const random = createRandom('graceful');
  const caseIds = await registerCases(system, 60);
  const deadBefore = await countOf(system, 'SELECT COUNT(*) AS n FROM assistance.dead_letters');
  let isOver = false;
  const books = (async () => {
    const all = wishReferrals(caseIds, 60 * 100);
    const sent = [];
    for (let from = 0; !isOver && from < all.length; from += 120) sent.push(await sendReferrals(system, all.slice(from, from + 120), { random, spreadMs: 0, giveUpAfterMs: 60_000 }));
    return sent;
  })();
  const names = Array.from({ length: Math.ceil(stops / system.processNames.length) }, () => random.shuffle(system.processNames)).flat().slice(0, stops);
  const outcomes: Stopped[] = [];
  for (let from = 0; from < names.length; from += AT_ONCE) {
    await system.ready();
    await new Promise((resolve) => setTimeout(resolve, random.int(500, 1_500)));
    outcomes.push(...(await Promise.all(names.slice(from, from + AT_ONCE).map((name) => stop(system, name)))));
  }
  isOver = true;
  const sent = await books;
  await system.settled(90_000).catch(() => undefined);
  sums.note('stops', outcomes.length);
  sums.equal('exits other than with code 0', outcomes.filter(({ code }) => code !== 0).length, 0);
  sums.atMost('ms until the slowest had ended', Math.max(...outcomes.map(({ ms }) => ms)), ENDS_WITHIN_MS);
  sums.equal('jobs left behind', outcomes.reduce((sum, { left }) => sum + left, 0), 0);
  const book = together(sent);
  sums.note('the client saw', shownFailures(book.failures));
  sums.equal('requests cut off', CUT_OFF.reduce((sum, what) => sum + (book.failures.get(what) ?? 0), 0), 0);
  sums.equal('dead letters', (await countOf(system, 'SELECT COUNT(*) AS n FROM assistance.dead_letters')) - deadBefore, 0);
  await checkReferrals(system, book, sums);
  return sums.verdict();
}

interface Stopped {
  readonly name: string;
  readonly code: number | null;
  readonly ms: number;
  readonly left: number;
}

async function stop(system: LocalSystem, name: string): Promise<Stopped> {
  const stopping = system.processOf(name);
  // before that it has begun nothing that it could finish
  await until(`${name} has started`, async () => /works"|answers"|"listening"/.test(readFileSync(stopping.logFile, 'utf8')));
  const toldAt = Date.now();
  process.kill(stopping.pid, 'SIGTERM');
  const { code } = await stopping.exited;
  const ms = Date.now() - toldAt;
  // before the supervisor starts it again: what is active now is nobody's
  const left = (await Promise.all((await queuesServed(system, name)).map((queue) => jobsIn(system, queue, 'active')))).flat().length;
  return { name, code, ms, left };
}

/** The queues that a worker serves, as Redis knows them; none for another process. */
async function queuesServed(system: LocalSystem, name: string): Promise<string[]> {
  const service = name.replace(/-worker$/, '');
  if (name === service) return [];
  const found = (await system.engines.redis('KEYS', `{${service}}:*:meta`)) as readonly string[];
  return found.map((key) => key.replace(`{${service}}:`, '').replace(/:meta$/, ''));
}
