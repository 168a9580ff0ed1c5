import { checkReferrals } from '../checks/referral-check';
import { holdDown, until, type LocalSystem } from '../harness/probes';
import { createRandom } from '../harness/random';
import { judge, type Judge, type Verdict } from '../harness/verdict';
import { registerCases } from '../harness/world';
import { sendReferrals, wishReferrals } from '../load/referral-load';

interface Snapshot {
  readonly caseId: string;
  readonly version: string;
  readonly payload: string;
}
interface Scope {
  readonly status: string;
  readonly leadUnitId: string | null;
  readonly parties: readonly { readonly kind: string; readonly id: string; readonly role: string }[];
}

const LISTENERS = ['officials', 'supervision', 'assistance'] as const;
const SPREAD_S = 8;

/**
 * R23: the queue does not keep the order. Snapshots of many cases arrive shuffled, late and twice; in the end each listener
 * knows what the newest one says, as if they had come in order.
 */
export async function outOfOrder(system: LocalSystem, { cases, changes }: { cases: number; changes: number }): Promise<Verdict> {
  const sums = judge('R23 messages out of order');
  const random = createRandom('out of order');
  const caseIds = await registerCases(system, cases);
  // what the cases service hears makes it publish new snapshots; its own courier is held down, so that they pile up
  const wished = wishReferrals(caseIds, cases * changes);
  const book = await sendReferrals(system, wished, { random, spreadMs: 0, giveUpAfterMs: 120_000 });
  await system.settled(120_000);
  const bringBack = await holdDown(system, 'cases-worker');
  await system.rows(`UPDATE cases.outbox_messages SET state = 'PENDING', claim_token = NULL, next_at = UTC_TIMESTAMP(3) + INTERVAL FLOOR(RAND(7) * ${SPREAD_S * 1000}) * 1000 MICROSECOND
    WHERE topic = 'case-scope-changed' AND aggregate_id IN (?)`, [caseIds]);
  for (const listener of LISTENERS) await forget(system, listener, caseIds);
  await bringBack();
  for (let again = 0; again < 2; again += 1) {
    await until('all was sent once more', async () => (await system.underWay()) === 0, 120_000);
    // half of them a second time
    await system.rows(`UPDATE cases.outbox_messages SET state = 'PENDING', next_at = UTC_TIMESTAMP(3) + INTERVAL FLOOR(RAND(${again}) * 2000) * 1000 MICROSECOND WHERE topic = 'case-scope-changed' AND aggregate_id IN (?) AND RAND(11) < 0.5`, [caseIds]);
  }
  await until('all was sent for the last time', async () => (await system.underWay()) === 0, 120_000);
  await compare(system, caseIds, sums);
  await checkReferrals(system, book, sums);
  return sums.verdict();
}

/** The listener has never heard of these cases: no snapshot, no version, no message. */
async function forget(system: LocalSystem, listener: string, caseIds: readonly string[]): Promise<void> {
  for (const table of ['case_scopes', 'case_parties', 'case_exclusions', 'case_ledgers']) await system.rows(`DELETE FROM ${listener}.${table} WHERE case_id IN (?)`, [caseIds]);
  await system.rows(`DELETE FROM ${listener}.aggregate_versions WHERE topic = 'case-scope-changed' AND aggregate_id IN (?)`, [caseIds]);
  await system.rows(`DELETE FROM ${listener}.inbox_messages WHERE topic = 'case-scope-changed' AND aggregate_id IN (?)`, [caseIds]);
}

async function compare(system: LocalSystem, caseIds: readonly string[], sums: Judge): Promise<void> {
  let snapshots = 0;
  let wrong = 0;
  for (const listener of LISTENERS) {
    const told = await system.rows<Snapshot>(
      "SELECT aggregate_id AS caseId, aggregate_version AS version, payload FROM cases.outbox_messages WHERE topic = 'case-scope-changed' AND dest = ? AND aggregate_id IN (?) ORDER BY aggregate_version", [listener, caseIds]);
    snapshots += told.length;
    const newest = new Map(told.map((one) => [one.caseId, one]));
    const scopes = await system.rows<{ caseId: string; status: string; leadUnitId: string | null; version: string }>(`SELECT case_id AS caseId, status, lead_unit_id AS leadUnitId, version FROM ${listener}.case_scopes WHERE case_id IN (?)`, [caseIds]);
    const parties = await system.rows<{ caseId: string; part: string }>(`SELECT case_id AS caseId, CONCAT(party_kind, party_id, role) AS part FROM ${listener}.case_parties WHERE case_id IN (?)`, [caseIds]);
    for (const caseId of caseIds) {
      const oracle = newest.get(caseId);
      const found = scopes.find((scope) => scope.caseId === caseId);
      const scope = JSON.parse(oracle?.payload ?? '{}') as Scope;
      const known = parties.filter((one) => one.caseId === caseId).map(({ part }) => part).sort().join();
      const isSame = found && String(found.version) === String(oracle?.version) && found.status === scope.status && found.leadUnitId === scope.leadUnitId
        && known === scope.parties.map(({ kind, id, role }) => `${kind}${id}${role}`).sort().join();
      if (!isSame) wrong += 1;
    }
  }
  sums.note('cases', caseIds.length);
  sums.atLeast('snapshots', snapshots, caseIds.length * LISTENERS.length * 3);
  sums.equal('copies that are not the newest snapshot', wrong, 0);
}
