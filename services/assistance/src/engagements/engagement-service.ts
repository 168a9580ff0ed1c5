import type { DataSource } from 'typeorm';
import { AppError, isRefusal, refuse, type Refusal } from '@anjie/contracts';
import { audit, businessTime, newId, type Sql } from '@anjie/service-kit/database';
import { lockVisibleCase } from '../cases/case-repository';
import { conflictedUnits } from '../cases/conflict-repository';
import { beginningUnit, changeRow, mutationsOf, notFound, rowToChange, type Act } from '../cases/acts';
import type { AnswerServiceOfferInput, OfferServiceInput, ServiceEngagementRefusalCode } from '../generated/graphql';
import type { Kinds } from '../kinds';
import { participantsByIds } from '../people-who-serve/serving-repository';
import { OFFER_LIFE, refusesDay } from '../rules/offer-lifecycle';
import { stateAfter } from '../rules/service-life';
import { refusesServing } from '../rules/serving';
import type { ServiceRoleKind } from '../service-kinds';
import { contractInForce, engagementRows } from './engagement-repository';

type No = Refusal<ServiceEngagementRefusalCode>;
export type EngagementAnswer = { readonly engagementId: string } | No;

/** 服务团队: a lawyer, a mediator, a counsellor is offered, and accepted or declined. What they hear stays with them. */
export function createEngagementService({ db, kinds }: { db: DataSource; kinds: Kinds }) {
  const mutation = mutationsOf<EngagementAnswer>(db);
  return {
    offer: mutation('offerService', (act: Act<OfferServiceInput>) => offer(kinds, act)),
    answer: mutation('answerServiceOffer', answer),
  };
}
export type EngagementService = ReturnType<typeof createEngagementService>;

async function offer(kinds: Kinds, { tx, actor, input }: Act<OfferServiceInput>): Promise<EngagementAnswer> {
  const scope = await lockVisibleCase(tx, actor.viewer, input.caseId);
  if (!scope) return notFound();
  const unitId = await beginningUnit({ tx, actor }, { caseId: scope.caseId, unitId: input.unitId, action: 'OFFER' });
  if (isRefusal(unitId)) return unitId;
  const role = kinds.serviceRoles.usable(input.role);
  if (!role) throw new AppError('BAD_USER_INPUT', { field: 'role', rule: 'a code of serviceRoles that is not retired' });
  const { today } = await businessTime(tx);
  const no = (await unfitPerson(tx, scope.caseId, { role, participantId: input.participantId, today })) ?? (await unfitContract(tx, { contractId: input.contractId, unitId, on: today }));
  if (no) return no;
  const id = newId();
  await engagementRows.add(tx, {
    id, case_id: scope.caseId, unit_id: unitId, kind: role.code, participant_id: input.participantId ?? null, contract_id: input.contractId ?? null, state: 'OFFERED', offered_on: today,
    offered_by: actor.viewer.subject,
  });
  await audit(tx, actor, { action: 'SERVICE_OFFERED', subjectType: 'ServiceEngagement', subjectId: id, caseId: scope.caseId, detail: { role: role.code } });
  return { engagementId: id };
}

interface Person {
  readonly role: ServiceRoleKind;
  readonly participantId: string | null | undefined;
  readonly today: string;
}

/** Somebody of the directory, of a kind that the role allows, with nothing to do with the case. */
async function unfitPerson(tx: Sql, caseId: string, { role, participantId, today }: Person): Promise<Refusal<'NOT_SERVING' | 'CONFLICT_OF_INTEREST' | 'ROLE_INVALID'> | null> {
  if (!participantId) return null;
  const [person] = await participantsByIds(tx, [participantId]);
  const unfit = refusesServing(person, { on: today, conflicted: await conflictedUnits(tx, caseId) });
  if (unfit) return unfit;
  const fits = role.from.length === 0 || (person !== undefined && role.from.includes(person.kind));
  return fits ? null : refuse('ROLE_INVALID', '此人的类别与该角色不符。', 'People of this kind do not serve in this role.');
}

async function unfitContract(tx: Sql, { contractId, unitId, on }: { contractId: string | null | undefined; unitId: string; on: string }): Promise<Refusal<'CONTRACT_INVALID'> | null> {
  const fits = !contractId || (await contractInForce(tx, { contractId, unitId, on }));
  return fits ? null : refuse('CONTRACT_INVALID', '合同不存在、不属本单位或者不在合同期内。', 'The contract is unknown, of another unit, or not in force.');
}

async function answer({ tx, actor, input }: Act<AnswerServiceOfferInput>): Promise<EngagementAnswer> {
  const row = await rowToChange({ tx, actor }, {
    rows: engagementRows, id: input.engagementId, expectedVersion: input.expectedVersion, action: 'RECORD_ANSWER', sides: ({ unitId }) => ({ UNIT: unitId }),
  });
  if (isRefusal(row)) return row;
  const to = stateAfter(OFFER_LIFE, input.answer === 'ACCEPTED' ? 'ACCEPT' : 'DECLINE', row.state);
  if (isRefusal(to)) return to;
  const { today } = await businessTime(tx);
  const wrongDay = refusesDay(input.answeredOn, { notBefore: row.answeredOn ?? row.offeredOn, today });
  if (wrongDay) return wrongDay;
  await changeRow(tx, engagementRows, { row, set: { state: to, answered_on: input.answeredOn } });
  await audit(tx, actor, { action: `SERVICE_${to}`, subjectType: 'ServiceEngagement', subjectId: row.id, caseId: row.caseId });
  return { engagementId: row.id };
}
