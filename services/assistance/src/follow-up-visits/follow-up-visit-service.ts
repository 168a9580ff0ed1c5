import type { DataSource, EntityManager } from 'typeorm';
import { AppError, isRefusal, refuse, type Refusal } from '@anjie/contracts';
import { audit, businessTime, newId, runMutation, type Actor } from '@anjie/service-kit/database';
import { performerOf, refusesExcluded } from '../cases/acts';
import { lockCase, lockVisibleCase } from '../cases/case-repository';
import type { TaskDutyService } from '../duties/task-duty-service';
import { recountCase } from '../figures/figure-service';
import type { FollowUpVisitRefusalCode, PlanFollowUpVisitInput, RecordFollowUpVisitInput } from '../generated/graphql';
import { refusesPlan, refusesRecord, visitDutyEnd } from '../rules/follow-up-visit-lifecycle';
import { forbids, type Part } from '../rules/permissions';
import { optionalText } from '../rules/texts';
import { unitsActedFor } from '../units/unit-repository';
import { addVisit, lockVisit, saveVisit, visibleVisitsByIds, type FollowUpVisitRow } from './follow-up-visit-repository';

export type VisitAnswer = { readonly followUpVisitId: string } | Refusal<FollowUpVisitRefusalCode>;

export interface VisitDeps {
  readonly db: DataSource;
  readonly taskDuties: TaskDutyService;
}

const notFound = (): Refusal<'NOT_FOUND'> => refuse('NOT_FOUND', '不存在，或对您不可见。', 'It does not exist, or is not visible to you.');

export function createFollowUpVisitService(deps: VisitDeps) {
  return {
    plan: (actor: Actor, input: PlanFollowUpVisitInput): Promise<VisitAnswer> =>
      runMutation<VisitAnswer>(deps.db, { actor, operation: 'planFollowUpVisit', key: input.idempotencyKey, input, work: (tx) => plan(tx, { actor, input, deps }) }),
    record: (actor: Actor, input: RecordFollowUpVisitInput): Promise<VisitAnswer> =>
      runMutation<VisitAnswer>(deps.db, { actor, operation: 'recordFollowUpVisit', key: input.idempotencyKey, input, work: (tx) => record(tx, { actor, input, deps }) }),
  };
}
export type FollowUpVisitService = ReturnType<typeof createFollowUpVisitService>;

async function plan(tx: EntityManager, { actor, input, deps }: { actor: Actor; input: PlanFollowUpVisitInput; deps: VisitDeps }): Promise<VisitAnswer> {
  const scope = await lockVisibleCase(tx, actor.viewer, input.caseId);
  if (!scope) return notFound();
  const [unitId] = [...(await unitsActedFor(tx, actor.viewer, [input.unitId ?? actor.viewer.unitId ?? '']))];
  const forbidden = forbids({ roles: actor.viewer.roles, parts: unitId ? ['UNIT'] : [] }, 'PLAN_VISIT');
  if (forbidden || !unitId) return forbidden ?? notFound();
  const { today } = await businessTime(tx);
  const no = (await refusesExcluded(tx, scope.caseId, unitId)) ?? refusesPlan({ plannedOn: input.plannedOn, today });
  if (no) return no;
  const officialId = await performerOf({ tx, actor }, { unitId, officialId: input.officialId });
  if (isRefusal(officialId)) return officialId;
  const id = newId();
  await addVisit(tx, { id, case_id: scope.caseId, kind: input.kind, planned_on: input.plannedOn, unit_id: unitId, official_id: officialId, state: 'PLANNED' });
  await deps.taskDuties.open(tx, {
    dutyCode: 'VISIT_DUE', ruleCode: 'VISIT_DATE', subject: { type: 'FollowUpVisit', id }, taskId: id, caseId: scope.caseId, unitId, jurisdictionCode: scope.divisionCode,
    startOn: today, assignedOn: input.plannedOn, requestId: actor.requestId,
  });
  await audit(tx, actor, { action: 'VISIT_PLANNED', subjectType: 'FollowUpVisit', subjectId: id, caseId: scope.caseId, detail: { kind: input.kind, plannedOn: input.plannedOn } });
  await recountCase(tx, scope.caseId);
  return { followUpVisitId: id };
}

async function record(tx: EntityManager, { actor, input, deps }: { actor: Actor; input: RecordFollowUpVisitInput; deps: VisitDeps }): Promise<VisitAnswer> {
  const [seen] = await visibleVisitsByIds(tx, actor.viewer, [input.followUpVisitId]);
  if (seen) await lockCase(tx, seen.caseId);
  const visit = seen && (await lockVisit(tx, seen.id));
  if (!visit) return notFound();
  const forbidden = forbids({ roles: actor.viewer.roles, parts: await partsIn(tx, actor, visit) }, 'RECORD_VISIT');
  if (forbidden) return forbidden;
  if (visit.version !== input.expectedVersion) throw new AppError('CONFLICT', { currentVersion: visit.version });
  const { today } = await businessTime(tx);
  const summary = optionalText(input.summary, { field: 'summary', max: 1000 });
  const [doneOn, place, leftToDo] = [input.doneOn ?? null, input.place ?? null, input.leftToDo ?? null];
  const refusal = refusesRecord({ state: visit.state, outcome: input.outcome, doneOn, summary, findings: [place, leftToDo], today });
  if (refusal) return refusal;
  const offeredOn = input.outcome === 'CANCELLED' ? null : (doneOn ?? today);
  const set = { state: input.outcome, done_on: doneOn, summary, place, left_to_do: leftToDo, offered_on: offeredOn, ended_on: today, flag_code: null };
  if (!(await saveVisit(tx, { id: visit.id, version: visit.version, set }))) throw new AppError('CONFLICT');
  await deps.taskDuties.end(tx, { taskId: visit.id, state: visitDutyEnd(input.outcome), today, requestId: actor.requestId });
  await audit(tx, actor, { action: `VISIT_${input.outcome}`, subjectType: 'FollowUpVisit', subjectId: visit.id, caseId: visit.caseId });
  await recountCase(tx, visit.caseId);
  return { followUpVisitId: visit.id };
}

async function partsIn(tx: EntityManager, { viewer }: Actor, visit: FollowUpVisitRow): Promise<Part[]> {
  const acts = (await unitsActedFor(tx, viewer, [visit.unitId])).has(visit.unitId);
  return [...(acts ? ['UNIT' as const] : []), ...(visit.officialId === viewer.subject ? ['VISITOR' as const] : [])];
}
