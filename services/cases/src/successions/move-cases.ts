import { audit, selectIn, write, type Actor, type Sql } from '@anjie/service-kit/database';
import type { Outbox } from '@anjie/service-kit/messaging';
import { groupBy } from '@anjie/service-kit/runtime';
import { changeAssignments } from '../assignments/assignment-changes';
import { publishScopes } from '../cases/scope-service';
import { openClocksOfUnit } from '../clocks/clock-repository';
import type { Clocks } from '../clocks/clock-service';
import { recordEvents } from '../history/history-repository';
import { putResponsibilities, responsibilitiesInForce } from '../responsibilities/responsibility-repository';
import type { ProposedResponsibility } from '../rules/responsibility';
import { unitsAfter } from '../rules/succession';

export interface MoveDeps {
  readonly outbox: Outbox;
  readonly clocks: Clocks;
}

export interface CaseMove {
  readonly caseIds: readonly string[];
  readonly from: string;
  readonly to: string;
  readonly origin: 'SUCCESSION' | 'DESIGNATION';
  readonly ground: string | null;
  readonly actor: Actor;
  readonly today: string;
}
const ART24 = '《信访工作条例》第二十四条第二款';

/**
 * Puts one unit in the place of another in these cases: what it leads, guides, supports and owes. Dates stay as they are;
 * the first handler stays who it was. The cases' rows are locked by the caller. A fixed number of statements, and one
 * clock ended for each case that the successor led and its predecessor guided.
 */
export async function moveCases(tx: Sql, { outbox, clocks }: MoveDeps, move: CaseMove): Promise<void> {
  const { caseIds, from, to, origin, ground, actor, today } = move;
  if (caseIds.length === 0) return;
  const led = (await selectIn<{ id: string }>(tx, 'SELECT id FROM cases WHERE id IN (?) AND lead_unit_id = ?', caseIds, [from])).map((row) => row.id);
  const unguided = await changeAssignments(tx, { caseIds, unitsAfter: (units) => unitsAfter(units, from, to), origin, by: actor.viewer.subject, today });
  // a unit does not guide itself
  for (const caseId of unguided) await clocks.end(tx, { caseId, codes: ['GUIDANCE'], state: 'CANCELLED', on: today, requestId: actor.requestId });
  await moveResponsibilities(tx, move);
  await clocks.handAll(tx, { clocks: await openClocksOfUnit(tx, { caseIds, unitId: from }), toUnitId: to, requestId: actor.requestId });
  await write(
    tx,
    `UPDATE cases SET lead_since = IF(${HAS_IT}, ?, lead_since), lead_unit_id = IF(${HAS_IT}, ?, lead_unit_id), version = version + 1 WHERE id IN (?)`,
    [from, from, today, from, from, to, caseIds],
  );
  await audit(tx, actor, { action: 'UNIT_SUCCEEDED', subjectType: 'Unit', subjectId: from, caseId: caseIds.length === 1 ? (caseIds[0] ?? null) : null, detail: { to, origin, caseIds } });
  await recordEvents(tx, actor, caseIds.map((caseId) => ({
    caseId, action: origin === 'SUCCESSION' ? 'UNIT_SUCCEEDED' : 'SUCCESSOR_DESIGNATED', ground, basis: ART24, detail: { fromUnitId: from, toUnitId: to, isLead: led.includes(caseId) },
  })));
  await publishScopes(tx, outbox, { caseIds, requestId: actor.requestId });
}

/** A sealed case has one party, and nobody would see it any more: whoever continues the unit that registered it has it from now on. */
const HAS_IT = '(lead_unit_id = ? OR (is_sealed = 1 AND lead_unit_id IS NULL AND registered_unit_id = ?))';

/** The successor has its predecessor's role; where it had one of its own, resolving goes before assisting, assisting before cooperating. */
async function moveResponsibilities(tx: Sql, { caseIds, from, to, actor, today }: CaseMove): Promise<void> {
  const sets = groupBy(await responsibilitiesInForce(tx, caseIds), (row) => row.caseId);
  const changed = [...sets].filter(([, rows]) => rows.some((row) => row.unitId === from)).map(([caseId, rows]) => {
    const mine = rows.filter((row) => row.unitId === from || row.unitId === to).sort((a, b) => RANK[a.role] - RANK[b.role]);
    const set: ProposedResponsibility[] = [...rows.filter((row) => row.unitId !== from && row.unitId !== to), ...mine.slice(0, 1)].map(
      ({ unitId, role, placeKind, ground }) => ({ unitId: unitId === from ? to : unitId, role, placeKind, ground }),
    );
    return { caseId, set };
  });
  if (changed.length > 0) await putResponsibilities(tx, changed, { by: actor.viewer.subject, today, requestId: null });
}
const RANK = { RESOLVE: 0, ASSIST: 1, COOPERATE: 2 } as const;
