import type { DataSource, EntityManager } from 'typeorm';
import { AppError, isRefusal } from '@anjie/contracts';
import { audit, businessTime, isDuplicate, isId, newId, runMutation, type Actor } from '@anjie/service-kit/database';
import type { AppointInput, EndAppointmentInput } from '../generated/graphql';
import type { AppointmentKind, Kinds } from '../kinds';
import { caseToStaff } from '../readiness/case-rights';
import { checkCrew } from '../readiness/crew-check';
import { casePlaces } from '../readiness/crew-repository';
import { mayActForUnit, type ActingUnit } from '../rules/acting';
import { appointmentRefusals, endObjection, formObjection, isLevelFit, successionObjection, type AppointmentRefusal, type Slot } from '../rules/appointing';
import { textRefusal, textsRefusal, tidy } from '../rules/words';
import { actingUnit } from '../units/acting-repository';
import { appointmentsByIds, insertAppointment, isRoleHeld, lockAppointment, saveAppointment, slotsOf, type AppointmentRow } from './appointment-repository';

export interface Appointed {
  readonly appointmentId: string;
  readonly successorId: string | null;
}
export type AppointmentAnswer = Appointed | AppointmentRefusal;
export interface AppointmentDeps {
  readonly db: DataSource;
  readonly kinds: Kinds;
}
interface Doing extends AppointmentDeps {
  readonly actor: Actor;
}

/** 职责: appointed and ended; what a role asks for is said by its kind. */
export function createAppointmentService(deps: AppointmentDeps) {
  const run = <Input extends { readonly idempotencyKey: string }>(operation: string, work: (tx: EntityManager, doing: Doing, input: Input) => Promise<AppointmentAnswer>) =>
    (actor: Actor, input: Input): Promise<AppointmentAnswer> =>
      runMutation<AppointmentAnswer>(deps.db, { actor, operation, key: input.idempotencyKey, input, work: (tx) => work(tx, { ...deps, actor }, input) });
  return { appoint: run<AppointInput>('appoint', appoint), end: run<EndAppointmentInput>('endAppointment', end) };
}
export type AppointmentService = ReturnType<typeof createAppointmentService>;

/** What is asked of a role that somebody is to take, once the viewer's words are read. */
interface Wanted {
  readonly kind: AppointmentKind;
  readonly officialId: string;
  readonly unitId: string | null;
  readonly caseId: string | null;
  readonly campaignId: string | null;
  readonly slots: readonly Slot[];
  readonly callInMinutes: number | null;
  readonly qualification: string | null;
  readonly note: string | null;
  readonly startsOn: string;
  readonly endsOn: string | null;
}

async function appoint(tx: EntityManager, doing: Doing, input: AppointInput): Promise<AppointmentAnswer> {
  const kind = doing.kinds.appointments.usable(input.kind);
  if (!kind) return appointmentRefusals.kindUnknown();
  const words = textsRefusal([[input.qualification, { least: 0, most: 200 }], [input.note, { least: 0, most: 200 }]]);
  if (words) return words;
  if (input.campaignId != null && !isId(input.campaignId)) throw new AppError('BAD_USER_INPUT', { field: 'campaignId' });
  const { today } = await businessTime(tx);
  const placed = await place(tx, doing, wantedOf(input, kind, today));
  return isRefusal(placed) ? placed : { appointmentId: placed, successorId: null };
}

const low = (id: string | null | undefined): string | null => id?.toLowerCase() ?? null;

const wantedOf = (input: AppointInput, kind: AppointmentKind, today: string): Wanted => ({
  kind, officialId: input.officialId.toLowerCase(), unitId: low(input.unitId), caseId: low(input.caseId), campaignId: low(input.campaignId), slots: input.slots ?? [],
  callInMinutes: input.callInMinutes ?? kind.callInMinutes, qualification: tidy(input.qualification), note: tidy(input.note), startsOn: input.startsOn ?? today, endsOn: input.endsOn ?? null,
});

/** Rights, rules and row of one appointment. @returns its id */
async function place(tx: EntityManager, doing: Doing, wanted: Wanted): Promise<string | AppointmentRefusal> {
  const { today } = await businessTime(tx);
  const form = formObjection(wanted.kind, { ...wanted, hasUnit: wanted.unitId !== null, hasCase: wanted.caseId !== null, hasCampaign: wanted.campaignId !== null }, today);
  if (form) return form;
  const objection = wanted.caseId === null ? null : await caseObjection(tx, doing, wanted.caseId);
  if (objection) return objection;
  const crew = await checkCrew(tx, { officialIds: [wanted.officialId], caseIds: wanted.caseId ? [wanted.caseId] : [] });
  if (crew.objection) return crew.objection;
  const homeUnitId = crew.candidates.get(wanted.officialId)?.unitId ?? null;
  const unit = await unitFor(tx, doing, { wanted, homeUnitId });
  if (isRefusal(unit)) return unit as AppointmentRefusal;
  return write(tx, doing, { wanted, unit: unit as ActingUnit, homeUnitId });
}

async function caseObjection(tx: EntityManager, { actor }: Doing, caseId: string): Promise<AppointmentRefusal | null> {
  const found = await caseToStaff(tx, actor.viewer, { caseId, byClerk: true });
  return 'refused' in found ? found : null;
}

async function unitFor(tx: EntityManager, { actor }: Doing, { wanted: { kind, unitId, caseId }, homeUnitId }: Omit<Placing, 'unit'>): Promise<ActingUnit | AppointmentRefusal> {
  const unit = await actingUnit(tx, actor.viewer, unitId ?? homeUnitId ?? '');
  if (!unit?.isOpen) return appointmentRefusals.unitUnknown();
  if (caseId === null && !mayActForUnit(actor.viewer, unit)) return appointmentRefusals.forbidden();
  return isLevelFit(kind, unit.divisionCode) ? unit : appointmentRefusals.levelNotFit();
}

interface Placing {
  readonly wanted: Wanted;
  readonly unit: ActingUnit;
  readonly homeUnitId: string | null;
}

async function write(tx: EntityManager, { actor }: Doing, { wanted, unit, homeUnitId }: Placing): Promise<string | AppointmentRefusal> {
  const activeKey = wanted.kind.isExclusive ? [wanted.kind.code, ...placeKeyOf(wanted, unit.id)].join(':') : null;
  if (activeKey !== null && (await isRoleHeld(tx, activeKey))) return appointmentRefusals.alreadyHeld();
  const id = newId();
  try {
    await insertAppointment(tx, {
      id, kind: wanted.kind.code, official_id: wanted.officialId, home_unit_id: homeUnitId, unit_id: unit.id, division_code: unit.divisionCode, case_id: wanted.caseId,
      campaign_id: wanted.campaignId, call_in_minutes: wanted.callInMinutes, qualification: wanted.qualification, note: wanted.note, starts_on: wanted.startsOn, ends_on: wanted.endsOn,
      active_key: activeKey,
    }, wanted.slots);
  } catch (error) {
    if (isDuplicate(error)) return appointmentRefusals.alreadyHeld();
    throw error;
  }
  await audit(tx, actor, { action: 'appoint', subjectType: 'Appointment', subjectId: id, caseId: wanted.caseId, detail: { kind: wanted.kind.code, officialId: wanted.officialId, unitId: unit.id } });
  return id;
}

const placeKeyOf = ({ kind, caseId, campaignId }: Wanted, unitId: string): (string | null)[] =>
  kind.bound === 'CASE' ? [caseId] : kind.bound === 'CAMPAIGN' ? [campaignId, unitId] : [unitId];

async function end(tx: EntityManager, doing: Doing, input: EndAppointmentInput): Promise<AppointmentAnswer> {
  const row = await toEnd(tx, doing, input.appointmentId);
  if ('refused' in row) return row;
  if (row.version !== input.expectedVersion) throw new AppError('CONFLICT', { currentVersion: row.version });
  const { today } = await businessTime(tx);
  const endsOn = input.endsOn ?? today;
  const isCaseOpen = row.caseId !== null && (await casePlaces(tx, [row.caseId])).get(row.caseId)?.closedOn === null;
  const objection = endObjection(row, endsOn, today) ?? textRefusal(input.reason, { least: 1, most: 200 })
    ?? successionObjection(doing.kinds.appointments.of(row.kind), { isCaseOpen, hasSuccessor: input.successorId != null });
  if (objection) return objection;
  if (!(await saveAppointment(tx, { id: row.id, version: row.version, set: { ends_on: endsOn, end_reason: input.reason.trim(), active_key: null } }))) throw new AppError('CONFLICT');
  await audit(tx, doing.actor, { action: 'endAppointment', subjectType: 'Appointment', subjectId: row.id, caseId: row.caseId, detail: { kind: row.kind, endsOn } });
  if (input.successorId == null) return { appointmentId: row.id, successorId: null };
  const successor = await place(tx, doing, {
    kind: doing.kinds.appointments.of(row.kind), officialId: input.successorId.toLowerCase(), unitId: row.unitId, caseId: row.caseId, campaignId: row.campaignId,
    slots: await slotsOf(tx, [row.id]), callInMinutes: row.callInMinutes, qualification: null, note: row.note, startsOn: endsOn, endsOn: null,
  });
  if (isRefusal(successor)) return successor;
  await saveAppointment(tx, { id: row.id, version: row.version + 1, set: { successor_id: successor } });
  return { appointmentId: row.id, successorId: successor };
}

/** The appointment, held, with the viewer's right to end it; otherwise why not. */
async function toEnd(tx: EntityManager, doing: Doing, appointmentId: string): Promise<AppointmentRow | AppointmentRefusal> {
  const { viewer } = doing.actor;
  const [seen] = isId(appointmentId) ? await appointmentsByIds(tx, viewer, [appointmentId]) : [];
  if (!seen) return appointmentRefusals.notFound();
  if (seen.caseId !== null) {
    const objection = await caseObjection(tx, doing, seen.caseId);
    if (objection) return objection;
  } else if (!mayActForUnit(viewer, (await actingUnit(tx, viewer, seen.unitId)) ?? { divisionCode: seen.divisionCode, isOwn: false })) return appointmentRefusals.forbidden();
  return (await lockAppointment(tx, seen.id)) ?? appointmentRefusals.notFound();
}
