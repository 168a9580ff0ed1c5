import { divisionLevel, type DivisionLevel } from '@anjie/contracts';
import { lineOf, type LineDepartment } from './line-departments';
import { decidingPlace, divisionsUpwards, holdsAll } from './places';

/** A unit that could be made responsible: open, and not excluded from the case. */
export interface RoutableUnit {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly divisionCode: string;
}

export interface RoutingFacts {
  /** 问题属地 */
  readonly divisionCode: string;
  readonly purpose: string;
  readonly contentCategory: string | null;
  /** Division of the office that registered; null where no unit did. */
  readonly officeDivision: string | null;
}

/** OWN_LEVEL and LOWER_LEVEL are Art. 22 ¶1 (1) and (2); OUTSIDE: the office does not hold the place. */
export type RoutingDirection = 'OWN_LEVEL' | 'LOWER_LEVEL' | 'OUTSIDE';
export type RoutingReasonCode =
  | 'TERRITORY' | 'TERRITORY_ABOVE' | 'NO_TERRITORY_UNIT' | 'SEVERAL_TERRITORY_UNITS'
  | 'LINE' | 'CATEGORY_UNKNOWN' | 'CATEGORY_WITHOUT_LINE' | 'NO_LINE_UNIT' | 'SEVERAL_LINE_UNITS'
  | 'LEVEL_BY_PLACE' | 'LEVEL_BY_LAW' | 'OWN_LEVEL' | 'LOWER_LEVEL' | 'OUTSIDE' | 'SEALED_LANE';

export interface RoutingReason {
  readonly code: RoutingReasonCode;
  readonly basis: string | null;
}
export interface RoutingProposal {
  /** 属地: the unit that would resolve. */
  readonly territoryUnitId: string | null;
  /** 行业主管部门: the unit that would guide. */
  readonly lineUnitId: string | null;
  /** The level that would decide; null where nothing is proposed. */
  readonly level: DivisionLevel | null;
  readonly direction: RoutingDirection | null;
  readonly reasons: readonly RoutingReason[];
}

const TERRITORY = '《信访工作条例》第二十二条第一款第二项';
const SEALED = '《信访工作条例》第三十条第三款';
const DIRECTION_BASIS: Readonly<Record<RoutingDirection, string>> = {
  OWN_LEVEL: '《信访工作条例》第二十二条第一款第一项', LOWER_LEVEL: TERRITORY, OUTSIDE: '《信访工作条例》第二十四条第一款',
};
/** Which kinds of unit stand for a place, by its level. */
const TERRITORY_KINDS: Readonly<Record<DivisionLevel, readonly string[]>> = {
  PROVINCE: ['GOVERNMENT'], CITY: ['GOVERNMENT'], COUNTY: ['GOVERNMENT'], TOWNSHIP: ['TOWNSHIP', 'FUNCTIONAL_ZONE'], VILLAGE: [],
};
const LEVELS: readonly DivisionLevel[] = ['PROVINCE', 'CITY', 'COUNTY', 'TOWNSHIP', 'VILLAGE'];

/**
 * 属地管理、分级负责，谁主管、谁负责: who would resolve and who would guide, with reasons. A proposal; a person decides.
 * An accusation gets none: nobody is named who might be the one accused (第三十条第三款).
 */
export function proposeRouting(facts: RoutingFacts, units: readonly RoutableUnit[]): RoutingProposal {
  if (facts.purpose === 'ACCUSATION') {
    return { territoryUnitId: null, lineUnitId: null, level: null, direction: null, reasons: [{ code: 'SEALED_LANE', basis: SEALED }] };
  }
  const line = lineOf(facts.contentCategory);
  const level = levelOf(facts.divisionCode, line);
  const territory = territoryOf(level.places, units);
  const guide = guideOf(facts.contentCategory, line, { places: level.places.slice(territory.climbed), units });
  const decidedAt = level.places[territory.climbed] ?? facts.divisionCode;
  const direction = directionOf(facts, decidedAt);
  return {
    territoryUnitId: territory.unitId, lineUnitId: guide.unitId, level: divisionLevel(decidedAt), direction,
    reasons: [level.reason, territory.reason, guide.reason, { code: direction, basis: DIRECTION_BASIS[direction] }],
  };
}

/** The place itself, or the lowest level to which the law gives such matters; with all places above it. */
function levelOf(divisionCode: string, line: LineDepartment | undefined) {
  const all = divisionsUpwards(decidingPlace(divisionCode));
  const lowest = line?.lowestLevel ?? null;
  const places = lowest === null ? all : all.filter((code) => LEVELS.indexOf(divisionLevel(code)) <= LEVELS.indexOf(lowest));
  const isRaised = places.length < all.length;
  const reason: RoutingReason = isRaised ? { code: 'LEVEL_BY_LAW', basis: line?.basis ?? null } : { code: 'LEVEL_BY_PLACE', basis: TERRITORY };
  return { places, reason };
}

/** The one unit that stands for the lowest place that has any. Two are for a person to choose from. */
function territoryOf(places: readonly string[], units: readonly RoutableUnit[]): { unitId: string | null; climbed: number; reason: RoutingReason } {
  for (const [climbed, place] of places.entries()) {
    const found = units.filter((unit) => unit.divisionCode === place && TERRITORY_KINDS[divisionLevel(place)].includes(unit.kind));
    if (found.length > 1) return { unitId: null, climbed, reason: { code: 'SEVERAL_TERRITORY_UNITS', basis: null } };
    if (found[0]) return { unitId: found[0].id, climbed, reason: { code: climbed === 0 ? 'TERRITORY' : 'TERRITORY_ABOVE', basis: TERRITORY } };
  }
  return { unitId: null, climbed: 0, reason: { code: 'NO_TERRITORY_UNIT', basis: null } };
}

/** The department of the category's line at the level of the territory unit, or at the next level that has one. */
function guideOf(category: string | null, line: LineDepartment | undefined, { places, units }: { places: readonly string[]; units: readonly RoutableUnit[] }) {
  if (category === null || !line) return { unitId: null, reason: { code: 'CATEGORY_UNKNOWN' as const, basis: null } };
  if (line.names.length === 0) return { unitId: null, reason: { code: 'CATEGORY_WITHOUT_LINE' as const, basis: null } };
  for (const place of places) {
    const found = units.filter((unit) => unit.kind === 'DEPARTMENT' && unit.divisionCode === place && line.names.some((name) => unit.name.includes(name)));
    if (found.length > 1) return { unitId: null, reason: { code: 'SEVERAL_LINE_UNITS' as const, basis: null } };
    if (found[0]) return { unitId: found[0].id, reason: { code: 'LINE' as const, basis: line.basis ?? TERRITORY } };
  }
  return { unitId: null, reason: { code: 'NO_LINE_UNIT' as const, basis: null } };
}

function directionOf({ divisionCode, officeDivision }: RoutingFacts, decidedAt: string): RoutingDirection {
  if (!holdsAll(officeDivision, [divisionCode])) return 'OUTSIDE';
  return officeDivision === decidedAt ? 'OWN_LEVEL' : 'LOWER_LEVEL';
}
