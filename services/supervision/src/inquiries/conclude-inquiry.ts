import type { EntityManager } from 'typeorm';
import { isRefusal } from '@anjie/contracts';
import type { Actor } from '@anjie/service-kit/database';
import { officeCalendar, officeRules } from '@anjie/service-kit/runtime';
import { holdCase } from '../case-facts';
import type { ConfirmInquiryConclusionInput, ProposeInquiryConclusionInput } from '../generated/graphql';
import type { Kinds } from '../kinds';
import { notifyOwn } from '../notifications/notify';
import { settleOwn } from '../obligations/own-obligation';
import { todayOf } from '../oversight-facts';
import { periodTerms } from '../rules/assigned-date';
import { conclusionObjection, isInquiryText } from '../rules/inquiry';
import { inquiryRefusals as no, type InquiryRefusal } from '../rules/inquiry-refusals';
import { findingsOfInquiry, noteJudgements, objectionsOf, type InquiryRow } from './inquiry-repository';
import { noticesTo } from './inquiry-notices';
import { conductedBy, moveInquiry, noteInquiry, type InquiryAnswer } from './open-inquiry';

/** 提出结论: with the replies on the table. */
export async function propose(tx: EntityManager, input: ProposeInquiryConclusionInput, { actor, kinds }: { actor: Actor; kinds: Pick<Kinds, 'instruments'> }): Promise<InquiryAnswer> {
  const row = await conductedBy(tx, input, actor);
  if (isRefusal(row)) return row as InquiryRefusal;
  const today = await todayOf(tx);
  const [findings, objections] = [await findingsOfInquiry(tx, row.id), await objectionsOf(tx, [row.id])];
  const instrumentKinds = kinds.instruments.all.filter((one) => !one.retired).map((one) => one.code);
  const objection = conclusionObjection(input, { state: row.state, findings, objections, instrumentKinds, replyUntil: row.replyUntil, today });
  if (objection) return objection;
  await moveInquiry(tx, row, {
    state: 'PROPOSED', result: input.result, conclusion: input.text.trim(), instrument_kind: input.instrumentKind ?? null, proposed_by: actor.viewer.subject, proposed_on: today,
    return_reason: null,
  });
  await noteJudgements(tx, row.id, input.judgements);
  await noteInquiry(tx, row, { actor, action: 'conclusionProposed', detail: { result: input.result, instrumentKind: input.instrumentKind ?? null } });
  return { inquiryId: row.id };
}

/** 审定: another person confirms, or gives it back with a reason. */
export async function confirm(tx: EntityManager, input: ConfirmInquiryConclusionInput, actor: Actor): Promise<InquiryAnswer> {
  const row = await conductedBy(tx, input, actor);
  if (isRefusal(row)) return row as InquiryRefusal;
  if (row.state !== 'PROPOSED') return no.wrongState();
  if (row.proposedById === actor.viewer.subject) return no.samePerson();
  const isReturn = input.verdict === 'RETURN';
  if (!isInquiryText(input.reason, isReturn ? 1 : 0)) return no.badText();
  return isReturn ? giveBack(tx, row, { actor, reason: input.reason ?? '' }) : conclude(tx, row, actor);
}

async function giveBack(tx: EntityManager, row: InquiryRow, { actor, reason }: { actor: Actor; reason: string }): Promise<InquiryAnswer> {
  await moveInquiry(tx, row, { state: row.replyUntil === null ? 'OPEN' : 'REPLYING', result: null, conclusion: null, instrument_kind: null, proposed_by: null, proposed_on: null, return_reason: reason.trim() });
  await noteInquiry(tx, row, { actor, action: 'conclusionReturned', detail: { proposedBy: row.proposedById } });
  return { inquiryId: row.id };
}

async function conclude(tx: EntityManager, row: InquiryRow, actor: Actor): Promise<InquiryAnswer> {
  await holdCase(tx, row.caseId);
  const today = await todayOf(tx);
  const right = periodTerms({ code: 'INQUIRY_APPEAL_RIGHT', startOn: today, jurisdictionCode: row.divisionCode }, { rules: officeRules(), calendar: officeCalendar() });
  await moveInquiry(tx, row, {
    state: 'CONCLUDED', confirmed_by: actor.viewer.subject, concluded_on: today, appeal_until: row.result === 'FAULT' ? right.due.dueEffective : null,
  });
  await noteInquiry(tx, row, { actor, action: 'concluded', detail: { result: row.result, proposedBy: row.proposedById, instrumentKind: row.instrumentKind } });
  await settleOwn(tx, row.obligationId, { state: 'MET', metOn: today, version: row.version + 1, actor });
  await notifyOwn(tx, await noticesTo(tx, { row, findings: await findingsOfInquiry(tx, row.id), kind: 'INQUIRY_CONCLUDED' }));
  return { inquiryId: row.id };
}
