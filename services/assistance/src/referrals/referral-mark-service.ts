import type { EntityManager } from 'typeorm';
import { AppError } from '@anjie/contracts';
import { auditAll, insertRows, updateVersion, type Actor, type BusinessTime, type Row } from '@anjie/service-kit/database';
import type { ReferralAct } from '../generated/graphql';
import type { ReferralRow } from './referral-repository';

/** Something that is no step of the life: who handles it now, who helps, that it is disputed, that it went along with the case. */
export interface Mark {
  readonly referral: ReferralRow;
  readonly act: ReferralAct;
  readonly set: Row;
  readonly note: string | null;
  readonly actor: Actor;
  readonly time: BusinessTime;
}

/** Writes marks by compare-and-set into row, history and audit. Nobody else is told. @throws AppError CONFLICT */
export async function markReferrals(tx: EntityManager, marks: readonly Mark[]): Promise<void> {
  for (const { referral, set } of marks) {
    if (!(await updateVersion(tx, 'referrals', { id: referral.id, version: referral.version, set }))) throw new AppError('CONFLICT', { currentVersion: referral.version + 1 });
  }
  await insertRows(tx, 'referral_events', marks.map(eventOf));
  await auditAll(tx, marks.map(({ referral, act, actor, set }) => ({
    actor, note: { action: `REFERRAL_${act}`, subjectType: 'Referral', subjectId: referral.id, caseId: referral.caseId, detail: { state: referral.state, ...idsIn(set) } },
  })));
}

function eventOf({ referral, act, actor, time, note }: Mark): Row {
  const person = actor.viewer.kind === 'OFFICIAL' ? actor.viewer : null;
  return {
    referral_id: referral.id, seq: referral.version + 1, from_state: referral.state, to_state: referral.state, by_official_id: person?.subject ?? null,
    unit_id: person?.unitId ?? null, at: time.now, note, act,
  };
}

/** References and codes of what was written; no words. */
const idsIn = (set: Row): Row => Object.fromEntries(Object.entries(set).filter(([column]) => /_(id|code|on|decision)$/.test(column)));
