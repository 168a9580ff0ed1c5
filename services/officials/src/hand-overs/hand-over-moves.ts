import { newId, type Sql } from '@anjie/service-kit/database';
import type { DutyService } from '../duties/duty-service';
import { headsOf } from '../officials/post-repository';
import { cancelSponsorDuties, moveSponsorDuties, openDutyIds } from '../sponsor-duties/sponsor-duty-repository';
import { cancelHandOvers, dueHandOvers, finishHandOver, insertHandOvers, lostSponsors, sponsorshipsOfClosedCases, type HandOverRow, type LostSponsor } from './hand-over-repository';

export interface Moving {
  readonly duties: DutyService;
  readonly today: string;
  readonly requestId: string;
}

export interface PassedOn {
  readonly fromId: string;
  readonly toId: string;
  readonly officialId: string;
  readonly on: string;
  readonly note: string | null;
}

/** 一包到底: what is open goes to the successor, and a hand-over that was due is done. */
export async function passOn(tx: Sql, { duties, today, requestId }: Moving, { fromId, toId, officialId, on, note }: PassedOn): Promise<HandOverRow | undefined> {
  const open = await openDutyIds(tx, [fromId]);
  await moveSponsorDuties(tx, open, toId);
  await duties.pass(tx, open, { officialId, requestId });
  const [due] = await dueHandOvers(tx, [fromId]);
  if (!due) return undefined;
  await finishHandOver(tx, due.id, { doneOn: on, note, successorId: toId });
  await duties.end(tx, { subjectIds: [due.id], state: 'MET', today, requestId });
  return due;
}

/** The sponsorships ended, or their cases did: nothing is owed any more. */
export async function dropOpen(tx: Sql, { duties, today, requestId }: Moving, sponsorshipIds: readonly string[]): Promise<void> {
  const open = await openDutyIds(tx, sponsorshipIds);
  const due = (await dueHandOvers(tx, sponsorshipIds)).map(({ id }) => id);
  await cancelSponsorDuties(tx, open);
  await cancelHandOvers(tx, due);
  await duties.end(tx, { subjectIds: [...open, ...due], state: 'CANCELLED', today, requestId });
}

/** What ends with the case; most messages close none, and cost one statement. */
export async function dropOpenOfClosedCases(tx: Sql, moving: Moving, caseIds: readonly string[]): Promise<void> {
  const ended = await sponsorshipsOfClosedCases(tx, caseIds);
  if (ended.length > 0) await dropOpen(tx, moving, ended);
}

const AT_ONCE = 100;

/** Notes every sponsor whose post ended: the head of the unit now owes a hand-over. @returns how many */
export async function noteLostSponsors(tx: Sql, moving: Moving): Promise<number> {
  const lost = await lostSponsors(tx, AT_ONCE);
  if (lost.length === 0) return 0;
  const heads = await headsOf(tx, [...new Set(lost.map((one) => one.unitId))]);
  const owed = lost.map((one) => ({ one, id: newId(), headOfficialId: headFor(one, heads) }));
  const declared = await moving.duties.open(tx, owed.map(({ one, id, headOfficialId }) => ({
    dutyCode: 'HAND_OVER' as const, subject: { type: 'SponsorHandOver', id }, caseId: one.caseId, obligor: { unitId: headOfficialId ? null : one.unitId, officialId: headOfficialId },
    jurisdictionCode: one.divisionCode, startOn: moving.today,
  })), moving.requestId);
  await insertHandOvers(tx, owed.map(({ one, id, headOfficialId }, i) => ({
    id, sponsorshipId: one.sponsorshipId, caseId: one.caseId, unitId: one.unitId, headOfficialId, state: 'DUE', since: one.endedOn, dueOn: declared[i]?.dueOn ?? moving.today,
    doneOn: null, note: null, successorId: null,
  })));
  return lost.length;
}

/** Whoever leaves does not owe it to themselves. */
const headFor = ({ unitId, officialId }: LostSponsor, heads: ReadonlyMap<string, string>): string | null => {
  const head = heads.get(unitId) ?? null;
  return head === officialId ? null : head;
};
