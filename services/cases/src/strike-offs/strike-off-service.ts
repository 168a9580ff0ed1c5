import type { DataSource, EntityManager } from 'typeorm';
import { AppError, refuse, type Refusal } from '@anjie/contracts';
import { audit, businessTime, insertRows, newId, runMutation, selectIn, updateVersion, write, type Actor, type Row } from '@anjie/service-kit/database';
import type { Outbox } from '@anjie/service-kit/messaging';
import { governs } from '../campaigns/campaign-service';
import { noteRelapse } from '../campaigns/ledger-outcomes';
import { lockEntry, type LedgerEntryRow } from '../campaigns/ledger-repository';
import { countLedgerChanges, insertLedgerEvents } from '../campaigns/ledger-writer';
import { lockCase, standingInCase } from '../cases/case-repository';
import { publishScopes } from '../cases/scope-service';
import type { DecideStrikeOffInput, RequestStrikeOffInput, StrikeOffRefusalCode, UndoStrikeOffInput } from '../generated/graphql';
import { recordEvent } from '../history/history-repository';
import { isPermitted } from '../rules/permissions';
import { decisionNo, strikeOffNo } from '../rules/strike-off';
import { isWords } from '../rules/words';
import { lockActiveStrikeOff, strikeOffsByIds, type StrikeOffRow } from './strike-off-repository';

export interface StrikeOffDeps {
  readonly db: DataSource;
  readonly outbox: Outbox;
}
type No = Refusal<StrikeOffRefusalCode>;
export type StruckOff = { strikeOffId: string; entryId: string };

const PLAN_OF_2020 = '兴庆区方案 2020 (结案销号)';
const NO: Readonly<Record<StrikeOffRefusalCode, No>> = {
  NOT_FOUND: refuse('NOT_FOUND', '台账或销号申请不存在，或对您不可见。', 'The entry or request does not exist or is not visible to you.'),
  NOT_PERMITTED: refuse('NOT_PERMITTED', '您的角色不能办理。', 'Your role may not do this.'),
  NOT_RESOLVED: refuse('NOT_RESOLVED', '未经认定化解的，不能销号。', 'What is not recognised as resolved is not struck off.', PLAN_OF_2020),
  ALREADY_STRUCK_OFF: refuse('ALREADY_STRUCK_OFF', '已销号。', 'Struck off already.'),
  NOT_STRUCK_OFF: refuse('NOT_STRUCK_OFF', '未销号。', 'It is not struck off.'),
  ALREADY_REQUESTED: refuse('ALREADY_REQUESTED', '已有待审核的销号申请。', 'A request waits for its decision.'),
  ALREADY_DECIDED: refuse('ALREADY_DECIDED', '该申请已审核或已失效。', 'The request was decided already, or lapsed.'),
  SAME_PERSON: refuse('SAME_PERSON', '申请人不能审核本人提出的销号。', 'Whoever asked may not decide.', PLAN_OF_2020),
  TEXT_LENGTH: refuse('TEXT_LENGTH', '须为5至500字。', 'It must have 5 to 500 characters.'),
};

export function createStrikeOffService(deps: StrikeOffDeps) {
  return {
    request: (input: RequestStrikeOffInput, actor: Actor) =>
      runMutation<StruckOff | No>(deps.db, { actor, operation: 'requestStrikeOff', key: input.idempotencyKey, input, work: (tx) => request(tx, input, actor) }),
    decide: (input: DecideStrikeOffInput, actor: Actor) =>
      runMutation<StruckOff | No>(deps.db, { actor, operation: 'decideStrikeOff', key: input.idempotencyKey, input, work: (tx) => decide(tx, deps, { input, actor }) }),
    undo: (input: UndoStrikeOffInput, actor: Actor) =>
      runMutation<StruckOff | No>(deps.db, { actor, operation: 'undoStrikeOff', key: input.idempotencyKey, input, work: (tx) => undo(tx, deps, { input, actor }) }),
  };
}

interface Opened {
  readonly entry: LedgerEntryRow;
  readonly caseId: string;
  /** The joint office of the campaign's place, or one above it. */
  readonly isOffice: boolean;
  readonly today: string;
}

/** The case first, then its entry: the order in which everything that ends or reopens a case takes its locks. */
async function open(tx: EntityManager, entryId: string, actor: Actor): Promise<Opened | undefined> {
  const [place] = await selectIn<{ caseId: string; divisionCode: string }>(
    tx, 'SELECT l.case_id AS caseId, g.division_code AS divisionCode FROM ledger_entries l JOIN campaigns g ON g.id = l.campaign_id WHERE l.id IN (?)', [entryId],
  );
  if (!place || !(await lockCase(tx, actor.viewer, place.caseId))) return undefined;
  const entry = await lockEntry(tx, actor.viewer, entryId);
  if (!entry) return undefined;
  const isOffice = isPermitted('CAMPAIGN', { roles: actor.viewer.roles, parts: [] }) && governs(actor, place.divisionCode);
  return { entry, caseId: place.caseId, isOffice, today: (await businessTime(tx)).today };
}

async function request(tx: EntityManager, input: RequestStrikeOffInput, actor: Actor): Promise<StruckOff | No> {
  const opened = await open(tx, input.entryId, actor);
  if (!opened) return NO.NOT_FOUND;
  const { entry, caseId, today } = opened;
  const standing = await standingInCase(tx, actor.viewer, caseId);
  if (!opened.isOffice && !isPermitted('PLAN', { ...standing, roles: standing.roles.filter((role) => role !== 'JOINT_OFFICE') })) return NO.NOT_PERMITTED;
  if (!isWords(input.reason, 5, 500)) return NO.TEXT_LENGTH;
  const no = strikeOffNo(entry);
  if (no) return NO[no];
  if (await lockActiveStrikeOff(tx, entry.id)) return NO.ALREADY_REQUESTED;
  const id = newId();
  await insertRows(tx, 'strike_offs', [{
    id, entry_id: entry.id, active_entry_id: entry.id, state: 'REQUESTED', ground: input.ground, reason: input.reason.trim(), requested_on: today,
    requested_by: actor.viewer.subject, version: 1,
  }]);
  await note(tx, actor, { action: 'STRIKE_OFF_REQUESTED', strikeOffId: id, entry, ground: input.reason.trim() });
  return { strikeOffId: id, entryId: entry.id };
}

interface Order<Input> {
  readonly input: Input;
  readonly actor: Actor;
}

async function decide(tx: EntityManager, deps: StrikeOffDeps, { input, actor }: Order<DecideStrikeOffInput>): Promise<StruckOff | No> {
  const [found] = await strikeOffsByIds(tx, actor.viewer, [input.strikeOffId]);
  const opened = found && (await open(tx, found.entryId, actor));
  if (!opened) return NO.NOT_FOUND;
  const { entry, today } = opened;
  if (!opened.isOffice) return NO.NOT_PERMITTED;
  if (!isWords(input.reason, 5, 500)) return NO.TEXT_LENGTH;
  // read again under the entry's lock: somebody may have decided, or the case may have relapsed
  const asked = await lockActiveStrikeOff(tx, entry.id);
  if (asked?.id !== found.id || asked.state !== 'REQUESTED') return NO.ALREADY_DECIDED;
  const no = decisionNo(entry, { requestedBy: asked.requestedBy, decidedBy: actor.viewer.subject });
  if (no) return NO[no];
  const decided = { decided_on: today, decided_by: actor.viewer.subject, decision_reason: input.reason.trim() };
  await change(tx, asked, input.approve ? { ...decided, state: 'APPROVED' } : { ...decided, state: 'REFUSED', active_entry_id: null });
  if (!input.approve) {
    await note(tx, actor, { action: 'STRIKE_OFF_REFUSED', strikeOffId: asked.id, entry, ground: input.reason.trim() });
    return { strikeOffId: asked.id, entryId: entry.id };
  }
  await place(tx, entry, { struck_off_on: today });
  await insertLedgerEvents(tx, actor.viewer.subject, [{ entryId: entry.id, kind: 'STRUCK_OFF', on: today, ground: input.reason.trim() }]);
  await note(tx, actor, { action: 'STRUCK_OFF', strikeOffId: asked.id, entry, ground: input.reason.trim() });
  await publishScopes(tx, deps.outbox, { caseIds: [entry.caseId], requestId: actor.requestId });
  await countLedgerChanges(tx, [{ entry, figure: 'LEDGER_STRUCK_OFF', on: today, delta: 1 }]);
  return { strikeOffId: asked.id, entryId: entry.id };
}

async function undo(tx: EntityManager, deps: StrikeOffDeps, { input, actor }: Order<UndoStrikeOffInput>): Promise<StruckOff | No> {
  const opened = await open(tx, input.entryId, actor);
  if (!opened) return NO.NOT_FOUND;
  const { entry, today } = opened;
  if (!opened.isOffice) return NO.NOT_PERMITTED;
  if (!isWords(input.reason, 5, 500)) return NO.TEXT_LENGTH;
  const asked = await lockActiveStrikeOff(tx, entry.id);
  if (entry.struckOffOn === null || !asked) return NO.NOT_STRUCK_OFF;
  const ground = input.reason.trim();
  await note(tx, actor, { action: input.ground === 'RELAPSE' ? 'RELAPSED' : 'STRIKE_OFF_UNDONE', strikeOffId: asked.id, entry, ground });
  if (input.ground === 'RELAPSE') {
    await noteRelapse(tx, actor, { caseId: entry.caseId, on: today, ground });
  } else {
    await change(tx, asked, { state: 'UNDONE', active_entry_id: null, undone_on: today, undone_by: actor.viewer.subject, undo_ground: 'MISTAKE', undo_reason: ground });
    await place(tx, entry, { struck_off_on: null });
    await insertLedgerEvents(tx, actor.viewer.subject, [{ entryId: entry.id, kind: 'RESTORED', on: today, ground }]);
    await countLedgerChanges(tx, [{ entry, figure: 'LEDGER_RESTORED', on: today, delta: 1 }]);
  }
  await publishScopes(tx, deps.outbox, { caseIds: [entry.caseId], requestId: actor.requestId });
  return { strikeOffId: asked.id, entryId: entry.id };
}

const change = (tx: EntityManager, row: StrikeOffRow, set: Row): Promise<void> => settle(updateVersion(tx, 'strike_offs', { id: row.id, version: Number(row.version), set }), row.version);
const place = (tx: EntityManager, entry: LedgerEntryRow, set: Row): Promise<void> => settle(updateVersion(tx, 'ledger_entries', { id: entry.id, version: Number(entry.version), set }), entry.version);

async function settle(written: Promise<boolean>, version: string): Promise<void> {
  if (!(await written)) throw new AppError('CONFLICT', { currentVersion: Number(version) });
}

interface Act {
  readonly action: string;
  readonly strikeOffId: string;
  readonly entry: LedgerEntryRow;
  readonly ground: string;
}

/** A strike-off changes the ledger, and with it who counts the case: the case's version moves, its history and audit say why. */
async function note(tx: EntityManager, actor: Actor, { action, strikeOffId, entry, ground }: Act): Promise<void> {
  await write(tx, 'UPDATE cases SET version = version + 1 WHERE id = ?', [entry.caseId]);
  const detail = { entryId: entry.id, campaignId: entry.campaignId };
  await audit(tx, actor, { action, subjectType: 'StrikeOff', subjectId: strikeOffId, caseId: entry.caseId, detail });
  await recordEvent(tx, actor, { caseId: entry.caseId, action, ground, detail });
}
