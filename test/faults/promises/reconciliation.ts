import { checkReferrals } from '../checks/referral-check';
import { countOf, holdDown, msUntil, until, type LocalSystem } from '../harness/probes';
import { createRandom } from '../harness/random';
import { judge, type Verdict } from '../harness/verdict';
import { registerCases } from '../harness/world';
import { sendReferrals, together, wishReferrals, type ReferralBook } from '../load/referral-load';

const DUTY = "topic = 'obligation-declared'";

/** R24: rows were deleted at the receiver, others marked as arrived that never did; one reconciliation finds and mends all. */
export async function reconciliation(system: LocalSystem, { each }: { each: number }): Promise<Verdict> {
  const sums = judge('R24 the nightly comparison');
  const random = createRandom('reconciliation');
  const caseIds = await registerCases(system, Math.ceil(each / 2));
  const wished = wishReferrals(caseIds, each * 2);
  const send = (from: number) => sendReferrals(system, wished.slice(from, from + each), { random, spreadMs: 0, giveUpAfterMs: 60_000 });
  const deleted = await send(0);
  await system.settled();
  await deleteAtReceiver(system, [...deleted.acknowledged.values()]);

  const bringBack = await holdDown(system, 'supervision-worker');
  const pretended = await send(each);
  const published = `SELECT COUNT(*) AS n FROM assistance.outbox_messages WHERE ${DUTY} AND state = 'PUBLISHED'`;
  await until('the duties wait in the queue', async () => (await countOf(system, published)) === each);
  await system.rows(`UPDATE assistance.outbox_messages SET state = 'ACKED', acked_at = UTC_TIMESTAMP(3), ack_result = 'APPLIED' WHERE ${DUTY} AND state = 'PUBLISHED'`);
  await system.engines.redis('FLUSHALL');
  await bringBack();
  await system.settled();
  sums.equal('duties that are gone', each * 2 - (await duties(system, [deleted, pretended])), each * 2);

  // as `npm run ops -- reconcile` asks for it
  const [asked] = await system.rows<{ now: string }>('SELECT CAST(UTC_TIMESTAMP(3) AS CHAR) AS now');
  await system.rows(`INSERT INTO assistance.periodic_tasks (name, next_at, requested_at) VALUES ('reconciliation', UTC_TIMESTAMP(3), UTC_TIMESTAMP(3))
    ON DUPLICATE KEY UPDATE next_at = VALUES(next_at), requested_at = VALUES(requested_at)`);
  const compared = 'SELECT COUNT(*) AS n FROM assistance.periodic_tasks WHERE name = ? AND claim_token IS NULL AND started_at >= ? AND finished_at >= started_at';
  sums.note('ms until compared', await msUntil(async () => (await countOf(system, compared, ['reconciliation', asked?.now])) === 1, 60_000));
  const [found] = await system.rows<{ missing: string; repaired: string }>("SELECT SUM(missing) AS missing, SUM(repaired) AS repaired FROM assistance.reconciliations WHERE peer = 'supervision' AND finished_at >= ?", [asked?.now]);
  sums.equal('missing messages reported', Number(found?.missing), each * 2);
  sums.note('sent again', Number(found?.repaired));
  await msUntil(async () => (await duties(system, [deleted, pretended])) === each * 2, 30_000);
  await msUntil(async () => (await system.underWay()) === 0, 30_000);
  await checkReferrals(system, together([deleted, pretended]), sums);
  return sums.verdict();
}

const duties = (system: LocalSystem, books: readonly ReferralBook[]): Promise<number> =>
  countOf(system, "SELECT COUNT(*) AS n FROM supervision.obligations WHERE duty_code = 'REFERRAL_SIGN' AND subject_id IN (?)", [books.flatMap(({ acknowledged }) => [...acknowledged.values()])]);

/** Inbox rows, effects and every trace of them, as a restore from an older backup would. */
async function deleteAtReceiver(system: LocalSystem, referralIds: readonly string[]): Promise<void> {
  const ids = (await system.rows<{ id: string }>("SELECT id FROM supervision.obligations WHERE duty_code = 'REFERRAL_SIGN' AND subject_id IN (?)", [referralIds])).map(({ id }) => id);
  await system.rows(`DELETE FROM supervision.inbox_messages WHERE ${DUTY} AND aggregate_id IN (?)`, [ids]);
  await system.rows(`DELETE FROM supervision.aggregate_versions WHERE ${DUTY} AND aggregate_id IN (?)`, [ids]);
  await system.rows('DELETE FROM supervision.deadlines WHERE obligation_id IN (?)', [ids]);
  await system.rows("DELETE FROM supervision.audit_entries WHERE action = 'obligation.declared' AND subject_id IN (?)", [ids]);
  await system.rows('DELETE FROM supervision.obligations WHERE id IN (?)', [ids]);
}
