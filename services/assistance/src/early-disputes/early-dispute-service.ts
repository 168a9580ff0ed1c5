import { addWorkdays, assumeWeekendsOnly } from '@anjie/calendar';
import type { DataSource, EntityManager } from 'typeorm';
import { AppError, DIVISION_CODE, isRefusal, refuse, type Refusal } from '@anjie/contracts';
import { audit, businessTime, newId, runMutation, type Actor, type Row } from '@anjie/service-kit/database';
import { lockVisibleCase } from '../cases/case-repository';
import type {
  EarlyDisputeRefusalCode, HandOffEarlyDisputeInput, LinkEarlyDisputeInput, ReportEarlyDisputeInput, SettleEarlyDisputeInput,
} from '../generated/graphql';
import type { Kinds } from '../kinds';
import type { EarlyDisputeKind } from '../referral-kinds';
import { nextEarlyDisputeState, type EarlyDisputeAction } from '../rules/early-dispute-lifecycle';
import type { LawBooks } from '../rules/law-books';
import { forbids, type Action } from '../rules/permissions';
import { plainText } from '../rules/plain-texts';
import { oversees } from '../units/overseen-rows';
import { receivingUnit, unitsActedFor } from '../units/unit-repository';
import { addEarlyDispute, lockEarlyDispute, saveEarlyDispute, visibleEarlyDisputesByIds, type EarlyDisputeRow } from './early-dispute-repository';

type Refused = Refusal<EarlyDisputeRefusalCode>;
export type EarlyDisputeAnswer = { readonly earlyDisputeId: string } | Refused;

export interface EarlyDisputeDeps {
  readonly db: DataSource;
  readonly kinds: Kinds;
  readonly books: LawBooks;
}

const notFound = (): Refused => refuse('NOT_FOUND', '不存在，或对您不可见。', 'It does not exist, or is not visible to you.');

/** 苗头性问题: issues about objects, services and units from the grid. What is about a person is refused. */
export function createEarlyDisputeService(deps: EarlyDisputeDeps) {
  const change = (actor: Actor, operation: string, step: IssueStep) =>
    runMutation<EarlyDisputeAnswer>(deps.db, { actor, operation, key: step.input.idempotencyKey, input: step.input, work: (tx) => take(tx, { actor, step, deps }) });
  return {
    report: (actor: Actor, input: ReportEarlyDisputeInput) =>
      runMutation<EarlyDisputeAnswer>(deps.db, { actor, operation: 'reportEarlyDispute', key: input.idempotencyKey, input, work: (tx) => report(tx, { actor, input, deps }) }),
    handOff: (actor: Actor, input: HandOffEarlyDisputeInput) => change(actor, 'handOffEarlyDispute', handingOff(input)),
    settle: (actor: Actor, input: SettleEarlyDisputeInput) => change(actor, 'settleEarlyDispute', settling(input)),
    link: (actor: Actor, input: LinkEarlyDisputeInput) => change(actor, 'linkEarlyDispute', linking(input, actor)),
  };
}
export type EarlyDisputeService = ReturnType<typeof createEarlyDisputeService>;

async function report(tx: EntityManager, { actor, input, deps }: { actor: Actor; input: ReportEarlyDisputeInput; deps: EarlyDisputeDeps }): Promise<EarlyDisputeAnswer> {
  const [unitId] = [...(await unitsActedFor(tx, actor.viewer, [input.unitId ?? actor.viewer.unitId ?? '']))];
  const forbidden = forbids({ roles: actor.viewer.roles, parts: unitId ? ['UNIT'] : [] }, 'REPORT_ISSUE');
  if (forbidden || !unitId) return forbidden ?? notFound();
  if (!deps.kinds.earlyDisputes.usable(input.kind)) return refuse('KIND_UNKNOWN', '没有这一类事项，或已停用。', 'There is no such kind, or it is retired.');
  if (!DIVISION_CODE.test(input.divisionCode)) throw new AppError('BAD_USER_INPUT', { field: 'divisionCode' });
  const issue = plainText(input.issue, { field: 'issue', max: 1000 });
  if (isRefusal(issue)) return issue as Refused;
  const { today } = await businessTime(tx);
  const id = newId();
  await addEarlyDispute(tx, { id, kind: input.kind, division_code: input.divisionCode, issue, unit_id: unitId, reported_on: today, reported_by: actor.viewer.subject, state: 'REPORTED' });
  await audit(tx, actor, { action: 'ISSUE_REPORTED', subjectType: 'EarlyDispute', subjectId: id, detail: { kind: input.kind, unitId } });
  return { earlyDisputeId: id };
}

interface StepFacts {
  readonly tx: EntityManager;
  readonly today: string;
  readonly kind: EarlyDisputeKind;
  readonly books: LawBooks;
}
interface IssueStep {
  readonly action: EarlyDisputeAction;
  readonly permission: Action;
  readonly input: { readonly idempotencyKey: string; readonly earlyDisputeId: string; readonly expectedVersion: number };
  /** Units of which the viewer acts for one. */
  readonly units: (issue: EarlyDisputeRow) => readonly (string | null)[];
  readonly plan: (issue: EarlyDisputeRow, facts: StepFacts) => Promise<Row | Refusal>;
}

const handingOff = (input: HandOffEarlyDisputeInput): IssueStep => ({
  action: 'HAND_OFF', permission: 'HAND_OFF_ISSUE', input, units: ({ unitId }) => [unitId],
  plan: async (_issue, { tx, today, kind, books }) => {
    const unit = await receivingUnit(tx, input.unitId);
    if (!unit?.isOpen) return refuse('UNIT_NOT_FOUND', '责任单位不存在或已撤并。', 'The unit is unknown or closed.');
    const dueOn = input.dueOn ?? addWorkdays(assumeWeekendsOnly(books.calendar), today, kind.dueDays);
    if (dueOn < today) return refuse('DATE_INVALID', '期限不得早于今天。', 'The day lies in the past.');
    return { responsible_unit_id: unit.id, handed_on: today, due_on: dueOn };
  },
});

const settling = (input: SettleEarlyDisputeInput): IssueStep => ({
  action: input.isNoDispute ? 'FIND_NONE' : 'SETTLE', permission: 'SETTLE_ISSUE', input, units: ({ responsibleUnitId }) => [responsibleUnitId],
  plan: async (_issue, { today }) => {
    const outcome = plainText(input.outcome, { field: 'outcome', max: 1000 });
    return isRefusal(outcome) ? outcome : { outcome, settled_on: today };
  },
});

/** Somebody petitioned and the window registered it: the case is cases' own, here is only where it began. */
const linking = (input: LinkEarlyDisputeInput, actor: Actor): IssueStep => ({
  action: 'REGISTER', permission: 'LINK_ISSUE', input, units: ({ unitId, responsibleUnitId }) => [unitId, responsibleUnitId],
  plan: async (_issue, { tx }) => {
    const scope = await lockVisibleCase(tx, actor.viewer, input.caseId);
    return scope ? { case_id: scope.caseId } : notFound();
  },
});

async function take(tx: EntityManager, { actor, step, deps }: { actor: Actor; step: IssueStep; deps: EarlyDisputeDeps }): Promise<EarlyDisputeAnswer> {
  const [seen] = await visibleEarlyDisputesByIds(tx, actor.viewer, [step.input.earlyDisputeId]);
  const issue = seen && (await lockEarlyDispute(tx, seen.id));
  if (!issue) return notFound();
  const own = await unitsActedFor(tx, actor.viewer, step.units(issue).filter((id) => id !== null));
  const isOverseer = step.action !== 'SETTLE' && step.action !== 'FIND_NONE' && oversees(actor.viewer, issue.divisionCode);
  const forbidden = forbids({ roles: actor.viewer.roles, parts: own.size > 0 || isOverseer ? ['UNIT'] : [] }, step.permission);
  if (forbidden) return forbidden;
  if (issue.version !== step.input.expectedVersion) throw new AppError('CONFLICT', { currentVersion: issue.version });
  const to = nextEarlyDisputeState(issue.state, step.action);
  if (isRefusal(to)) return to as Refused;
  const { today } = await businessTime(tx);
  const set = await step.plan(issue, { tx, today, kind: deps.kinds.earlyDisputes.of(issue.kind), books: deps.books });
  if (isRefusal(set)) return set as unknown as Refused;
  if (!(await saveEarlyDispute(tx, { id: issue.id, version: issue.version, set: { state: to, ...(set as Row) } }))) throw new AppError('CONFLICT');
  const { case_id: caseId, responsible_unit_id: unitId } = set as Row;
  await audit(tx, actor, { action: `ISSUE_${to}`, subjectType: 'EarlyDispute', subjectId: issue.id, caseId: caseId ? String(caseId) : null, detail: { from: issue.state, to, ...(unitId ? { unitId } : {}) } });
  return { earlyDisputeId: issue.id };
}
