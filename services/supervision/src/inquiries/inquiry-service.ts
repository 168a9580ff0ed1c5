import type { DataSource, EntityManager } from 'typeorm';
import { addDays } from '@anjie/calendar';
import { AppError, isRefusal } from '@anjie/contracts';
import { newId, runMutation, type Actor } from '@anjie/service-kit/database';
import { officeCalendar, officeRules } from '@anjie/service-kit/runtime';
import { holdCase } from '../case-facts';
import type { RecordInquiryFindingInput, RecordInquiryObjectionInput, ReplyToInquiryFindingInput, SendInquiryFindingsInput } from '../generated/graphql';
import type { Kinds } from '../kinds';
import { notifyOwn } from '../notifications/notify';
import { actsForUnit, areKnown, todayOf } from '../oversight-facts';
import { standingOf } from '../reviewer-facts';
import { isOfficeText, periodTerms } from '../rules/assigned-date';
import { findingObjection, isInquiryText, mayReply } from '../rules/inquiry';
import { inquiryRefusals as no, type InquiryRefusal } from '../rules/inquiry-refusals';
import { appeal, decideAppeal } from './appeal-inquiry';
import { confirm, propose } from './conclude-inquiry';
import { findingsOfInquiry, lockInquiry, markSent, noteReply, putInquiryFinding, putObjection, type InquiryRow } from './inquiry-repository';
import { noticesTo } from './inquiry-notices';
import { conductedBy, findInquiry, moveInquiry, noteInquiry, type InquiryAnswer } from './open-inquiry';

type Work<Input> = (tx: EntityManager, input: Input, actor: Actor) => Promise<InquiryAnswer>;

/** 责任倒查: findings, the right to reply, a conclusion by two persons, one appeal decided by others. */
export function createInquiryService({ db, kinds }: { db: DataSource; kinds: Pick<Kinds, 'instruments'> }) {
  const mutation = <Input extends { idempotencyKey: string }>(operation: string, work: Work<Input>) => (input: Input, actor: Actor): Promise<InquiryAnswer> =>
    runMutation<InquiryAnswer>(db, { actor, operation, key: input.idempotencyKey, input, work: (tx) => work(tx, input, actor) });
  return {
    find: mutation('recordInquiryFinding', find), object: mutation('recordInquiryObjection', object), send: mutation('sendInquiryFindings', send), reply: mutation('replyToInquiryFinding', reply),
    propose: mutation('proposeInquiryConclusion', (tx, input: Parameters<typeof propose>[1], actor) => propose(tx, input, { actor, kinds })), confirm: mutation('confirmInquiryConclusion', confirm), appeal: mutation('appealInquiry', appeal),
    decideAppeal: mutation('decideInquiryAppeal', decideAppeal),
  };
}
export type InquiryService = ReturnType<typeof createInquiryService>;

async function find(tx: EntityManager, input: RecordInquiryFindingInput, actor: Actor): Promise<InquiryAnswer> {
  const row = await conductedBy(tx, input, actor);
  if (isRefusal(row)) return row as InquiryRefusal;
  if (row.state !== 'OPEN') return no.wrongState();
  const today = await todayOf(tx);
  const objection = findingObjection(input, today) ?? (await partiesObjection(tx, input, { row, actor }));
  if (objection) return objection;
  await moveInquiry(tx, row, { state: 'OPEN' });
  const id = newId();
  await putInquiryFinding(tx, {
    id, inquiry_id: row.id, ordinal: (await findingsOfInquiry(tx, row.id)).length + 1, ground: input.ground, unit_id: input.unitId, official_id: input.officialId ?? null,
    responsibility: input.responsibility, occurred_on: input.occurredOn, text: input.text.trim(), evidence_ref: input.evidenceRef.trim(), recorded_by: actor.viewer.subject,
  });
  await noteInquiry(tx, row, { actor, action: 'found', detail: { findingId: id, ground: input.ground, unitId: input.unitId, officialId: input.officialId ?? null, responsibility: input.responsibility } });
  return { inquiryId: row.id };
}

/** Whoever is found about is known, and whoever finds is not of that unit (第二十八条). */
async function partiesObjection(tx: EntityManager, input: RecordInquiryFindingInput, { row, actor }: { row: InquiryRow; actor: Actor }): Promise<InquiryRefusal | null> {
  const officialIds = input.officialId ? [input.officialId] : [];
  if (!(await areKnown(tx, { unitIds: [input.unitId], officialIds }))) return no.partyUnknown();
  const { isOfUnit } = await standingOf(tx, actor.viewer, { unitId: input.unitId, caseId: row.caseId });
  return isOfUnit || officialIds.includes(actor.viewer.subject) ? no.ofTracedUnit() : null;
}

async function object(tx: EntityManager, input: RecordInquiryObjectionInput, actor: Actor): Promise<InquiryAnswer> {
  const row = await conductedBy(tx, input, actor);
  if (isRefusal(row)) return row as InquiryRefusal;
  if (row.state !== 'OPEN' && row.state !== 'REPLYING') return no.wrongState();
  if (!isOfficeText(input.text, { most: 2_000 }) || !isOfficeText(input.evidenceRef, { most: 200 })) return no.badText();
  if (!(await areKnown(tx, { unitIds: [], officialIds: [input.officialId] }))) return no.partyUnknown();
  const today = await todayOf(tx);
  if (input.objectedOn > today) return no.badDate();
  await moveInquiry(tx, row, { state: row.state });
  await putObjection(tx, {
    id: newId(), inquiry_id: row.id, official_id: input.officialId, objected_on: input.objectedOn, text: input.text.trim(), evidence_ref: input.evidenceRef.trim(),
    recorded_by: actor.viewer.subject, recorded_on: today,
  });
  await noteInquiry(tx, row, { actor, action: 'objectionRecorded', detail: { officialId: input.officialId, objectedOn: input.objectedOn } });
  return { inquiryId: row.id };
}

async function send(tx: EntityManager, input: SendInquiryFindingsInput, actor: Actor): Promise<InquiryAnswer> {
  const row = await conductedBy(tx, input, actor);
  if (isRefusal(row)) return row as InquiryRefusal;
  const findings = await findingsOfInquiry(tx, row.id);
  if (row.state !== 'OPEN' || findings.length === 0) return no.wrongState();
  const today = await todayOf(tx);
  const least = periodTerms({ code: 'INQUIRY_REPLY', startOn: today, jurisdictionCode: row.divisionCode }, { rules: officeRules(), calendar: officeCalendar() }).due.dueEffective;
  const replyUntil = input.replyUntil ?? least;
  if (replyUntil < least || replyUntil > addDays(today, 366)) return no.badDate();
  await holdCase(tx, row.caseId);
  await moveInquiry(tx, row, { state: 'REPLYING', reply_until: replyUntil });
  await markSent(tx, row.id, today);
  await noteInquiry(tx, row, { actor, action: 'findingsSent', detail: { replyUntil, findings: findings.length } });
  await notifyOwn(tx, await noticesTo(tx, { row, findings, kind: 'INQUIRY_FINDINGS_SENT' }));
  return { inquiryId: row.id };
}

async function reply(tx: EntityManager, input: ReplyToInquiryFindingInput, actor: Actor): Promise<InquiryAnswer> {
  const seen = await findInquiry(tx, input.inquiryId, actor);
  const row = seen && (await lockInquiry(tx, seen.id));
  const finding = row ? (await findingsOfInquiry(tx, row.id)).find((one) => one.id === input.findingId && one.sentOn !== null) : undefined;
  if (!row || !finding) return no.notFound();
  const { viewer } = actor;
  const isTheirs = finding.officialId ? finding.officialId === viewer.subject : await actsForUnit(tx, viewer, finding.unitId);
  if (!isTheirs) return no.notConcerned();
  if (!isInquiryText(input.reply)) return no.badText();
  const today = await todayOf(tx);
  if (!mayReply(finding, { state: row.state, replyUntil: row.replyUntil, today })) return no.replyOver();
  // a conclusion that was read before this reply is not proposed over it
  await moveInquiry(tx, row, { state: row.state });
  if ((await noteReply(tx, { findingId: finding.id, reply: input.reply.trim(), by: viewer.subject, on: today })) !== 1) throw new AppError('CONFLICT');
  await noteInquiry(tx, row, { actor, action: 'replied', detail: { findingId: finding.id } });
  return { inquiryId: row.id };
}
