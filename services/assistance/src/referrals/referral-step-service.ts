import type { EntityManager } from 'typeorm';
import { AppError, ReferralMoved } from '@anjie/contracts';
import { auditAll, updateVersions, type Actor, type BusinessTime, type Row } from '@anjie/service-kit/database';
import { raiseNotices, type Outbox, type RaisedNotice } from '@anjie/service-kit/messaging';
import { groupBy } from '@anjie/service-kit/runtime';
import type { ReferralAction, ReferralState } from '../rules/referral-lifecycle';
import { noticesAfter } from '../rules/referral-notices';
import { addReferralEvents, type ReferralRow } from './referral-repository';

export interface Step {
  readonly referral: ReferralRow;
  readonly action: ReferralAction;
  readonly to: ReferralState;
  readonly set: Row;
  readonly note: string | null;
  readonly actor: Actor;
  readonly time: BusinessTime;
}

/** Writes steps of referrals and tells them: state by compare-and-set, history, audit, ReferralMoved, the notice to the unit that is next. */
export function createStepService({ outbox }: { outbox: Outbox }) {
  return {
    /** At most one step of a referral. @throws AppError CONFLICT when somebody else took one first */
    async take(tx: EntityManager, steps: readonly Step[]): Promise<void> {
      for (const alike of groupBy(steps, ({ to, set }) => JSON.stringify([to, set])).values()) await move(tx, alike);
      await addReferralEvents(tx, steps.map(eventOf));
      await auditAll(tx, steps.map(({ referral, action, to, actor }) => ({
        actor, note: { action: `REFERRAL_${action}`, subjectType: 'Referral', subjectId: referral.id, caseId: referral.caseId, detail: { from: referral.state, to } },
      })));
      await outbox.announceAll(tx, ReferralMoved, steps.map((step) => ({
        aggregateId: step.referral.id, version: versionAfter(step), requestId: step.actor.requestId, payload: movedPayload(step),
      })));
      await raiseNotices(tx, outbox, steps.flatMap(noticesOf));
    },
  };
}
export type StepService = ReturnType<typeof createStepService>;

/** Steps that write the same. */
async function move(tx: EntityManager, steps: readonly Step[]): Promise<void> {
  const [first] = steps;
  if (!first) return;
  const isFirst = await updateVersions(tx, 'referrals', { rows: steps.map(({ referral }) => referral), set: { state: first.to, ...first.set } });
  if (!isFirst) throw new AppError('CONFLICT', { currentVersion: versionAfter(first) });
}

const versionAfter = ({ referral }: Step): number => referral.version + 1;

function eventOf(step: Step): Row {
  const { referral, to, actor, time, note } = step;
  const person = actor.viewer.kind === 'OFFICIAL' ? actor.viewer : null;
  return {
    referral_id: referral.id, seq: versionAfter(step), from_state: referral.state, to_state: to, by_official_id: person?.subject ?? null, unit_id: person?.unitId ?? null,
    at: time.now, note,
  };
}

const movedPayload = ({ referral, to }: Step) => ({
  referralId: referral.id, caseId: referral.caseId, fromUnitId: referral.fromUnitId, toUnitId: referral.toUnitId, state: to,
  isDelivered: to === 'DELIVERED' || referral.deliveredAt !== null,
});

const noticesOf = ({ referral, action, actor, time }: Step): RaisedNotice[] =>
  noticesAfter(action, referral).map(({ kind, unitId }) => ({
    kind, recipient: { kind: 'UNIT', id: unitId }, caseId: referral.caseId, subjectId: referral.id, occasion: `v${referral.version + 1}`, at: time.now, requestId: actor.requestId,
  }));
