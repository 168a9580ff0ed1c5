import { businessTime, type Actor, type Sql } from '@anjie/service-kit/database';
import { raiseNotices, type Outbox } from '@anjie/service-kit/messaging';
import type { CaseRow } from '../cases/case-repository';
import { assignmentNotices, type UnitsNamed } from '../rules/assignment-notices';

export interface NewOrder {
  /** As it was before the order. */
  readonly row: CaseRow;
  readonly units: UnitsNamed;
  readonly actor: Actor;
}

/** Tells the units that an order names, and the one that it relieves. */
export async function tellUnits(tx: Sql, outbox: Outbox, { row, units, actor }: NewOrder): Promise<void> {
  const { now } = await businessTime(tx);
  const occasion = `v${Number(row.version) + 1}`;
  const notices = assignmentNotices(row.leadUnitId, units).map(({ kind, unitId }) => ({
    kind, recipient: { kind: 'UNIT' as const, id: unitId }, caseId: row.id, subjectId: row.id, occasion, at: now, requestId: actor.requestId,
  }));
  await raiseNotices(tx, outbox, notices);
}
