import type { EntityManager } from 'typeorm';
import { isRefusal, refuse } from '@anjie/contracts';
import { isId, newId, type Actor, type Row } from '@anjie/service-kit/database';
import { ledgersOfCases, type LedgerOfCase } from '@anjie/service-kit/facts';
import type { FigureDelta } from '@anjie/service-kit/figures';
import type { ActivityRow } from '../activities/activity-repository';
import type { DutyService, NewDuty } from '../duties/duty-service';
import type { PromiseInput } from '../generated/graphql';
import { checkCrew } from '../readiness/crew-check';
import { casePlaces, exclusionsOf } from '../readiness/crew-repository';
import { activityRefusals, promiseObjection, type ActivityRefusal } from '../rules/activity-lifecycle';
import { textRefusal } from '../rules/words';
import { actingUnits } from '../units/acting-repository';
import { unitLines } from '../units/unit-tree-repository';
import { addPromiseCells, insertPromises, type PromiseCell } from './promise-repository';

export interface PromisedAt {
  readonly actor: Actor;
  readonly duties: DutyService;
  readonly activity: ActivityRow;
  readonly caseIds: readonly string[];
  readonly today: string;
}
export interface Promised {
  readonly promiseIds: readonly string[];
  /** Added at the end of the transaction. */
  readonly deltas: readonly FigureDelta[];
}

interface NewPromise {
  readonly id: string;
  readonly text: string;
  readonly caseId: string | null;
  readonly unitId: string | null;
  readonly officialId: string | null;
  readonly dueOn: string;
}

const low = (id: string | null | undefined): string | null => id?.toLowerCase() ?? null;

/** Writes down what was promised; about a case it becomes an obligation with an alarm. */
export async function makePromises(tx: EntityManager, at: PromisedAt, inputs: readonly PromiseInput[]): Promise<Promised | ActivityRefusal> {
  const promises = inputs.map((input): NewPromise => ({
    id: newId(), text: input.text.trim(), caseId: low(input.caseId), unitId: low(input.obligorUnitId), officialId: low(input.obligorOfficialId), dueOn: input.dueOn,
  }));
  const refusal = objectionTo(at, promises) ?? (await obligorRefusal(tx, at, promises));
  if (refusal) return refusal;
  await insertPromises(tx, promises.map((one) => rowOf(at, one)));
  await declareDuties(tx, at, promises);
  const cells = await cellsOf(tx, at, promises);
  await addPromiseCells(tx, cells);
  return { promiseIds: promises.map(({ id }) => id), deltas: cells.map((cell) => openDelta(cell, at.today, 1)) };
}

export const openDelta = ({ campaignId, divisionCode }: PromiseCell, on: string, delta: number): FigureDelta => ({ campaignId, divisionCode, figure: 'OPEN_PROMISES', on, delta });

function objectionTo({ today, caseIds }: PromisedAt, promises: readonly NewPromise[]): ActivityRefusal | null {
  const own = new Set(caseIds);
  for (const one of promises) {
    const refusal = textRefusal(one.text, { least: 1, most: 500 })
      ?? promiseObjection({ obligorUnitId: one.unitId, obligorOfficialId: one.officialId, dueOn: one.dueOn, caseId: one.caseId }, { today, caseIds: own });
    if (refusal) return refusal;
  }
  return null;
}

/** Units that are open, officials in office, neither kept out of the case; a sealed case takes no promise. */
async function obligorRefusal(tx: EntityManager, { actor }: PromisedAt, promises: readonly NewPromise[]): Promise<ActivityRefusal | null> {
  const places = await casePlaces(tx, promises.flatMap((one) => one.caseId ?? []));
  if ([...places.values()].some((place) => Number(place.isSealed) === 1)) return activityRefusals.sealed();
  const units = await actingUnits(tx, actor.viewer, promises.flatMap((one) => one.unitId ?? []));
  if (promises.some((one) => one.unitId !== null && !(isId(one.unitId) && units.get(one.unitId)?.isOpen))) return activityRefusals.promiseNotFit();
  for (const { officialId, caseId } of promises) {
    if (officialId === null) continue;
    const { objection } = await checkCrew(tx, { officialIds: [officialId], caseIds: caseId ? [caseId] : [] });
    if (objection) return objection;
  }
  return excludedUnit(tx, promises);
}

/** 第三十条第三款: a unit that the case accuses, or one below it, is not told of it by a promise that it would owe. */
async function excludedUnit(tx: EntityManager, promises: readonly NewPromise[]): Promise<ActivityRefusal | null> {
  const excluded = await exclusionsOf(tx, promises.flatMap((one) => one.caseId ?? []));
  if (excluded.size === 0) return null;
  const lines = await unitLines(tx, promises.flatMap((one) => one.unitId ?? []));
  const isExcluded = promises.some(({ caseId, unitId }) => caseId !== null && unitId !== null && (lines.get(unitId) ?? [unitId]).some((unit) => excluded.get(caseId)?.has(unit)));
  return isExcluded ? refuse('OFFICIAL_EXCLUDED', '该单位应当回避此事项。', 'The unit must stay out of this case.', '《信访工作条例》第三十条第三款') : null;
}

const rowOf = ({ activity, today }: PromisedAt, one: NewPromise): Row => ({
  id: one.id, activity_id: activity.id, case_id: one.caseId, text: one.text, obligor_unit_id: one.unitId, obligor_official_id: one.officialId, made_on: today, due_on: one.dueOn, state: 'OPEN',
});

async function declareDuties(tx: EntityManager, { actor, duties, activity, today }: PromisedAt, promises: readonly NewPromise[]): Promise<void> {
  const places = await casePlaces(tx, promises.flatMap((one) => one.caseId ?? []));
  const owed = promises.flatMap((one): NewDuty[] => one.caseId === null ? [] : [{
    dutyCode: 'PROMISE', subject: { type: 'ActivityPromise', id: one.id }, caseId: one.caseId, obligor: { unitId: one.unitId, officialId: one.officialId },
    jurisdictionCode: places.get(one.caseId)?.divisionCode ?? activity.divisionCode, startOn: today, assignedOn: one.dueOn,
  }]);
  await duties.open(tx, owed, actor.requestId);
}

/** Counted in the ledgers that count its case; a promise about none, in the activity's campaign. */
async function cellsOf(tx: EntityManager, { activity }: PromisedAt, promises: readonly NewPromise[]): Promise<PromiseCell[]> {
  const ledgers = await ledgersOfCases(tx, [...new Set(promises.flatMap((one) => one.caseId ?? []))]);
  return promises.flatMap((one) => {
    const own: readonly Pick<LedgerOfCase, 'campaignId' | 'divisionCode'>[] = ledgers.filter((ledger) => ledger.caseId === one.caseId);
    const cells = own.length > 0 || activity.campaignId === null ? own : [{ campaignId: activity.campaignId, divisionCode: activity.divisionCode }];
    return cells.map(({ campaignId, divisionCode }) => ({ promiseId: one.id, campaignId, divisionCode }));
  });
}

export const isPromised = (answer: Promised | ActivityRefusal): answer is Promised => !isRefusal(answer);
