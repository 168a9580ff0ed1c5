import { insertRows, newId, selectIn, write, type Sql } from '@anjie/service-kit/database';
import { groupBy } from '@anjie/service-kit/runtime';
import type { UnitsInCharge } from '../rules/succession';
import { putResponsibilities, responsibilitiesInForce } from '../responsibilities/responsibility-repository';
import { supportUnitsOf } from './assignment-repository';

export interface AssignmentChange {
  readonly caseIds: readonly string[];
  /** The units that take the place of those in charge. */
  readonly unitsAfter: (before: UnitsInCharge) => UnitsInCharge;
  readonly origin: 'COORDINATION' | 'SUCCESSION' | 'DESIGNATION';
  readonly by: string;
  readonly today: string;
}

interface InForce {
  readonly caseId: string;
  readonly kind: string;
  readonly leadUnitId: string;
  readonly guideUnitId: string | null;
  readonly guidanceDueOn: string | null;
  readonly limitOn: string | null;
  readonly note: string | null;
}

/**
 * Ends the assignments in force of these cases and writes their successors: other units, the same order, the same limit.
 * The cases' rows are locked by the caller. A fixed number of statements.
 * @returns the cases that have no guide any more, because the guide now leads
 */
export async function changeAssignments(tx: Sql, { caseIds, unitsAfter, origin, by, today }: AssignmentChange): Promise<string[]> {
  const inForce = await selectIn<InForce>(
    tx,
    `SELECT case_id AS caseId, kind, lead_unit_id AS leadUnitId, guide_unit_id AS guideUnitId, guidance_due_on AS guidanceDueOn, limit_on AS limitOn, note
       FROM assignments WHERE active_case_id IN (?) ORDER BY case_id`,
    caseIds,
  );
  if (inForce.length === 0) return [];
  const supports = groupBy(await supportUnitsOf(tx, 'case', caseIds), (row) => row.parentId);
  const next = inForce.map((old) => ({
    id: newId(), old, units: unitsAfter({ ...old, supportUnitIds: (supports.get(old.caseId) ?? []).map((row) => row.unitId) }),
  }));
  await write(tx, 'UPDATE assignments SET active_case_id = NULL, ended_on = ? WHERE active_case_id IN (?)', [today, caseIds]);
  await insertRows(tx, 'assignments', next.map(({ id, old, units }) => ({
    id, case_id: old.caseId, active_case_id: old.caseId, kind: old.kind, lead_unit_id: units.leadUnitId, assigned_on: today, assigned_by: by,
    limit_on: old.limitOn, note: old.note, ended_on: null, guide_unit_id: units.guideUnitId,
    guidance_due_on: units.guideUnitId ? old.guidanceDueOn : null, origin,
  })));
  await insertRows(tx, 'assignment_supports', next.flatMap(({ id, units }) => units.supportUnitIds.map((unit) => ({ assignment_id: id, unit_id: unit }))));
  return next.filter(({ old, units }) => old.guideUnitId && !units.guideUnitId).map(({ old }) => old.caseId);
}

interface NewLead {
  readonly caseId: string;
  readonly leadUnitId: string;
  readonly by: string;
  readonly today: string;
}
/** Where responsibilities are divided among places, resolving goes with the lead. */
export async function followLead(tx: Sql, { caseId, leadUnitId, by, today }: NewLead): Promise<void> {
  const inForce = await responsibilitiesInForce(tx, [caseId]);
  if (inForce.length === 0 || inForce.some((row) => row.role === 'RESOLVE' && row.unitId === leadUnitId)) return;
  const others = inForce.filter((row) => row.role !== 'RESOLVE' && row.unitId !== leadUnitId);
  await putResponsibilities(tx, [{ caseId, set: [...others, { unitId: leadUnitId, role: 'RESOLVE', placeKind: null, ground: '交办确定的责任单位' }] }], { by, today, requestId: null });
}
