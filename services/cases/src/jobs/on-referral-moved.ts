import type { EntityManager } from 'typeorm';
import { ReferralMoved, type PayloadOf } from '@anjie/contracts';
import { insertRows, selectIn, write } from '@anjie/service-kit/database';
import { onMany } from '@anjie/service-kit/messaging';
import type { OpenService } from '@anjie/service-kit/subgraph';
import { publishScopes } from '../cases/scope-service';

/** A referral that was sent back or withdrawn gives no sight of the case any more. */
const GONE = new Set(['RETURNED', 'WITHDRAWN']);

/** A delivered referral lets the receiving unit see the case. */
export const onReferralMoved = ({ outbox }: OpenService) =>
  onMany(ReferralMoved, async (tx, incoming) => {
    const cases = await selectIn<{ id: string }>(tx, 'SELECT id FROM cases FORCE INDEX (PRIMARY) WHERE id IN (?) ORDER BY id FOR UPDATE', distinct(incoming.map(({ payload }) => payload.caseId)));
    const known = new Set(cases.map(({ id }) => id));
    const moved = incoming.filter(({ payload }) => known.has(payload.caseId));
    const changed = new Set(await keepSight(tx, moved.map(({ payload }) => payload)));
    // most moves change nothing about who sees the case, and nobody needs to be told
    const [first, ...others] = moved.filter(({ payload }) => changed.has(payload.referralId));
    if (!first) return;
    const caseIds = distinct([first, ...others].map(({ payload }) => payload.caseId));
    await publishScopes(tx, outbox, { caseIds, requestId: first.message.requestId });
  });

/** The caller holds the cases. @returns the referrals that gave sight of their case, or took it away */
async function keepSight(tx: EntityManager, referrals: readonly PayloadOf<typeof ReferralMoved>[]): Promise<string[]> {
  const rows = await selectIn<{ id: string; isSeen: number }>(
    tx, 'SELECT referral_id AS id, is_seen AS isSeen FROM case_referrals WHERE referral_id IN (?)', referrals.map(({ referralId }) => referralId),
  );
  const before = new Map(rows.map(({ id, isSeen }) => [id, Boolean(isSeen)]));
  const changed = referrals.filter((one) => before.get(one.referralId) !== isSeen(one));
  await insertRows(tx, 'case_referrals', changed.filter(({ referralId }) => !before.has(referralId)).map((one) => ({
    referral_id: one.referralId, case_id: one.caseId, to_unit_id: one.toUnitId, is_seen: isSeen(one),
  })));
  for (const one of changed.filter(({ referralId }) => before.has(referralId))) await write(tx, 'UPDATE case_referrals SET is_seen = ? WHERE referral_id = ?', [isSeen(one), one.referralId]);
  return changed.filter((one) => isSeen(one) || before.has(one.referralId)).map(({ referralId }) => referralId);
}

const isSeen = ({ isDelivered, state }: PayloadOf<typeof ReferralMoved>): boolean => isDelivered && !GONE.has(state);
const distinct = (ids: readonly string[]): string[] => [...new Set(ids)];
