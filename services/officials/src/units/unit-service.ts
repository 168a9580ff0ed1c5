import { UnitChanged, refuse } from '@anjie/contracts';
import { newId } from '@anjie/service-kit/database';
import { chunksOf } from '@anjie/service-kit/runtime';
import { rowRefusal, sortedByState, type DirectoryChange, type DirectoryRefusal, type PutAnswer } from '../directory/directory-change';
import { divisionsByCodes } from '../divisions/division-repository';
import { unitProblem, type UnitRowIn } from '../rules/directory';
import { saveUnits, unitsByCodes, unitsByIds, type UnitRow } from './unit-repository';
import { rebuildClosure, subtreeOf, unitInLoop, unitLines } from './unit-tree-repository';

/** Creates or changes units by code in the caller's transaction; a move rewrites the closure of the whole subtree. */
export async function putUnits(change: DirectoryChange, rows: readonly UnitRowIn[]): Promise<PutAnswer> {
  const { tx } = change;
  const refusal = rowRefusal(rows, { keyOf: (row) => row.code, problemOf: unitProblem });
  if (refusal) return refusal;
  const known = await namedUnits(change, rows);
  const missing = (await referenceRefusal(change, rows)) ?? unitReferenceRefusal(rows, known);
  if (missing) return missing;
  const ids = new Map([...known].map(([code, unit]) => [code, unit.id]));
  for (const row of rows) if (!ids.has(row.code)) ids.set(row.code, (row.id ?? newId()).toLowerCase());
  const sorted = sortedByState(rows.map((row) => [asStored(change, row, { known: known.get(row.code), ids }), known.get(row.code)] as const));
  await saveUnits(tx, sorted.created, sorted.changed);
  const loop = await settleTree(change, sorted, known);
  if (loop) return refuse('TREE_LOOP', `单位 ${loop}：上级关系成环。`, `Unit ${loop} would stand above itself.`);
  return sorted.counts;
}

/** All units that the rows name, by code. */
async function namedUnits({ tx }: DirectoryChange, rows: readonly UnitRowIn[]): Promise<Map<string, UnitRow>> {
  const codes = rows.flatMap((row) => [row.code, ...[row.parentCode, row.successorCode].flatMap((code) => code ?? [])]);
  return new Map((await unitsByCodes(tx, [...new Set(codes)])).map((unit) => [unit.code, unit]));
}

async function referenceRefusal({ tx }: DirectoryChange, rows: readonly UnitRowIn[]): Promise<DirectoryRefusal | null> {
  const divisions = new Set((await divisionsByCodes(tx, [...new Set(rows.map((row) => row.divisionCode))])).map((d) => d.code));
  const row = rows.find((r) => !divisions.has(r.divisionCode));
  return row ? refuse('REFERENCE_UNKNOWN', `单位 ${row.code}：行政区划不存在。`, `Unit ${row.code}: its division is not known.`) : null;
}

function unitReferenceRefusal(rows: readonly UnitRowIn[], known: ReadonlyMap<string, UnitRow>): DirectoryRefusal | null {
  const coming = new Set(rows.map((row) => row.code));
  const isThere = (code: string | null | undefined): boolean => code == null || coming.has(code) || known.has(code);
  const row = rows.find((r) => !isThere(r.parentCode) || !isThere(r.successorCode));
  return row ? refuse('REFERENCE_UNKNOWN', `单位 ${row.code}：上级或后继单位不存在。`, `Unit ${row.code}: its parent or successor is not known.`) : null;
}

interface Known {
  readonly known: UnitRow | undefined;
  readonly ids: ReadonlyMap<string, string>;
}

function asStored({ today }: DirectoryChange, row: UnitRowIn, { known, ids }: Known): UnitRow {
  const idOf = (code: string | null | undefined): string | null => (code == null ? null : (ids.get(code) ?? null));
  const endsByMerger = row.successorCode != null ? (known?.validTo ?? today) : null;
  return {
    id: ids.get(row.code) ?? newId(), code: row.code, name: row.name, kind: row.kind, divisionCode: row.divisionCode,
    parentUnitId: idOf(row.parentCode), successorUnitId: idOf(row.successorCode), headOfficialId: known?.headOfficialId ?? null,
    validFrom: row.validFrom, validTo: row.validTo ?? endsByMerger, version: (known?.version ?? 0) + 1,
  };
}

/** Closure of what was created or moved, a new version for units whose line changed, and the announcement. Answers a unit in a loop. */
async function settleTree(change: DirectoryChange, { created, changed }: { created: readonly UnitRow[]; changed: readonly UnitRow[] }, known: ReadonlyMap<string, UnitRow>) {
  const { tx } = change;
  const moved = changed.filter((unit) => unit.parentUnitId !== known.get(unit.code)?.parentUnitId);
  const placed = await subtreeOf(tx, [...created, ...moved].map((unit) => unit.id));
  await rebuildClosure(tx, placed);
  const loop = await unitInLoop(tx, placed);
  if (loop !== undefined) return loop;
  const written = new Set([...created, ...changed].map((unit) => unit.id));
  const carried = (await unitsByIds(tx, placed.filter((id) => !written.has(id)))).map((unit) => ({ ...unit, version: unit.version + 1 }));
  await saveUnits(tx, [], carried);
  await announceUnits(change, [...created, ...changed, ...carried]);
  return undefined;
}

/** Tells the others about units as they stand, each with the units above it. */
export async function announceUnits({ tx, outbox, actor }: DirectoryChange, units: readonly UnitRow[]): Promise<void> {
  const lines = await unitLines(tx, units.map((unit) => unit.id));
  for (const part of chunksOf(units, 500)) {
    await outbox.announceAll(tx, UnitChanged, part.map((unit) => ({
      aggregateId: unit.id, version: unit.version, requestId: actor.requestId,
      payload: {
        unitId: unit.id, code: unit.code, name: unit.name, kind: unit.kind, divisionCode: unit.divisionCode,
        ancestorIds: (lines.get(unit.id) ?? []).filter((id) => id !== unit.id),
        headOfficialId: unit.headOfficialId, successorUnitId: unit.successorUnitId, validTo: unit.validTo,
      },
    })));
  }
}
