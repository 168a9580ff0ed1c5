import type { DataSource, EntityManager } from 'typeorm';
import { businessTime, inTransaction, newId, select, type Actor } from '@anjie/service-kit/database';
import { raiseNotices, serviceViewer, type Outbox } from '@anjie/service-kit/messaging';
import { groupBy } from '@anjie/service-kit/runtime';
import { holdCases } from '../cases/case-repository';
import { isOfficialOf } from '../referrals/referral-pair-repository';
import { give } from './reassign-service';
import { lockTask, outlivedHolders, tasksOfOfficials, type TaskRow } from './task-repository';

export interface Departure {
  readonly officialId: string;
  /** Tells one departure from the next. */
  readonly mark: string;
  readonly actor: Actor;
}

/** 经办人离岗: whoever holds no post in a unit any more has none of its tasks; its head is told once. */
export function createDepartureService({ db, outbox }: { db: DataSource; outbox: Outbox }) {
  /** The directory's copy is up to date already. */
  const follow = async (tx: EntityManager, departures: readonly Departure[]): Promise<void> => {
    const byOfficial = groupBy(await tasksOfOfficials(tx, departures.map(({ officialId }) => officialId)), (task) => String(task.officialId));
    for (const departure of departures) await followOne(tx, outbox, { ...departure, tasks: byOfficial.get(departure.officialId) ?? [] });
  };
  return {
    follow,
    /** Acting posts end on a day that was told when they began. @returns how many officials had tasks of one */
    async followEnded(): Promise<number> {
      const { today } = await businessTime(db.manager);
      const found = [...new Set(await outlivedHolders(db.manager, today, 100))];
      const actor: Actor = { viewer: serviceViewer('assistance'), requestId: `ended-posts-${newId()}` };
      for (const officialId of found) await inTransaction(db, (tx) => follow(tx, [{ officialId, mark: `d${today}`, actor }]));
      return found.length;
    },
  };
}
export type DepartureService = ReturnType<typeof createDepartureService>;

async function followOne(tx: EntityManager, outbox: Outbox, { officialId, mark, actor, tasks }: Departure & { readonly tasks: readonly TaskRow[] }): Promise<void> {
  await holdCases(tx, tasks.map(({ caseId }) => caseId));
  for (const [unitId, ofUnit] of groupBy(tasks, (task) => task.unitId)) {
    if (await isOfficialOf(tx, officialId, unitId)) continue;
    const left: TaskRow[] = [];
    for (const one of ofUnit) {
      const task = await lockTask(tx, one.kind, one.id);
      if (task?.officialId !== officialId) continue;
      await give(tx, actor, { task, officialId: null, act: 'UNASSIGNED' });
      left.push(task);
    }
    const [first] = left;
    if (first) await tellHead(tx, outbox, { first, occasion: `left-${officialId}-${unitId.slice(0, 8)}-${mark}`, requestId: actor.requestId, leaverId: officialId });
  }
}

async function tellHead(tx: EntityManager, outbox: Outbox, { first, occasion, requestId, leaverId }: { first: TaskRow; occasion: string; requestId: string; leaverId: string }): Promise<void> {
  const [unit] = await select<{ headId: string | null }>(tx, 'SELECT head_official_id AS headId FROM known_units WHERE id = ?', [first.unitId]);
  const head = unit?.headId && unit.headId !== leaverId ? { kind: 'OFFICIAL' as const, id: unit.headId } : { kind: 'UNIT' as const, id: first.unitId };
  const { now } = await businessTime(tx);
  await raiseNotices(tx, outbox, [{ kind: 'TASKS_UNASSIGNED', recipient: head, caseId: first.caseId, subjectId: first.caseId, occasion, at: now, requestId }]);
}
