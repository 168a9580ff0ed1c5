import type { DataSource } from 'typeorm';
import { AppError, isRefusal, refuse, type Refusal } from '@anjie/contracts';
import { audit, businessTime, newId, type Sql } from '@anjie/service-kit/database';
import { knownUnit, type KnownUnit } from '@anjie/service-kit/facts';
import { raiseNotices, type Outbox } from '@anjie/service-kit/messaging';
import { isUnitExcluded, lockVisibleCase } from '../cases/case-repository';
import { beginningUnit, mutationsOf, notFound, type Act } from '../cases/acts';
import type { ServiceDutyService } from '../duties/service-duty-service';
import type { AssistanceApplicationRefusalCode, OfferReliefInput, SubmitAssistanceApplicationInput } from '../generated/graphql';
import type { Kinds } from '../kinds';
import { visibleReferralsByIds } from '../referrals/referral-repository';
import { refusesAmount, refusesApplying } from '../rules/assistance-application-lifecycle';
import { refusesCondition } from '../rules/never-conditional';
import { forbids } from '../rules/permissions';
import { lastDayOf, type CountedDay } from '../rules/service-terms';
import { requiredText } from '../rules/texts';
import type { ReliefKind } from '../service-kinds';
import { applicationRows } from './assistance-application-repository';

type Refused = Refusal<AssistanceApplicationRefusalCode>;
export type ApplicationAnswer = { readonly applicationId: string } | Refused;

export interface ReliefDeps {
  readonly db: DataSource;
  readonly outbox: Outbox;
  readonly duties: ServiceDutyService;
  readonly kinds: Kinds;
}

/** How aid begins: asked for, or offered. What follows is the relief service's. */
export function createAssistanceApplicationService(deps: ReliefDeps) {
  const mutation = mutationsOf<ApplicationAnswer>(deps.db);
  return {
    submit: mutation('submitAssistanceApplication', (act: Act<SubmitAssistanceApplicationInput>) => submit(deps, act)),
    offer: mutation('offerRelief', (act: Act<OfferReliefInput>) => offer(deps, act)),
  };
}
export type AssistanceApplicationService = ReturnType<typeof createAssistanceApplicationService>;

/** @throws AppError BAD_USER_INPUT for a code that no book holds, or a retired one */
export function usableRelief({ reliefs }: Pick<Kinds, 'reliefs'>, code: string): ReliefKind {
  const kind = reliefs.usable(code);
  if (!kind) throw new AppError('BAD_USER_INPUT', { field: 'kind', rule: 'a code of reliefKinds that is not retired' });
  return kind;
}

async function submit(deps: ReliefDeps, { tx, actor, input }: Act<SubmitAssistanceApplicationInput>): Promise<ApplicationAnswer> {
  const scope = await lockVisibleCase(tx, actor.viewer, input.caseId);
  if (!scope) return notFound();
  const forbidden = forbids({ roles: actor.viewer.roles, parts: ['CASE_VIEWER'] }, 'SUBMIT_APPLICATION');
  if (forbidden) return forbidden;
  const kind = usableRelief(deps.kinds, input.kind);
  const need = needOf(input, kind);
  if (isRefusal(need)) return need;
  const [referral] = input.referralId ? await visibleReferralsByIds(tx, actor.viewer, [input.referralId]) : [];
  if (input.referralId && referral?.caseId !== scope.caseId) return notFound();
  const unit = await decidingUnit(tx, scope.caseId, { unitId: input.unitId, kind });
  if (isRefusal(unit)) return unit;
  const { now, today } = await businessTime(tx);
  const id = newId();
  const due = dueOf(deps, kind, today);
  await applicationRows.add(tx, {
    id, case_id: scope.caseId, referral_id: referral?.id ?? null, kind: kind.code, unit_id: unit.id, requested_amount: amountOf(input, kind), need,
    state: 'SUBMITTED', submitted_on: today, submitted_by: actor.viewer.subject, decide_by: due?.on ?? null, is_urgent: Boolean(input.isUrgent), paid_amount: '0.00',
  });
  if (due) await oweDecision(deps, { tx, actor, input }, { id, unitId: unit.id, scope, kind, due, today });
  await raiseNotices(tx, deps.outbox, [{
    kind: 'RELIEF_REQUESTED', recipient: { kind: 'UNIT', id: unit.id }, caseId: scope.caseId, subjectId: id, occasion: 'submitted', at: now, requestId: actor.requestId,
  }]);
  await audit(tx, actor, { action: 'ASSISTANCE_SUBMITTED', subjectType: 'AssistanceApplication', subjectId: id, caseId: scope.caseId, detail: { kind: kind.code, unitId: unit.id } });
  return { applicationId: id };
}

function needOf(input: SubmitAssistanceApplicationInput, kind: ReliefKind): string | Refused {
  const need = requiredText(input.need, { field: 'need', max: 1000 });
  const amount = refusesAmount({ isApproved: true, amount: input.requestedAmount ?? null }, kind);
  return amount ?? (isRefusal(need) ? need : (refusesCondition(need) ?? need));
}

/** The unit that is asked: known and open, not complained of in the case, and one of the bodies that decide on this kind. */
async function decidingUnit(tx: Sql, caseId: string, { unitId, kind }: { unitId: string; kind: ReliefKind }): Promise<KnownUnit | Refused> {
  const unit = await knownUnit(tx, unitId);
  if (!unit) return refuse('UNIT_NOT_FOUND', '审批单位不存在或已撤并。', 'The deciding unit is unknown or closed.');
  if (await isUnitExcluded(tx, caseId, unit.id)) return refuse('UNIT_EXCLUDED', '该单位应当回避本信访事项。', 'The unit is kept out of this case.', '《信访工作条例》第三十条第三款');
  return refusesApplying(kind, unit.kind) ?? unit;
}

const amountOf = ({ requestedAmount }: SubmitAssistanceApplicationInput, { hasAmount }: ReliefKind): string => (hasAmount ? (requestedAmount ?? '0.00') : '0.00');

const dueOf = ({ duties }: ReliefDeps, { decideWithinDays, decideDaysUnit }: ReliefKind, today: string): CountedDay | undefined =>
  decideWithinDays === null ? undefined : lastDayOf({ days: decideWithinDays, unit: decideDaysUnit }, today, duties.books.calendar);

interface Owed {
  readonly id: string;
  readonly unitId: string;
  readonly scope: { readonly caseId: string; readonly divisionCode: string };
  readonly kind: ReliefKind;
  readonly due: CountedDay;
  readonly today: string;
}

/** The deciding unit owes a decision; a person who applied owes nothing. */
const oweDecision = ({ duties }: ReliefDeps, { tx, actor }: Act<unknown>, { id, unitId, scope, kind, due, today }: Owed): Promise<void> =>
  duties.open(tx, [{
    dutyCode: 'AID_DECISION', subject: { type: 'AssistanceApplication', id }, caseId: scope.caseId, jurisdictionCode: scope.divisionCode, obligorUnitId: unitId,
    obligorOfficialId: null, startOn: today, dueOn: due.on, isProvisional: due.isProvisional, basis: kind.decideBasis ?? undefined, requestId: actor.requestId,
  }]);

/** Help of which nothing is kept but that it was offered, and whether it was accepted. */
async function offer({ kinds }: ReliefDeps, { tx, actor, input }: Act<OfferReliefInput>): Promise<ApplicationAnswer> {
  const scope = await lockVisibleCase(tx, actor.viewer, input.caseId);
  if (!scope) return notFound();
  const unitId = await beginningUnit({ tx, actor }, { caseId: scope.caseId, unitId: input.unitId, action: 'OFFER' });
  if (isRefusal(unitId)) return unitId;
  const kind = usableRelief(kinds, input.kind);
  if (!kind.isOfferOnly) return refuse('ILLEGAL_STATE', '该类救助须提出申请。', 'This kind of aid is applied for.', kind.basis ?? null);
  const { today } = await businessTime(tx);
  const id = newId();
  await applicationRows.add(tx, {
    id, case_id: scope.caseId, referral_id: null, kind: kind.code, unit_id: unitId, requested_amount: '0.00', need: '', state: 'OFFERED', submitted_on: today,
    submitted_by: actor.viewer.subject, decide_by: null, is_urgent: false, paid_amount: '0.00',
  });
  await audit(tx, actor, { action: 'RELIEF_OFFERED', subjectType: 'AssistanceApplication', subjectId: id, caseId: scope.caseId, detail: { kind: kind.code } });
  return { applicationId: id };
}
