import { refuse, type Refusal } from '@anjie/contracts';
import type { Sql } from '@anjie/service-kit/database';
import type { ResponsibilityRefusalCode } from '../generated/graphql';
import { mayCharge } from '../rules/places';
import { successionOf } from '../rules/succession';
import { excludedUnits, unitsWithSuccessors, type UnitInChain } from './succession-repository';

export type No = Refusal<ResponsibilityRefusalCode>;
const ART24 = '《信访工作条例》第二十四条第二款';

export interface FollowedUnit {
  readonly fromUnitId: string;
  readonly toUnitId: string;
}

/** Units as a person named them, and the open units that are meant. */
export interface ChosenUnits {
  readonly unitOf: (named: string) => UnitInChain;
  readonly successions: readonly FollowedUnit[];
}

export interface UnitQuestion {
  readonly caseId: string;
  readonly unitIds: readonly string[];
  readonly today: string;
}

/**
 * The units that may have a part in a case: a closed one gives way to whoever continues it, one that is kept out is
 * refused, and so is one that two names lead to. Two statements, however many units.
 */
export async function chooseUnits(tx: Sql, { caseId, unitIds, today }: UnitQuestion): Promise<ChosenUnits | No> {
  const known = await unitsWithSuccessors(tx, unitIds);
  const chosen = new Map<string, UnitInChain>();
  for (const named of unitIds) {
    const succession = successionOf(named, known, today);
    if (succession.kind === 'UNKNOWN') return refuse('UNIT_UNKNOWN', '单位不存在。', 'The unit is not known here.');
    if (succession.kind === 'NO_SUCCESSOR') return closed(known.get(named)?.name ?? '');
    const unit = known.get(succession.unitId);
    if (unit) chosen.set(named, unit);
  }
  const meant = [...chosen.values()].map((unit) => unit.id);
  if (new Set(meant).size !== unitIds.length) return refuse('UNIT_TWICE', '同一单位（含撤并后的后继单位）不能重复列名。', 'A unit, or the successor of one, is listed twice.');
  if ((await excludedUnits(tx, caseId, meant)).size > 0) {
    return refuse('UNIT_EXCLUDED', '该单位依规应当回避本信访事项。', 'The unit is kept out of this case.', '《信访工作条例》第三十条第三款');
  }
  return {
    unitOf: (named) => chosen.get(named) ?? missing(named),
    successions: [...chosen].flatMap(([named, unit]) => (unit.id === named ? [] : [{ fromUnitId: named, toUnitId: unit.id }])),
  };
}

/** Why an office may not charge one of these units; undefined where it may charge them all. */
export const foreignUnit = (units: readonly UnitInChain[], reach: Parameters<typeof mayCharge>[1]): No | undefined =>
  units.every((unit) => mayCharge(unit.divisionCode, reach)) ? undefined : NOT_OURS;

const NOT_OURS: No = refuse(
  'NOT_PERMITTED', '只能交给本辖区内的单位，或者该事项所在地上级的单位；涉及其他地方的，由共同的上级机关决定。',
  'An office charges units of its own division and those of a place above the case; what touches other places is for the common superior.', '《信访工作条例》第二十二条、第二十四条',
);

function missing(named: string): never {
  throw new Error(`unit ${named} was not asked about`);
}

const closed = (name: string): No => refuse(
  'UNIT_CLOSED', `${name}已撤并，未登记继续行使其职权的单位；由本级党委、政府或者其指定的机关决定，请先指定后继单位。`,
  `${name} is closed and nobody is known to continue its functions: the Party committee and government of the level, or whom they name, decide. Designate a successor first.`, ART24,
);
