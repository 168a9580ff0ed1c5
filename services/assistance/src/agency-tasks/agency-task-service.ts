import { addDays } from '@anjie/calendar';
import type { DataSource, EntityManager } from 'typeorm';
import { AgencyTaskMoved, AppError, isRefusal, refuse, type Refusal } from '@anjie/contracts';
import { audit, businessTime, inTransaction, isId, newId, runMutation, type Actor, type BusinessTime, type Row } from '@anjie/service-kit/database';
import { raiseNotices, serviceViewer, type Outbox } from '@anjie/service-kit/messaging';
import { isUnitExcluded, lockCase, lockVisibleCase, type CaseScopeRow } from '../cases/case-repository';
import type { TaskDutyService } from '../duties/task-duty-service';
import { recountCase } from '../figures/figure-service';
import type {
  AgencyTaskRefusalCode, AuthoriseAgencyTaskInput, CompleteAgencyTaskInput, EndAgencyTaskInput, OfferAgencyTaskInput, StartAgencyTaskInput,
} from '../generated/graphql';
import type { Kinds } from '../kinds';
import type { AgencyTaskKind } from '../referral-kinds';
import { isOfficialOf } from '../referrals/referral-pair-repository';
import { AGENCY_BASIS, nextAgencyState, refusesAuthority, refusesFinish, type AgencyAction } from '../rules/agency-task-lifecycle';
import { forbids, type Part } from '../rules/permissions';
import { plainText } from '../rules/plain-texts';
import { receivingUnit, unitsActedFor } from '../units/unit-repository';
import { addAgencyTask, lockAgencyTask, outlivedTasks, saveAgencyTask, visibleAgencyTasksByIds, type AgencyTaskRow } from './agency-task-repository';

export interface AgencyDeps {
  readonly db: DataSource;
  readonly outbox: Outbox;
  readonly kinds: Kinds;
  readonly taskDuties: TaskDutyService;
}
type Refused = Refusal<AgencyTaskRefusalCode>;
export type AgencyAnswer = { readonly agencyTaskId: string } | Refused;

const notFound = (): Refused => refuse('NOT_FOUND', '不存在，或对您不可见。', 'It does not exist, or is not visible to you.');

/** 信访代办: free, by written authority, taken back at any time; each change is told to cases, which shows it to the petitioner. */
export function createAgencyTaskService(deps: AgencyDeps) {
  const change = (actor: Actor, operation: string, step: AgencyStep) =>
    runMutation<AgencyAnswer>(deps.db, { actor, operation, key: step.input.idempotencyKey, input: step.input, work: (tx) => take(tx, { actor, step, deps }) });
  return {
    offer: (actor: Actor, input: OfferAgencyTaskInput) =>
      runMutation<AgencyAnswer>(deps.db, { actor, operation: 'offerAgencyTask', key: input.idempotencyKey, input, work: (tx) => offer(tx, { actor, input, deps }) }),
    authorise: (actor: Actor, input: AuthoriseAgencyTaskInput) => change(actor, 'authoriseAgencyTask', authorising(input)),
    start: (actor: Actor, input: StartAgencyTaskInput) => change(actor, 'startAgencyTask', starting(input)),
    complete: (actor: Actor, input: CompleteAgencyTaskInput) => change(actor, 'completeAgencyTask', finishing(input)),
    end: (actor: Actor, input: EndAgencyTaskInput) => change(actor, 'endAgencyTask', { action: 'END', input, plan: () => ({ end_reason: input.reason }) }),
    /** @returns how many ended because their authority was over */
    async endOutlived(): Promise<number> {
      const { today } = await businessTime(deps.db.manager);
      const found = await outlivedTasks(deps.db.manager, today, 100);
      for (const one of found) await inTransaction(deps.db, (tx) => endOne(tx, deps, one));
      return found.length;
    },
  };
}
export type AgencyTaskService = ReturnType<typeof createAgencyTaskService>;

async function offer(tx: EntityManager, { actor, input, deps }: { actor: Actor; input: OfferAgencyTaskInput; deps: AgencyDeps }): Promise<AgencyAnswer> {
  const scope = await lockVisibleCase(tx, actor.viewer, input.caseId);
  if (!scope) return notFound();
  const [unitId] = [...(await unitsActedFor(tx, actor.viewer, [input.unitId ?? actor.viewer.unitId ?? '']))];
  const forbidden = forbids({ roles: actor.viewer.roles, parts: unitId ? ['UNIT'] : [] }, 'OFFER_AGENCY');
  if (forbidden || !unitId) return forbidden ?? notFound();
  const no = await refusesOffer(tx, { input, unitId, caseId: scope.caseId, kind: deps.kinds.agencyTasks.usable(input.kind) });
  if (no) return no;
  const time = await businessTime(tx);
  const id = newId();
  await addAgencyTask(tx, {
    id, case_id: scope.caseId, kind: input.kind, level: input.level, unit_id: unitId, agent_official_id: input.officialId ?? null, state: 'OFFERED', state_since: time.today,
    offered_on: time.today, offered_by: actor.viewer.subject,
  });
  await audit(tx, actor, { action: 'AGENCY_OFFERED', subjectType: 'AgencyTask', subjectId: id, caseId: scope.caseId, detail: { kind: input.kind, level: input.level, unitId } });
  await tell(tx, deps, { task: { id, caseId: scope.caseId, level: input.level, unitId, state: 'OFFERED', version: 1 }, requestId: actor.requestId, today: time.today });
  return { agencyTaskId: id };
}

async function refusesOffer(tx: EntityManager, { input, unitId, caseId, kind }: { input: OfferAgencyTaskInput; unitId: string; caseId: string; kind: AgencyTaskKind | undefined }): Promise<Refused | null> {
  if (!kind) return refuse('KIND_UNKNOWN', '没有这一代办事项，或已停用。', 'There is no such kind, or it is retired.');
  if (!kind.levels.includes(input.level)) return refuse('LEVEL_INVALID', '该级代办队伍不办理此类事项。', 'This kind is not offered at this level.', AGENCY_BASIS);
  if (!(await receivingUnit(tx, unitId))?.isOpen) return refuse('UNIT_NOT_FOUND', '代办单位不存在或已撤并。', 'The agent unit is unknown or closed.');
  if (await isUnitExcluded(tx, caseId, unitId)) return refuse('NOT_PERMITTED', '被反映的单位不得代办。', 'The unit that is complained of is no agent.', '《信访工作条例》第三十条第三款');
  const isKnown = !input.officialId || (await isOfficialOf(tx, input.officialId, unitId));
  return isKnown ? null : refuse('OFFICIAL_NOT_FOUND', '该单位没有这名在任干部。', 'This unit has no such official in office.');
}

interface StepFacts {
  readonly today: string;
  readonly kind: AgencyTaskKind;
}
interface AgencyStep {
  readonly action: AgencyAction;
  readonly input: { readonly idempotencyKey: string; readonly agencyTaskId: string; readonly expectedVersion: number };
  readonly plan: (task: AgencyTaskRow, facts: StepFacts) => Row | Refusal;
}

const authorising = (input: AuthoriseAgencyTaskInput): AgencyStep => ({
  action: 'AUTHORISE', input,
  plan: (_task, { today, kind }) => {
    if (!isId(input.documentId)) throw new AppError('BAD_USER_INPUT', { field: 'documentId' });
    const scope = plainText(input.scope, { field: 'scope', max: 500, basis: AGENCY_BASIS });
    if (isRefusal(scope)) return scope;
    return refusesAuthority({ today, until: input.until, longestUntil: addDays(today, kind.longestAuthorityDays) })
      ?? { authority_document_id: input.documentId, authority_scope: scope, authority_until: input.until };
  },
});

const starting = (input: StartAgencyTaskInput): AgencyStep => ({
  action: 'START', input,
  plan: ({ authorityUntil }, { today }) => refusesFinish({ today, finishBy: input.finishBy, until: authorityUntil ?? today }) ?? { finish_by: input.finishBy },
});

const finishing = (input: CompleteAgencyTaskInput): AgencyStep => ({
  action: 'COMPLETE', input,
  plan: (_task, { today }) => {
    const outcome = plainText(input.outcome, { field: 'outcome', max: 1000 });
    return isRefusal(outcome) ? outcome : { outcome, done_on: today };
  },
});

async function take(tx: EntityManager, { actor, step, deps }: { actor: Actor; step: AgencyStep; deps: AgencyDeps }): Promise<AgencyAnswer> {
  const [seen] = await visibleAgencyTasksByIds(tx, actor.viewer, [step.input.agencyTaskId]);
  const scope = seen && (await lockCase(tx, seen.caseId));
  const task = seen && (await lockAgencyTask(tx, seen.id));
  if (!scope || !task) return notFound();
  const forbidden = forbids({ roles: actor.viewer.roles, parts: await partsIn(tx, actor, task) }, 'MOVE_AGENCY');
  if (forbidden) return forbidden;
  if (task.version !== step.input.expectedVersion) throw new AppError('CONFLICT', { currentVersion: task.version });
  const time = await businessTime(tx);
  const set = step.plan(task, { today: time.today, kind: deps.kinds.agencyTasks.of(task.kind) });
  if (isRefusal(set)) return nextAgencyRefusal(task, step.action) ?? (set as unknown as Refused);
  return (await move(tx, deps, { task, scope, action: step.action, set: set as Row, actor, time })) ?? { agencyTaskId: task.id };
}

/** What is not open at all is said before what is wrong with it. */
function nextAgencyRefusal(task: AgencyTaskRow, action: AgencyAction): Refused | null {
  const next = nextAgencyState(task.state, action);
  return isRefusal(next) ? (next as Refused) : null;
}

async function partsIn(tx: EntityManager, { viewer }: Actor, task: AgencyTaskRow): Promise<Part[]> {
  const acts = (await unitsActedFor(tx, viewer, [task.unitId])).size > 0;
  return [...(acts ? ['UNIT' as const] : []), ...(task.agentOfficialId === viewer.subject ? ['VISITOR' as const] : [])];
}

interface AgencyMove {
  readonly task: AgencyTaskRow;
  readonly scope: CaseScopeRow;
  readonly action: AgencyAction;
  readonly set: Row;
  readonly actor: Actor;
  readonly time: BusinessTime;
}

async function move(tx: EntityManager, deps: AgencyDeps, { task, scope, action, set, actor, time }: AgencyMove): Promise<Refused | null> {
  const to = nextAgencyState(task.state, action);
  if (isRefusal(to)) return to as Refused;
  const { today } = time;
  if (!(await saveAgencyTask(tx, { id: task.id, version: task.version, set: { state: to, state_since: today, flag_code: null, ...set } }))) throw new AppError('CONFLICT');
  const { requestId } = actor;
  await audit(tx, actor, { action: `AGENCY_${to}`, subjectType: 'AgencyTask', subjectId: task.id, caseId: task.caseId, detail: { from: task.state, to, ...(set['end_reason'] ? { reason: set['end_reason'] } : {}) } });
  await tell(tx, deps, { task: { ...task, state: to, version: task.version + 1 }, requestId, today });
  if (to === 'AUTHORISED') await noticeAgent(tx, deps.outbox, { task, requestId, at: time.now });
  if (to === 'UNDER_WAY') {
    await deps.taskDuties.open(tx, {
      dutyCode: 'AGENCY_DUE', ruleCode: 'AGENCY_DATE', subject: { type: 'AgencyTask', id: task.id }, taskId: task.id, caseId: task.caseId, unitId: task.unitId,
      jurisdictionCode: scope.divisionCode, startOn: today, assignedOn: String(set['finish_by']), requestId,
    });
  }
  if (to === 'DONE' || to === 'ENDED') await deps.taskDuties.end(tx, { taskId: task.id, state: to === 'DONE' ? 'MET' : 'CANCELLED', today, requestId });
  await recountCase(tx, task.caseId);
  return null;
}

const noticeAgent = (tx: EntityManager, outbox: Outbox, { task, requestId, at }: { task: AgencyTaskRow; requestId: string; at: Date }): Promise<void> =>
  raiseNotices(tx, outbox, [{
    kind: 'AGENCY_TASK_GIVEN', caseId: task.caseId, subjectId: task.caseId, occasion: `agency-${task.id}`, at, requestId,
    recipient: task.agentOfficialId ? { kind: 'OFFICIAL', id: task.agentOfficialId } : { kind: 'UNIT', id: task.unitId },
  }]);

type Told = Pick<AgencyTaskRow, 'id' | 'caseId' | 'level' | 'unitId' | 'state' | 'version'>;

const tell = (tx: EntityManager, { outbox }: AgencyDeps, { task, requestId, today }: { task: Told; requestId: string; today: string }): Promise<void> =>
  outbox.announce(tx, AgencyTaskMoved, {
    aggregateId: task.id, version: task.version, requestId,
    payload: { agencyTaskId: task.id, caseId: task.caseId, level: task.level, unitId: task.unitId, state: task.state, since: today },
  });

async function endOne(tx: EntityManager, deps: AgencyDeps, { id, caseId }: { id: string; caseId: string }): Promise<void> {
  const scope = await lockCase(tx, caseId);
  const task = await lockAgencyTask(tx, id);
  const time = await businessTime(tx);
  if (!scope || !task || task.authorityUntil === null || task.authorityUntil >= time.today || nextAgencyRefusal(task, 'END')) return;
  await move(tx, deps, { task, scope, action: 'END', set: { end_reason: 'AUTHORITY_OVER' }, actor: { viewer: serviceViewer('assistance'), requestId: `agency-${id}` }, time });
}
