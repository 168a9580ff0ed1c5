import { AppError, ObligationDeclared } from '@anjie/contracts';
import { idFromName, type Sql } from '@anjie/service-kit/database';
import type { Outbox } from '@anjie/service-kit/messaging';
import type { LaneTerms } from '../rules/referral-lanes';
import { dutyTerm, type DutyCode, type DutyState, type LawBooks } from '../rules/referral-terms';
import { addDuties, endDuty, openDuty, type DutyRow } from './duty-repository';

/** The receiving unit that owes something by a referral. */
export interface Debtor {
  readonly referralId: string;
  readonly caseId: string;
  readonly unitId: string;
  readonly jurisdictionCode: string;
  /** Of a referral in a fast lane. */
  readonly lane?: LaneTerms | undefined;
}

export interface NewDuty {
  readonly dutyCode: DutyCode;
  readonly debtor: Debtor;
  readonly startOn: string;
  readonly promisedOn?: string;
  readonly requestId: string;
}

export interface DutyEnd {
  readonly referralId: string;
  readonly dutyCode: DutyCode;
  readonly state: Exclude<DutyState, 'OPEN'>;
  readonly today: string;
  readonly requestId: string;
}

/** Keeps the duties of receiving units and tells supervision of each change. */
export function createDutyService({ outbox, books }: { outbox: Outbox; books: LawBooks }) {
  const declare = (tx: Sql, declared: readonly { readonly duty: DutyRow; readonly requestId: string }[]): Promise<void> =>
    outbox.announceAll(tx, ObligationDeclared, declared.map(({ duty, requestId }) => ({ aggregateId: duty.id, version: duty.version, requestId, payload: payloadOf(duty) })));
  const dutyOf = ({ dutyCode, debtor, startOn, promisedOn }: NewDuty): DutyRow => {
    const { jurisdictionCode, lane } = debtor;
    const term = dutyTerm(books, { dutyCode, startOn, jurisdictionCode, lane, ...(promisedOn ? { promisedOn } : {}) });
    const id = idFromName('obligation', `${debtor.referralId}:${dutyCode === 'REFERRAL_SIGN' ? 'sign' : 'complete'}`);
    return { id, referralId: debtor.referralId, caseId: debtor.caseId, dutyCode, obligorUnitId: debtor.unitId, state: 'OPEN', ...term, jurisdictionCode, metOn: null, version: 1 };
  };

  return {
    /** @returns the duties in the order in which they were given */
    async open(tx: Sql, added: readonly NewDuty[]): Promise<DutyRow[]> {
      const opened = added.map((one) => ({ duty: dutyOf(one), requestId: one.requestId }));
      await addDuties(tx, opened.map(({ duty }) => rowOf(duty)));
      await declare(tx, opened);
      return opened.map(({ duty }) => duty);
    },

    /** Ends the duty if it is open; one that was met before stays as it is. */
    async end(tx: Sql, { referralId, dutyCode, state, today, requestId }: DutyEnd): Promise<void> {
      const duty = await openDuty(tx, referralId, dutyCode);
      if (!duty) return;
      const metOn = state === 'MET' ? today : null;
      if (!(await endDuty(tx, duty, { state, metOn }))) throw new AppError('CONFLICT');
      await declare(tx, [{ duty: { ...duty, state, metOn, version: duty.version + 1 }, requestId }]);
    },
  };
}
export type DutyService = ReturnType<typeof createDutyService>;

const payloadOf = (duty: DutyRow) => ({
  obligationId: duty.id, caseId: duty.caseId, dutyCode: duty.dutyCode, state: duty.state, obligorUnitId: duty.obligorUnitId, obligorOfficialId: null,
  subject: { type: 'Referral', id: duty.referralId }, startOn: duty.startOn, dueRaw: duty.dueRaw, dueOn: duty.dueOn, isProvisional: Boolean(duty.isProvisional),
  ruleCode: duty.ruleCode, ruleVersion: duty.ruleVersion, calendarVersion: duty.calendarVersion, jurisdictionCode: duty.jurisdictionCode, basis: duty.basis,
  metOn: duty.metOn,
});

const rowOf = (duty: DutyRow) => ({
  id: duty.id, referral_id: duty.referralId, case_id: duty.caseId, duty_code: duty.dutyCode, obligor_unit_id: duty.obligorUnitId, state: duty.state,
  start_on: duty.startOn, due_raw: duty.dueRaw, due_on: duty.dueOn, is_provisional: duty.isProvisional, rule_code: duty.ruleCode,
  rule_version: duty.ruleVersion, calendar_version: duty.calendarVersion, jurisdiction_code: duty.jurisdictionCode, basis: duty.basis, met_on: duty.metOn, version: duty.version,
});
