import type { DataSource } from 'typeorm';
import { AppError, isRefusal, type Refusal } from '@anjie/contracts';
import { audit, businessTime, newId, type Row } from '@anjie/service-kit/database';
import { lockVisibleCase } from '../cases/case-repository';
import { beginningUnit, changeRow, mutationsOf, notFound, performerOf, rowToChange, type Act } from '../cases/acts';
import type { AnswerExplanationInput, CallOffExplanationInput, ExplanationRefusalCode, HoldExplanationInput, OfferExplanationInput } from '../generated/graphql';
import type { Kinds } from '../kinds';
import { refusesCondition } from '../rules/never-conditional';
import { EXPLANATION_LIFE, refusesDay, refusesDocuments, refusesPlace, type ExplanationAct } from '../rules/offer-lifecycle';
import { stateAfter } from '../rules/service-life';
import type { ServiceAction } from '../rules/service-permissions';
import { requiredText } from '../rules/texts';
import { explanationRows, type ExplanationRow } from './explanation-repository';

type No = Refusal<ExplanationRefusalCode>;
export type ExplanationAnswer = { readonly explanationId: string } | No;

const MAX_DOCUMENTS = 10;

/** 政策解释、疏导 in its permitted form: offered, accepted or declined, held where the petitioner chose; the law is explained and papers are handed over. */
export function createExplanationService({ db, kinds }: { db: DataSource; kinds: Kinds }) {
  const mutation = mutationsOf<ExplanationAnswer>(db);
  return {
    offer: mutation('offerExplanation', (act: Act<OfferExplanationInput>) => offer(kinds, act)),
    answer: mutation('answerExplanation', (act: Act<AnswerExplanationInput>) => move(act, { action: 'RECORD_ANSWER', plan: (row, today) => answering(act.input, row, today) })),
    hold: mutation('holdExplanation', (act: Act<HoldExplanationInput>) => move(act, { action: 'CONDUCT', plan: (row, today) => holding(kinds, act.input, { row, today }) })),
    callOff: mutation('callOffExplanation', (act: Act<CallOffExplanationInput>) => move(act, { action: 'CONDUCT', plan: () => ({ act: 'CALL_OFF', set: {} }) })),
  };
}
export type ExplanationService = ReturnType<typeof createExplanationService>;

async function offer(kinds: Kinds, { tx, actor, input }: Act<OfferExplanationInput>): Promise<ExplanationAnswer> {
  const scope = await lockVisibleCase(tx, actor.viewer, input.caseId);
  if (!scope) return notFound();
  const unitId = await beginningUnit({ tx, actor }, { caseId: scope.caseId, unitId: input.unitId, action: 'OFFER' });
  if (isRefusal(unitId)) return unitId;
  const kind = kinds.explanations.usable(input.kind);
  if (!kind) throw new AppError('BAD_USER_INPUT', { field: 'kind', rule: 'a code of explanationKinds that is not retired' });
  const topic = requiredText(input.topic, { field: 'topic', max: 500 });
  if (isRefusal(topic)) return topic;
  const condition = refusesCondition(topic);
  if (condition) return condition;
  const officialId = await performerOf({ tx, actor }, { unitId, officialId: input.officialId });
  if (isRefusal(officialId)) return officialId;
  const { today } = await businessTime(tx);
  const id = newId();
  await explanationRows.add(tx, {
    id, case_id: scope.caseId, unit_id: unitId, official_id: officialId, kind: kind.code, topic, state: 'OFFERED', offered_on: today, offered_by: actor.viewer.subject,
  });
  await audit(tx, actor, { action: 'EXPLANATION_OFFERED', subjectType: 'ExplanationSession', subjectId: id, caseId: scope.caseId, detail: { kind: kind.code } });
  return { explanationId: id };
}

interface Plan {
  readonly act: ExplanationAct;
  readonly set: Row;
}
type Moving = Act<{ readonly idempotencyKey: string; readonly explanationId: string; readonly expectedVersion: number }>;

async function move({ tx, actor, input }: Moving, { action, plan }: { action: ServiceAction; plan: (row: ExplanationRow, today: string) => Plan | No }): Promise<ExplanationAnswer> {
  const row = await rowToChange({ tx, actor }, { rows: explanationRows, id: input.explanationId, expectedVersion: input.expectedVersion, action, sides: ({ unitId }) => ({ UNIT: unitId }) });
  if (isRefusal(row)) return row;
  const { today } = await businessTime(tx);
  const planned = plan(row, today);
  if (isRefusal(planned)) return planned;
  const to = stateAfter(EXPLANATION_LIFE, planned.act, row.state);
  if (isRefusal(to)) return to;
  await changeRow(tx, explanationRows, { row, set: { state: to, ...planned.set } });
  await audit(tx, actor, { action: `EXPLANATION_${to}`, subjectType: 'ExplanationSession', subjectId: row.id, caseId: row.caseId });
  return { explanationId: row.id };
}

function answering(input: AnswerExplanationInput, row: ExplanationRow, today: string): Plan | No {
  const isAccepted = input.answer === 'ACCEPTED';
  const no = refusesDay(input.answeredOn, { notBefore: row.answeredOn ?? row.offeredOn, today }) ?? refusesPlace({ isAccepted, hasPlace: input.place != null });
  return no ?? { act: isAccepted ? 'ACCEPT' : 'DECLINE', set: { answered_on: input.answeredOn, place: input.place ?? null } };
}

function holding(kinds: Kinds, input: HoldExplanationInput, { row, today }: { row: ExplanationRow; today: string }): Plan | No {
  const explained = requiredText(input.explained, { field: 'explained', max: 2000 });
  if (isRefusal(explained)) return explained;
  const documents = (input.documents ?? []).map((title) => title.trim().replaceAll(/\s+/g, ' ')).filter((title) => title !== '');
  if (documents.length > MAX_DOCUMENTS || documents.some((title) => [...title].length > 150)) throw new AppError('BAD_USER_INPUT', { field: 'documents', rule: `at most ${MAX_DOCUMENTS} titles of 150 characters` });
  const no = refusesDay(input.heldOn, { notBefore: row.answeredOn ?? row.offeredOn, today }) ?? refusesCondition(explained, ...documents)
    ?? refusesDocuments({ needsDocuments: kinds.explanations.of(row.kind).needsDocuments, count: documents.length });
  return no ?? { act: 'HOLD', set: { held_on: input.heldOn, explained, documents: documents.length > 0 ? documents.join('\n') : null } };
}
