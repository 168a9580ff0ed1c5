import type { EntityManager } from 'typeorm';
import { AppError } from '@anjie/contracts';
import { audit, businessTime, idFromName, type Actor } from '@anjie/service-kit/database';
import { raiseNotices, type Outbox } from '@anjie/service-kit/messaging';
import type { TaskDutyService } from '../duties/task-duty-service';
import { termOf, type LawBooks } from '../rules/law-books';
import { addVisit, knownVisits, plannedVisits, saveVisit } from './follow-up-visit-repository';

/** A closing, or a repeat after one: the unit offers a visit. */
export interface VisitOccasion {
  readonly caseId: string;
  readonly divisionCode: string;
  readonly unitId: string;
  readonly origin: 'CLOSED' | 'RELAPSED';
  /** The day of the closing or of the repeat. */
  readonly on: string;
  /** Tells one occasion from the next: the day of the closing, the relapse. */
  readonly occasion: string;
}

const PLANS = {
  CLOSED: { kind: 'POST_CLOSE', ruleCode: 'VISIT_POST_CLOSE' },
  RELAPSED: { kind: 'AFTER_REPEAT', ruleCode: 'VISIT_AFTER_REPEAT' },
} as const;

export interface VisitPlanDeps {
  readonly outbox: Outbox;
  readonly taskDuties: TaskDutyService;
  readonly books: LawBooks;
}

/** 办结后回访、重复信访后回访: planned by the case's own life, once for each occasion. The caller holds the case. */
export function createFollowUpPlanService({ outbox, taskDuties, books }: VisitPlanDeps) {
  return {
    async plan(tx: EntityManager, actor: Actor, { caseId, divisionCode, unitId, origin, on, occasion }: VisitOccasion): Promise<void> {
      const id = idFromName('follow-up-visit', `${origin} ${caseId} ${occasion}`);
      const { kind, ruleCode } = PLANS[origin];
      const { dueOn } = termOf(books, { ruleCode, startOn: on, jurisdictionCode: divisionCode });
      const { now, today } = await businessTime(tx);
      // an old ledger that is taken over closes cases of years ago: nobody owes a visit that was due before it was heard of
      if (dueOn < today || (await knownVisits(tx, [id])).has(id)) return;
      const { requestId } = actor;
      await taskDuties.open(tx, {
        dutyCode: 'VISIT_DUE', ruleCode, subject: { type: 'FollowUpVisit', id }, taskId: id, caseId, unitId, jurisdictionCode: divisionCode, startOn: on, requestId,
      });
      await addVisit(tx, { id, case_id: caseId, kind, planned_on: dueOn, unit_id: unitId, official_id: null, state: 'PLANNED', origin });
      await audit(tx, actor, { action: 'VISIT_PLANNED', subjectType: 'FollowUpVisit', subjectId: id, caseId, detail: { kind, plannedOn: dueOn } });
      await raiseNotices(tx, outbox, [{ kind: 'VISIT_TO_MAKE', recipient: { kind: 'UNIT', id: unitId }, caseId, subjectId: caseId, occasion: `visit-${id}`, at: now, requestId }]);
    },

    /** The case is open again: what was planned because it was closed falls away. */
    async dropAfterReopening(tx: EntityManager, actor: Actor, caseId: string): Promise<void> {
      const { today } = await businessTime(tx);
      for (const visit of (await plannedVisits(tx, caseId)).filter(({ origin }) => origin === 'CLOSED')) {
        if (!(await saveVisit(tx, { id: visit.id, version: visit.version, set: { state: 'CANCELLED', ended_on: today } }))) throw new AppError('CONFLICT');
        await taskDuties.end(tx, { taskId: visit.id, state: 'CANCELLED', today, requestId: actor.requestId });
        await audit(tx, actor, { action: 'VISIT_CANCELLED', subjectType: 'FollowUpVisit', subjectId: visit.id, caseId, detail: { why: 'REOPENED' } });
      }
    },
  };
}
export type FollowUpPlanService = ReturnType<typeof createFollowUpPlanService>;
