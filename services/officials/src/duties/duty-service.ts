import { AppError, ObligationDeclared, type NoticeKind } from '@anjie/contracts';
import { businessTime, newId, type Row, type Sql } from '@anjie/service-kit/database';
import { raiseNotices, type Outbox } from '@anjie/service-kit/messaging';
import { dutyTerm, type DutyCode, type LawBooks } from '../rules/duty-terms';
import { addDuties, changeDuty, openDuties, type DutyRow } from './duty-repository';

/** Who owes it: exactly one of the two. */
export interface Obligor {
  readonly unitId: string | null;
  readonly officialId: string | null;
}

export interface NewDuty {
  readonly dutyCode: DutyCode;
  readonly subject: { readonly type: string; readonly id: string };
  readonly caseId: string;
  readonly obligor: Obligor;
  readonly jurisdictionCode: string;
  readonly startOn: string;
  readonly assignedOn?: string;
}

export interface DutyEnd {
  readonly subjectIds: readonly string[];
  readonly state: 'MET' | 'CANCELLED';
  readonly today: string;
  readonly requestId: string;
}

/** What the one who owes a duty hears when it begins; that it comes due is told by supervision. */
const NOTICES: Readonly<Record<DutyCode, NoticeKind>> = { PROMISE: 'PROMISE_MADE', SPONSOR_DUTY: 'SPONSOR_DUTY_OPENED', HAND_OVER: 'HAND_OVER_DUE' };

/** Keeps the duties that follow from acts of this service and tells supervision of each change: only supervision has an alarm. */
export function createDutyService({ outbox, books }: { readonly outbox: Outbox; readonly books: () => LawBooks }) {
  const declare = (tx: Sql, duties: readonly DutyRow[], requestId: string): Promise<void> =>
    outbox.announceAll(tx, ObligationDeclared, duties.map((duty) => ({ aggregateId: duty.id, version: duty.version, requestId, payload: payloadOf(duty) })));
  const tell = async (tx: Sql, duties: readonly DutyRow[], requestId: string): Promise<void> => {
    const { now: at } = await businessTime(tx);
    await raiseNotices(tx, outbox, duties.map((duty) => ({
      kind: NOTICES[duty.dutyCode], caseId: duty.caseId, subjectId: duty.subjectId, occasion: 'opened', at, requestId,
      recipient: duty.obligorOfficialId ? { kind: 'OFFICIAL' as const, id: duty.obligorOfficialId } : { kind: 'UNIT' as const, id: duty.obligorUnitId ?? '' },
    })));
  };
  const change = async (tx: Sql, duties: readonly DutyRow[], { set, requestId }: { set: Row; requestId: string }): Promise<void> => {
    for (const duty of duties) if (!(await changeDuty(tx, duty, set))) throw new AppError('CONFLICT');
    await declare(tx, duties.map((duty) => changed(duty, set)), requestId);
  };

  return {
    /** @returns the duties in the order in which they were given */
    async open(tx: Sql, added: readonly NewDuty[], requestId: string): Promise<DutyRow[]> {
      if (added.length === 0) return [];
      const opened = added.map((one): DutyRow => ({
        id: newId(), subjectType: one.subject.type, subjectId: one.subject.id, caseId: one.caseId, dutyCode: one.dutyCode, obligorUnitId: one.obligor.unitId,
        obligorOfficialId: one.obligor.officialId, state: 'OPEN', ...dutyTerm(books(), one), jurisdictionCode: one.jurisdictionCode, metOn: null, version: 1,
      }));
      await addDuties(tx, opened);
      await declare(tx, opened, requestId);
      await tell(tx, opened, requestId);
      return opened;
    },

    /** Ends the duties of these subjects that are open; what was met before stays as it is. */
    async end(tx: Sql, { subjectIds, state, today, requestId }: DutyEnd): Promise<void> {
      await change(tx, await openDuties(tx, subjectIds), { set: { state, met_on: state === 'MET' ? today : null }, requestId });
    },

    /** From now on another official owes what is open. */
    async pass(tx: Sql, subjectIds: readonly string[], { officialId, requestId }: { officialId: string; requestId: string }): Promise<void> {
      await change(tx, await openDuties(tx, subjectIds), { set: { obligor_official_id: officialId, obligor_unit_id: null }, requestId });
    },
  };
}
export type DutyService = ReturnType<typeof createDutyService>;

const changed = (duty: DutyRow, set: Row): DutyRow => ({
  ...duty, version: duty.version + 1,
  ...(set['state'] ? { state: set['state'] as DutyRow['state'], metOn: set['met_on'] as string | null } : {}),
  ...(set['obligor_official_id'] ? { obligorOfficialId: set['obligor_official_id'] as string, obligorUnitId: null } : {}),
});

const payloadOf = (duty: DutyRow) => ({
  obligationId: duty.id, caseId: duty.caseId, dutyCode: duty.dutyCode, state: duty.state, obligorUnitId: duty.obligorUnitId, obligorOfficialId: duty.obligorOfficialId,
  subject: { type: duty.subjectType, id: duty.subjectId }, startOn: duty.startOn, dueRaw: duty.dueRaw, dueOn: duty.dueOn, isProvisional: Boolean(Number(duty.isProvisional)),
  ruleCode: duty.ruleCode, ruleVersion: duty.ruleVersion, calendarVersion: duty.calendarVersion, jurisdictionCode: duty.jurisdictionCode, basis: duty.basis, metOn: duty.metOn,
});
