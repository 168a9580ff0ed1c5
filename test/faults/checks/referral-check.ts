import type { FaultSystem } from '../harness/system';
import type { Judge } from '../harness/verdict';
import { textOf, type ReferralBook } from '../load/referral-load';

/** What the keys of one load begin with: on a system that was used before, the referrals of others are not this load's. */
const bookOf = ({ wished }: ReferralBook): string => wished[0]?.key.replace(/\d+$/, '') ?? '';

interface ReferralRow {
  readonly id: string;
  readonly request: string;
  readonly state: string;
}

/** What follows from a referral, each exactly once: statement that counts it by the referral's id. */
const EFFECTS: Readonly<Record<string, string>> = {
  receipt: 'SELECT referral_id AS id, COUNT(*) AS n FROM assistance.referral_receipts GROUP BY referral_id',
  delivery: "SELECT referral_id AS id, COUNT(*) AS n FROM assistance.referral_events WHERE to_state = 'DELIVERED' GROUP BY referral_id",
  'audit of sending': "SELECT subject_id AS id, COUNT(*) AS n FROM assistance.audit_entries WHERE action = 'REFERRAL_SENT' GROUP BY subject_id",
  'audit of delivery': "SELECT subject_id AS id, COUNT(*) AS n FROM assistance.audit_entries WHERE action = 'REFERRAL_DELIVER' GROUP BY subject_id",
  'message sent': "SELECT aggregate_id AS id, COUNT(*) AS n FROM assistance.outbox_messages WHERE topic = 'referral-sent' AND state = 'ACKED' GROUP BY aggregate_id",
  'message received': "SELECT aggregate_id AS id, COUNT(*) AS n FROM assistance.inbox_messages WHERE topic = 'referral-sent' AND result = 'APPLIED' GROUP BY aggregate_id",
  'sight of the case': 'SELECT referral_id AS id, COUNT(*) AS n FROM cases.case_referrals WHERE is_seen = 1 GROUP BY referral_id',
  'duty to sign': "SELECT subject_id AS id, COUNT(*) AS n FROM supervision.obligations WHERE duty_code = 'REFERRAL_SIGN' GROUP BY subject_id",
  'audit of the duty': `SELECT o.subject_id AS id, COUNT(*) AS n FROM supervision.audit_entries a JOIN supervision.obligations o ON o.id = a.subject_id
     WHERE a.action = 'obligation.declared' AND o.duty_code = 'REFERRAL_SIGN' GROUP BY o.subject_id`,
};

/** Each acknowledged key must be one referral with one of each effect; each other key at most one; and nothing else is there. */
export async function checkReferrals(system: FaultSystem, book: ReferralBook, judge: Judge): Promise<void> {
  const keyOf = new Map(book.wished.map(({ key }) => [textOf(key), key]));
  const all = await system.rows<ReferralRow>('SELECT id, request, state FROM assistance.referrals');
  const own = all.filter(({ request }) => request.startsWith(textOf(bookOf(book))));
  const counts = new Map<string, ReadonlyMap<string, number>>();
  for (const [name, sql] of Object.entries(EFFECTS)) counts.set(name, new Map((await system.rows<{ id: string; n: string }>(sql)).map(({ id, n }) => [id, Number(n)])));
  const byKey = new Map<string, ReferralRow[]>();
  for (const row of own) byKey.set(keyOf.get(row.request) ?? '', [...(byKey.get(keyOf.get(row.request) ?? '') ?? []), row]);
  const lost: string[] = [];
  const duplicated: string[] = [];
  for (const [key, id] of book.acknowledged) {
    const rows = byKey.get(key) ?? [];
    if (!rows.some((row) => row.id === id)) lost.push(`${key}: no referral ${id}`);
    if (rows.length > 1) duplicated.push(`${key}: ${rows.length} referrals`);
  }
  for (const { id, request, state } of own) {
    if (state !== 'DELIVERED') lost.push(`${keyOf.get(request)}: ${state}`);
    for (const [name, found] of counts) {
      const times = found.get(id) ?? 0;
      if (times === 0) lost.push(`${keyOf.get(request)}: no ${name}`);
      if (times > 1) duplicated.push(`${keyOf.get(request)}: ${name} ${times} times`);
    }
  }
  judge.note('referrals', own.length);
  judge.equal('acknowledged', book.acknowledged.size, book.wished.length);
  judge.equal('lost', lost.length, 0);
  judge.equal('duplicated', duplicated.length, 0);
  judge.equal('phantom', (byKey.get('')?.length ?? 0) + phantoms(all, counts), 0);
  judge.equal('contradictory answers', book.complaints.length, 0);
  for (const sentence of [...lost, ...duplicated, ...book.complaints].slice(0, 10)) judge.complain(sentence);
}

/** Effects of referrals that do not exist at all. */
function phantoms(all: readonly ReferralRow[], counts: ReadonlyMap<string, ReadonlyMap<string, number>>): number {
  const known = new Set(all.map(({ id }) => id));
  return new Set([...counts.values()].flatMap((found) => [...found.keys()].filter((id) => !known.has(id)))).size;
}
