import type { DataSource, EntityManager } from 'typeorm';
import { AppError, isRefusal, refuse, type Refusal } from '@anjie/contracts';
import { audit, businessTime, newId, runMutation, type Actor, type Row } from '@anjie/service-kit/database';
import { lockVisibleCase } from '../cases/case-repository';
import type {
  AssistanceApplicationRefusalCode, DecideAssistanceApplicationInput, RecordAssistancePaymentInput, SubmitAssistanceApplicationInput,
} from '../generated/graphql';
import { visibleReferralsByIds } from '../referrals/referral-repository';
import { refusesAmount, refusesApplicationMove, refusesPaymentDay, type ApplicationState } from '../rules/assistance-application-lifecycle';
import { forbids, type Action } from '../rules/permissions';
import { optionalText, requiredText } from '../rules/texts';
import { receivingUnit, unitsActedFor } from '../units/unit-repository';
import { addApplication, lockApplication, saveApplication, visibleApplicationsByIds, type AssistanceApplicationRow } from './assistance-application-repository';

type Refused = Refusal<AssistanceApplicationRefusalCode>;
export type ApplicationAnswer = { readonly applicationId: string } | Refused;

const notFound = (): Refused => refuse('NOT_FOUND', '不存在，或对您不可见。', 'It does not exist, or is not visible to you.');

export function createAssistanceApplicationService({ db }: { db: DataSource }) {
  const run = (actor: Actor, call: Call): Promise<ApplicationAnswer> =>
    runMutation<ApplicationAnswer>(db, { actor, operation: call.operation, key: call.input.idempotencyKey, input: call.input, work: call.work });
  return {
    submit: (actor: Actor, input: SubmitAssistanceApplicationInput) =>
      run(actor, { operation: 'submitAssistanceApplication', input, work: (tx) => submit(tx, actor, input) }),
    decide: (actor: Actor, input: DecideAssistanceApplicationInput) =>
      run(actor, { operation: 'decideAssistanceApplication', input, work: (tx) => change(tx, actor, deciding(input)) }),
    pay: (actor: Actor, input: RecordAssistancePaymentInput) =>
      run(actor, { operation: 'recordAssistancePayment', input, work: (tx) => change(tx, actor, paying(input)) }),
  };
}
export type AssistanceApplicationService = ReturnType<typeof createAssistanceApplicationService>;

interface Call {
  readonly operation: string;
  readonly input: { readonly idempotencyKey: string };
  readonly work: (tx: EntityManager) => Promise<ApplicationAnswer>;
}

async function submit(tx: EntityManager, actor: Actor, input: SubmitAssistanceApplicationInput): Promise<ApplicationAnswer> {
  const scope = await lockVisibleCase(tx, actor.viewer, input.caseId);
  if (!scope) return notFound();
  const forbidden = forbids({ roles: actor.viewer.roles, parts: ['CASE_VIEWER'] }, 'SUBMIT_APPLICATION');
  if (forbidden) return forbidden;
  const need = requiredText(input.need, { field: 'need', max: 1000 });
  const amount = refusesAmount({ isApproved: true, amount: input.requestedAmount });
  if (isRefusal(need) || amount) return amount ?? (need as Refused);
  const [referral] = input.referralId ? await visibleReferralsByIds(tx, actor.viewer, [input.referralId]) : [];
  if (input.referralId && referral?.caseId !== scope.caseId) return notFound();
  const unit = await receivingUnit(tx, input.unitId);
  if (!unit?.isOpen) return refuse('UNIT_NOT_FOUND', '审批单位不存在或已撤并。', 'The deciding unit is unknown or closed.');
  const { today } = await businessTime(tx);
  const id = newId();
  await addApplication(tx, {
    id, case_id: scope.caseId, referral_id: referral?.id ?? null, kind: input.kind, unit_id: unit.id, requested_amount: input.requestedAmount, need,
    state: 'SUBMITTED', submitted_on: today, submitted_by: actor.viewer.subject,
  });
  await audit(tx, actor, { action: 'ASSISTANCE_SUBMITTED', subjectType: 'AssistanceApplication', subjectId: id, caseId: scope.caseId, detail: { kind: input.kind, unitId: unit.id } });
  return { applicationId: id };
}

interface Change {
  readonly action: Action & ('DECIDE_APPLICATION' | 'RECORD_PAYMENT');
  readonly applicationId: string;
  readonly expectedVersion: number;
  readonly to: ApplicationState;
  readonly plan: (application: AssistanceApplicationRow, today: string) => { readonly set: Row } | Refused;
}

const deciding = (input: DecideAssistanceApplicationInput): Change => {
  const isApproved = input.decision === 'APPROVE';
  return {
    action: 'DECIDE_APPLICATION', applicationId: input.applicationId, expectedVersion: input.expectedVersion, to: isApproved ? 'APPROVED' : 'DECLINED',
    plan: (_application, today) => {
      const amount = input.amount ?? null;
      const refusal = refusesAmount({ isApproved, amount });
      if (refusal) return refusal;
      const reason = isApproved ? optionalText(input.reason, REASON) : requiredText(input.reason ?? '', REASON);
      if (isRefusal(reason)) return reason as Refused;
      return { set: { decided_on: today, decided_amount: amount, decline_reason: isApproved ? null : reason } };
    },
  };
};
const REASON = { field: 'reason', max: 1000 };

const paying = (input: RecordAssistancePaymentInput): Change => ({
  action: 'RECORD_PAYMENT', applicationId: input.applicationId, expectedVersion: input.expectedVersion, to: 'PAID',
  plan: ({ decidedOn }, today) => {
    const refusal = refusesPaymentDay({ decidedOn: decidedOn ?? today, paidOn: input.paidOn, today });
    const evidence = requiredText(input.evidenceRef, { field: 'evidenceRef', max: 200 });
    if (refusal || isRefusal(evidence)) return refusal ?? (evidence as Refused);
    return { set: { paid_on: input.paidOn, evidence_ref: evidence } };
  },
});

async function change(tx: EntityManager, actor: Actor, { action, applicationId, expectedVersion, to, plan }: Change): Promise<ApplicationAnswer> {
  const [seen] = await visibleApplicationsByIds(tx, actor.viewer, [applicationId]);
  const application = seen && (await lockApplication(tx, seen.id));
  if (!application) return notFound();
  const acts = (await unitsActedFor(tx, actor.viewer, [application.unitId])).has(application.unitId);
  const forbidden = forbids({ roles: actor.viewer.roles, parts: acts ? ['UNIT'] : [] }, action);
  if (forbidden) return forbidden;
  if (application.version !== expectedVersion) throw new AppError('CONFLICT', { currentVersion: application.version });
  const illegal = refusesApplicationMove(application.state, to);
  if (illegal) return illegal;
  const { today } = await businessTime(tx);
  const planned = plan(application, today);
  if (isRefusal(planned)) return planned as Refused;
  const isFirst = await saveApplication(tx, { id: application.id, version: application.version, set: { state: to, ...(planned as { set: Row }).set } });
  if (!isFirst) throw new AppError('CONFLICT');
  await audit(tx, actor, { action: `ASSISTANCE_${to}`, subjectType: 'AssistanceApplication', subjectId: application.id, caseId: application.caseId, detail: { from: application.state, to } });
  return { applicationId: application.id };
}
