import type { DataSource, EntityManager } from 'typeorm';
import { AppError, refuse, type Refusal } from '@anjie/contracts';
import { audit, businessTime, runMutation, type Actor } from '@anjie/service-kit/database';
import { holdCases } from '../cases/case-repository';
import type { AssistanceTaskKind, AssistanceTaskRefusalCode, ReassignTasksInput } from '../generated/graphql';
import { markReferrals } from '../referrals/referral-mark-service';
import { isOfficialOf } from '../referrals/referral-pair-repository';
import { lockReferral } from '../referrals/referral-repository';
import { forbids } from '../rules/permissions';
import { unitsActedFor } from '../units/unit-repository';
import { giveTask, lockTask, visibleTasksByIds, type TaskRow } from './task-repository';

type Refused = Refusal<AssistanceTaskRefusalCode>;
export interface Reassigned {
  readonly kind: AssistanceTaskKind;
  readonly id: string;
  readonly version: number;
}
export type ReassignAnswer = { readonly rows: readonly (Reassigned | Refused)[] } | Refused;

const MAX_ROWS = 200;
const notFound = (): Refused => refuse('NOT_FOUND', '不存在、已办结，或对您不可见。', 'It does not exist, is not open, or is not visible to you.');

/** 批量改派: when somebody leaves, the tasks go to another official of the same unit, in one act. */
export const createReassignService = ({ db }: { db: DataSource }) => ({
  reassign: (actor: Actor, input: ReassignTasksInput): Promise<ReassignAnswer> =>
    runMutation<ReassignAnswer>(db, {
      actor, operation: 'reassignTasks', key: input.idempotencyKey, input,
      work: async (tx) => {
        const { length } = input.items;
        if (length < 1 || length > MAX_ROWS) return refuse('COUNT_OUT_OF_RANGE', `每次1至${MAX_ROWS}件。`, `1 to ${MAX_ROWS} rows at a time.`);
        return { rows: await reassignAll(tx, actor, input) };
      },
    }),
});
export type ReassignService = ReturnType<typeof createReassignService>;

async function reassignAll(tx: EntityManager, actor: Actor, input: ReassignTasksInput): Promise<(Reassigned | Refused)[]> {
  const seen = new Map((await visibleTasksByIds(tx, actor.viewer, input.items.map(({ id }) => id))).map((task) => [`${task.kind} ${task.id}`, task]));
  await holdCases(tx, [...seen.values()].map(({ caseId }) => caseId));
  const rows: (Reassigned | Refused)[] = [];
  for (const item of input.items) {
    const task = seen.get(`${item.kind} ${item.id.toLowerCase()}`);
    rows.push(task ? await reassign(tx, actor, { task, expectedVersion: item.expectedVersion, officialId: input.toOfficialId ?? null }) : notFound());
  }
  return rows;
}

interface Order {
  readonly task: TaskRow;
  readonly expectedVersion: number;
  readonly officialId: string | null;
}

async function reassign(tx: EntityManager, actor: Actor, { task: seen, expectedVersion, officialId }: Order): Promise<Reassigned | Refused> {
  const task = await lockTask(tx, seen.kind, seen.id);
  if (!task) return notFound();
  const acts = (await unitsActedFor(tx, actor.viewer, [task.unitId])).size > 0;
  const forbidden = forbids({ roles: actor.viewer.roles, parts: acts ? ['UNIT'] : [] }, 'REASSIGN');
  if (forbidden) return forbidden;
  if (task.version !== expectedVersion) return refuse('CHANGED_MEANWHILE', '该件已被他人修改，请刷新后重试。', 'Somebody changed this row first; reload it.');
  if (officialId && !(await isOfficialOf(tx, officialId, task.unitId))) return refuse('OFFICIAL_NOT_FOUND', '该单位没有这名在任干部。', 'This unit has no such official in office.');
  await give(tx, actor, { task, officialId, act: officialId ? 'REASSIGNED' : 'UNASSIGNED' });
  return { kind: task.kind, id: task.id, version: task.version + 1 };
}

/** A referral says it in its history, every task in the audit. The caller holds case and task. */
export async function give(tx: EntityManager, actor: Actor, { task, officialId, act }: { task: TaskRow; officialId: string | null; act: 'REASSIGNED' | 'UNASSIGNED' }): Promise<void> {
  const referral = task.kind === 'REFERRAL' ? await lockReferral(tx, task.id) : undefined;
  if (referral) return markReferrals(tx, [{ referral, act, set: { assigned_official_id: officialId }, note: null, actor, time: await businessTime(tx) }]);
  if (!(await giveTask(tx, task, officialId))) throw new AppError('CONFLICT');
  await audit(tx, actor, { action: `TASK_${act}`, subjectType: SUBJECTS[task.kind], subjectId: task.id, caseId: task.caseId, detail: { from: task.officialId, to: officialId } });
}
const SUBJECTS: Readonly<Record<AssistanceTaskKind, string>> = { REFERRAL: 'Referral', CO_HANDLING: 'ReferralCoHandling', VISIT: 'FollowUpVisit', AGENCY: 'AgencyTask' };
