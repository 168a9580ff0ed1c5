import type { DataSource, EntityManager } from 'typeorm';
import { AppError } from '@anjie/contracts';
import { audit, businessTime, isId, newId, runMutation, type Actor } from '@anjie/service-kit/database';
import type { PlanResourceInput, RecordResourceInput } from '../generated/graphql';
import { mayActForUnit } from '../rules/acting';
import { amountObjection, resourceRefusals, yearObjection, type ResourceRefusal } from '../rules/agenda';
import { textRefusal } from '../rules/words';
import { actingUnit } from '../units/acting-repository';
import { insertResource, resourcesByIds, saveResource } from './resource-repository';

export type ResourceAnswer = { readonly resourceId: string } | ResourceRefusal;

/** 资源投入: what a unit gives to a campaign, planned and actual. */
export function createResourceService({ db }: { readonly db: DataSource }) {
  return {
    plan: (actor: Actor, input: PlanResourceInput): Promise<ResourceAnswer> =>
      runMutation<ResourceAnswer>(db, { actor, operation: 'planResource', key: input.idempotencyKey, input, work: (tx) => plan(tx, actor, input) }),
    record: (actor: Actor, input: RecordResourceInput): Promise<ResourceAnswer> =>
      runMutation<ResourceAnswer>(db, { actor, operation: 'recordResource', key: input.idempotencyKey, input, work: (tx) => record(tx, actor, input) }),
  };
}
export type ResourceService = ReturnType<typeof createResourceService>;

async function plan(tx: EntityManager, actor: Actor, input: PlanResourceInput): Promise<ResourceAnswer> {
  if (!isId(input.campaignId)) throw new AppError('BAD_USER_INPUT', { field: 'campaignId' });
  const unit = await actingUnit(tx, actor.viewer, input.unitId);
  if (!unit?.isOpen) return resourceRefusals.notFound();
  if (!mayActForUnit(actor.viewer, unit)) return resourceRefusals.forbidden();
  const { today } = await businessTime(tx);
  const objection = yearObjection(input.year, today) ?? amountObjection(input.kind, input.planned, { isPlan: true }) ?? textRefusal(input.name, { least: 1, most: 100 });
  if (objection) return objection;
  const id = newId();
  await insertResource(tx, {
    id, campaign_id: input.campaignId.toLowerCase(), unit_id: unit.id, division_code: unit.divisionCode, kind: input.kind, name: input.name.trim(), year: input.year, planned: input.planned,
    planned_by: actor.viewer.subject,
  });
  await audit(tx, actor, { action: 'planResource', subjectType: 'ResourceAllocation', subjectId: id, detail: { kind: input.kind, unitId: unit.id } });
  return { resourceId: id };
}

async function record(tx: EntityManager, actor: Actor, input: RecordResourceInput): Promise<ResourceAnswer> {
  const [row] = isId(input.resourceId) ? await resourcesByIds(tx, actor.viewer, [input.resourceId]) : [];
  if (!row) return resourceRefusals.notFound();
  const unit = await actingUnit(tx, actor.viewer, row.unitId);
  if (!mayActForUnit(actor.viewer, unit ?? { divisionCode: row.divisionCode, isOwn: false })) return resourceRefusals.forbidden();
  const objection = amountObjection(row.kind, input.actual, { isPlan: false });
  if (objection) return objection;
  const { today } = await businessTime(tx);
  if (!(await saveResource(tx, { id: row.id, version: input.expectedVersion, set: { actual: input.actual, actual_on: today } }))) throw new AppError('CONFLICT', { currentVersion: row.version });
  await audit(tx, actor, { action: 'recordResource', subjectType: 'ResourceAllocation', subjectId: row.id, detail: { kind: row.kind } });
  return { resourceId: row.id };
}
