import type { EntityManager } from 'typeorm';
import { AppError, type CaseScopeChanged, type PayloadOf } from '@anjie/contracts';
import { audit, businessTime, select, selectIn, type Actor, type Row, type Sql } from '@anjie/service-kit/database';
import { raiseNotices, type Outbox } from '@anjie/service-kit/messaging';
import { isUnitExcluded } from '../cases/case-repository';
import type { TaskDutyService } from '../duties/task-duty-service';
import type { FollowUpPlanService } from '../follow-up-visits/follow-up-plan-service';
import { announceDispute } from '../referrals/referral-dispute-service';
import { markReferrals } from '../referrals/referral-mark-service';
import { lockReferrals } from '../referrals/referral-repository';
import { isDisputed } from '../rules/referral-disputes';
import { ENDED_REFERRAL_STATES } from '../rules/referral-lifecycle';
import { moveOfTask, type LeadChange } from '../rules/task-moves';
import { saveTask, tasksOfUnitInCase } from './task-repository';

type Scope = PayloadOf<typeof CaseScopeChanged>;

export interface KnownScope {
  readonly caseId: string;
  readonly leadUnitId: string | null;
  readonly closedOn: string | null;
}

/** What was known of these cases, held, so that what changed can be told from what is. */
export const knownScopes = async (tx: Sql, caseIds: readonly string[]): Promise<ReadonlyMap<string, KnownScope>> =>
  new Map((await selectIn<KnownScope>(
    tx, 'SELECT case_id AS caseId, lead_unit_id AS leadUnitId, closed_on AS closedOn FROM case_scopes WHERE case_id IN (?) ORDER BY case_id FOR UPDATE', caseIds,
  )).map((row) => [row.caseId, row]));

export interface CaseChange {
  readonly before: KnownScope;
  readonly scope: Scope;
  /** Of the snapshot. */
  readonly version: number;
  readonly actor: Actor;
}

export interface CaseChangeDeps {
  readonly outbox: Outbox;
  readonly taskDuties: TaskDutyService;
  readonly visitPlans: FollowUpPlanService;
}

/** 任务随事项移交, 办结后回访: what a change of a case's lead or its closing does to the tasks here. The caller holds the case. */
export function createCaseChangeService(deps: CaseChangeDeps) {
  return {
    async follow(tx: EntityManager, change: CaseChange): Promise<void> {
      const { before, scope } = change;
      // a sealed case has no tasks here (第三十条第三款)
      if (scope.isSealed) return;
      if (before.leadUnitId && scope.leadUnitId && before.leadUnitId !== scope.leadUnitId) await followLead(tx, deps, { ...change, lead: { oldLeadId: before.leadUnitId, newLeadId: scope.leadUnitId } });
      await followClosing(tx, deps, change);
    },
  };
}
export type CaseChangeService = ReturnType<typeof createCaseChangeService>;

async function followClosing(tx: EntityManager, { visitPlans }: CaseChangeDeps, { before, scope, actor }: CaseChange): Promise<void> {
  if (before.closedOn === scope.closedOn) return;
  // of several snapshots only the newest is told: a case may have been open in between
  if (before.closedOn !== null) await visitPlans.dropAfterReopening(tx, actor, scope.caseId);
  const unitId = scope.leadUnitId ?? scope.parties.find(({ role }) => role === 'REGISTRAR')?.id;
  if (scope.closedOn === null || !unitId) return;
  await visitPlans.plan(tx, actor, { caseId: scope.caseId, divisionCode: scope.divisionCode, unitId, origin: 'CLOSED', on: scope.closedOn, occasion: scope.closedOn });
}

interface LeadMove extends CaseChange {
  readonly lead: { readonly oldLeadId: string; readonly newLeadId: string };
}

async function followLead(tx: EntityManager, deps: CaseChangeDeps, { scope, version, actor, lead }: LeadMove): Promise<void> {
  const isOpen = (await select(tx, 'SELECT 1 FROM known_units WHERE id = ? AND valid_to IS NULL', [lead.newLeadId])).length > 0;
  const change: LeadChange = { ...lead, isNewLeadBarred: !isOpen || (await isUnitExcluded(tx, scope.caseId, lead.newLeadId)) };
  const moved = (await moveReferrals(tx, deps, { caseId: scope.caseId, change, actor })) + (await moveTasks(tx, deps, { caseId: scope.caseId, change, actor }));
  if (moved === 0) return;
  const { now } = await businessTime(tx);
  await raiseNotices(tx, deps.outbox, [{
    kind: 'TASKS_MOVED_WITH_CASE', recipient: { kind: 'UNIT', id: lead.newLeadId }, caseId: scope.caseId, subjectId: scope.caseId,
    occasion: `lead-v${version}`, at: now, requestId: actor.requestId,
  }]);
}

interface Following {
  readonly caseId: string;
  readonly change: LeadChange;
  readonly actor: Actor;
}

/** The new lead waits for the answers, and is the other side of a dispute. @returns how many went along */
async function moveReferrals(tx: EntityManager, { outbox }: CaseChangeDeps, { caseId, change, actor }: Following): Promise<number> {
  const sent = await select<{ id: string }>(tx, 'SELECT id FROM referrals WHERE case_id = ? AND from_unit_id = ? AND state NOT IN (?)', [caseId, change.oldLeadId, ENDED_REFERRAL_STATES]);
  const time = await businessTime(tx);
  const marks = (await lockReferrals(tx, sent.map(({ id }) => id))).map((referral) => {
    const isMoved = moveOfTask({ kind: 'SENT_REFERRAL', counterpartUnitId: referral.toUnitId }, change) === 'MOVE';
    const set: Row = isMoved ? { from_unit_id: change.newLeadId } : { flag_code: 'LEAD_CHANGED' };
    return { referral, act: isMoved ? ('MOVED_WITH_CASE' as const) : ('FLAGGED' as const), set, note: null, actor, time };
  });
  await markReferrals(tx, marks);
  for (const { referral } of marks.filter((mark) => mark.act === 'MOVED_WITH_CASE' && isDisputed(mark.referral))) {
    const disputed = { set: {}, disputedOn: referral.disputedOn ?? time.today, settledOn: null };
    await announceDispute(tx, outbox, { referral: { ...referral, fromUnitId: change.newLeadId }, change: disputed, requestId: actor.requestId });
  }
  return marks.filter(({ act }) => act === 'MOVED_WITH_CASE').length;
}

/** Visits go along with their duty and need somebody of the new unit; agency tasks wait for the petitioner. @returns how many went along */
async function moveTasks(tx: EntityManager, { taskDuties }: CaseChangeDeps, { caseId, change, actor }: Following): Promise<number> {
  let moved = 0;
  for (const task of await tasksOfUnitInCase(tx, caseId, change.oldLeadId)) {
    const isMoved = moveOfTask({ kind: task.kind === 'VISIT' ? 'VISIT' : 'AGENCY', counterpartUnitId: null }, change) === 'MOVE';
    const set: Row = isMoved ? { unit_id: change.newLeadId, official_id: null, moved_from_unit_id: change.oldLeadId } : { flag_code: 'LEAD_CHANGED' };
    if (!(await saveTask(tx, task, set))) throw new AppError('CONFLICT');
    await audit(tx, actor, {
      action: isMoved ? 'TASK_MOVED_WITH_CASE' : 'TASK_FLAGGED', subjectType: task.kind === 'VISIT' ? 'FollowUpVisit' : 'AgencyTask', subjectId: task.id, caseId,
      detail: { from: change.oldLeadId, to: change.newLeadId },
    });
    if (!isMoved) continue;
    await taskDuties.moveTo(tx, { taskId: task.id, unitId: change.newLeadId, requestId: actor.requestId });
    moved += 1;
  }
  return moved;
}
