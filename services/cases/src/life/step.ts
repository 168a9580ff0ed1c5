import type { DataSource, EntityManager } from 'typeorm';
import { AppError, isRefusal, refuse, type PartyRole, type Refusal } from '@anjie/contracts';
import { audit, businessTime, runMutation, select, updateVersion, type Actor, type Row } from '@anjie/service-kit/database';
import type { Outbox } from '@anjie/service-kit/messaging';
import { lockCase, partsInCase, type CaseRow } from '../cases/case-repository';
import { publishScopes } from '../cases/scope-service';
import type { Clocks } from '../clocks/clock-service';
import type { Papers } from '../documents/document-service';
import type { StepRefusalCode } from '../generated/graphql';
import { recordEvent } from '../history/history-repository';
import type { IdentityVault } from '../petitioners/identity-vault';
import { isIllegal, moveOf, type Act } from '../rules/life';
import { mayTake, STEP_PERMISSIONS, type StepAction } from '../rules/step-permissions';

export interface StepDeps {
  readonly db: DataSource;
  readonly outbox: Outbox;
  readonly vault: IdentityVault;
  readonly clocks: Clocks;
  readonly papers: Papers;
}
export type StepNo = Refusal<StepRefusalCode>;
export type StepDone = { readonly caseId: string; readonly documentId: string | null };
export type StepAnswer = StepDone | StepNo;

export interface StepInput {
  readonly idempotencyKey: string;
  readonly caseId: string;
  readonly expectedVersion: number;
}

/** Where a step stands: the locked case, the day, who acts and as what. */
export interface Stand {
  readonly tx: EntityManager;
  readonly row: CaseRow;
  readonly actor: Actor;
  readonly today: string;
  readonly parts: readonly PartyRole[];
}

/** What a step did besides moving the case on. */
export interface StepOutcome {
  /** Columns of the case to write. */
  readonly set?: Row;
  /** UPPER_SNAKE, for audit and history. */
  readonly event: string;
  readonly ground?: string | null;
  readonly basis?: string | null;
  readonly documentId?: string | null;
  readonly detail?: Readonly<Record<string, unknown>>;
  /** Overrides the step's act where the outcome decides it; null leaves the state as it is. */
  readonly act?: Act | null;
}

export interface Step<Input extends StepInput> {
  readonly operation: string;
  readonly input: Input;
  readonly actor: Actor;
  readonly action: StepAction;
  /** The move in rules/life.ts; null where the step leaves the state as it is or decides it itself. */
  readonly act: Act | null;
  readonly work: (stand: Stand) => Promise<StepOutcome | StepNo>;
}

export const NOT_FOUND: StepNo = refuse('NOT_FOUND', '信访事项不存在，或对您不可见。', 'The case does not exist or is not visible to you.');

/**
 * One step in the legal life of a case, the same order for all: see the case, be allowed, know its present version, be at a
 * state from which the law knows the step, do it; then state, audit, history and scope in the same transaction.
 */
export const takeStep = <Input extends StepInput>(deps: StepDeps, step: Step<Input>): Promise<StepAnswer> =>
  runMutation<StepAnswer>(deps.db, {
    actor: step.actor, operation: step.operation, key: step.input.idempotencyKey, input: step.input, work: (tx) => walk(tx, deps, step),
  });

async function walk<Input extends StepInput>(tx: EntityManager, deps: StepDeps, { input, actor, action, act, work }: Step<Input>): Promise<StepAnswer> {
  const row = await lockCase(tx, actor.viewer, input.caseId);
  if (!row) return NOT_FOUND;
  const parts = (await partsInCase(tx, actor.viewer, row.id)).map((part) => part.role);
  const no = await notAllowed(tx, { row, actor, parts, action }) ?? (act ? illegalStep(row, act) : undefined);
  if (no) return no;
  if (Number(row.version) !== input.expectedVersion) throw new AppError('CONFLICT', { currentVersion: Number(row.version) });
  const { today } = await businessTime(tx);
  const outcome = await work({ tx, row, actor, today, parts });
  if (isRefusal(outcome)) return outcome as StepNo;
  return finishStep(tx, deps, { row, actor, act: outcome.act === undefined ? act : outcome.act, outcome });
}

interface Finish {
  readonly row: CaseRow;
  readonly actor: Actor;
  readonly act: Act | null;
  readonly outcome: StepOutcome;
}

/** State, audit, history, scope: what every step leaves behind. Also for steps that a message of another service takes. */
export async function finishStep(tx: EntityManager, deps: Pick<StepDeps, 'outbox'>, { row, actor, act, outcome }: Finish): Promise<StepAnswer> {
  const move = act ? moveOf(row.status, act) : undefined;
  if (move && isIllegal(move)) return refuse('ILLEGAL_STEP', move.zh, move.en, move.basis);
  const set = { status: move?.to ?? row.status, ...outcome.set };
  if (!(await updateVersion(tx, 'cases', { id: row.id, version: Number(row.version), set }))) throw new AppError('CONFLICT');
  const documentId = outcome.documentId ?? null;
  await audit(tx, actor, { action: outcome.event, subjectType: 'Case', subjectId: row.id, caseId: row.id, detail: { ...outcome.detail, documentId } });
  await recordEvent(tx, actor, {
    caseId: row.id, action: outcome.event, ground: outcome.ground ?? null, basis: outcome.basis ?? null, documentId, detail: outcome.detail ?? {},
  });
  await publishScopes(tx, deps.outbox, { caseIds: [row.id], requestId: actor.requestId });
  return { caseId: row.id, documentId };
}

const illegalStep = (row: CaseRow, act: Act): StepNo | undefined => {
  const move = moveOf(row.status, act);
  return isIllegal(move) ? refuse('ILLEGAL_STEP', move.zh, move.en, move.basis) : undefined;
};

interface Asking {
  readonly row: CaseRow;
  readonly actor: Actor;
  readonly parts: readonly PartyRole[];
  readonly action: StepAction;
}

async function notAllowed(tx: EntityManager, { row, actor, parts, action }: Asking): Promise<StepNo | undefined> {
  const isHead = STEP_PERMISSIONS[action].onlyHead === true && (await headOf(tx, row.leadUnitId)) === actor.viewer.subject;
  if (mayTake(action, { roles: actor.viewer.roles, parts, divisionCode: actor.viewer.divisionCode, caseDivisionCode: row.divisionCode, isHead })) return undefined;
  const { zh, en, basis } = STEP_PERMISSIONS[action];
  return refuse('NOT_PERMITTED', zh, en, basis);
}

const headOf = async (tx: EntityManager, unitId: string | null): Promise<string | undefined> =>
  (await select<{ head: string | null }>(tx, 'SELECT head_official_id AS head FROM known_units WHERE id = ?', [unitId]))[0]?.head ?? undefined;

const CONTROL = /[^\P{Cc}\t\n\r]|[\u202a-\u202e\u2066-\u2069]/u;

/** A text of a step, measured in code points: control and direction characters break letters. */
export function textFault(text: string | null | undefined, least: number, most: number): StepNo | undefined {
  const length = [...(text ?? '').trim()].length;
  if (length >= least && length <= most && !CONTROL.test(text ?? '')) return undefined;
  return refuse('TEXT_LENGTH', `文字须为${least}至${most}字，且不含控制字符。`, `The text must have ${least} to ${most} characters and no control characters.`);
}
