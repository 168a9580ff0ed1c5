import type { DataSource, EntityManager } from 'typeorm';
import { AppError, caseIsSealed, isRefusal } from '@anjie/contracts';
import { audit, businessTime, insertRows, isId, newId, runMutation, updateVersion, type Actor, type Row } from '@anjie/service-kit/database';
import { knownUnit } from '@anjie/service-kit/facts';
import { officeCalendar, officeRules } from '@anjie/service-kit/runtime';
import { hasRole } from '@anjie/access';
import { holdCase } from '../case-facts';
import type { DecideDelistingInput, ListSupervisionInput, ProposeDelistingInput, ReportListingProgressInput } from '../generated/graphql';
import type { Kinds } from '../kinds';
import { commandObjection, isOfUnitOrAbove } from '../letters/letter-facts';
import { visibleLetters, type LetterRow } from '../letters/letter-repository';
import { notifyOwn } from '../notifications/notify';
import { declareOwn, settleOwn } from '../obligations/own-obligation';
import { standingOf } from '../reviewer-facts';
import { replyDue } from '../rules/letters';
import { delistingObjection, isLaterWithinYear, LISTING_DUTY, listingRefusals as no, type ListingRefusal } from '../rules/listings';
import { isPlainText } from '../rules/plain-text';
import { isListed, nextPlate, visibleListings, type ListingRow } from './listing-repository';

export type ListingAnswer = { readonly listingId: string } | ListingRefusal;

/** 挂牌督办: a case that a decision has listed, with its plate, its day, the unit's reports and the way off the list. */
export function createListingService({ db, kinds }: { db: DataSource; kinds: Kinds }) {
  const mutation =
    <Input extends { idempotencyKey: string }>(operation: string, work: (tx: EntityManager, input: Input, actor: Actor) => Promise<ListingAnswer>) =>
    (input: Input, actor: Actor): Promise<ListingAnswer> =>
      runMutation<ListingAnswer>(db, { actor, operation, key: input.idempotencyKey, input, work: (tx) => work(tx, input, actor) });
  return {
    list: mutation('listSupervision', (tx, input: ListSupervisionInput, actor) => list(tx, { input, actor, kinds })),
    report: mutation('reportListingProgress', report),
    propose: mutation('proposeDelisting', propose),
    decide: mutation('decideDelisting', decide),
  };
}
export type ListingService = ReturnType<typeof createListingService>;

interface Listing {
  readonly input: ListSupervisionInput;
  readonly actor: Actor;
  readonly kinds: Kinds;
}

async function list(tx: EntityManager, { input, actor, kinds }: Listing): Promise<ListingAnswer> {
  const [letter] = isId(input.letterId) ? await visibleLetters(tx, actor.viewer, [input.letterId]) : [];
  if (!letter) return no.notFound();
  const { viewer } = actor;
  if (viewer.kind !== 'OFFICIAL' || !hasRole(viewer, 'JOINT_OFFICE') || viewer.unitId !== letter.fromUnitId) return no.notPermitted();
  if (!kinds.instruments.of(letter.kind).lists || !['ISSUED', 'REPLIED'].includes(letter.state) || letter.caseId === null) return no.noDecision();
  const gone = await commandObjection(tx, letter);
  if (gone) return gone.code === 'CASE_SEALED' ? caseIsSealed() : no.notPermitted();
  if (await isListed(tx, letter.id)) return no.alreadyListed();
  const { today } = await businessTime(tx);
  if (!isLaterWithinYear(input.deadlineOn, today)) return no.badDeadline();
  if (!isPlainText(input.reason, { most: 1_000 })) return no.badText();
  await holdCase(tx, letter.caseId);
  return { listingId: await putListing(tx, { letter, caseId: letter.caseId, input, actor }) };
}

interface NewListing {
  readonly letter: LetterRow;
  readonly caseId: string;
  readonly input: ListSupervisionInput;
  readonly actor: Actor;
}

async function putListing(tx: EntityManager, { letter, caseId, input, actor }: NewListing): Promise<string> {
  const time = await businessTime(tx);
  const unitId = letter.aboutUnitId ?? letter.toUnitId;
  const unit = await knownUnit(tx, unitId);
  if (!unit || letter.divisionCode === null) throw new AppError('FACTS_NOT_YET_HERE', { field: 'letterId' });
  const terms = replyDue({ replyRule: 'LETTER_REPLY_DATE', issuedOn: time.today, replyDueOn: input.deadlineOn, jurisdictionCode: unit.divisionCode }, { rules: officeRules(), calendar: officeCalendar() });
  if (isRefusal(terms)) throw new AppError('BAD_USER_INPUT', { field: 'deadlineOn' });
  const [id, obligationId, year] = [newId(), newId(), Number(time.today.slice(0, 4))];
  await insertRows(tx, 'listed_supervisions', [{
    id, division_code: letter.divisionCode, number_year: year, serial: await nextPlate(tx, letter.divisionCode, year), letter_id: letter.id, case_id: caseId, unit_id: unitId,
    office_unit_id: letter.fromUnitId, listed_by: actor.viewer.subject, listed_on: time.today, listed_at: time.now, deadline_on: input.deadlineOn, reason: input.reason.trim(),
    state: 'LISTED', obligation_id: obligationId, version: 1,
  }]);
  await audit(tx, actor, { action: 'listing.listed', subjectType: 'ListedSupervision', subjectId: id, caseId, detail: { unitId, letterId: letter.id, deadlineOn: input.deadlineOn } });
  await declareOwn(tx, {
    obligationId, caseId, dutyCode: LISTING_DUTY, obligorUnitId: unitId, subject: { type: 'ListedSupervision', id }, due: terms.due, basis: '《信访工作条例》第三十九条第三款',
    jurisdictionCode: unit.divisionCode,
  }, actor);
  await notifyOwn(tx, [{ kind: 'SUPERVISION_LISTED', recipient: { kind: 'UNIT', id: unitId }, caseId, subjectId: id, occasion: 'listed' }]);
  return id;
}

const find = async (tx: EntityManager, id: string, { viewer }: Actor): Promise<ListingRow | undefined> => (isId(id) ? (await visibleListings(tx, viewer, [id]))[0] : undefined);

async function report(tx: EntityManager, input: ReportListingProgressInput, actor: Actor): Promise<ListingAnswer> {
  const row = await find(tx, input.listingId, actor);
  if (!row) return no.notFound();
  const { viewer } = actor;
  if (!hasRole(viewer, 'UNIT_HANDLER') || viewer.unitId === null || !(await isOfUnitOrAbove(tx, viewer, row.unitId))) return no.notPermitted();
  if (row.state === 'DELISTED') return no.wrongState();
  if (!isPlainText(input.text, { most: 4_000 })) return no.badText();
  const time = await businessTime(tx);
  const id = newId();
  await insertRows(tx, 'listing_progress', [{
    id, listing_id: row.id, reported_by: viewer.subject, reporting_unit_id: viewer.unitId, reported_on: time.today, reported_at: time.now, text: input.text.trim(),
  }]);
  await audit(tx, actor, { action: 'listing.progressReported', subjectType: 'ListedSupervision', subjectId: row.id, caseId: row.caseId, detail: { progressId: id } });
  return { listingId: row.id };
}

async function change(tx: EntityManager, row: ListingRow, set: Row): Promise<void> {
  if (!(await updateVersion(tx, 'listed_supervisions', { id: row.id, version: row.version, set }))) throw new AppError('CONFLICT', { currentVersion: row.version + 1 });
}

async function propose(tx: EntityManager, input: ProposeDelistingInput, actor: Actor): Promise<ListingAnswer> {
  const row = await find(tx, input.listingId, actor);
  if (!row) return no.notFound();
  const { viewer } = actor;
  const isOffice = hasRole(viewer, 'JOINT_OFFICE') && viewer.unitId === row.officeUnitId;
  if (!isOffice && !(hasRole(viewer, 'UNIT_HANDLER') && (await isOfUnitOrAbove(tx, viewer, row.unitId)))) return no.notPermitted();
  if (row.version !== input.expectedVersion) throw new AppError('CONFLICT', { currentVersion: row.version });
  if (row.state !== 'LISTED') return no.wrongState();
  if (!isPlainText(input.proposal, { most: 4_000 }) || !isPlainText(input.evidence, { most: 500 })) return no.badText();
  const { today } = await businessTime(tx);
  await change(tx, row, { state: 'DELISTING_PROPOSED', proposed_by: viewer.subject, proposed_on: today, proposal: input.proposal.trim(), evidence: input.evidence.trim() });
  await audit(tx, actor, { action: 'listing.delistingProposed', subjectType: 'ListedSupervision', subjectId: row.id, caseId: row.caseId });
  await notifyOwn(tx, [{ kind: 'DELISTING_PROPOSED', recipient: { kind: 'UNIT', id: row.officeUnitId }, caseId: row.caseId, subjectId: row.id, occasion: `v${row.version + 1}` }]);
  return { listingId: row.id };
}

async function decide(tx: EntityManager, input: DecideDelistingInput, actor: Actor): Promise<ListingAnswer> {
  const row = await find(tx, input.listingId, actor);
  if (!row) return no.notFound();
  const { isOfUnit } = await standingOf(tx, actor.viewer, { unitId: row.unitId, caseId: row.caseId });
  const objection = delistingObjection(actor.viewer, { divisionCode: row.divisionCode, proposedBy: row.proposedById, isOfUnit });
  if (objection) return objection;
  if (row.version !== input.expectedVersion) throw new AppError('CONFLICT', { currentVersion: row.version });
  if (row.state !== 'DELISTING_PROPOSED') return no.wrongState();
  if (!isPlainText(input.reason, { most: 1_000 })) return no.badText();
  await holdCase(tx, row.caseId);
  const { today } = await businessTime(tx);
  const isOff = input.decision === 'DELIST';
  const decided = { decided_by: actor.viewer.subject, decided_on: today, decision_reason: input.reason.trim() };
  await change(tx, row, { ...decided, state: isOff ? 'DELISTED' : 'LISTED', delisted_on: isOff ? today : null });
  await audit(tx, actor, { action: isOff ? 'listing.delisted' : 'listing.delistingReturned', subjectType: 'ListedSupervision', subjectId: row.id, caseId: row.caseId, detail: { unitId: row.unitId } });
  if (!isOff) return { listingId: row.id };
  await settleOwn(tx, row.obligationId, { state: 'MET', metOn: today, version: row.version + 1, actor });
  await notifyOwn(tx, [{ kind: 'SUPERVISION_DELISTED', recipient: { kind: 'UNIT', id: row.unitId }, caseId: row.caseId, subjectId: row.id, occasion: 'delisted' }]);
  return { listingId: row.id };
}
