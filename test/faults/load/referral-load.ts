import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../harness/random';
import type { FaultSystem } from '../harness/system';
import { manyMutations, RECEIVERS } from '../harness/world';

const PURPOSES = ['RELIEF', 'MEDIATION', 'POLICY_OPINION', 'JOINT_HANDLING', 'OTHER'] as const;
const PER_DOCUMENT = 4;
const AT_ONCE = 12;
const REPOSTED_PERCENT = 5;
const SELECTION = '... on ReferralPayload { referral { id } } ... on ReferralRefusal { code message }';

/** One referral that the client wants, under its own idempotency key, which also stands in the referral's text. */
export interface Wish {
  readonly key: string;
  readonly caseId: string;
  readonly toUnitId: string;
  readonly purpose: string;
}

/** What the client knows in the end; the checks hold the databases against it. */
export interface ReferralBook {
  readonly wished: readonly Wish[];
  /** Key → id of the referral in the answer. Once in here it must never be lost. */
  readonly acknowledged: ReadonlyMap<string, string>;
  /** Keys whose answer differed between two posts of the same request, and refusals, which this load never earns. */
  readonly complaints: readonly string[];
  /** How often the client saw which failure on its way. */
  readonly failures: ReadonlyMap<string, number>;
  readonly reposts: number;
  readonly endedAt: number;
}

/** Which referrals to send: each to another unit or for another purpose, since the same one may be open only once. */
export function wishReferrals(caseIds: readonly string[], count: number): Wish[] {
  const ways = RECEIVERS.flatMap(({ id }) => PURPOSES.map((purpose) => ({ toUnitId: id, purpose })));
  if (count > caseIds.length * ways.length) throw new RangeError(`${caseIds.length} cases cannot be referred ${count} times`);
  // not from the seed: a run that is repeated on the same system sends other referrals
  const prefix = `f-${randomBytes(4).toString('hex')}`;
  return Array.from({ length: count }, (_, index) => {
    const way = ways[Math.floor(index / caseIds.length) % ways.length];
    return { key: `${prefix}-${index}`, caseId: caseIds[index % caseIds.length] ?? '', toUnitId: way?.toUnitId ?? '', purpose: way?.purpose ?? '' };
  });
}

export const textOf = (key: string): string => `该户生活困难，请核查并依法给予临时救助。编号：${key}`;

export interface SendingOptions {
  readonly random: Random;
  /** Over how long the referrals are spread; 0 sends as fast as the system answers. */
  readonly spreadMs: number;
  /** Ends the trying, whatever is still unanswered. */
  readonly giveUpAfterMs: number;
}

interface Desk {
  readonly system: FaultSystem;
  readonly random: Random;
  readonly acknowledged: Map<string, string>;
  readonly complaints: string[];
  readonly failures: Map<string, number>;
  readonly giveUpAt: number;
  reposts: number;
}

/** Sends the referrals through the gateway, several in one document, and does not rest before each is answered. */
export async function sendReferrals(system: FaultSystem, wished: readonly Wish[], options: SendingOptions): Promise<ReferralBook> {
  const desk: Desk = { system, random: options.random, acknowledged: new Map(), complaints: [], failures: new Map(), giveUpAt: Date.now() + options.giveUpAfterMs, reposts: 0 };
  const documents = Array.from({ length: Math.ceil(wished.length / PER_DOCUMENT) }, (_, index) => wished.slice(index * PER_DOCUMENT, (index + 1) * PER_DOCUMENT));
  const startedAt = Date.now();
  let next = 0;
  const clerk = async (): Promise<void> => {
    for (let index = next++; index < documents.length; index = next++) {
      const dueAt = startedAt + (options.spreadMs * index) / documents.length;
      if (dueAt > Date.now()) await sleep(dueAt - Date.now());
      await sendOrRepost(desk, documents[index] ?? []);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, clerk));
  return { wished, acknowledged: desk.acknowledged, complaints: desk.complaints, failures: desk.failures, reposts: desk.reposts, endedAt: Date.now() };
}

/** Some clients send twice: while the first request runs, or hanging up on it, as a double click or a bad line does. */
async function sendOrRepost(desk: Desk, wishes: readonly Wish[]): Promise<void> {
  if (!desk.random.chance(REPOSTED_PERCENT)) return untilAnswered(desk, wishes);
  desk.reposts += 1;
  const isHungUp = desk.random.chance(50);
  const patienceMs = desk.random.int(1, 300);
  const first = isHungUp ? post(desk, wishes, AbortSignal.timeout(patienceMs)) : untilAnswered(desk, wishes);
  await sleep(patienceMs);
  await Promise.all([first, untilAnswered(desk, wishes)]);
}

async function untilAnswered(desk: Desk, wishes: readonly Wish[]): Promise<void> {
  for (let left = wishes; left.length > 0 && Date.now() < desk.giveUpAt;) {
    const answered = await post(desk, left);
    left = left.filter(({ key }) => !answered.has(key));
    if (left.length > 0) await sleep(desk.random.int(200, 800));
  }
}

/** @returns the keys that were answered, for good or bad */
async function post(desk: Desk, wishes: readonly Wish[], signal?: AbortSignal): Promise<Set<string>> {
  const inputs = wishes.map(({ key, caseId, toUnitId, purpose }) => ({ idempotencyKey: key, caseId, toUnitId, purpose, request: textOf(key) }));
  const call = manyMutations({ token: desk.system.tokens.housing, field: 'sendReferral', inputType: 'SendReferralInput', selection: SELECTION, inputs });
  const answer = await desk.system.graph.ask({ ...call, ...(signal ? { signal } : {}) }).catch((error: unknown) => error as Error);
  if (answer instanceof Error) {
    count(desk, signal?.aborted ? 'hung up' : ((answer as NodeJS.ErrnoException).code ?? answer.name));
    return new Set();
  }
  for (const { extensions } of answer.errors ?? []) count(desk, extensions.code);
  return new Set(wishes.flatMap((wish, index) => (note(desk, wish, answer.data?.[`r${index}`]) ? [wish.key] : [])));
}

interface Sent {
  readonly referral?: { readonly id: string } | null;
  readonly code?: string;
  readonly message?: string;
}

function note(desk: Desk, { key }: Wish, answer: unknown): boolean {
  const sent = answer as Sent | null | undefined;
  if (!sent) return false;
  if (sent.referral) {
    const known = desk.acknowledged.get(key);
    if (known !== undefined && known !== sent.referral.id) desk.complaints.push(`${key} was answered ${known}, then ${sent.referral.id}`);
    desk.acknowledged.set(key, sent.referral.id);
  } else desk.complaints.push(`${key} was refused: ${sent.code} ${sent.message}`);
  return true;
}

const count = (desk: Desk, failure: string): void => void desk.failures.set(failure, (desk.failures.get(failure) ?? 0) + 1);

/** Several sendings of one load as one. */
export function together(books: readonly ReferralBook[]): ReferralBook {
  const failures = new Map<string, number>();
  for (const book of books) for (const [what, times] of book.failures) failures.set(what, (failures.get(what) ?? 0) + times);
  return {
    wished: books.flatMap(({ wished }) => wished), acknowledged: new Map(books.flatMap(({ acknowledged }) => [...acknowledged])), failures,
    complaints: books.flatMap(({ complaints }) => complaints), reposts: books.reduce((sum, { reposts }) => sum + reposts, 0), endedAt: Math.max(...books.map(({ endedAt }) => endedAt)),
  };
}

export const shownFailures = (failures: ReadonlyMap<string, number>): string => [...failures].map(([what, times]) => `${what} ${times}`).join(', ') || 'none';

