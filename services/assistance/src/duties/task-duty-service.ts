import { AppError, ObligationDeclared } from '@anjie/contracts';
import { idFromName, type Sql } from '@anjie/service-kit/database';
import type { Outbox } from '@anjie/service-kit/messaging';
import { termOf, type LawBooks } from '../rules/law-books';
import { addTaskDuty, openTaskDuties, saveTaskDuty, type TaskDutyRow } from './task-duty-repository';

export type TaskDutyCode = 'REFERRAL_CO_SIGN' | 'REFERRAL_CO_COMPLETE' | 'VISIT_DUE' | 'AGENCY_DUE';

export interface NewTaskDuty {
  readonly dutyCode: TaskDutyCode;
  readonly ruleCode: string;
  readonly subject: { readonly type: 'Referral' | 'FollowUpVisit' | 'AgencyTask'; readonly id: string };
  readonly taskId: string;
  readonly caseId: string;
  readonly unitId: string;
  readonly jurisdictionCode: string;
  readonly startOn: string;
  readonly assignedOn?: string | undefined;
  readonly requestId: string;
}

interface Ending {
  readonly taskId: string;
  readonly dutyCodes?: readonly TaskDutyCode[];
  readonly state: 'MET' | 'CANCELLED';
  readonly today: string;
  readonly requestId: string;
}

/** Duties of units by what is no referral itself: a part in one, a visit, an agency task. Supervision is told of each change. */
export function createTaskDutyService({ outbox, books }: { outbox: Outbox; books: LawBooks }) {
  const change = async (tx: Sql, duty: TaskDutyRow, { set, requestId }: { set: Partial<TaskDutyRow>; requestId: string }): Promise<void> => {
    const next = { ...duty, ...set, version: duty.version + 1 };
    if (!(await saveTaskDuty(tx, duty, { state: next.state, met_on: next.metOn, obligor_unit_id: next.obligorUnitId }))) throw new AppError('CONFLICT');
    await declare(tx, outbox, { duty: next, requestId });
  };
  return {
    async open(tx: Sql, { dutyCode, ruleCode, subject, taskId, caseId, unitId, jurisdictionCode, startOn, assignedOn, requestId }: NewTaskDuty): Promise<TaskDutyRow> {
      const duty: TaskDutyRow = {
        id: idFromName('obligation', `${taskId}:${dutyCode}`), subjectType: subject.type, subjectId: subject.id, taskId, caseId, dutyCode, obligorUnitId: unitId, state: 'OPEN',
        ...termOf(books, { ruleCode, startOn, jurisdictionCode, assignedOn }), jurisdictionCode, metOn: null, version: 1,
      };
      await addTaskDuty(tx, duty);
      await declare(tx, outbox, { duty, requestId });
      return duty;
    },

    /** Ends what is open of these duties; what was met before stays as it is. */
    async end(tx: Sql, { taskId, dutyCodes, state, today, requestId }: Ending): Promise<void> {
      for (const duty of await openTaskDuties(tx, taskId)) {
        const isMeant = dutyCodes === undefined || (dutyCodes as readonly string[]).includes(duty.dutyCode);
        if (isMeant) await change(tx, duty, { set: { state, metOn: state === 'MET' ? today : null }, requestId });
      }
    },

    /** Another unit owes what is open of the task. */
    async moveTo(tx: Sql, { taskId, unitId, requestId }: { taskId: string; unitId: string; requestId: string }): Promise<void> {
      for (const duty of await openTaskDuties(tx, taskId)) await change(tx, duty, { set: { obligorUnitId: unitId }, requestId });
    },
  };
}
export type TaskDutyService = ReturnType<typeof createTaskDutyService>;

const declare = (tx: Sql, outbox: Outbox, { duty, requestId }: { duty: TaskDutyRow; requestId: string }): Promise<void> =>
  outbox.announce(tx, ObligationDeclared, {
    aggregateId: duty.id, version: duty.version, requestId,
    payload: {
      obligationId: duty.id, caseId: duty.caseId, dutyCode: duty.dutyCode, state: duty.state, obligorUnitId: duty.obligorUnitId, obligorOfficialId: null,
      subject: { type: duty.subjectType, id: duty.subjectId }, startOn: duty.startOn, dueRaw: duty.dueRaw, dueOn: duty.dueOn, isProvisional: Boolean(duty.isProvisional),
      ruleCode: duty.ruleCode, ruleVersion: duty.ruleVersion, calendarVersion: duty.calendarVersion, jurisdictionCode: duty.jurisdictionCode, basis: duty.basis, metOn: duty.metOn,
    },
  });
