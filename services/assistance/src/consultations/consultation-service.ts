import type { DataSource } from 'typeorm';
import { AppError, DIVISION_CODE, isInDivision, isRefusal, refuse, type Refusal } from '@anjie/contracts';
import { audit, businessTime, newId, type Actor, type Row } from '@anjie/service-kit/database';
import { knownCases } from '@anjie/service-kit/facts';
import { raiseNotices, type Outbox } from '@anjie/service-kit/messaging';
import { lockVisibleCase } from '../cases/case-repository';
import { beginningUnit, changeRow, mutationsOf, notFound, rowToChange, type Act } from '../cases/acts';
import { conflictedUnits } from '../cases/conflict-repository';
import type { ServiceDutyService } from '../duties/service-duty-service';
import type {
  AnswerHigherPoolInput, AskHigherPoolInput, DeliverLegalOpinionInput, LegalConsultationRefusalCode, RequestLegalOpinionInput, SendExpertsInput, WithdrawConsultationInput,
} from '../generated/graphql';
import { expertsByIds } from '../people-who-serve/serving-repository';
import { CONSULTATION_LIFE, refusesExperts, refusesHigherPool, refusesPool, type ConsultationAct } from '../rules/consultation-lifecycle';
import { refusesCondition } from '../rules/never-conditional';
import { stateAfter } from '../rules/service-life';
import type { ServiceAction } from '../rules/service-permissions';
import { refusesServing } from '../rules/serving';
import { optionalText, requiredText } from '../rules/texts';
import { consultationRows, putExperts, type ConsultationRow } from './consultation-repository';

type No = Refusal<LegalConsultationRefusalCode>;
export type ConsultationAnswer = { readonly consultationId: string } | No;

export interface ConsultationDeps {
  readonly db: DataSource;
  readonly outbox: Outbox;
  readonly duties: ServiceDutyService;
}

/** 专家咨询: a unit asks a pool, the pool's office sends experts or asks a higher pool, the opinion advises the unit. */
export function createConsultationService(deps: ConsultationDeps) {
  const mutation = mutationsOf<ConsultationAnswer>(deps.db);
  return {
    request: mutation('requestLegalOpinion', (act: Act<RequestLegalOpinionInput>) => request(act)),
    send: mutation('sendExperts', (act: Act<SendExpertsInput>) => move(act, { action: 'SEND_EXPERTS', plan: (row, today) => sending(deps, act, { row, today }) })),
    askHigher: mutation('askHigherPool', (act: Act<AskHigherPoolInput>) => move(act, { action: 'SEND_EXPERTS', plan: (row) => askingHigher(deps, act, row) })),
    answerHigher: mutation('answerHigherPool', (act: Act<AnswerHigherPoolInput>) => move(act, { action: 'SEND_EXPERTS', isHigher: true, plan: (row) => answeringHigher(act.input, row) })),
    deliver: mutation('deliverLegalOpinion', (act: Act<DeliverLegalOpinionInput>) => move(act, { action: 'SEND_EXPERTS', plan: (row, today) => delivering(deps, act, { row, today }) })),
    withdraw: mutation('withdrawConsultation', (act: Act<WithdrawConsultationInput>) => move(act, { action: 'CONDUCT', plan: (row, today) => withdrawing(deps, act, { row, today }) })),
  };
}
export type ConsultationService = ReturnType<typeof createConsultationService>;

async function request({ tx, actor, input }: Act<RequestLegalOpinionInput>): Promise<ConsultationAnswer> {
  const scope = await lockVisibleCase(tx, actor.viewer, input.caseId);
  if (!scope) return notFound();
  const unitId = await beginningUnit({ tx, actor }, { caseId: scope.caseId, unitId: input.unitId, action: 'CONDUCT' });
  if (isRefusal(unitId)) return unitId;
  const pool = input.poolDivisionCode;
  if (!DIVISION_CODE.test(pool)) throw new AppError('BAD_USER_INPUT', { field: 'poolDivisionCode', rule: 'a GB/T 2260 code' });
  const question = requiredText(input.question, { field: 'question', max: 2000 });
  if (isRefusal(question)) return question;
  const no = refusesCondition(question) ?? refusesPool(pool) ?? (isInDivision(scope.divisionCode, pool) ? null : refuse('POOL_INVALID', '须请求本地或者上级的专家库。', 'Ask the pool of the place or one above it.'));
  if (no) return no;
  const { today } = await businessTime(tx);
  const id = newId();
  await consultationRows.add(tx, { id, case_id: scope.caseId, unit_id: unitId, pool_division_code: pool, question, state: 'REQUESTED', requested_on: today, requested_by: actor.viewer.subject });
  await audit(tx, actor, { action: 'CONSULTATION_REQUESTED', subjectType: 'LegalConsultation', subjectId: id, caseId: scope.caseId, detail: { unitId, poolDivisionCode: pool } });
  return { consultationId: id };
}

interface Plan {
  readonly act: ConsultationAct;
  readonly event: string;
  readonly set: Row;
  readonly after?: () => Promise<void>;
}
interface Move {
  readonly action: ServiceAction;
  /** The office of the pool that is asked for help acts, not the present pool's. */
  readonly isHigher?: boolean;
  readonly plan: (row: ConsultationRow, today: string) => Promise<Plan | No> | Plan | No;
}
type Moving = Act<{ readonly idempotencyKey: string; readonly consultationId: string; readonly expectedVersion: number }>;

async function move({ tx, actor, input }: Moving, { action, isHigher = false, plan }: Move): Promise<ConsultationAnswer> {
  const row = await rowToChange({ tx, actor }, {
    rows: consultationRows, id: input.consultationId, expectedVersion: input.expectedVersion, action, sides: ({ unitId }) => ({ UNIT: unitId }),
    also: (one) => (keepsPool(actor, isHigher ? one.higherDivisionCode : one.poolDivisionCode) ? ['DIVISION_OFFICE'] : []),
  });
  if (isRefusal(row)) return row;
  const { today } = await businessTime(tx);
  const planned = await plan(row, today);
  if (isRefusal(planned)) return planned;
  const to = stateAfter(CONSULTATION_LIFE, planned.act, row.state);
  if (isRefusal(to)) return to;
  await changeRow(tx, consultationRows, { row, set: { state: to, ...planned.set } });
  await audit(tx, actor, { action: planned.event, subjectType: 'LegalConsultation', subjectId: row.id, caseId: row.caseId, detail: { from: row.state, to } });
  await planned.after?.();
  return { consultationId: row.id };
}

/** A joint office keeps the pool of exactly its own division: a county's office sends no expert of the city, nor the city one of the county. */
const keepsPool = ({ viewer }: Actor, poolDivisionCode: string | null): boolean => poolDivisionCode !== null && viewer.divisionCode === poolDivisionCode;

/** Experts of the pool, none of them employed by a unit of the case; the office owes the opinion by the day it names. */
async function sending({ duties }: ConsultationDeps, { tx, actor, input }: Act<SendExpertsInput>, { row, today }: { row: ConsultationRow; today: string }): Promise<Plan | No> {
  const illegal = stateAfter(CONSULTATION_LIFE, 'ASSIGN', row.state);
  if (isRefusal(illegal)) return illegal;
  const asked = input.expertIds.map((id) => id.toLowerCase());
  const experts = await expertsByIds(tx, asked);
  const conflicted = await conflictedUnits(tx, row.caseId);
  const no = refusesExperts(experts, { asked, pool: row.poolDivisionCode }) ?? experts.map((one) => refusesServing(one, { on: today, conflicted })).find((one) => one !== null)
    ?? (input.dueOn < today ? refuse('DATE_INVALID', '出具意见的期限不得早于今天。', 'The opinion is due today or later.') : null);
  if (no) return no;
  const officeUnitId = actor.viewer.unitId;
  return {
    act: 'ASSIGN', event: 'EXPERTS_SENT', set: { assigned_on: today, due_on: input.dueOn, office_unit_id: officeUnitId },
    after: async () => {
      await putExperts(tx, row.id, asked);
      await duties.end(tx, { subjectIds: [row.id], state: 'CANCELLED', today, requestId: actor.requestId });
      if (!officeUnitId) return;
      const [known] = await knownCases(tx, [row.caseId]);
      await duties.open(tx, [{
        dutyCode: 'LEGAL_OPINION', subject: { type: 'LegalConsultation', id: row.id }, caseId: row.caseId, jurisdictionCode: known?.divisionCode ?? '', obligorUnitId: officeUnitId,
        obligorOfficialId: null, startOn: today, dueOn: input.dueOn, round: row.version, requestId: actor.requestId,
      }]);
    },
  };
}

/** 协调上级专家库援助: the higher pool is asked and may say no. */
function askingHigher({ duties }: ConsultationDeps, { tx, actor, input }: Act<AskHigherPoolInput>, row: ConsultationRow): Plan | No {
  if (!DIVISION_CODE.test(input.toDivisionCode)) throw new AppError('BAD_USER_INPUT', { field: 'toDivisionCode', rule: 'a GB/T 2260 code' });
  const reason = requiredText(input.reason, { field: 'reason', max: 1000 });
  if (isRefusal(reason)) return reason;
  const no = refusesHigherPool({ from: row.poolDivisionCode, to: input.toDivisionCode });
  return no ?? {
    act: 'ASK_HIGHER', event: 'HIGHER_POOL_ASKED', set: { higher_division_code: input.toDivisionCode, higher_reason: reason, higher_answer: null, higher_answer_reason: null },
    after: async () => {
      const { today } = await businessTime(tx);
      await duties.end(tx, { subjectIds: [row.id], state: 'CANCELLED', today, requestId: actor.requestId });
      await putExperts(tx, row.id, []);
    },
  };
}

function answeringHigher(input: AnswerHigherPoolInput, row: ConsultationRow): Plan | No {
  const isAccepted = input.answer === 'ACCEPTED';
  const reason = isAccepted ? optionalText(input.reason, { field: 'reason', max: 1000 }) : requiredText(input.reason ?? '', { field: 'reason', max: 1000 });
  if (isRefusal(reason)) return reason;
  return {
    act: 'ANSWER_HIGHER', event: isAccepted ? 'HIGHER_POOL_ACCEPTED' : 'HIGHER_POOL_DECLINED',
    set: {
      higher_answer: input.answer, higher_answer_reason: reason, assigned_on: null, due_on: null, office_unit_id: null,
      ...(isAccepted ? { pool_division_code: row.higherDivisionCode } : {}),
    },
  };
}

/** 法律审查意见书: what the matter is in law, the facts, the law, the advice. Whoever handles the case decides. */
function delivering({ duties, outbox }: ConsultationDeps, { tx, actor, input }: Act<DeliverLegalOpinionInput>, { row, today }: { row: ConsultationRow; today: string }): Plan | No {
  const texts = { qualification: input.qualification, facts: input.facts, law: input.law, advice: input.advice };
  const said = Object.entries(texts).map(([field, text]) => [field, requiredText(text, { field, max: 2000 })] as const);
  const missing = said.map(([, text]) => text).find((text) => isRefusal(text));
  const documentRef = requiredText(input.documentRef, { field: 'documentRef', max: 200 });
  if (isRefusal(missing)) return missing;
  if (isRefusal(documentRef)) return documentRef;
  return refusesCondition(...Object.values(texts)) ?? {
    act: 'DELIVER', event: 'LEGAL_OPINION_DELIVERED', set: { delivered_on: today, document_ref: documentRef, ...Object.fromEntries(said.map(([field, text]) => [field, isRefusal(text) ? '' : text])) },
    after: async () => {
      const { now } = await businessTime(tx);
      await duties.end(tx, { subjectIds: [row.id], state: 'MET', today, requestId: actor.requestId });
      await raiseNotices(tx, outbox, [{
        kind: 'LEGAL_OPINION_DELIVERED', recipient: { kind: 'UNIT', id: row.unitId }, caseId: row.caseId, subjectId: row.id, occasion: 'delivered', at: now, requestId: actor.requestId,
      }]);
    },
  };
}

const withdrawing = ({ duties }: ConsultationDeps, { tx, actor }: Act<WithdrawConsultationInput>, { row, today }: { row: ConsultationRow; today: string }): Plan => ({
  act: 'WITHDRAW', event: 'CONSULTATION_WITHDRAWN', set: {},
  after: () => duties.end(tx, { subjectIds: [row.id], state: 'CANCELLED', today, requestId: actor.requestId }),
});
