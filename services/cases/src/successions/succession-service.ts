import type { DataSource, EntityManager } from 'typeorm';
import { AppError, isRefusal, refuse, type PayloadOf, type UnitChanged } from '@anjie/contracts';
import { businessTime, inTransaction, runMutation, type Actor, type Sql } from '@anjie/service-kit/database';
import { serviceViewer } from '@anjie/service-kit/messaging';
import { lockCase, partsInCase } from '../cases/case-repository';
import type { DesignateSuccessorInput } from '../generated/graphql';
import { isPlainText, mayCoordinate } from '../rules/responsibility';
import { successionOf } from '../rules/succession';
import { moveCases, type MoveDeps } from './move-cases';
import { excludedUnits, hasPart, lockCasesOf, markClosedUnit, noteClosings, takeClosedUnit, unitsWithSuccessors } from './succession-repository';
import { chooseUnits, type No } from './unit-choice';

export interface SuccessionDeps extends MoveDeps {
  readonly db: DataSource;
}
type Done = { caseId: string };
/** Cases moved per transaction: a fraction of a second, so that nobody who works on one of them waits long. */
const CHUNK = 100;
const ART24 = '《信访工作条例》第二十四条第二款';

export function createSuccessionService(deps: SuccessionDeps) {
  return {
    designate: (input: DesignateSuccessorInput, actor: Actor) =>
      runMutation<Done | No>(deps.db, { actor, operation: 'designateSuccessor', key: input.idempotencyKey, input, work: (tx) => designate(tx, deps, { input, actor }) }),
    moveNext: () => moveNext(deps),
  };
}

/** What a change of units means for their cases: those of a unit that ends with a successor are moved by the sweep, chunk by chunk. */
export const hearOfUnits = (tx: Sql, units: readonly PayloadOf<typeof UnitChanged>[]): Promise<void> =>
  noteClosings(tx, {
    closing: units.flatMap(({ unitId, validTo, successorUnitId }) => (validTo !== null && successorUnitId !== null ? [{ unitId, closesOn: validTo }] : [])),
    open: units.filter(({ validTo }) => validTo === null).map(({ unitId }) => unitId),
  });

/**
 * Moves the next chunk of cases of a closed unit to whoever continues it (《信访工作条例》第二十四条第二款).
 * @returns true when there may be more to do
 */
async function moveNext({ db, ...deps }: SuccessionDeps): Promise<boolean> {
  return inTransaction(db, async (tx) => {
    const { today } = await businessTime(tx);
    const closed = await takeClosedUnit(tx, today);
    if (!closed) return false;
    const succession = successionOf(closed.unitId, await unitsWithSuccessors(tx, [closed.unitId]), today);
    if (succession.kind !== 'FOLLOWED') {
      // the chain ends in a unit that nobody continues: looked at again when officials tells of another unit
      await markClosedUnit(tx, closed.unitId, { state: succession.kind === 'OPEN' ? 'DONE' : 'STUCK', moved: 0 });
      return true;
    }
    const { caseIds, isLast } = await lockCasesOf(tx, { from: closed.unitId, to: succession.unitId, today, limit: CHUNK });
    const actor: Actor = { viewer: serviceViewer('cases'), requestId: 'move-to-successors' };
    await moveCases(tx, deps, { caseIds, from: closed.unitId, to: succession.unitId, origin: 'SUCCESSION', ground: null, actor, today });
    await markClosedUnit(tx, closed.unitId, { state: isLast ? 'DONE' : 'WAITING', moved: caseIds.length });
    return true;
  });
}

interface Designation {
  readonly input: DesignateSuccessorInput;
  readonly actor: Actor;
}

const NOT_PERMITTED: No = refuse('NOT_PERMITTED', '由本级党委、政府或者其指定的机关决定：只有辖区包含该事项与后继单位的联席办可以指定。', 'Decided by the Party committee and government of the level or whom they name: only a joint office whose division holds the case and the successor may designate.', ART24);

async function designate(tx: EntityManager, deps: SuccessionDeps, { input, actor }: Designation): Promise<Done | No> {
  const row = await lockCase(tx, actor.viewer, input.caseId);
  if (!row) return refuse('NOT_FOUND', '信访事项不存在，或对您不可见。', 'The case does not exist or is not visible to you.');
  const parts = (await partsInCase(tx, actor.viewer, row.id)).map((part) => part.role);
  const standing = { roles: actor.viewer.roles, parts, divisionCode: actor.viewer.divisionCode, superior: null };
  if (!mayCoordinate('DESIGNATE_SUCCESSOR', { ...standing, places: [row.divisionCode] })) return NOT_PERMITTED;
  if (!isPlainText(input.ground, 500)) return refuse('TEXT_LENGTH', '理由须为1至500字，不得含控制字符。', 'The ground must have 1 to 500 characters, none of them control characters.');
  const { today } = await businessTime(tx);
  const from = input.closedUnitId.toLowerCase();
  const chosen = await chooseUnits(tx, { caseId: row.id, unitIds: [input.successorUnitId.toLowerCase()], today });
  if (isRefusal(chosen)) return chosen;
  const successor = chosen.unitOf(input.successorUnitId.toLowerCase());
  if (!mayCoordinate('DESIGNATE_SUCCESSOR', { ...standing, places: [row.divisionCode, successor.divisionCode] })) return NOT_PERMITTED;
  const no = await unorphaned(tx, { caseId: row.id, from, today });
  if (no) return no;
  if (Number(row.version) !== input.expectedVersion) throw new AppError('CONFLICT', { currentVersion: Number(row.version) });
  await moveCases(tx, deps, { caseIds: [row.id], from, to: successor.id, origin: 'DESIGNATION', ground: input.ground.trim(), actor, today });
  return { caseId: row.id };
}

/** Only a closed unit that nobody known may continue here has no successor yet: one that is kept out of the case is none. */
async function unorphaned(tx: EntityManager, { caseId, from, today }: { caseId: string; from: string; today: string }): Promise<No | undefined> {
  const succession = successionOf(from, await unitsWithSuccessors(tx, [from]), today);
  if (succession.kind === 'UNKNOWN') return refuse('UNIT_UNKNOWN', '单位不存在。', 'The unit is not known here.');
  const isKeptOut = succession.kind === 'FOLLOWED' && (await excludedUnits(tx, caseId, [succession.unitId])).size > 0;
  if (succession.kind !== 'NO_SUCCESSOR' && !isKeptOut) {
    return refuse('UNIT_NOT_ORPHANED', '该单位未撤并，或者其后继单位已经明确。', 'The unit is open, or its successor is known and follows by itself.', ART24);
  }
  return (await hasPart(tx, caseId, from)) ? undefined : refuse('UNIT_WITHOUT_PART', '该单位未参与本信访事项。', 'The unit has no part in the case.');
}
