import { checkReferrals } from '../checks/referral-check';
import { countOf, holdDown, jobsIn, msUntil, until, type LocalSystem } from '../harness/probes';
import { createRandom } from '../harness/random';
import { judge, type Verdict } from '../harness/verdict';
import { registerCases } from '../harness/world';
import { sendReferrals, wishReferrals } from '../load/referral-load';

const QUEUE = 'supervision.obligations';
const SCRIPT = /evalsha|eval/i;
const ADDED = /ob-[0-9a-f]{8}-[0-9a-f]{4}/g;

/** R10: Redis takes jobs, but its replies are lost and the connection with them; the sender adds again what is there already. */
export async function lostReplies(system: LocalSystem, { messages }: { messages: number }): Promise<Verdict> {
  const sums = judge('R10 replies of Redis are lost');
  const caseIds = await registerCases(system, Math.ceil(messages / 20));
  const bringBack = await holdDown(system, 'supervision-worker');
  let eaten = 0;
  system.engines.proxy.eatReplies((sent) => {
    if (eaten >= messages || !sent.includes(QUEUE) || !SCRIPT.test(sent.toString('latin1'))) return false;
    eaten += jobsAdded(sent);
    return true;
  });
  const cutting = setInterval(() => system.engines.proxy.cutEaten(), 500);
  const random = createRandom(`replies ${caseIds[0]}`);
  try {
    const book = await sendReferrals(system, wishReferrals(caseIds, messages), { random, spreadMs: 0, giveUpAfterMs: 120_000 });
    await until('enough replies were eaten', async () => eaten >= messages, 120_000);
    clearInterval(cutting);
    system.engines.proxy.cut();
    const published = "SELECT COUNT(*) AS n FROM assistance.outbox_messages WHERE topic = 'obligation-declared' AND state = 'PUBLISHED'";
    await until('everything was published', async () => (await countOf(system, published)) >= messages, 120_000);
    sums.atLeast('adds whose reply was lost', eaten, messages);
    sums.equal('jobs in Redis', (await jobsIn(system, QUEUE, 'wait')).length, messages);
    await bringBack();
    sums.note('ms until all was received', await msUntil(async () => (await system.underWay()) === 0, 90_000));
    await checkReferrals(system, book, sums);
  } finally {
    clearInterval(cutting);
    system.engines.proxy.cut();
    await bringBack();
  }
  return sums.verdict();
}

/** Adds in one packet: by their own ids, or, from a sender that gives none, by the scripts called. */
const jobsAdded = (sent: Buffer): number => {
  const text = sent.toString('latin1');
  return new Set(text.match(ADDED)).size || (text.match(/evalsha|eval\b/gi) ?? []).length;
};
