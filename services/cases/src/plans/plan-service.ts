import type { DataSource, EntityManager } from 'typeorm';
import { AppError, refuse, type Refusal } from '@anjie/contracts';
import { audit, businessTime, insertRows, newId, runMutation, select, updateVersion, write, type Actor } from '@anjie/service-kit/database';
import type { Outbox } from '@anjie/service-kit/messaging';
import { lockCase, standingInCase } from '../cases/case-repository';
import { publishScopes } from '../cases/scope-service';
import { recordEvent } from '../history/history-repository';
import type { CompleteMilestoneInput, MakeResolutionPlanInput, ResponsibilityRefusalCode } from '../generated/graphql';
import { isPermitted } from '../rules/permissions';
import { stepNamesFault } from '../rules/plan-steps';
import { lockMilestone } from './plan-repository';
import { insertSteps } from './plan-step-repository';

export interface PlanDeps {
  readonly db: DataSource;
  readonly outbox: Outbox;
}
type No = Refusal<ResponsibilityRefusalCode>;
type Done = { planId: string; caseId: string };

const NOT_PERMITTED: No = refuse('NOT_PERMITTED', '只有联席办、责任单位、包案领导或专班成员可以办理。', 'Only the joint office, the lead unit, the sponsor or the task force may do this.');

export function createPlanService(deps: PlanDeps) {
  return {
    make: (input: MakeResolutionPlanInput, actor: Actor) =>
      runMutation<Done | No>(deps.db, { actor, operation: 'makeResolutionPlan', key: input.idempotencyKey, input, work: (tx) => make(tx, deps, { input, actor }) }),
    completeMilestone: (input: CompleteMilestoneInput, actor: Actor) =>
      runMutation<Done | No>(deps.db, { actor, operation: 'completeMilestone', key: input.idempotencyKey, input, work: (tx) => complete(tx, input, actor) }),
  };
}

interface Proposal {
  readonly input: MakeResolutionPlanInput;
  readonly actor: Actor;
}

async function make(tx: EntityManager, deps: PlanDeps, { input, actor }: Proposal): Promise<Done | No> {
  const row = await lockCase(tx, actor.viewer, input.caseId);
  if (!row) return refuse('NOT_FOUND', '信访事项不存在，或对您不可见。', 'The case does not exist or is not visible to you.');
  if (!isPermitted('PLAN', await standingInCase(tx, actor.viewer, row.id))) return NOT_PERMITTED;
  const { today } = await businessTime(tx);
  const no = unfitting(input, today);
  if (no) return no;
  if (Number(row.version) !== input.expectedVersion) throw new AppError('CONFLICT', { currentVersion: Number(row.version) });
  const planId = await replacePlan(tx, { input, actor }, today);
  await updateVersion(tx, 'cases', { id: row.id, version: Number(row.version), set: { plan_since: row.planSince ?? today } });
  await audit(tx, actor, { action: 'PLAN_MADE', subjectType: 'ResolutionPlan', subjectId: planId, caseId: row.id });
  await recordEvent(tx, actor, { caseId: row.id, action: 'PLAN_MADE', detail: { planId } });
  await publishScopes(tx, deps.outbox, { caseIds: [row.id], requestId: actor.requestId });
  return { planId, caseId: row.id };
}

function unfitting(input: MakeResolutionPlanInput, today: string): No | undefined {
  const length = [...input.measures.trim()].length;
  if (length < 1 || length > 4_000) return refuse('TEXT_LENGTH', '方案要点须为1至4000字。', 'The measures must have 1 to 4,000 characters.');
  if (input.milestones.length < 1 || input.milestones.length > 50) return refuse('COUNT_OUT_OF_RANGE', '节点须为1至50个。', 'A plan has 1 to 50 milestones.');
  if (input.milestones.some((m) => m.title.trim() === '' || [...m.title].length > 200)) return refuse('TEXT_LENGTH', '节点名称须为1至200字。', 'A milestone title has 1 to 200 characters.');
  const steps = stepNamesFault(input.steps ?? []);
  if (steps) return refuse(steps, '步骤至多10个，名称不同，各2至100字。', 'At most 10 steps with different names of 2 to 100 characters.');
  if (input.milestones.some((m) => m.dueOn <= today)) return refuse('DATE_NOT_AFTER_TODAY', '节点日期须晚于今天。', 'Milestones must lie after today.');
  return undefined;
}

async function replacePlan(tx: EntityManager, { input, actor }: Proposal, today: string): Promise<string> {
  await write(tx, 'UPDATE resolution_plans SET active_case_id = NULL WHERE active_case_id = ?', [input.caseId]);
  const [last] = await select<{ n: number }>(tx, 'SELECT COALESCE(MAX(revision), 0) AS n FROM resolution_plans WHERE case_id = ?', [input.caseId]);
  const id = newId();
  await insertRows(tx, 'resolution_plans', [{
    id, case_id: input.caseId, active_case_id: input.caseId, revision: Number(last?.n ?? 0) + 1, measures: input.measures.trim(), made_on: today, made_by: actor.viewer.subject,
  }]);
  await insertRows(tx, 'plan_milestones', input.milestones.map((m, i) => ({ id: newId(), plan_id: id, ordinal: i + 1, title: m.title.trim(), due_on: m.dueOn, done_on: null })));
  await insertSteps(tx, id, input.steps ?? []);
  return id;
}

async function complete(tx: EntityManager, input: CompleteMilestoneInput, actor: Actor): Promise<Done | No> {
  const milestone = await lockMilestone(tx, actor.viewer, input.milestoneId);
  if (!milestone) return refuse('NOT_FOUND', '节点不存在，或对您不可见。', 'The milestone does not exist or is not visible to you.');
  if (!isPermitted('PLAN', await standingInCase(tx, actor.viewer, milestone.caseId))) return NOT_PERMITTED;
  if (milestone.doneOn) return refuse('ALREADY_DONE', '该节点已完成。', 'The milestone is done already.');
  const { today } = await businessTime(tx);
  await write(tx, 'UPDATE plan_milestones SET done_on = ? WHERE id = ?', [today, milestone.id]);
  await audit(tx, actor, { action: 'MILESTONE_DONE', subjectType: 'PlanMilestone', subjectId: milestone.id, caseId: milestone.caseId });
  await recordEvent(tx, actor, { caseId: milestone.caseId, action: 'MILESTONE_DONE', detail: { milestoneId: milestone.id } });
  return { planId: milestone.planId, caseId: milestone.caseId };
}
