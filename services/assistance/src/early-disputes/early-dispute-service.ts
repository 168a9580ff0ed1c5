import type { DataSource, EntityManager } from 'typeorm';
import { AppError, DIVISION_CODE, isRefusal, refuse, type Refusal } from '@anjie/contracts';
import { audit, businessTime, newId, runMutation, type Actor, type BusinessTime, type Row } from '@anjie/service-kit/database';
import { raiseNotices, type Outbox } from '@anjie/service-kit/messaging';
import { lockVisibleCase } from '../cases/case-repository';
import type { ServiceDutyService } from '../duties/service-duty-service';
import type {
  EarlyDisputeRefusalCode, HandOffEarlyDisputeInput, LinkEarlyDisputeInput, ReportEarlyDisputeInput, SettleEarlyDisputeInput,
} from '../generated/graphql';
import type { Kinds } from '../kinds';
import type { EarlyDisputeKind } from '../referral-kinds';
import { isAnswered, nextEarlyDisputeState, type EarlyDisputeAction, type EarlyDisputeState } from '../rules/early-dispute-lifecycle';
import { forbids, type Action } from '../rules/permissions';
import { plainText } from '../rules/plain-texts';
import { lastDayOf, type CountedDay } from '../rules/service-terms';
import { oversees } from '../units/overseen-rows';
import { receivingUnit, unitsActedFor } from '../units/unit-repository';
import { addEarlyDispute, lockEarlyDispute, saveEarlyDispute, visibleEarlyDisputesByIds, type EarlyDisputeRow } from './early-dispute-repository';

type Refused = Refusal<EarlyDisputeRefusalCode>;
export type EarlyDisputeAnswer = { readonly earlyDisputeId: string } | Refused;

export interface EarlyDisputeDeps {
  readonly db: DataSource;
  readonly outbox: Outbox;
  readonly kinds: Kinds;
  readonly duties: ServiceDutyService;
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
  readonly duties: ServiceDutyService;
}
interface Planned {
  readonly set: Row;
  /** Who has it in hand from now on, and by when they answer. */
  readonly owed?: { readonly unitId: string; readonly due: CountedDay };
}
interface IssueStep {
  readonly action: EarlyDisputeAction;
  readonly permission: Action;
  readonly input: { readonly idempotencyKey: string; readonly earlyDisputeId: string; readonly expectedVersion: number };
  /** Units of which the viewer acts for one. */
  readonly units: (issue: EarlyDisputeRow) => readonly (string | null)[];
  readonly plan: (issue: EarlyDisputeRow, facts: StepFacts) => Promise<Planned | Refusal>;
}

const handingOff = (input: HandOffEarlyDisputeInput): IssueStep => ({
  action: 'HAND_OFF', permission: 'HAND_OFF_ISSUE', input, units: ({ unitId }) => [unitId],
  plan: async (_issue, { tx, today, kind, duties }) => {
    const unit = await receivingUnit(tx, input.unitId);
    if (!unit?.isOpen) return refuse('UNIT_NOT_FOUND', '责任单位不存在或已撤并。', 'The unit is unknown or closed.');
    const due = input.dueOn ? { on: input.dueOn, isProvisional: false } : lastDayOf({ days: kind.dueDays, unit: 'WORKING_DAY' }, today, duties.books.calendar);
    if (due.on < today) return refuse('DATE_INVALID', '期限不得早于今天。', 'The day lies in the past.');
    return { set: { responsible_unit_id: unit.id, handed_on: today, due_on: due.on }, owed: { unitId: unit.id, due } };
  },
});

const settling = (input: SettleEarlyDisputeInput): IssueStep => ({
  action: input.isNoDispute ? 'FIND_NONE' : 'SETTLE', permission: 'SETTLE_ISSUE', input, units: ({ responsibleUnitId }) => [responsibleUnitId],
  plan: async (_issue, { today }) => {
    const outcome = plainText(input.outcome, { field: 'outcome', max: 1000 });
    return isRefusal(outcome) ? outcome : { set: { outcome, settled_on: today } };
  },
});

/** Somebody petitioned and the window registered it: the case is cases' own, here is only where it began. */
const linking = (input: LinkEarlyDisputeInput, actor: Actor): IssueStep => ({
  action: 'REGISTER', permission: 'LINK_ISSUE', input, units: ({ unitId, responsibleUnitId }) => [unitId, responsibleUnitId],
  plan: async (_issue, { tx }) => {
    const scope = await lockVisibleCase(tx, actor.viewer, input.caseId);
    return scope ? { set: { case_id: scope.caseId } } : notFound();
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
  const time = await businessTime(tx);
  const planned = await step.plan(issue, { tx, today: time.today, kind: deps.kinds.earlyDisputes.of(issue.kind), duties: deps.duties });
  if (isRefusal(planned)) return planned as Refused;
  const { set, owed } = planned;
  if (!(await saveEarlyDispute(tx, { id: issue.id, version: issue.version, set: { state: to, ...set } }))) throw new AppError('CONFLICT');
  await owe(tx, { issue, to, owed, time }, { actor, deps });
  const caseId = set['case_id'];
  await audit(tx, actor, { action: `ISSUE_${to}`, subjectType: 'EarlyDispute', subjectId: issue.id, caseId: caseId ? String(caseId) : null, detail: { from: issue.state, to, ...(owed ? { unitId: owed.unitId } : {}) } });
  return { earlyDisputeId: issue.id };
}

interface Moved extends Pick<Planned, 'owed'> {
  readonly issue: EarlyDisputeRow;
  readonly to: EarlyDisputeState;
  readonly time: BusinessTime;
}

/** Whoever has it in hand hears of it and owes an answer by its day; whoever had it before owes none any more. Reminders and the ladder are supervision's. */
async function owe(tx: EntityManager, { issue, to, owed, time: { now, today } }: Moved, { actor: { requestId }, deps: { duties, outbox } }: { actor: Actor; deps: EarlyDisputeDeps }): Promise<void> {
  await duties.end(tx, { subjectIds: [issue.id], state: isAnswered(to) ? 'MET' : 'CANCELLED', today, requestId });
  if (!owed) return;
  const { unitId, due } = owed;
  await duties.open(tx, [{
    dutyCode: 'EARLY_DISPUTE', subject: { type: 'EarlyDispute', id: issue.id }, caseId: null, jurisdictionCode: issue.divisionCode, obligorUnitId: unitId, obligorOfficialId: null,
    startOn: today, dueOn: due.on, isProvisional: due.isProvisional, round: issue.version, requestId,
  }]);
  await raiseNotices(tx, outbox, [{ kind: 'EARLY_DISPUTE_HANDED', recipient: { kind: 'UNIT', id: unitId }, caseId: null, subjectId: issue.id, occasion: `v${issue.version + 1}`, at: now, requestId }]);
}
