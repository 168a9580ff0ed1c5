import { AppError, ObligationDeclared } from '@anjie/contracts';
import { idFromName, type Sql } from '@anjie/service-kit/database';
import type { Outbox } from '@anjie/service-kit/messaging';
import type { DutyState, LawBooks } from '../rules/referral-terms';
import { serviceTerm, type ServiceDutyCode } from '../rules/service-terms';
import { addServiceDuties, endServiceDuty, openServiceDuties, type ServiceDutyRow } from './service-duty-repository';

export interface NewServiceDuty {
  readonly dutyCode: ServiceDutyCode;
  readonly subject: { readonly type: string; readonly id: string };
  readonly caseId: string | null;
  readonly jurisdictionCode: string;
  /** One of the two owes it. */
  readonly obligorUnitId: string | null;
  readonly obligorOfficialId: string | null;
  readonly startOn: string;
  readonly dueOn: string;
  readonly isProvisional?: boolean;
  readonly basis?: string | undefined;
  /** Tells a duty from an earlier one of the same subject. */
  readonly round?: number;
  readonly requestId: string;
}

export interface ServiceDutyEnd {
  readonly subjectIds: readonly string[];
  readonly state: Exclude<DutyState, 'OPEN'>;
  readonly today: string;
  readonly requestId: string;
}

/** Keeps what units and officials owe by services (aid, agreements, opinions, issues of the grid) and tells supervision of each change. Nobody who petitions owes anything. */
export function createServiceDutyService({ outbox, books }: { outbox: Outbox; books: LawBooks }) {
  const declare = (tx: Sql, duties: readonly ServiceDutyRow[], requestId: string): Promise<void> =>
    outbox.announceAll(tx, ObligationDeclared, duties.map((duty) => ({ aggregateId: duty.id, version: duty.version, requestId, payload: payloadOf(duty) })));
  const dutyOf = (added: NewServiceDuty): ServiceDutyRow => ({
    id: idFromName('obligation', [added.subject.id, added.dutyCode, ...(added.round === undefined ? [] : [added.round])].join(':')), caseId: added.caseId, subjectType: added.subject.type, subjectId: added.subject.id,
    dutyCode: added.dutyCode, obligorUnitId: added.obligorUnitId, obligorOfficialId: added.obligorOfficialId, state: 'OPEN', ...serviceTerm(books, added),
    isProvisional: added.isProvisional ?? false, jurisdictionCode: added.jurisdictionCode, metOn: null, version: 1,
  });
  return {
    books,
    async open(tx: Sql, added: readonly NewServiceDuty[]): Promise<void> {
      const duties = added.map(dutyOf);
      await addServiceDuties(tx, duties.map(rowOf));
      await declare(tx, duties, added[0]?.requestId ?? '');
    },
    /** Ends the duties of these subjects that are open. */
    async end(tx: Sql, { subjectIds, state, today, requestId }: ServiceDutyEnd): Promise<void> {
      const metOn = state === 'MET' ? today : null;
      const open = await openServiceDuties(tx, subjectIds);
      for (const duty of open) if (!(await endServiceDuty(tx, duty, { state, metOn }))) throw new AppError('CONFLICT');
      await declare(tx, open.map((duty) => ({ ...duty, state, metOn, version: duty.version + 1 })), requestId);
    },
  };
}
export type ServiceDutyService = ReturnType<typeof createServiceDutyService>;

const payloadOf = (duty: ServiceDutyRow) => ({
  obligationId: duty.id, caseId: duty.caseId, dutyCode: duty.dutyCode, state: duty.state, obligorUnitId: duty.obligorUnitId, obligorOfficialId: duty.obligorOfficialId,
  subject: { type: duty.subjectType, id: duty.subjectId }, startOn: duty.startOn, dueRaw: duty.dueRaw, dueOn: duty.dueOn, isProvisional: Boolean(duty.isProvisional),
  ruleCode: duty.ruleCode, ruleVersion: duty.ruleVersion, calendarVersion: duty.calendarVersion, jurisdictionCode: duty.jurisdictionCode, basis: duty.basis, metOn: duty.metOn,
});

const rowOf = (duty: ServiceDutyRow) => ({
  id: duty.id, case_id: duty.caseId, subject_type: duty.subjectType, subject_id: duty.subjectId, duty_code: duty.dutyCode, obligor_unit_id: duty.obligorUnitId,
  obligor_official_id: duty.obligorOfficialId, state: duty.state, start_on: duty.startOn, due_raw: duty.dueRaw, due_on: duty.dueOn, is_provisional: duty.isProvisional,
  rule_code: duty.ruleCode, rule_version: duty.ruleVersion, calendar_version: duty.calendarVersion, jurisdiction_code: duty.jurisdictionCode, basis: duty.basis,
  met_on: duty.metOn, version: duty.version,
});
