import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect } from '@anjie/devtools';
import { checkReferrals } from '../checks/referral-check';
import { countOf, holdDown, jobsIn, msUntil, sealOf, until, type LocalSystem } from '../harness/probes';
import { createRandom } from '../harness/random';
import { judge, type Judge, type Verdict } from '../harness/verdict';
import { registerCases } from '../harness/world';
import { sendReferrals, wishReferrals, type ReferralBook } from '../load/referral-load';

const QUEUE = 'assistance.referrals';
const DEATHS = 25;
const REST_DONE_WITHIN_MS = 30_000;
/** Eight attempts, 1 s to 64 s apart. */
const ATTEMPTS_OVER_MS = 150_000;
const DEATHS_OVER_MS = 600_000;
const AT_ONCE_MS = 20_000;

export interface PoisonSize {
  readonly others: number;
  /** With a message that kills its process each time: 25 deaths take some minutes. */
  readonly isDeadly: boolean;
  /** With a message that fails each time: eight attempts take two minutes. */
  readonly isFailing: boolean;
  /** Ends once the others were judged: what follows takes minutes. */
  readonly isOfOthersOnly?: boolean;
}

/** R9: one message kills its process each time, one fails each time, two say what the contract does not allow. */
export async function poison(system: LocalSystem, { others, isDeadly, isFailing, isOfOthersOnly = false }: PoisonSize): Promise<Verdict> {
  const sums = judge('R9 poisoned messages');
  const [lostCase = '', deadlyCase = '', ...caseIds] = await registerCases(system, Math.ceil(others / 10) + 2);
  const bringBack = await holdDown(system, 'assistance-worker');
  const random = createRandom(`poison ${caseIds[0]}`);
  const send = (cases: readonly string[], count: number) => sendReferrals(system, wishReferrals(cases, count), { random, spreadMs: 0, giveUpAfterMs: 60_000 });
  const [failing, deadly, rest] = [await send([lostCase], isFailing ? 1 : 0), await send([deadlyCase], isDeadly ? 1 : 0), await send(caseIds, others)];
  const ids = (book: ReferralBook): string[] => [...book.acknowledged.values()];
  // the effect throws while the case is not known here
  const scope = await system.rows<Record<string, unknown>>('SELECT * FROM assistance.case_scopes WHERE case_id = ?', [lostCase]);
  await system.rows('DELETE FROM assistance.case_scopes WHERE case_id = ?', [lostCase]);
  const malformed = await sendMalformed(system);
  const file = join(system.stack.wiring.dir, 'poison.json');
  writeFileSync(file, JSON.stringify(ids(deadly)));
  const poisoned = [...malformed, ...(await messagesOf(system, [...ids(deadly), ...ids(failing)]))];
  const worker = keepPoisoned(system, file);
  try {
    await restUntouched(system, ids(rest), sums);
    if (isOfOthersOnly) return sums.verdict();
    await putAside(system, { sums, poisoned, deaths: worker.deaths, limitMs: AT_ONCE_MS + (isFailing ? ATTEMPTS_OVER_MS : 0) + (isDeadly ? DEATHS_OVER_MS : 0) });
  } finally {
    await worker.stop();
    await system.rows('INSERT IGNORE INTO assistance.case_scopes SET ?', [scope[0]]);
    await bringBack();
  }
  const replayed = [...ids(deadly), ...ids(failing)];
  if (replayed.length > 0) await replay(system, replayed, sums);
  for (const book of [rest, deadly, failing].filter(({ wished }) => wished.length > 0)) await checkReferrals(system, book, sums);
  // nobody can put these right; the next promise on this system begins without them
  await system.rows("UPDATE assistance.outbox_messages SET state = 'ACKED' WHERE id IN (?)", [malformed]);
  await system.rows('DELETE FROM assistance.dead_letters WHERE message_id IN (?)', [malformed]);
  return sums.verdict();
}

const messagesOf = async (system: LocalSystem, referralIds: readonly string[]): Promise<string[]> =>
  referralIds.length === 0 ? [] : (await system.rows<{ id: string }>("SELECT id FROM assistance.outbox_messages WHERE topic = 'referral-sent' AND aggregate_id IN (?)", [referralIds])).map(({ id }) => id);

/** Two messages with a true seal: one without its field, one of five million characters. */
async function sendMalformed(system: LocalSystem): Promise<string[]> {
  const root = await connect(system.engines.checkUrl, 'assistance');
  try {
    return await Promise.all([JSON.stringify({ nothing: 'of use' }), JSON.stringify({ referralId: 'x'.repeat(5_000_000) })].map(async (payload) => {
      const message = { id: randomUUID(), topic: 'referral-sent', aggregateId: randomUUID(), version: '1', payload };
      await root.query(
        `INSERT INTO outbox_messages (id, dest, concern, topic, aggregate_id, aggregate_version, schema_version, payload, payload_mac, request_id, state, next_at, created_at)
         VALUES (?, 'assistance', 'referrals', ?, ?, ?, 1, ?, ?, 'poison', 'PENDING', UTC_TIMESTAMP(3), UTC_TIMESTAMP(3))`,
        [message.id, message.topic, message.aggregateId, message.version, payload, sealOf(system, message)],
      );
      return message.id;
    }));
  } finally {
    await root.end();
  }
}

/** Starts the worker again each time it dies. The locks of the dead worker's jobs are taken away by hand, so that nobody waits for their end. */
function keepPoisoned(system: LocalSystem, file: string) {
  let stopped = false;
  let deaths = 0;
  let worker: Awaited<ReturnType<LocalSystem['startWorker']>> | undefined;
  const loop = (async () => {
    while (!stopped) {
      worker = await system.startWorker('assistance', 'assistance-worker-poisoned', { env: { NODE_OPTIONS: `--require ${join(__dirname, 'die-of-poison.cjs')}`, ANJIE_TEST_POISON: file } });
      const { signal } = await worker.exited;
      if (signal === 'SIGKILL') deaths += 1;
      for (const id of await jobsIn(system, QUEUE, 'active')) await system.engines.redis('DEL', `{assistance}:${QUEUE}:${id}:lock`);
    }
  })();
  return {
    deaths: () => deaths,
    async stop() {
      stopped = true;
      await worker?.stop();
      await loop;
    },
  };
}

async function restUntouched(system: LocalSystem, ids: readonly string[], sums: Judge): Promise<void> {
  const done = (): Promise<number> => countOf(system, "SELECT COUNT(*) AS n FROM assistance.referrals WHERE state = 'DELIVERED' AND id IN (?)", [ids]);
  await msUntil(async () => (await done()) === ids.length, REST_DONE_WITHIN_MS);
  sums.atLeast('percent of the others done within 30 s', (100 * (await done())) / ids.length, 99);
}

interface Poisoned {
  readonly sums: Judge;
  /** Their messages. */
  readonly poisoned: readonly string[];
  readonly deaths: () => number;
  readonly limitMs: number;
}

/** Each is in the receiver's list of dead letters, and red in the sender's outbox. */
async function putAside(system: LocalSystem, { sums, poisoned, deaths, limitMs }: Poisoned): Promise<void> {
  const dead = (): Promise<number> => countOf(system, "SELECT COUNT(*) AS n FROM assistance.dead_letters d JOIN assistance.outbox_messages o ON o.id = d.message_id AND o.state = 'DEAD' WHERE d.message_id IN (?)", [poisoned]);
  // a job that may kill without end is caught by its number of deaths, not by patience
  await until('four are put aside', async () => (await dead()) === poisoned.length || deaths() > DEATHS + 2, limitMs).catch(() => undefined);
  sums.atMost('deaths', deaths(), DEATHS);
  sums.equal('put aside and red', await dead(), poisoned.length);
  sums.equal('put aside without reason', (await countOf(system, 'SELECT COUNT(*) AS n FROM assistance.dead_letters WHERE settled_at IS NULL AND (message_id IS NULL OR message_id NOT IN (?))', [poisoned])), 0);
}

/** As an operator does once the cause is gone: the sender's row waits again, and is sent. */
async function replay(system: LocalSystem, referralIds: readonly string[], sums: Judge): Promise<void> {
  await system.rows("UPDATE assistance.outbox_messages SET state = 'PENDING', next_at = UTC_TIMESTAMP(3) WHERE state = 'DEAD' AND topic = 'referral-sent' AND aggregate_id IN (?)", [referralIds]);
  const done = "SELECT COUNT(*) AS n FROM assistance.referrals WHERE state = 'DELIVERED' AND id IN (?)";
  sums.note('ms until the replayed were done', await msUntil(async () => (await countOf(system, done, [referralIds])) === referralIds.length, 60_000));
  await msUntil(async () => (await system.underWay()) === 0, 30_000);
  sums.equal('dead letters of the replayed', await countOf(system, "SELECT COUNT(*) AS n FROM assistance.dead_letters WHERE settled_at IS NULL AND message_id IN (SELECT id FROM assistance.outbox_messages WHERE topic = 'referral-sent' AND aggregate_id IN (?))", [referralIds]), 0);
}
