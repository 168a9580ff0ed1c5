import type { DataSource, EntityManager } from 'typeorm';
import { AppError, isRefusal, refuse, type Refusal } from '@anjie/contracts';
import { audit, businessTime, isId, runMutation, updateVersion, type Actor } from '@anjie/service-kit/database';
import type { ConfirmRepeatInput, RefuseRepeatInput, RepeatRefusalCode, UndoRepeatInput } from '../generated/graphql';
import { recordEvents } from '../history/history-repository';
import { refusesMerge, refusesPair, refusesReason } from '../rules/merging';
import { decisionAbout, decisionsByIds, insertDecision, letsIn, lockPair, petitionIdsOf, pointPetition, undoDecision, type DecisionRow, type LockedCase } from './link-repository';

/** What a confirmed repeat is about, for whoever has to act on it. */
export interface ConfirmedRepeat {
  readonly decisionId: string;
  readonly caseId: string;
  readonly petitionId: string | null;
  /** The matter that is repeated. Closed when `intoClosedOn` is set: a repeat after closing reopens it (brief §3.1 #11). */
  readonly intoCaseId: string;
  readonly intoClosedOn: string | null;
}

export interface RepeatDeps {
  readonly db: DataSource;
  /** Acts in the confirming transaction, after both cases are locked and linked. */
  readonly onRepeatConfirmed?: (tx: EntityManager, actor: Actor, repeat: ConfirmedRepeat) => Promise<void>;
}
type No = Refusal<RepeatRefusalCode>;
type Done = { decisionId: string; caseId: string };

const NOT_FOUND: No = refuse('NOT_FOUND', '信访事项不存在，或对您不可见。', 'The case does not exist or is not visible to you.');
/** Exclusion wins over every ground to see something, so also over where a petition belongs. Who is kept out is not told. */
const EXCLUSION_MISSING: No = refuse(
  'EXCLUSION_MISSING', '有单位或者干部须对本事项回避，对方事项未登记其回避；请先由联席办在对方事项登记。',
  'Somebody is kept out of the one case and not of the other; a joint office excludes them there first.', '《信访工作条例》第三十条第三款',
);
const BASIS = '业务惯例：同人同事为重复信访';
const MOST_REASON = 500;

export function createRepeatService(deps: RepeatDeps) {
  return {
    confirm: (input: ConfirmRepeatInput, actor: Actor) =>
      runMutation<Done | No>(deps.db, { actor, operation: 'confirmRepeat', key: input.idempotencyKey, input, work: (tx) => confirm(tx, deps, { input, actor }) }),
    refuse: (input: RefuseRepeatInput, actor: Actor) =>
      runMutation<Done | No>(deps.db, { actor, operation: 'refuseRepeat', key: input.idempotencyKey, input, work: (tx) => refuseRepeat(tx, { input, actor }) }),
    undo: (input: UndoRepeatInput, actor: Actor) =>
      runMutation<Done | No>(deps.db, { actor, operation: 'undoRepeat', key: input.idempotencyKey, input, work: (tx) => undo(tx, { input, actor }) }),
  };
}

interface Order<Input> {
  readonly input: Input;
  readonly actor: Actor;
}

/** Both cases locked and fit to be decided about by this actor. */
async function takePair(tx: EntityManager, actor: Actor, { ids, reason }: { ids: readonly [string, string]; reason: string }): Promise<readonly [LockedCase, LockedCase] | No> {
  const noReason = refusesReason(reason, MOST_REASON);
  if (noReason) return noReason;
  if (!ids.every(isId)) return NOT_FOUND;
  if (ids[0].toLowerCase() === ids[1].toLowerCase()) return refuse('SAME_CASE', '同一信访事项不存在重复。', 'A case does not repeat itself.');
  const pair = await lockPair(tx, actor.viewer, ids);
  if (!pair) return NOT_FOUND;
  return refusesPair(actor.viewer, pair[0], pair[1]) ?? pair;
}

async function confirm(tx: EntityManager, deps: RepeatDeps, { input, actor }: Order<ConfirmRepeatInput>): Promise<Done | No> {
  const pair = await takePair(tx, actor, { ids: [input.caseId, input.repeatOfCaseId], reason: input.reason });
  if (isRefusal(pair)) return pair as No;
  const [one, other] = pair;
  const no = await refusesConfirmation(tx, pair, input.petitionId ?? null);
  if (no) return no;
  if (Number(one.version) !== input.expectedVersion) throw new AppError('CONFLICT', { currentVersion: Number(one.version) });
  const petitionId = input.petitionId?.toLowerCase() ?? null;
  if (petitionId && !(await pointPetition(tx, petitionId, { from: one.id, to: other.id }))) throw new AppError('CONFLICT');
  const decisionId = await insertDecision(tx, await decisionOf(tx, actor, { state: 'CONFIRMED', pair, petitionId, reason: input.reason }));
  await tell(tx, actor, { action: 'REPEAT_CONFIRMED', decisionId, pair, petitionId, reason: input.reason });
  await deps.onRepeatConfirmed?.(tx, actor, { decisionId, caseId: one.id, petitionId, intoCaseId: other.id, intoClosedOn: other.closedOn });
  return { decisionId, caseId: one.id };
}

async function refusesConfirmation(tx: EntityManager, [one, other]: readonly [LockedCase, LockedCase], petitionId: string | null): Promise<No | undefined> {
  const no = refusesMerge(one, other);
  if (no) return no;
  if ((await decisionAbout(tx, one.id, other.id))?.state === 'REFUSED') return refuse('ALREADY_REFUSED', '两件事项已认定为不同事项，请先撤销。', 'The two were held to be different matters; undo that first.');
  // a whole case keeps its petitions, but whoever has the other one handles the matter from now on
  if (await letsIn(tx, { from: one.id, to: other.id })) return EXCLUSION_MISSING;
  if (petitionId === null) return undefined;
  const petitions = await petitionIdsOf(tx, one.id);
  if (!petitions.includes(petitionId.toLowerCase())) return refuse('PETITION_ELSEWHERE', '该信访件不属于此事项。', 'The petition does not belong to the case.');
  return petitions.length === 1 ? refuse('LAST_PETITION', '事项仅有一件信访件，请并入整个事项。', 'The only petition of a case is not moved alone; merge the case.') : undefined;
}

interface Verdict {
  readonly state: 'CONFIRMED' | 'REFUSED';
  readonly pair: readonly [LockedCase, LockedCase];
  readonly petitionId: string | null;
  readonly reason: string;
}

const decisionOf = async (tx: EntityManager, actor: Actor, { state, pair: [one, other], petitionId, reason }: Verdict) => ({
  state, caseId: one.id, intoCaseId: other.id, petitionId, reason: reason.trim(), decidedOn: (await businessTime(tx)).today, decidedBy: actor.viewer.subject,
});

async function refuseRepeat(tx: EntityManager, { input, actor }: Order<RefuseRepeatInput>): Promise<Done | No> {
  const pair = await takePair(tx, actor, { ids: [input.caseId, input.otherCaseId], reason: input.reason });
  if (isRefusal(pair)) return pair as No;
  const [one, other] = pair;
  const earlier = await decisionAbout(tx, one.id, other.id);
  if (earlier?.state === 'REFUSED') return refuse('ALREADY_REFUSED', '两件事项已认定为不同事项。', 'The two were held to be different matters already.');
  if (earlier) return refuse('ALREADY_LINKED', '两件事项已认定为重复，请先撤销。', 'The two are merged already; undo that first.');
  const decisionId = await insertDecision(tx, await decisionOf(tx, actor, { state: 'REFUSED', pair, petitionId: null, reason: input.reason }));
  await tell(tx, actor, { action: 'REPEAT_REFUSED', decisionId, pair, petitionId: null, reason: input.reason });
  return { decisionId, caseId: one.id };
}

async function undo(tx: EntityManager, { input, actor }: Order<UndoRepeatInput>): Promise<Done | No> {
  const [decision] = isId(input.decisionId) ? await decisionsByIds(tx, actor.viewer, [input.decisionId]) : [];
  if (!decision) return NOT_FOUND;
  const pair = await takePair(tx, actor, { ids: [decision.caseId, decision.intoCaseId], reason: input.reason });
  if (isRefusal(pair)) return pair as No;
  if (movesPetition(decision) && (await letsIn(tx, { from: decision.intoCaseId, to: decision.caseId }))) return EXCLUSION_MISSING;
  const { today } = await businessTime(tx);
  const isUndone = await undoDecision(tx, decision.id, { reason: input.reason.trim(), on: today, by: actor.viewer.subject });
  if (!isUndone || !(await pointBack(tx, decision))) return refuse('NOT_LINKED', '该认定已撤销，或信访件已另行移动。', 'It was taken back already, or the petition has moved on.');
  await tell(tx, actor, { action: 'REPEAT_UNDONE', decisionId: decision.id, pair, petitionId: decision.petitionId, reason: input.reason });
  return { decisionId: decision.id, caseId: decision.caseId };
}

const movesPetition = (decision: DecisionRow): decision is DecisionRow & { petitionId: string } => decision.state === 'CONFIRMED' && decision.petitionId !== null;

const pointBack = async (tx: EntityManager, decision: DecisionRow): Promise<boolean> =>
  !movesPetition(decision) || pointPetition(tx, decision.petitionId, { from: decision.intoCaseId, to: decision.caseId });

interface Told {
  readonly action: string;
  readonly decisionId: string;
  readonly pair: readonly [LockedCase, LockedCase];
  readonly petitionId: string | null;
  readonly reason: string;
}

/** Both cases move on by a version and keep the event: who reads either finds the other. */
async function tell(tx: EntityManager, actor: Actor, { action, decisionId, pair, petitionId, reason }: Told): Promise<void> {
  for (const row of pair) {
    if (!(await updateVersion(tx, 'cases', { id: row.id, version: Number(row.version), set: {} }))) throw new AppError('CONFLICT', { currentVersion: Number(row.version) });
  }
  const [one, other] = pair;
  await audit(tx, actor, { action, subjectType: 'Case', subjectId: one.id, caseId: one.id, detail: { decisionId, otherCaseId: other.id, petitionId } });
  const detail = { decisionId, caseId: one.id, repeatOfCaseId: other.id, petitionId };
  await recordEvents(tx, actor, pair.map((row) => ({ caseId: row.id, action, ground: reason.trim(), basis: BASIS, detail })));
}
