import type { DataSource, EntityManager } from 'typeorm';
import { refuse, type Refusal } from '@anjie/contracts';
import { audit, businessTime, runMutation, write, type Actor } from '@anjie/service-kit/database';
import { standingInCase } from '../cases/case-repository';
import type { CompletePlanStepInput, ResponsibilityRefusalCode } from '../generated/graphql';
import { recordEvent } from '../history/history-repository';
import { isPermitted } from '../rules/permissions';
import { stepNo } from '../rules/plan-steps';
import { isWords } from '../rules/words';
import { lockStepPlace, stepsOfPlans } from './plan-step-repository';

type No = Refusal<ResponsibilityRefusalCode>;
type Done = { planId: string; caseId: string };

const NO = {
  ALREADY_DONE: refuse('ALREADY_DONE', '该步骤已完成。', 'The step is done already.'),
  STEP_OUT_OF_ORDER: refuse('STEP_OUT_OF_ORDER', '须按顺序完成，前面的步骤尚未完成。', 'Steps are done in order; an earlier one is not done.'),
} satisfies Partial<Record<ResponsibilityRefusalCode, No>>;

export function createPlanStepService({ db }: { db: DataSource }) {
  return {
    complete: (input: CompletePlanStepInput, actor: Actor) =>
      runMutation<Done | No>(db, { actor, operation: 'completePlanStep', key: input.idempotencyKey, input, work: (tx) => complete(tx, input, actor) }),
  };
}

async function complete(tx: EntityManager, input: CompletePlanStepInput, actor: Actor): Promise<Done | No> {
  const place = await lockStepPlace(tx, actor.viewer, input.stepId);
  if (!place) return refuse('NOT_FOUND', '步骤不存在，或对您不可见。', 'The step does not exist or is not visible to you.');
  if (!isPermitted('PLAN', await standingInCase(tx, actor.viewer, place.caseId))) return refuse('NOT_PERMITTED', '只有联席办、责任单位、包案领导或专班成员可以办理。', 'Only the joint office, the lead unit, the sponsor or the task force may do this.');
  if (!isWords(input.note, 2, 500)) return refuse('TEXT_LENGTH', '完成情况须为2至500字。', 'The note must have 2 to 500 characters.');
  const steps = await stepsOfPlans(tx, [place.planId]);
  const stepId = input.stepId.toLowerCase();
  const no = stepNo(steps, stepId);
  if (no) return NO[no];
  const { today } = await businessTime(tx);
  await write(tx, 'UPDATE plan_steps SET done_on = ?, note = ? WHERE id = ?', [today, input.note.trim(), stepId]);
  await audit(tx, actor, { action: 'PLAN_STEP_DONE', subjectType: 'PlanStep', subjectId: stepId, caseId: place.caseId });
  await recordEvent(tx, actor, { caseId: place.caseId, action: 'PLAN_STEP_DONE', ground: input.note.trim(), detail: { planId: place.planId, stepId } });
  return place;
}
