import type { DataSource, EntityManager } from 'typeorm';
import { ReferralDisputed } from '@anjie/contracts';
import { businessTime, inTransaction, type Row } from '@anjie/service-kit/database';
import { raiseNotices, serviceViewer, type Outbox } from '@anjie/service-kit/messaging';
import { lockCase } from '../cases/case-repository';
import { recountCase } from '../figures/figure-service';
import { disputeAfter, isUnansweredReturn } from '../rules/referral-disputes';
import type { ReferralAction } from '../rules/referral-lifecycle';
import { markReferrals } from './referral-mark-service';
import { unansweredReturns } from './referral-pair-repository';
import { lockReferral, type ReferralRow } from './referral-repository';

export interface DisputeChange {
  readonly set: Row;
  readonly disputedOn: string;
  readonly settledOn: string | null;
}

/** What a step writes about the dispute, if it opens or settles one. */
export function disputeChange(action: ReferralAction, referral: ReferralRow, today: string): DisputeChange | null {
  const effect = disputeAfter(action, referral);
  if (!effect) return null;
  const decision = action === 'RULE_STAY' ? 'STAY' : action === 'RULE_BACK' ? 'BACK' : null;
  if (effect === 'OPEN') return { set: { disputed_on: today, dispute_settled_on: null, dispute_decision: null }, disputedOn: today, settledOn: null };
  return { set: { dispute_settled_on: today, dispute_decision: decision }, disputedOn: referral.disputedOn ?? today, settledOn: today };
}

interface Told {
  readonly referral: ReferralRow;
  readonly change: DisputeChange;
  readonly requestId: string;
}

/** Tells supervision, whose joint conference takes it up. */
export const announceDispute = (tx: EntityManager, outbox: Outbox, { referral, change, requestId }: Told): Promise<void> =>
  outbox.announce(tx, ReferralDisputed, {
    aggregateId: referral.id, version: referral.version + 1, requestId,
    payload: {
      referralId: referral.id, caseId: referral.caseId, fromUnitId: referral.fromUnitId, toUnitId: referral.toUnitId, state: change.settledOn ? 'SETTLED' : 'OPEN',
      disputedOn: change.disputedOn, settledOn: change.settledOn,
    },
  });

const BATCH = 100;

/** 争议计时: a request to return that nobody answered in time becomes a dispute by itself. */
export function createDisputeService({ db, outbox }: { db: DataSource; outbox: Outbox }) {
  return {
    /** @returns how many became disputes */
    async openUnanswered(): Promise<number> {
      const { today } = await businessTime(db.manager);
      let opened = 0;
      for (const found of await unansweredReturns(db.manager, today, BATCH)) if (await inTransaction(db, (tx) => openOne(tx, outbox, found))) opened += 1;
      return opened;
    },
  };
}
export type DisputeService = ReturnType<typeof createDisputeService>;

async function openOne(tx: EntityManager, outbox: Outbox, { id, caseId }: { id: string; caseId: string }): Promise<boolean> {
  await lockCase(tx, caseId);
  const referral = await lockReferral(tx, id);
  const time = await businessTime(tx);
  // the sender may have answered meanwhile
  if (!referral || !isUnansweredReturn(referral, time.today)) return false;
  const requestId = `dispute-${id}`;
  const change: DisputeChange = { set: { disputed_on: time.today, dispute_settled_on: null, dispute_decision: null, return_answer_due_on: null }, disputedOn: time.today, settledOn: null };
  await markReferrals(tx, [{ referral, act: 'DISPUTED', set: change.set, note: null, time, actor: { viewer: serviceViewer('assistance'), requestId } }]);
  await announceDispute(tx, outbox, { referral, change, requestId });
  await raiseNotices(tx, outbox, [referral.fromUnitId, referral.toUnitId].map((unitId) => ({
    kind: 'REFERRAL_DISPUTED' as const, recipient: { kind: 'UNIT' as const, id: unitId }, caseId, subjectId: id, occasion: `v${referral.version + 1}`, at: time.now, requestId,
  })));
  await recountCase(tx, caseId);
  return true;
}
