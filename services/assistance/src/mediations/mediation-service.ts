import type { DataSource } from 'typeorm';
import { AppError, isRefusal, refuse, type Refusal } from '@anjie/contracts';
import { audit, businessTime, newId, type Row, type Sql } from '@anjie/service-kit/database';
import { knownOfficial, knownUnit, knownCases } from '@anjie/service-kit/facts';
import { raiseNotices, type Outbox } from '@anjie/service-kit/messaging';
import { isUnitExcluded, lockVisibleCase } from '../cases/case-repository';
import { conflictedUnits, keptOut } from '../cases/conflict-repository';
import { beginningUnit, changeRow, mutationsOf, notFound, rowToChange, type Act } from '../cases/acts';
import type { ServiceDutyService } from '../duties/service-duty-service';
import { recountCase } from '../figures/figure-service';
import type { AnswerMediationInput, MediationRefusalCode, ProposeMediationInput, StartMediationInput, StopMediationInput } from '../generated/graphql';
import type { Kinds } from '../kinds';
import { participantsByIds } from '../people-who-serve/serving-repository';
import { answered, MEDIATION_LIFE, refusesAnswer, refusesMediator, refusesRoute, refusesUntoldFree, type MediationAct } from '../rules/mediation-lifecycle';
import { refusesCondition } from '../rules/never-conditional';
import { stateAfter } from '../rules/service-life';
import type { ServiceAction } from '../rules/service-permissions';
import { refusesServing } from '../rules/serving';
import { requiredText } from '../rules/texts';
import type { MediationKind } from '../service-kinds';
import { mediationRows, type MediationRow } from './mediation-repository';

type Refused = Refusal<MediationRefusalCode>;
export type MediationAnswer = { readonly mediationId: string } | Refused;

export interface MediationDeps {
  readonly db: DataSource;
  readonly outbox: Outbox;
  readonly duties: ServiceDutyService;
  readonly kinds: Kinds;
}

/** From the proposal to the table. What comes of it is the agreement service's. */
export function createMediationService(deps: MediationDeps) {
  const mutation = mutationsOf<MediationAnswer>(deps.db);
  return {
    propose: mutation('proposeMediation', (act: Act<ProposeMediationInput>) => propose(deps, act)),
    answer: mutation('answerMediation', (act: Act<AnswerMediationInput>) => answer(deps, act)),
    start: mutation('startMediation', (act: Act<StartMediationInput>) =>
      moveMediation(act, { action: 'CONDUCT', plan: (_row, today) => ({ act: 'START', event: 'MEDIATION_STARTED', set: { started_on: today } }) })),
    stop: mutation('stopMediation', stop),
  };
}
export type MediationService = ReturnType<typeof createMediationService>;

async function propose({ kinds, outbox }: MediationDeps, { tx, actor, input }: Act<ProposeMediationInput>): Promise<MediationAnswer> {
  const scope = await lockVisibleCase(tx, actor.viewer, input.caseId);
  if (!scope) return notFound();
  const unitId = await beginningUnit({ tx, actor }, { caseId: scope.caseId, unitId: input.unitId, action: 'OFFER' });
  if (isRefusal(unitId)) return unitId;
  const kind = kinds.mediations.usable(input.kind);
  if (!kind) throw new AppError('BAD_USER_INPUT', { field: 'kind', rule: 'a code of mediationKinds that is not retired' });
  const dispute = requiredText(input.dispute, { field: 'dispute', max: 1000 });
  if (isRefusal(dispute)) return dispute;
  const { now, today } = await businessTime(tx);
  const no = refusesCondition(dispute) ?? (await unfitProposal(tx, scope.caseId, { input, kind, today }));
  if (no) return no;
  const id = newId();
  await mediationRows.add(tx, {
    id, case_id: scope.caseId, kind: kind.code, unit_id: unitId, ...sidesOf(input), dispute, state: 'PROPOSED', proposed_on: today,
    proposed_by: actor.viewer.subject, petitioner_answer: 'OFFERED', respondent_answer: 'OFFERED',
  });
  await audit(tx, actor, { action: 'MEDIATION_PROPOSED', subjectType: 'Mediation', subjectId: id, caseId: scope.caseId, detail: { kind: kind.code, unitId } });
  if (input.respondentUnitId) {
    await raiseNotices(tx, outbox, [{
      kind: 'MEDIATION_PROPOSED', recipient: { kind: 'UNIT', id: input.respondentUnitId }, caseId: scope.caseId, subjectId: id, occasion: 'proposed', at: now, requestId: actor.requestId,
    }]);
  }
  return { mediationId: id };
}

const sidesOf = ({ respondentUnitId, mediatorUnitId, mediatorOfficialId, mediatorParticipantId }: ProposeMediationInput): Row => ({
  respondent_unit_id: respondentUnitId ?? null, mediator_unit_id: mediatorUnitId ?? null, mediator_official_id: mediatorOfficialId ?? null, mediator_participant_id: mediatorParticipantId ?? null,
});

interface Proposal {
  readonly input: ProposeMediationInput;
  readonly kind: MediationKind;
  readonly today: string;
}

/** The route is open, the other side is known, and whoever mediates may. */
async function unfitProposal(tx: Sql, caseId: string, { input, kind, today }: Proposal): Promise<Refused | null> {
  const [known] = await knownCases(tx, [caseId]);
  const given = { unitId: Boolean(input.mediatorUnitId), officialId: Boolean(input.mediatorOfficialId), participantId: Boolean(input.mediatorParticipantId) };
  return refusesRoute(kind, known?.status ?? '') ?? (await unfitRespondent(tx, caseId, input.respondentUnitId)) ?? refusesMediator(kind, given) ?? unfitMediator(tx, caseId, { input, today });
}

async function unfitRespondent(tx: Sql, caseId: string, unitId: string | null | undefined): Promise<Refusal<'UNIT_NOT_FOUND' | 'UNIT_EXCLUDED'> | null> {
  if (!unitId) return null;
  if (!(await knownUnit(tx, unitId))) return refuse('UNIT_NOT_FOUND', '单位不存在或已撤并。', 'The unit is unknown or closed.');
  return (await isUnitExcluded(tx, caseId, unitId)) ? refuse('UNIT_EXCLUDED', '该单位应当回避本信访事项。', 'The unit is kept out of this case.', '《信访工作条例》第三十条第三款') : null;
}

type Unfit = Refusal<'MEDIATOR_INVALID' | 'NOT_SERVING' | 'CONFLICT_OF_INTEREST'> | null;

/** A mediator is known, serves, and has nothing to do with the other side. */
async function unfitMediator(tx: Sql, caseId: string, { input, today }: { input: ProposeMediationInput; today: string }): Promise<Unfit> {
  const { mediatorUnitId, mediatorOfficialId, mediatorParticipantId, respondentUnitId } = input;
  if (mediatorParticipantId) {
    const [person] = await participantsByIds(tx, [mediatorParticipantId]);
    return refusesServing(person, { on: today, conflicted: await conflictedUnits(tx, caseId) });
  }
  const known = mediatorUnitId ? await knownUnit(tx, mediatorUnitId) : await knownOfficial(tx, mediatorOfficialId ?? '');
  if (!known) return refuse('MEDIATOR_INVALID', '调解单位或者调解人不存在，或者已撤并、离任。', 'The mediating unit or official is unknown, closed or out of office.');
  const isParty = known.id === respondentUnitId?.toLowerCase() || (await keptOut(tx, caseId)).has(known.id);
  return isParty ? refuse('CONFLICT_OF_INTEREST', '当事一方或者应当回避的单位、干部不得调解。', 'A side of the dispute, or whoever is kept out of the case, does not mediate.', '《信访工作条例》第二十八条') : null;
}

export interface MediationPlan {
  readonly act: MediationAct | null;
  readonly event: string;
  readonly set: Row;
}
export interface MediationMove {
  readonly action: ServiceAction;
  readonly plan: (row: MediationRow, today: string) => Promise<MediationPlan | Refused> | MediationPlan | Refused;
}
type Moving = Act<{ readonly idempotencyKey: string; readonly mediationId: string; readonly expectedVersion: number }>;

/** One step in the life of a mediation; `act` null keeps the state. */
export async function moveMediation({ tx, actor, input }: Moving, { action, plan }: MediationMove): Promise<MediationAnswer> {
  const row = await rowToChange({ tx, actor }, {
    rows: mediationRows, id: input.mediationId, expectedVersion: input.expectedVersion, action, sides: ({ unitId, respondentUnitId }) => ({ UNIT: unitId, RESPONDENT: respondentUnitId }),
  });
  if (isRefusal(row)) return row;
  const { today } = await businessTime(tx);
  const planned = await plan(row, today);
  if (isRefusal(planned)) return planned;
  const to = planned.act ? stateAfter(MEDIATION_LIFE, planned.act, row.state) : row.state;
  if (isRefusal(to)) return to;
  await changeRow(tx, mediationRows, { row, set: { state: to, ...planned.set } });
  await audit(tx, actor, { action: planned.event, subjectType: 'Mediation', subjectId: row.id, caseId: row.caseId, detail: { from: row.state, to } });
  await recountCase(tx, row.caseId);
  return { mediationId: row.id };
}

/** Each side answers for itself: the respondent unit by its own staff, the petitioner and a private other side through the unit that asked. */
async function answer({ kinds }: MediationDeps, act: Act<AnswerMediationInput>): Promise<MediationAnswer> {
  const { input } = act;
  const isConsent = input.answer === 'CONSENTED';
  return moveMediation(act, {
    action: await actionOfSide(act),
    plan: (row, today) => {
      const rules = kinds.mediations.of(row.kind);
      const answers = { petitioner: row.petitionerAnswer, respondent: row.respondentAnswer };
      const { answeredOn } = input;
      const toldFreeOn = input.toldFreeOn ?? row.toldFreeOn;
      const isOpen = stateAfter(MEDIATION_LIFE, 'CONSENT', row.state);
      if (isRefusal(isOpen)) return isOpen;
      if (answeredOn < row.proposedOn || answeredOn > today) return refuse('DATE_INVALID', '答复日期须在提出之后、今天之前（均含当日）。', 'The answer lies between the proposal and today.');
      const no = refusesAnswer(rules, answers, { side: input.side, isConsent }) ?? refusesUntoldFree({ isConsent, toldFreeOn, answeredOn });
      if (no) return no;
      const next = answered(rules, answers, { side: input.side, isConsent });
      const own = input.side === 'PETITIONER' ? 'petitioner' : 'respondent';
      return {
        act: next.act, event: `MEDIATION_${input.side}_${input.answer}`,
        set: {
          [`${own}_answer`]: next.answers[own], [`${own}_answered_on`]: answeredOn, told_free_on: toldFreeOn, ...(next.act === 'DECLINE' ? { ended_on: today } : {}),
        },
      };
    },
  });
}

type OfSide = Act<Pick<AnswerMediationInput, 'idempotencyKey' | 'mediationId' | 'expectedVersion' | 'side'>>;

/** Where the other side is a unit, its own staff speaks for it. */
async function actionOfSide({ tx, actor, input }: OfSide): Promise<ServiceAction> {
  const [seen] = await mediationRows.byIds(tx, actor.viewer, [input.mediationId]);
  return input.side === 'RESPONDENT' && seen?.respondentUnitId ? 'ANSWER' : 'RECORD_ANSWER';
}

/** Either side stops at any time, and nobody asks why. */
const stop = async (act: Act<StopMediationInput>): Promise<MediationAnswer> =>
  moveMediation(act, { action: await actionOfSide(act), plan: (_row, today) => ({ act: 'STOP', event: 'MEDIATION_STOPPED', set: { stopped_by: act.input.side, ended_on: today } }) });
