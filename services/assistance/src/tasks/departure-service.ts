import type { EntityManager } from 'typeorm';
import type { OfficialChanged, PayloadOf } from '@anjie/contracts';
import { businessTime, select, type Actor } from '@anjie/service-kit/database';
import { raiseNotices, type Outbox } from '@anjie/service-kit/messaging';
import { groupBy } from '@anjie/service-kit/runtime';
import { holdCases } from '../cases/case-repository';
import { isOfficialOf } from '../referrals/referral-pair-repository';
import { give } from './reassign-service';
import { lockTask, tasksOfOfficials, type TaskRow } from './task-repository';

export interface Departure {
  readonly official: PayloadOf<typeof OfficialChanged>;
  readonly version: number;
  readonly actor: Actor;
}

/** 经办人离岗: whoever holds no post in a unit any more has none of its tasks; its head is told once. */
export function createDepartureService({ outbox }: { outbox: Outbox }) {
  return {
    /** The directory's copy is up to date already. */
    async follow(tx: EntityManager, departures: readonly Departure[]): Promise<void> {
      const byOfficial = groupBy(await tasksOfOfficials(tx, departures.map(({ official }) => official.officialId)), (task) => String(task.officialId));
      for (const departure of departures) await followOne(tx, outbox, { ...departure, tasks: byOfficial.get(departure.official.officialId) ?? [] });
    },
  };
}
export type DepartureService = ReturnType<typeof createDepartureService>;

async function followOne(tx: EntityManager, outbox: Outbox, { official, version, actor, tasks }: Departure & { readonly tasks: readonly TaskRow[] }): Promise<void> {
  await holdCases(tx, tasks.map(({ caseId }) => caseId));
  for (const [unitId, ofUnit] of groupBy(tasks, (task) => task.unitId)) {
    if (await isOfficialOf(tx, official.officialId, unitId)) continue;
    const left: TaskRow[] = [];
    for (const one of ofUnit) {
      const task = await lockTask(tx, one.kind, one.id);
      if (task?.officialId !== official.officialId) continue;
      await give(tx, actor, { task, officialId: null, act: 'UNASSIGNED' });
      left.push(task);
    }
    const [first] = left;
    if (first) await tellHead(tx, outbox, { first, occasion: `left-${official.officialId}-${unitId.slice(0, 8)}-v${version}`, requestId: actor.requestId, leaverId: official.officialId });
  }
}

async function tellHead(tx: EntityManager, outbox: Outbox, { first, occasion, requestId, leaverId }: { first: TaskRow; occasion: string; requestId: string; leaverId: string }): Promise<void> {
  const [unit] = await select<{ headId: string | null }>(tx, 'SELECT head_official_id AS headId FROM known_units WHERE id = ?', [first.unitId]);
  const head = unit?.headId && unit.headId !== leaverId ? { kind: 'OFFICIAL' as const, id: unit.headId } : { kind: 'UNIT' as const, id: first.unitId };
  const { now } = await businessTime(tx);
  await raiseNotices(tx, outbox, [{ kind: 'TASKS_UNASSIGNED', recipient: head, caseId: first.caseId, subjectId: first.caseId, occasion, at: now, requestId }]);
}
