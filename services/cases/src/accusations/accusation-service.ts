import type { DataSource, EntityManager } from 'typeorm';
import { AppError, type Refusal, refuse } from '@anjie/contracts';
import { audit, businessTime, inTransaction, isId, newId, runMutation, updateVersion, type Actor } from '@anjie/service-kit/database';
import { lockAnyCase, type CaseRow } from '../cases/case-repository';
import { publishScopes } from '../cases/scope-service';
import { excludedUnits, recordExclusions } from '../exclusions/exclusion-repository';
import type { AccusationRefusalCode, RecordAccusationProgressInput, RevealAccusationInput, TransferAccusationInput } from '../generated/graphql';
import { recordEvent } from '../history/history-repository';
import { holdReader } from '../readings/reader-repository';
import { isPermitted } from '../rules/permissions';
import { exclusionsOfAccused, isTransferable, receiverFault, stageFault, type Exclusion } from '../rules/sealed-lane';
import { accusationsOf, accusedOf, insertReading, openAccused, openWords, readingsWithinHour, saveStage, saveTransfer } from './accusation-repository';
import type { LaneDeps } from './accusation-registration';
import { placedUnits, placesOfAccused, treeOfAccused } from './accused-tree';

export interface AccusationDeps extends LaneDeps {
  readonly db: DataSource;
}
type No = Refusal<AccusationRefusalCode>;
export type Transferred = { readonly toUnitId: string; readonly transferredOn: string };

/** Readings of accusations that one person may make within an hour. */
const READINGS_PER_HOUR = 10;
const BASIS = '《信访工作条例》第二十三条第四款、第三十条';
const CONTROL = /[^\P{Cc}\t\n\r]/u;

const NOT_FOUND: No = refuse('NOT_FOUND', '信访事项不存在，或对您不可见。', 'The case does not exist or is not visible to you.');
const NOT_PERMITTED: No = refuse('NOT_PERMITTED', '您的角色不能办理此事项。', 'Your role may not do this.');

export function createAccusationService(deps: AccusationDeps) {
  return {
    transfer: (input: TransferAccusationInput, actor: Actor) =>
      runMutation<Transferred | No>(deps.db, {
        actor, operation: 'transferAccusation', key: input.idempotencyKey, input: { ...input, note: null }, work: (tx) => transfer(tx, deps, { input, actor }),
      }),
    recordProgress: (input: RecordAccusationProgressInput, actor: Actor) =>
      runMutation<{ caseId: string } | No>(deps.db, { actor, operation: 'recordAccusationProgress', key: input.idempotencyKey, input, work: (tx) => recordProgress(tx, input, actor) }),
    reveal: (input: RevealAccusationInput, actor: Actor) => reveal(deps, input, actor),
  };
}

/** The sealed case, held, for somebody who sees it and may act in the lane; otherwise why not. */
async function held(tx: EntityManager, actor: Actor, caseId: string): Promise<CaseRow | No> {
  const row = isId(caseId) ? await lockAnyCase(tx, actor.viewer, caseId) : undefined;
  if (!row) return NOT_FOUND;
  if (!row.isSealed) return refuse('CASE_NOT_SEALED', '该信访事项不是检举控告件。', 'The case is not an accusation.', '《信访工作条例》第三十条');
  return isPermitted('SEALED', { roles: actor.viewer.roles, parts: [] }) ? row : NOT_PERMITTED;
}

function checkVersion(row: CaseRow, expectedVersion: number): void {
  if (Number(row.version) !== expectedVersion) throw new AppError('CONFLICT', { currentVersion: Number(row.version) });
}

interface Transferring {
  readonly input: TransferAccusationInput;
  readonly actor: Actor;
}

async function transfer(tx: EntityManager, deps: AccusationDeps, { input, actor }: Transferring): Promise<Transferred | No> {
  const row = await held(tx, actor, input.caseId);
  if ('refused' in row) return row;
  const note = input.note?.trim() || null;
  if (note !== null && ([...note].length > 1_000 || CONTROL.test(note))) return refuse('TEXT_LENGTH', '附言不得超过1000字，不得含控制字符。', 'The note is too long or holds control characters.');
  const toUnitId = input.toUnitId.toLowerCase();
  const judged = await judge(tx, { row, toUnitId, fromUnitId: actor.viewer.unitId ?? '' });
  if ('refused' in judged) return judged;
  checkVersion(row, input.expectedVersion);
  const { today } = await businessTime(tx);
  const version = Number(row.version);
  const set = { status: 'TRANSFERRED', lead_unit_id: toUnitId, lead_since: today };
  if (!isTransferable(row.status) || !(await updateVersion(tx, 'cases', { id: row.id, version, set }))) throw new AppError('CONFLICT', { currentVersion: version });
  await saveTransfer(tx, deps.vault, { caseId: row.id, toUnitId, on: today, by: actor.viewer.subject, note });
  await recordExclusions(tx, deps.vault, { caseId: row.id, exclusions: judged.exclusions, actor, on: today });
  await audit(tx, actor, { action: 'ACCUSATION_TRANSFERRED', subjectType: 'Case', subjectId: row.id, caseId: row.id, detail: { toUnitId } });
  await recordEvent(tx, actor, { caseId: row.id, action: 'TRANSFERRED', basis: BASIS, detail: { toUnitId } });
  // 第二十二条: the first transfer meets the registrar's duty, or that of whoever continues it
  await deps.clocks.end(tx, { caseId: row.id, codes: ['T2'], state: 'MET', on: today, requestId: actor.requestId });
  await publishScopes(tx, deps.outbox, { caseIds: [row.id], requestId: actor.requestId });
  return { toUnitId, transferredOn: today };
}

/** The accused are looked up again as the tree stands today: who became head since, what was merged, what moved. */
async function judge(tx: EntityManager, { row, toUnitId, fromUnitId }: { row: CaseRow; toUnitId: string; fromUnitId: string }): Promise<{ exclusions: Exclusion[] } | No> {
  const accused = await accusedOf(tx, row.id);
  const tree = await treeOfAccused(tx, accused);
  const exclusions = exclusionsOfAccused(accused, tree);
  const receiver = isId(toUnitId) ? (await placedUnits(tx, [toUnitId])).get(toUnitId) : undefined;
  const fault = receiverFault({
    receiver: receiver?.isOpen ? receiver : undefined, fromUnitId, places: [row.divisionCode, ...(await placesOfAccused(tx, accused, tree))],
    excluded: new Set([...(await excludedUnits(tx, row.id)), ...exclusions.map((one) => one.id)]),
  });
  return fault ?? { exclusions };
}

async function recordProgress(tx: EntityManager, input: RecordAccusationProgressInput, actor: Actor): Promise<{ caseId: string } | No> {
  const row = await held(tx, actor, input.caseId);
  if ('refused' in row) return row;
  const [accusation] = await accusationsOf(tx, [row.id]);
  const fault = stageFault(accusation?.stage ?? 'REGISTERED', input.stage);
  if (fault) return fault;
  checkVersion(row, input.expectedVersion);
  const { today } = await businessTime(tx);
  if (!(await updateVersion(tx, 'cases', { id: row.id, version: Number(row.version), set: { status: row.status } }))) throw new AppError('CONFLICT', { currentVersion: Number(row.version) });
  await saveStage(tx, row.id, { stage: input.stage, on: today });
  await audit(tx, actor, { action: 'ACCUSATION_PROGRESS', subjectType: 'Case', subjectId: row.id, caseId: row.id, detail: { stage: input.stage } });
  await recordEvent(tx, actor, { caseId: row.id, action: 'ACCUSATION_PROGRESS', basis: '《信访工作条例》第三十条', detail: { stage: input.stage } });
  return { caseId: row.id };
}

/** The audit of the reading commits before anything is opened: no audit, no sight. A repeat is another reading. */
async function reveal({ db, vault }: AccusationDeps, input: RevealAccusationInput, actor: Actor) {
  const allowed = await inTransaction(db, (tx) => noteReading(tx, { input, actor, vault }));
  if ('refused' in allowed) return allowed;
  const [accusation] = await accusationsOf(db.manager, [allowed.caseId]);
  return {
    texts: await openWords(db.manager, vault, allowed.caseId),
    accused: await openAccused(db.manager, vault, allowed.caseId),
    transferNote: vault.open(accusation?.noteSealed ?? null, { column: 'accusations.note_sealed', rowId: allowed.caseId }),
  };
}
export type RevealedWords = Exclude<Awaited<ReturnType<typeof reveal>>, Refusal>;

interface Reading {
  readonly input: RevealAccusationInput;
  readonly actor: Actor;
  readonly vault: AccusationDeps['vault'];
}

/** Held with the case, so that a transfer and a reading come one after the other. */
async function noteReading(tx: EntityManager, { input, actor, vault }: Reading): Promise<{ caseId: string } | No> {
  const row = await held(tx, actor, input.caseId);
  if ('refused' in row) return row;
  const reason = input.reason.trim();
  if ([...reason].length < 5 || [...reason].length > 200) return refuse('REASON_MISSING', '请填写5至200字的查看事由。', 'Give a reason of 5 to 200 characters.');
  await holdReader(tx, actor.viewer.subject);
  if ((await readingsWithinHour(tx, actor.viewer.subject)) >= READINGS_PER_HOUR) return refuse('QUOTA_EXCEEDED', '一小时内查看次数已达上限。', 'Too many readings within an hour.');
  const id = newId();
  await insertReading(tx, vault, { id, caseId: row.id, reader: actor.viewer.subject, reason });
  await audit(tx, actor, { action: 'ACCUSATION_READ', subjectType: 'AccusationReading', subjectId: id, caseId: row.id, detail: { idempotencyKey: input.idempotencyKey } });
  return { caseId: row.id };
}
