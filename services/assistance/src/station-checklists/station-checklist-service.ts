import type { DataSource, EntityManager } from 'typeorm';
import { AppError, isRefusal, refuse, type Refusal } from '@anjie/contracts';
import { audit, businessTime, newId, runMutation, select, type Actor } from '@anjie/service-kit/database';
import type { FillStationChecklistItemInput, StartStationChecklistInput, StationChecklistRefusalCode } from '../generated/graphql';
import type { Kinds } from '../kinds';
import { centresByIds } from '../mediation-centres/mediation-centre-repository';
import { forbids } from '../rules/permissions';
import { plainText } from '../rules/plain-texts';
import { unitsActedFor } from '../units/unit-repository';
import { addChecklist, bumpChecklist, lockChecklist, putItem, visibleChecklistsByIds } from './station-checklist-repository';

type Refused = Refusal<StationChecklistRefusalCode>;
export type ChecklistAnswer = { readonly checklistId: string } | Refused;

const notFound = (): Refused => refuse('NOT_FOUND', '不存在，或对您不可见。', 'It does not exist, or is not visible to you.');

export interface ChecklistDeps {
  readonly db: DataSource;
  readonly kinds: Kinds;
}

/** 建站清单: what a unit says it has, item by item, with evidence. */
export const createStationChecklistService = ({ db, kinds }: ChecklistDeps) => ({
  start: (actor: Actor, input: StartStationChecklistInput) =>
    runMutation<ChecklistAnswer>(db, { actor, operation: 'startStationChecklist', key: input.idempotencyKey, input, work: (tx) => start(tx, { actor, input, kinds }) }),
  fill: (actor: Actor, input: FillStationChecklistItemInput) =>
    runMutation<ChecklistAnswer>(db, { actor, operation: 'fillStationChecklistItem', key: input.idempotencyKey, input, work: (tx) => fill(tx, { actor, input, kinds }) }),
});
export type StationChecklistService = ReturnType<typeof createStationChecklistService>;

async function start(tx: EntityManager, { actor, input, kinds }: { actor: Actor; input: StartStationChecklistInput; kinds: Kinds }): Promise<ChecklistAnswer> {
  const kind = kinds.stationChecklists.usable(input.kind);
  if (!kind) return refuse('KIND_UNKNOWN', '没有这一清单，或已停用。', 'There is no such list, or it is retired.');
  const [centre] = input.centreId ? await centresByIds(tx, [input.centreId]) : [];
  if (kind.forCentre !== (centre !== undefined)) return refuse('CENTRE_INVALID', '建站清单须指明场所，其他清单不指明。', 'A list of a station names the place, other lists name none.');
  const [unitId] = [...(await unitsActedFor(tx, actor.viewer, [centre?.unitId ?? input.unitId ?? actor.viewer.unitId ?? '']))];
  const forbidden = forbids({ roles: actor.viewer.roles, parts: unitId ? ['UNIT'] : [] }, 'FILL_CHECKLIST');
  if (forbidden || !unitId) return forbidden ?? notFound();
  const divisionCode = centre ? centre.divisionCode : await divisionOfUnit(tx, unitId);
  const { today } = await businessTime(tx);
  const id = newId();
  await addChecklist(tx, { id, kind: kind.code, unit_id: unitId, division_code: divisionCode, centre_id: centre?.id ?? null, started_on: today, started_by: actor.viewer.subject });
  await audit(tx, actor, { action: 'CHECKLIST_STARTED', subjectType: 'StationChecklist', subjectId: id, detail: { kind: kind.code, unitId } });
  return { checklistId: id };
}

async function fill(tx: EntityManager, { actor, input, kinds }: { actor: Actor; input: FillStationChecklistItemInput; kinds: Kinds }): Promise<ChecklistAnswer> {
  const [seen] = await visibleChecklistsByIds(tx, actor.viewer, [input.checklistId]);
  const list = seen && (await lockChecklist(tx, seen.id));
  if (!list) return notFound();
  const acts = (await unitsActedFor(tx, actor.viewer, [list.unitId])).size > 0;
  const forbidden = forbids({ roles: actor.viewer.roles, parts: acts ? ['UNIT'] : [] }, 'FILL_CHECKLIST');
  if (forbidden) return forbidden;
  if (list.version !== input.expectedVersion) throw new AppError('CONFLICT', { currentVersion: list.version });
  if (!kinds.stationChecklists.of(list.kind).items.some(({ code }) => code === input.itemCode)) return refuse('ITEM_UNKNOWN', '清单没有这一项。', 'The list has no such item.');
  const { today } = await businessTime(tx);
  const doneOn = input.doneOn ?? today;
  if (doneOn > today) return refuse('DATE_INVALID', '完成日期不得晚于今天。', 'The day lies not after today.');
  const evidence = input.isDone ? plainText(input.evidence ?? '', { field: 'evidence', max: 300 }) : '';
  if (isRefusal(evidence)) return evidence as Refused;
  await putItem(tx, { checklistId: list.id, itemCode: input.itemCode, fill: input.isDone ? { done_on: doneOn, evidence, filled_by: actor.viewer.subject } : null });
  if (!(await bumpChecklist(tx, list))) throw new AppError('CONFLICT');
  await audit(tx, actor, { action: input.isDone ? 'CHECKLIST_ITEM_DONE' : 'CHECKLIST_ITEM_REOPENED', subjectType: 'StationChecklist', subjectId: list.id, detail: { item: input.itemCode } });
  return { checklistId: list.id };
}

const divisionOfUnit = async (tx: EntityManager, unitId: string): Promise<string> =>
  (await select<{ code: string }>(tx, 'SELECT division_code AS code FROM known_units WHERE id = ?', [unitId]))[0]?.code ?? '';
