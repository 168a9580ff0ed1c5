import type { DataSource, EntityManager } from 'typeorm';
import { AppError, caseIsSealed, refuse, type Refusal } from '@anjie/contracts';
import { giveUp, runMutation, select, type Actor, type Sql } from '@anjie/service-kit/database';
import { forbidsService, type ServiceAction, type ServicePart } from '../rules/service-permissions';
import { isOfficialOf } from '../referrals/referral-pair-repository';
import { unitsActedFor } from '../units/unit-repository';
import type { CaseBound, CaseBoundRows } from './case-bound-repository';
import { isUnitExcluded } from './case-repository';

/** One call of a mutation inside its transaction. */
export interface Act<Input> {
  readonly tx: EntityManager;
  readonly actor: Actor;
  readonly input: Input;
}

/** Runs the mutations of one noun; each once, however often it is sent. */
export const mutationsOf = <Answer>(db: DataSource) =>
  <Input extends { readonly idempotencyKey: string }>(operation: string, work: (act: Act<Input>) => Promise<Answer>) =>
    (actor: Actor, input: Input): Promise<Answer> => runMutation<Answer>(db, { actor, operation, key: input.idempotencyKey, input, work: (tx) => work({ tx, actor, input }) });

export const notFound = (): Refusal<'NOT_FOUND'> => refuse('NOT_FOUND', '不存在，或对您不可见。', 'It does not exist, or is not visible to you.');

/** The one among these units for which the viewer acts: the own one or one below it; the viewer's own where none is named. */
export async function actingUnit(tx: Sql, { viewer }: Actor, unitId: string | null | undefined): Promise<string | undefined> {
  const [own] = [...(await unitsActedFor(tx, viewer, [unitId ?? viewer.unitId ?? '']))];
  return own;
}

/** 第三十条第三款: what is offered in a case tells of it, and becomes the unit's own to see. */
export const refusesExcluded = async (sql: Sql, caseId: string, unitId: string): Promise<Refusal<'NOT_PERMITTED'> | null> =>
  (await isUnitExcluded(sql, caseId, unitId)) ? refuse('NOT_PERMITTED', '该单位应当回避本信访事项。', 'The unit is kept out of this case.', '《信访工作条例》第三十条第三款') : null;

export interface Offering {
  readonly caseId: string;
  readonly unitId: string | null | undefined;
  readonly action: ServiceAction;
}

/** The unit that begins something in a case: the viewer acts for it and may, and it is not kept out of the case. */
export async function beginningUnit({ tx, actor }: Omit<Act<unknown>, 'input'>, { caseId, unitId, action }: Offering): Promise<string | Refusal<'NOT_FOUND' | 'NOT_PERMITTED'>> {
  const own = await actingUnit(tx, actor, unitId);
  const forbidden = forbidsService({ roles: actor.viewer.roles, parts: own ? ['UNIT'] : [] }, action);
  if (forbidden || !own) return forbidden ?? notFound();
  return (await refusesExcluded(tx, caseId, own)) ?? own;
}

/**
 * Whoever is to do what a unit begins: the viewer in person, who may be of a unit above, or somebody who is named; they come to see
 * the row, and are of the unit itself.
 */
export async function performerOf({ tx, actor }: Omit<Act<unknown>, 'input'>, { unitId, officialId }: { readonly unitId: string; readonly officialId: string | null | undefined }): Promise<string | Refusal<'OFFICIAL_NOT_FOUND'>> {
  const own = actor.viewer.unitId ?? unitId;
  const isOfUnit = officialId ? await isOfficialOf(tx, officialId, unitId) : await isOfficialOf(tx, actor.viewer.subject, own);
  return isOfUnit ? (officialId ?? actor.viewer.subject) : refuse('OFFICIAL_NOT_FOUND', '该单位没有这名在任干部。', 'This unit has no such official in office.');
}

export interface Sides {
  readonly UNIT?: string | null | undefined;
  readonly RESPONDENT?: string | null | undefined;
  readonly OBLIGOR?: string | null | undefined;
  /** An official who is named and acts for no unit. */
  readonly OBLIGED_OFFICIAL?: string | null | undefined;
}

/** What the viewer is to the units of a row. */
export async function partsOf(tx: Sql, { viewer }: Actor, sides: Sides): Promise<ServicePart[]> {
  const { OBLIGED_OFFICIAL: officialId, ...units } = sides;
  const named = Object.entries(units).flatMap(([part, unitId]) => (unitId ? [[part as ServicePart, unitId] as const] : []));
  const acted = await unitsActedFor(tx, viewer, named.map(([, unitId]) => unitId));
  const own = named.filter(([, unitId]) => acted.has(unitId)).map(([part]) => part);
  return officialId && officialId === viewer.subject ? [...own, 'OBLIGED_OFFICIAL'] : own;
}

export interface Change<One extends CaseBound> {
  readonly rows: CaseBoundRows<One>;
  readonly id: string;
  readonly expectedVersion: number;
  readonly action: ServiceAction;
  readonly sides: (row: One) => Sides;
  /** Parts that no unit gives. */
  readonly also?: (row: One) => readonly ServicePart[];
}

/**
 * The row that a mutation is about to change: seen by the viewer, of a case that is not sealed, case and row locked, permitted,
 * and as the viewer saw it. @throws AppError CONFLICT when somebody changed it since
 */
export async function rowToChange<One extends CaseBound>({ tx, actor }: Omit<Act<unknown>, 'input'>, change: Change<One>): Promise<One | Refusal<'NOT_FOUND' | 'NOT_PERMITTED'>> {
  const [seen] = await change.rows.byIds(tx, actor.viewer, [change.id]);
  if (seen) await lockOpenCase(tx, seen.caseId);
  const row = seen && (await change.rows.lock(tx, seen.id));
  if (!row) return notFound();
  const forbidden = forbidsService({ roles: actor.viewer.roles, parts: [...(await partsOf(tx, actor, change.sides(row))), ...(change.also?.(row) ?? [])] }, change.action);
  if (forbidden) return forbidden;
  if (row.version !== change.expectedVersion) throw new AppError('CONFLICT', { currentVersion: row.version });
  return row;
}

/** What is counted about one case changes one writer at a time; of a sealed case nothing changes here. */
async function lockOpenCase(tx: Sql, caseId: string): Promise<void> {
  const [scope] = await select<{ isSealed: number }>(tx, 'SELECT is_sealed AS isSealed FROM case_scopes WHERE case_id = ? FOR UPDATE', [caseId]);
  if (scope?.isSealed) giveUp(caseIsSealed());
}

/** Writes the next version of a locked row. @throws AppError CONFLICT */
export async function changeRow<One extends CaseBound>(tx: Sql, rows: CaseBoundRows<One>, { row, set }: { row: One; set: Parameters<CaseBoundRows<One>['change']>[2] }): Promise<void> {
  if (!(await rows.change(tx, row, set))) throw new AppError('CONFLICT');
}
