import type { DataSource, EntityManager } from 'typeorm';
import { AppError } from '@anjie/contracts';
import { audit, businessTime, isId, newId, runMutation, type Actor } from '@anjie/service-kit/database';
import type { DutyService } from '../duties/duty-service';
import type { OpenSponsorDutiesInput, RecordSponsorDutyInput } from '../generated/graphql';
import type { Kinds } from '../kinds';
import { lockCases } from '../readiness/case-facts-repository';
import { casePlaces, type CasePlace } from '../readiness/crew-repository';
import { overseesDivision } from '../rules/acting';
import { dutiesToOpen, dutyObjection } from '../rules/sponsor-duties';
import { refusals, type SponsorshipRefusal } from '../rules/sponsoring';
import { textsRefusal, tidy } from '../rules/words';
import { sponsorshipsByIds, type SponsorshipRow } from '../sponsorships/sponsorship-repository';
import { insertSponsorDuties, kindsOpened, lockSponsorDuty, saveSponsorDuty, sponsorDutiesByIds } from './sponsor-duty-repository';

export interface SponsorDutyDeps {
  readonly db: DataSource;
  readonly kinds: Kinds;
  readonly duties: DutyService;
}
interface Doing extends SponsorDutyDeps {
  readonly actor: Actor;
}
export type SponsorDutiesAnswer = { readonly sponsorshipId: string } | SponsorshipRefusal;
export type SponsorDutyAnswer = { readonly dutyId: string } | SponsorshipRefusal;

/** 六包: opened for a sponsorship, done with evidence; each is an obligation of the sponsor. */
export function createSponsorDutyService(deps: SponsorDutyDeps) {
  return {
    open: (actor: Actor, input: OpenSponsorDutiesInput): Promise<SponsorDutiesAnswer> =>
      runMutation<SponsorDutiesAnswer>(deps.db, { actor, operation: 'openSponsorDuties', key: input.idempotencyKey, input, work: (tx) => open(tx, { ...deps, actor }, input) }),
    record: (actor: Actor, input: RecordSponsorDutyInput): Promise<SponsorDutyAnswer> =>
      runMutation<SponsorDutyAnswer>(deps.db, { actor, operation: 'recordSponsorDuty', key: input.idempotencyKey, input, work: (tx) => record(tx, { ...deps, actor }, input) }),
  };
}
export type SponsorDutyService = ReturnType<typeof createSponsorDutyService>;

export interface ActiveSponsorship {
  readonly row: SponsorshipRow;
  readonly place: CasePlace;
}

/** A sponsorship that the viewer sees and that is active, with its case's place; the case is held. */
export async function activeSponsorship(tx: EntityManager, { viewer }: Actor, sponsorshipId: string): Promise<ActiveSponsorship | SponsorshipRefusal> {
  const row = isId(sponsorshipId) ? (await sponsorshipsByIds(tx, viewer, [sponsorshipId]))[0] : undefined;
  const place = row && (await casePlaces(tx, [row.caseId])).get(row.caseId);
  if (!row || !place) return refusals.notFound();
  if (Number(place.isSealed) === 1) return refusals.sealed();
  await lockCases(tx, [row.caseId]);
  return row.endedOn === null ? { row, place } : refusals.alreadyEnded();
}

async function open(tx: EntityManager, { actor, kinds, duties }: Doing, input: OpenSponsorDutiesInput): Promise<SponsorDutiesAnswer> {
  const found = await activeSponsorship(tx, actor, input.sponsorshipId);
  if ('refused' in found) return found;
  const { row, place } = found;
  if (!overseesDivision(actor.viewer, place.divisionCode)) return refusals.forbidden();
  const { today } = await businessTime(tx);
  const { all } = kinds.sponsorDuties;
  const wanted = dutiesToOpen(all, { wanted: input.kinds ?? null, there: await kindsOpened(tx, row.id), dueOn: input.dueOn ?? null }, today);
  if ('refused' in wanted) return wanted;
  const opened = wanted.map((one) => ({ ...one, id: newId(), ordinal: all.findIndex((kind) => kind.code === one.kind) + 1 }));
  await insertSponsorDuties(tx, opened.map((one) => ({
    id: one.id, sponsorship_id: row.id, case_id: row.caseId, kind: one.kind, ordinal: one.ordinal, state: 'OPEN', opened_on: today, due_on: one.dueOn,
  })));
  await duties.open(tx, opened.map((one) => ({
    dutyCode: 'SPONSOR_DUTY' as const, subject: { type: 'SponsorDuty', id: one.id }, caseId: row.caseId, obligor: { unitId: null, officialId: row.officialId },
    jurisdictionCode: place.divisionCode, startOn: today, assignedOn: one.dueOn,
  })), actor.requestId);
  await audit(tx, actor, { action: 'openSponsorDuties', subjectType: 'Sponsorship', subjectId: row.id, caseId: row.caseId, detail: { kinds: opened.map((one) => one.kind).join(' ') } });
  return { sponsorshipId: row.id };
}

async function record(tx: EntityManager, { actor, kinds, duties }: Doing, input: RecordSponsorDutyInput): Promise<SponsorDutyAnswer> {
  const [seen] = isId(input.dutyId) ? await sponsorDutiesByIds(tx, actor.viewer, [input.dutyId]) : [];
  if (!seen) return refusals.notFound();
  const found = await activeSponsorship(tx, actor, seen.sponsorshipId);
  if ('refused' in found) return found;
  const duty = await lockSponsorDuty(tx, seen.id);
  if (!duty) return refusals.notFound();
  if (actor.viewer.subject !== found.row.officialId && !overseesDivision(actor.viewer, found.place.divisionCode)) return refusals.notTheSponsor();
  if (duty.version !== input.expectedVersion) throw new AppError('CONFLICT', { currentVersion: duty.version });
  const { today } = await businessTime(tx);
  const told = { doneOn: input.doneOn ?? today, evidenceKind: input.evidenceKind, contactOffered: input.contactOffered ?? null, contactAnswer: input.contactAnswer ?? null };
  const objection = textsRefusal([[input.evidenceRef, { least: 1, most: 200 }], [input.note, { least: 0, most: 1_000 }]])
    ?? dutyObjection(kinds.sponsorDuties.of(duty.kind), duty, { record: told, today });
  if (objection) return objection;
  const set = {
    state: 'DONE', done_on: told.doneOn, evidence_kind: told.evidenceKind, evidence_ref: input.evidenceRef.trim(), note: tidy(input.note), contact_offered: told.contactOffered, contact_answer: told.contactAnswer,
  };
  if (!(await saveSponsorDuty(tx, { id: duty.id, version: duty.version, set }))) throw new AppError('CONFLICT');
  await duties.end(tx, { subjectIds: [duty.id], state: 'MET', today: told.doneOn, requestId: actor.requestId });
  await audit(tx, actor, { action: 'recordSponsorDuty', subjectType: 'SponsorDuty', subjectId: duty.id, caseId: duty.caseId, detail: { kind: duty.kind, evidenceKind: told.evidenceKind } });
  return { dutyId: duty.id };
}
