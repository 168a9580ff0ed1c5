import type { DataSource, EntityManager } from 'typeorm';
import { hasRole, type Viewer } from '@anjie/access';
import { AppError } from '@anjie/contracts';
import { audit, businessTime, isDuplicate, isId, newId, runMutation, type Actor } from '@anjie/service-kit/database';
import { raiseNotices, type Outbox } from '@anjie/service-kit/messaging';
import { caseRolesOf, saveAppointment } from '../appointments/appointment-repository';
import type { DutyService } from '../duties/duty-service';
import type { DecideRecusalInput, RequestRecusalInput } from '../generated/graphql';
import { dropOpen } from '../hand-overs/hand-over-moves';
import { candidatesOf, headsOf } from '../officials/post-repository';
import { lockCases } from '../readiness/case-facts-repository';
import { openCase } from '../readiness/case-rights';
import { casePlaces, hasCasePart, type CaseInView } from '../readiness/crew-repository';
import { settleCrews } from '../readiness/readiness-service';
import { overseesDivision } from '../rules/acting';
import { decisionObjection, originObjection, recusalRefusals, type Asker, type RecusalOrigin, type RecusalRefusal } from '../rules/recusing';
import { textRefusal } from '../rules/words';
import { closeSponsorship } from '../sponsorships/sponsorship-repository';
import { leaveMembers } from '../task-forces/task-force-repository';
import { crewPartsOf, insertRecusal, isRequested, lockRecusal, recusalsByIds, saveRecusal, type RecusalRow } from './recusal-repository';

export type RecusalAnswer = { readonly recusalId: string } | RecusalRefusal;
export interface RecusalDeps {
  readonly db: DataSource;
  readonly outbox: Outbox;
  readonly duties: DutyService;
}
interface Doing extends RecusalDeps {
  readonly actor: Actor;
}

/** 回避: asked for by those who may, decided by somebody else than the one concerned; granted, it ends every part in the case. */
export function createRecusalService(deps: RecusalDeps) {
  return {
    request: (actor: Actor, input: RequestRecusalInput): Promise<RecusalAnswer> =>
      runMutation<RecusalAnswer>(deps.db, { actor, operation: 'requestRecusal', key: input.idempotencyKey, input, work: (tx) => request(tx, { ...deps, actor }, input) }),
    decide: (actor: Actor, input: DecideRecusalInput): Promise<RecusalAnswer> =>
      runMutation<RecusalAnswer>(deps.db, { actor, operation: 'decideRecusal', key: input.idempotencyKey, input, work: (tx) => decide(tx, { ...deps, actor }, input) }),
  };
}
export type RecusalService = ReturnType<typeof createRecusalService>;

async function request(tx: EntityManager, { actor, outbox }: Doing, input: RequestRecusalInput): Promise<RecusalAnswer> {
  const { viewer } = actor;
  const officialId = input.officialId.toLowerCase();
  const found = await openCase(tx, viewer, input.caseId);
  if ('refused' in found) return found.code === 'NOT_PERMITTED' ? recusalRefusals.cannotAsk() : found;
  const candidate = isId(officialId) ? (await candidatesOf(tx, [officialId])).get(officialId) : undefined;
  if (!candidate) return recusalRefusals.officialUnknown();
  const origin: RecusalOrigin = input.origin ?? 'UNIT';
  const objection = originObjection(origin, await askerIn(tx, viewer, found), officialId) ?? textRefusal(input.reason, { least: 1, most: 500 });
  if (objection) return objection;
  if (await isRequested(tx, found.id, officialId)) return recusalRefusals.alreadyRequested();
  const { today, now } = await businessTime(tx);
  const id = newId();
  try {
    await insertRecusal(tx, {
      id, case_id: found.id, active_case_id: found.id, official_id: officialId, unit_id: candidate.unitId, origin, ground: input.ground, reason: input.reason.trim(),
      requested_by: viewer.subject, requested_on: today, state: 'REQUESTED',
    });
  } catch (error) {
    if (isDuplicate(error)) return recusalRefusals.alreadyRequested();
    throw error;
  }
  await audit(tx, actor, { action: 'requestRecusal', subjectType: 'Recusal', subjectId: id, caseId: found.id, detail: { officialId, origin, ground: input.ground } });
  await tellHead(tx, outbox, { unitId: candidate.unitId, officialId, caseId: found.id, recusalId: id, at: now, requestId: actor.requestId });
  return { recusalId: id };
}

async function askerIn(tx: EntityManager, viewer: Viewer, { id, divisionCode }: CaseInView): Promise<Asker> {
  const handles = hasRole(viewer, 'UNIT_HANDLER') && (await hasCasePart(tx, viewer, { caseId: id, roles: ['LEAD', 'SUPPORT', 'ASSIST', 'COOPERATE', 'REVIEWER', 'REGISTRAR'] }));
  return { subject: viewer.subject, isInCase: handles || overseesDivision(viewer, divisionCode), isClerk: hasRole(viewer, 'WINDOW_CLERK') };
}

/** The head of the unit is to decide, unless it is about the head. */
async function tellHead(tx: EntityManager, outbox: Outbox, { unitId, officialId, ...about }: Omit<Telling, 'kind'> & { readonly unitId: string | null }): Promise<void> {
  const head = unitId === null ? undefined : (await headsOf(tx, [unitId])).get(unitId);
  if (head && head !== officialId) await tell(tx, outbox, { ...about, kind: 'RECUSAL_REQUESTED', officialId: head });
}

async function decide(tx: EntityManager, doing: Doing, input: DecideRecusalInput): Promise<RecusalAnswer> {
  const { viewer } = doing.actor;
  const [seen] = isId(input.recusalId) ? await recusalsByIds(tx, viewer, [input.recusalId]) : [];
  const row = seen && (await lockRecusal(tx, seen.id));
  const place = row && (await casePlaces(tx, [row.caseId])).get(row.caseId);
  if (!row || !place) return recusalRefusals.notFound();
  if (Number(place.isSealed) === 1) return recusalRefusals.sealed();
  const isHeadOfUnit = viewer.kind === 'OFFICIAL' && row.unitId !== null && (await headsOf(tx, [row.unitId])).get(row.unitId) === viewer.subject;
  const objection = decisionObjection({ subject: viewer.subject, isHeadOfUnit, overseesCase: overseesDivision(viewer, place.divisionCode) }, row)
    ?? textRefusal(input.decision, { least: 1, most: 500 });
  if (objection) return objection;
  const { today, now } = await businessTime(tx);
  const set = {
    state: input.isGranted ? 'GRANTED' : 'REFUSED', active_case_id: input.isGranted ? row.caseId : null, decided_by: viewer.subject, decided_on: today, decision: input.decision.trim(),
  };
  if (!(await saveRecusal(tx, { id: row.id, version: input.expectedVersion, set }))) throw new AppError('CONFLICT', { currentVersion: row.version });
  await audit(tx, doing.actor, { action: 'decideRecusal', subjectType: 'Recusal', subjectId: row.id, caseId: row.caseId, detail: { officialId: row.officialId, isGranted: input.isGranted } });
  if (input.isGranted) await endParts(tx, doing, { row, today });
  await tell(tx, doing.outbox, { kind: 'RECUSAL_DECIDED', officialId: row.officialId, caseId: row.caseId, recusalId: row.id, at: now, requestId: doing.actor.requestId });
  return { recusalId: row.id };
}

/** Whatever the official has in the case ends today, and the others hear who is left. */
async function endParts(tx: EntityManager, { actor, outbox, duties }: Doing, { row, today }: { row: RecusalRow; today: string }): Promise<void> {
  const { requestId } = actor;
  await lockCases(tx, [row.caseId]);
  const parts = await crewPartsOf(tx, row.caseId, row.officialId);
  for (const part of parts) {
    if (part.kind === 'TASK_FORCE') await leaveMembers(tx, part.id, { on: today, officialIds: [row.officialId] });
    else if (await closeSponsorship(tx, part.id, { endedOn: today, endReason: 'RECUSED' })) await dropOpen(tx, { duties, today, requestId }, [part.id]);
  }
  for (const role of await caseRolesOf(tx, row.caseId, row.officialId)) {
    await saveAppointment(tx, { id: role.id, version: role.version, set: { ends_on: today > role.startsOn ? today : role.startsOn, end_reason: '回避', active_key: null } });
  }
  if (parts.length > 0) await settleCrews({ tx, caseIds: [row.caseId] }, { outbox, requestId });
}

interface Telling {
  readonly kind: 'RECUSAL_REQUESTED' | 'RECUSAL_DECIDED';
  readonly officialId: string;
  readonly caseId: string;
  readonly recusalId: string;
  readonly at: Date;
  readonly requestId: string;
}

const tell = (tx: EntityManager, outbox: Outbox, { kind, officialId, caseId, recusalId, at, requestId }: Telling): Promise<void> =>
  raiseNotices(tx, outbox, [{ kind, caseId, subjectId: recusalId, occasion: kind === 'RECUSAL_DECIDED' ? 'decided' : 'requested', at, requestId, recipient: { kind: 'OFFICIAL', id: officialId } }]);
