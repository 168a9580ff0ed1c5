import type { DataSource, EntityManager } from 'typeorm';
import { AppError } from '@anjie/contracts';
import { audit, businessTime, isId, newId, runMutation, type Actor } from '@anjie/service-kit/database';
import type { DecideAgendaItemInput, PutOnAgendaInput } from '../generated/graphql';
import { openCase } from '../readiness/case-rights';
import { mayActForUnit, type ActingUnit } from '../rules/acting';
import { agendaDayObjection, agendaDecisionObjection, agendaRefusals, type AgendaItemRefusal } from '../rules/agenda';
import { textRefusal, tidy } from '../rules/words';
import { actingUnit } from '../units/acting-repository';
import { agendaItemsByIds, insertAgendaItem, saveAgendaItem } from './agenda-item-repository';

export type AgendaItemAnswer = { readonly agendaItemId: string } | AgendaItemRefusal;

/** 议程事项: put on the agenda of a leading body, and what became of it. */
export function createAgendaItemService({ db }: { readonly db: DataSource }) {
  return {
    put: (actor: Actor, input: PutOnAgendaInput): Promise<AgendaItemAnswer> =>
      runMutation<AgendaItemAnswer>(db, { actor, operation: 'putOnAgenda', key: input.idempotencyKey, input, work: (tx) => put(tx, actor, input) }),
    decide: (actor: Actor, input: DecideAgendaItemInput): Promise<AgendaItemAnswer> =>
      runMutation<AgendaItemAnswer>(db, { actor, operation: 'decideAgendaItem', key: input.idempotencyKey, input, work: (tx) => decide(tx, actor, input) }),
  };
}
export type AgendaItemService = ReturnType<typeof createAgendaItemService>;

/** Where it is put and what it is about, with the viewer's right to both. */
async function placeFor(tx: EntityManager, { viewer }: Actor, { bodyId, caseId }: PutOnAgendaInput): Promise<{ body: ActingUnit; caseId: string | null } | AgendaItemRefusal> {
  const body = await actingUnit(tx, viewer, bodyId);
  if (!body?.isOpen) return agendaRefusals.notFound();
  if (!mayActForUnit(viewer, body)) return agendaRefusals.forbidden();
  if (caseId == null) return { body, caseId: null };
  const about = await openCase(tx, viewer, caseId);
  return 'refused' in about ? about : { body, caseId: about.id };
}

async function put(tx: EntityManager, actor: Actor, input: PutOnAgendaInput): Promise<AgendaItemAnswer> {
  if (input.campaignId != null && !isId(input.campaignId)) throw new AppError('BAD_USER_INPUT', { field: 'campaignId' });
  const place = await placeFor(tx, actor, input);
  if ('refused' in place) return place;
  const { body, caseId } = place;
  const { today } = await businessTime(tx);
  const objection = agendaDayObjection(input.on, today) ?? textRefusal(input.subject, { least: 1, most: 300 });
  if (objection) return objection;
  const id = newId();
  await insertAgendaItem(tx, {
    id, body_unit_id: body.id, division_code: body.divisionCode, paper: input.paper, subject: input.subject.trim(), on_date: input.on, outcome: 'PENDING',
    case_id: caseId, campaign_id: input.campaignId?.toLowerCase() ?? null, put_by: actor.viewer.subject,
  });
  await audit(tx, actor, { action: 'putOnAgenda', subjectType: 'AgendaItem', subjectId: id, caseId, detail: { bodyId: body.id, paper: input.paper } });
  return { agendaItemId: id };
}

async function decide(tx: EntityManager, actor: Actor, input: DecideAgendaItemInput): Promise<AgendaItemAnswer> {
  const [item] = isId(input.agendaItemId) ? await agendaItemsByIds(tx, actor.viewer, [input.agendaItemId]) : [];
  if (!item) return agendaRefusals.notFound();
  const body = await actingUnit(tx, actor.viewer, item.bodyUnitId);
  if (!mayActForUnit(actor.viewer, body ?? { divisionCode: item.divisionCode, isOwn: false })) return agendaRefusals.forbidden();
  const { today } = await businessTime(tx);
  const objection = agendaDecisionObjection(item, { isDecided: input.isDecided, decision: tidy(input.decision), today });
  if (objection) return objection;
  const set = { outcome: input.isDecided ? 'DECIDED' : 'NOT_DECIDED', decision: tidy(input.decision), decided_on: today };
  if (!(await saveAgendaItem(tx, { id: item.id, version: input.expectedVersion, set }))) throw new AppError('CONFLICT', { currentVersion: item.version });
  await audit(tx, actor, { action: 'decideAgendaItem', subjectType: 'AgendaItem', subjectId: item.id, caseId: item.caseId, detail: { isDecided: input.isDecided } });
  return { agendaItemId: item.id };
}
