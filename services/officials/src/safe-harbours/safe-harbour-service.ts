import type { DataSource, EntityManager } from 'typeorm';
import { AppError } from '@anjie/contracts';
import { audit, businessTime, isId, newId, runMutation, type Actor } from '@anjie/service-kit/database';
import type { DecideSafeHarbourInput, ProposeSafeHarbourInput } from '../generated/graphql';
import { overseesDivision } from '../rules/acting';
import { afterDecision, decisionObjection } from '../rules/sponsor-duties';
import { refusals, type SponsorshipRefusal } from '../rules/sponsoring';
import { textRefusal, textsRefusal } from '../rules/words';
import { activeSponsorship } from '../sponsor-duties/sponsor-duty-service';
import { insertSafeHarbour, insertStep, lockSafeHarbour, saveSafeHarbour, stepsOf } from './safe-harbour-repository';

export type SafeHarbourAnswer = { readonly sponsorshipId: string } | SponsorshipRefusal;

/** 尽职免责: proposed by the sponsor before it is done, decided by somebody else; the trail is never changed. */
export function createSafeHarbourService({ db }: { readonly db: DataSource }) {
  return {
    propose: (actor: Actor, input: ProposeSafeHarbourInput): Promise<SafeHarbourAnswer> =>
      runMutation<SafeHarbourAnswer>(db, { actor, operation: 'proposeSafeHarbour', key: input.idempotencyKey, input, work: (tx) => propose(tx, actor, input) }),
    decide: (actor: Actor, input: DecideSafeHarbourInput): Promise<SafeHarbourAnswer> =>
      runMutation<SafeHarbourAnswer>(db, { actor, operation: 'decideSafeHarbour', key: input.idempotencyKey, input, work: (tx) => decide(tx, actor, input) }),
  };
}
export type SafeHarbourService = ReturnType<typeof createSafeHarbourService>;

const LENGTH = { least: 1, most: 1_000 };

async function propose(tx: EntityManager, actor: Actor, input: ProposeSafeHarbourInput): Promise<SafeHarbourAnswer> {
  const found = await activeSponsorship(tx, actor, input.sponsorshipId);
  if ('refused' in found) return found;
  if (actor.viewer.subject !== found.row.officialId) return refusals.notTheSponsor();
  const objection = textsRefusal([[input.measure, LENGTH], [input.ground, LENGTH]]);
  if (objection) return objection;
  const { today } = await businessTime(tx);
  const { row } = found;
  const id = newId();
  await insertSafeHarbour(tx, {
    id, sponsorship_id: row.id, case_id: row.caseId, proposed_by: actor.viewer.subject, measure: input.measure.trim(), ground: input.ground.trim(), state: 'PROPOSED', proposed_on: today,
  });
  await audit(tx, actor, { action: 'proposeSafeHarbour', subjectType: 'SafeHarbour', subjectId: id, caseId: row.caseId, detail: { sponsorshipId: row.id } });
  return { sponsorshipId: row.id };
}

async function decide(tx: EntityManager, actor: Actor, input: DecideSafeHarbourInput): Promise<SafeHarbourAnswer> {
  const note = isId(input.safeHarbourId) ? await lockSafeHarbour(tx, input.safeHarbourId) : undefined;
  if (!note) return refusals.notFound();
  const found = await activeSponsorship(tx, actor, note.sponsorshipId);
  if ('refused' in found) return found;
  if (!overseesDivision(actor.viewer, found.place.divisionCode)) return refusals.forbidden();
  const objection = decisionObjection(note, actor.viewer.subject) ?? textRefusal(input.opinion, LENGTH);
  if (objection) return objection;
  if (!(await saveSafeHarbour(tx, { id: note.id, version: input.expectedVersion, set: { state: afterDecision(input.decision) } }))) throw new AppError('CONFLICT', { currentVersion: note.version });
  const { today } = await businessTime(tx);
  await insertStep(tx, {
    safe_harbour_id: note.id, ordinal: (await stepsOf(tx, [note.id])).length + 1, official_id: actor.viewer.subject, decision: input.decision, opinion: input.opinion.trim(), on_date: today,
  });
  await audit(tx, actor, { action: 'decideSafeHarbour', subjectType: 'SafeHarbour', subjectId: note.id, caseId: note.caseId, detail: { decision: input.decision } });
  return { sponsorshipId: note.sponsorshipId };
}
