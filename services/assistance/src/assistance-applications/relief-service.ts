import { isRefusal, refuse, type Refusal } from '@anjie/contracts';
import { audit, businessTime, newId, type Row } from '@anjie/service-kit/database';
import { changeRow, mutationsOf, rowToChange, type Act } from '../cases/acts';
import { recountCase } from '../figures/figure-service';
import type {
  AnswerReliefOfferInput, AssistanceApplicationRefusalCode, CorrectAssistancePaymentInput, DecideAssistanceApplicationInput, RecordAssistancePaymentInput,
} from '../generated/graphql';
import {
  applicationAfter, openAmount, refusesAmount, refusesCounter, refusesPayment, refusesPaymentDay, refusesUnpublicised, type ApplicationAct, type Publicity,
} from '../rules/assistance-application-lifecycle';
import { addAmounts, isMoreThan, subtractAmount } from '../rules/money';
import { refusesCondition } from '../rules/never-conditional';
import type { ServiceAction } from '../rules/service-permissions';
import { requiredText } from '../rules/texts';
import { addReliefEntry, applicationRows, entriesOfApplications, type AssistanceApplicationRow, type ReliefEntryRow } from './assistance-application-repository';
import type { ApplicationAnswer, ReliefDeps } from './assistance-application-service';

type Refused = Refusal<AssistanceApplicationRefusalCode>;

/** What becomes of an application or an offer: decided, paid in parts, corrected, answered. */
export function createReliefService(deps: ReliefDeps) {
  const mutation = mutationsOf<ApplicationAnswer>(deps.db);
  return {
    decide: mutation('decideAssistanceApplication', (act: Act<DecideAssistanceApplicationInput>) => decide(deps, act)),
    pay: mutation('recordAssistancePayment', (act: Act<RecordAssistancePaymentInput>) => change(act, 'CONDUCT', (row, today) => paying(act, row, today))),
    correct: mutation('correctAssistancePayment', (act: Act<CorrectAssistancePaymentInput>) => change(act, 'CONDUCT', (row, today) => correcting(act, row, today))),
    answer: mutation('answerReliefOffer', (act: Act<AnswerReliefOfferInput>) => change(act, 'RECORD_ANSWER', (row, today) => answering(act.input, row, today))),
  };
}
export type ReliefService = ReturnType<typeof createReliefService>;

/** What a step writes besides the state. */
interface Plan {
  readonly act: ApplicationAct;
  readonly set: Row;
  readonly event: string;
  readonly entry?: Omit<ReliefEntryRow, 'id' | 'applicationId' | 'seq' | 'recordedById'> & { readonly seq: number };
}
type Change = Act<{ readonly idempotencyKey: string; readonly applicationId: string; readonly expectedVersion: number }>;

async function change({ tx, actor, input }: Change, action: ServiceAction, plan: (row: AssistanceApplicationRow, today: string) => Promise<Plan | Refused> | Plan | Refused): Promise<ApplicationAnswer> {
  const row = await rowToChange({ tx, actor }, { rows: applicationRows, id: input.applicationId, expectedVersion: input.expectedVersion, action, sides: ({ unitId }) => ({ UNIT: unitId }) });
  if (isRefusal(row)) return row;
  const { today } = await businessTime(tx);
  const planned = await plan(row, today);
  if (isRefusal(planned)) return planned;
  const to = applicationAfter(planned.act, row.state);
  if (isRefusal(to)) return to;
  await changeRow(tx, applicationRows, { row, set: { state: to, ...planned.set } });
  const { entry } = planned;
  if (entry) {
    await addReliefEntry(tx, {
      id: newId(), application_id: row.id, seq: entry.seq, kind: entry.kind, of_entry_id: entry.ofEntryId, amount: entry.amount, on_date: entry.on,
      evidence_ref: entry.evidenceRef, reason: entry.reason, recorded_by: actor.viewer.subject,
    });
  }
  await audit(tx, actor, { action: planned.event, subjectType: 'AssistanceApplication', subjectId: row.id, caseId: row.caseId, detail: { from: row.state, to } });
  await recountCase(tx, row.caseId);
  return { applicationId: row.id };
}

const REASON = { field: 'reason', max: 1000 };

async function decide({ duties, kinds }: ReliefDeps, act: Act<DecideAssistanceApplicationInput>): Promise<ApplicationAnswer> {
  const { tx, actor, input } = act;
  const answer = await change(act, 'CONDUCT', (row, today) => deciding(input, { row, rules: kinds.reliefs.of(row.kind), today }));
  if (isRefusal(answer)) return answer;
  const { today } = await businessTime(tx);
  await duties.end(tx, { subjectIds: [answer.applicationId], state: 'MET', today, requestId: actor.requestId });
  return answer;
}

interface Deciding {
  readonly row: AssistanceApplicationRow;
  readonly rules: Parameters<typeof refusesAmount>[1] & Parameters<typeof refusesUnpublicised>[0];
  readonly today: string;
}

function deciding(input: DecideAssistanceApplicationInput, { row, rules, today }: Deciding): Plan | Refused {
  const isApproved = input.decision === 'APPROVE';
  const illegal = applicationAfter(isApproved ? 'APPROVE' : 'DECLINE', row.state);
  if (isRefusal(illegal)) return illegal;
  const amount = input.amount ?? null;
  const publicity = { submittedOn: row.submittedOn, publicisedOn: input.publicisedOn ?? null, isUrgent: Boolean(row.isUrgent) || Boolean(input.isUrgent), today };
  const refusal = refusesAmount({ isApproved, amount }, rules) ?? refusesCondition(input.reason);
  if (refusal) return refusal;
  const decided = { decided_on: today, publicised_on: publicity.publicisedOn, is_urgent: publicity.isUrgent };
  return isApproved ? approving(rules, publicity, { ...decided, decided_amount: amount ?? '0.00' }) : declining(input.reason, decided);
}

const approving = (rules: Deciding['rules'], publicity: Publicity, set: Row): Plan | Refused => refusesUnpublicised(rules, publicity) ?? { act: 'APPROVE', event: 'ASSISTANCE_APPROVED', set };

function declining(given: string | null | undefined, set: Row): Plan | Refused {
  const reason = requiredText(given ?? '', REASON);
  return isRefusal(reason) ? reason : { act: 'DECLINE', event: 'ASSISTANCE_DECLINED', set: { ...set, decline_reason: reason } };
}

/** A payment without an amount is of all that is open. */
async function paying({ tx, input }: Act<RecordAssistancePaymentInput>, row: AssistanceApplicationRow, today: string): Promise<Plan | Refused> {
  const illegal = applicationAfter('PAY_REST', row.state);
  if (isRefusal(illegal)) return illegal;
  const balance = { decided: row.decidedAmount ?? '0.00', paid: row.paidAmount };
  const amount = input.amount ?? openAmount(balance);
  const refusal = refusesPaymentDay({ decidedOn: row.decidedOn ?? today, paidOn: input.paidOn, today }) ?? refusesPayment(balance, amount);
  const evidenceRef = requiredText(input.evidenceRef, { field: 'evidenceRef', max: 200 });
  if (refusal) return refusal;
  if (isRefusal(evidenceRef)) return evidenceRef;
  const isRest = !isMoreThan(openAmount(balance), amount);
  return {
    act: isRest ? 'PAY_REST' : 'PAY_PART', event: isRest ? 'ASSISTANCE_PAID' : 'ASSISTANCE_PAID_IN_PART',
    set: { paid_amount: addAmounts(row.paidAmount, amount), paid_on: input.paidOn, evidence_ref: evidenceRef },
    entry: { seq: (await entriesOfApplications(tx, [row.id])).length + 1, kind: 'PAYMENT', ofEntryId: null, amount, on: input.paidOn, evidenceRef, reason: null },
  };
}

/** A mistake of the books is put right by an entry against it; no entry is ever changed. */
async function correcting({ tx, input }: Act<CorrectAssistancePaymentInput>, row: AssistanceApplicationRow, today: string): Promise<Plan | Refused> {
  const entries = await entriesOfApplications(tx, [row.id]);
  const booked = entries.find(({ id, kind }) => id === input.entryId.toLowerCase() && kind === 'PAYMENT');
  if (!booked) return refuse('NOT_FOUND', '该笔发放不存在。', 'There is no such payment.');
  const against = entries.filter(({ ofEntryId }) => ofEntryId === booked.id);
  const countered = addAmounts('0.00', ...against.map(({ amount }) => amount));
  const amount = input.amount ?? subtractAmount(booked.amount, countered);
  const refusal = refusesPaymentDay({ decidedOn: booked.on, paidOn: input.on, today }) ?? refusesCounter({ booked: booked.amount, countered, isCountered: against.length > 0 }, amount);
  const evidenceRef = requiredText(input.evidenceRef, { field: 'evidenceRef', max: 200 });
  if (refusal) return refusal;
  if (isRefusal(evidenceRef)) return evidenceRef;
  return {
    act: 'COUNTER', event: 'ASSISTANCE_PAYMENT_CORRECTED', set: { paid_amount: subtractAmount(row.paidAmount, amount) },
    entry: { seq: entries.length + 1, kind: 'COUNTER_ENTRY', ofEntryId: booked.id, amount, on: input.on, evidenceRef, reason: input.reason },
  };
}

function answering(input: AnswerReliefOfferInput, row: AssistanceApplicationRow, today: string): Plan | Refused {
  if (input.answeredOn < row.submittedOn || input.answeredOn > today) return refuse('DATE_INVALID', '答复日期须在提供之后、今天之前（均含当日）。', 'The answer lies between the offer and today.');
  const isAccepted = input.answer === 'ACCEPTED';
  return { act: isAccepted ? 'ACCEPT' : 'NOT_TAKE', event: isAccepted ? 'RELIEF_ACCEPTED' : 'RELIEF_NOT_TAKEN', set: { answered_on: input.answeredOn } };
}

