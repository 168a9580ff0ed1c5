import { ReferralMoved } from '@anjie/contracts';
import { selectIn, write } from '@anjie/service-kit/database';
import { on } from '@anjie/service-kit/messaging';
import type { OpenService } from '@anjie/service-kit/subgraph';
import { publishScopes } from '../cases/scope-service';

/** A referral that was sent back or withdrawn gives no sight of the case any more. */
const GONE = new Set(['RETURNED', 'WITHDRAWN']);

/** A delivered referral lets the receiving unit see the case. */
export const onReferralMoved = ({ outbox }: OpenService) =>
  on(ReferralMoved, async (tx, referral, message) => {
    const [found] = await selectIn<{ id: string }>(tx, 'SELECT id FROM cases WHERE id IN (?) FOR UPDATE', [referral.caseId]);
    if (!found) return;
    const isSeen = referral.isDelivered && !GONE.has(referral.state);
    const changed = await write(
      tx,
      `INSERT INTO case_referrals (referral_id, case_id, to_unit_id, is_seen) VALUES (?, ?, ?, ?)
       ON DUPLICATE KEY UPDATE is_seen = VALUES(is_seen)`,
      [referral.referralId, referral.caseId, referral.toUnitId, isSeen],
    );
    // most moves change nothing about who sees the case: 0 rows changed, nobody needs to be told
    if (changed === 0) return;
    await publishScopes(tx, outbox, { caseIds: [referral.caseId], requestId: message.requestId });
  });
