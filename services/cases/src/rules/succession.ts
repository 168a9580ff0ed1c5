/** A unit as far as its end goes. */
export interface UnitEnd {
  readonly id: string;
  /** 停用日期; null while open. */
  readonly validTo: string | null;
  readonly successorUnitId: string | null;
}

export const isClosedOn = (unit: Pick<UnitEnd, 'validTo'>, today: string): boolean => unit.validTo !== null && unit.validTo <= today;

/** OPEN: the unit itself. FOLLOWED: its successor, through `path`. NO_SUCCESSOR: `lastUnitId` is closed and nobody is known to continue. */
export type Succession =
  | { readonly kind: 'OPEN'; readonly unitId: string }
  | { readonly kind: 'FOLLOWED'; readonly unitId: string; readonly path: readonly string[] }
  | { readonly kind: 'NO_SUCCESSOR'; readonly lastUnitId: string }
  | { readonly kind: 'UNKNOWN' };

/**
 * Who continues a unit's functions (《信访工作条例》第二十四条第二款). A chain that leads back into itself names nobody.
 */
export function successionOf(unitId: string, units: ReadonlyMap<string, UnitEnd>, today: string): Succession {
  const path: string[] = [];
  for (let id: string = unitId; ; ) {
    const unit = units.get(id);
    if (!unit) return path.length === 0 ? { kind: 'UNKNOWN' } : { kind: 'NO_SUCCESSOR', lastUnitId: path.at(-1) ?? id };
    if (!isClosedOn(unit, today)) return path.length === 0 ? { kind: 'OPEN', unitId: id } : { kind: 'FOLLOWED', unitId: id, path: [...path, id] };
    path.push(id);
    if (unit.successorUnitId === null || path.includes(unit.successorUnitId)) return { kind: 'NO_SUCCESSOR', lastUnitId: id };
    id = unit.successorUnitId;
  }
}

/** The units of an assignment. */
export interface UnitsInCharge {
  readonly leadUnitId: string;
  readonly supportUnitIds: readonly string[];
  readonly guideUnitId: string | null;
}

/** The same units with `to` in the place of `from`; nobody stands in two places: leading goes before guiding, guiding before supporting. */
export function unitsAfter(units: UnitsInCharge, from: string, to: string): UnitsInCharge {
  const put = (id: string): string => (id === from ? to : id);
  return inOnePlace({ leadUnitId: put(units.leadUnitId), guideUnitId: units.guideUnitId && put(units.guideUnitId), supportUnitIds: units.supportUnitIds.map(put) });
}

/** The same units under another lead. */
export const unitsUnder = (units: UnitsInCharge, leadUnitId: string): UnitsInCharge => inOnePlace({ ...units, leadUnitId });

function inOnePlace({ leadUnitId, guideUnitId, supportUnitIds }: UnitsInCharge): UnitsInCharge {
  const guide = guideUnitId === leadUnitId ? null : guideUnitId;
  return { leadUnitId, guideUnitId: guide, supportUnitIds: [...new Set(supportUnitIds)].filter((id) => id !== leadUnitId && id !== guide) };
}
