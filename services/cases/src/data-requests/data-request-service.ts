import type { DataSource, EntityManager } from 'typeorm';
import { AppError, isRefusal, refuse, type Refusal } from '@anjie/contracts';
import { audit, businessTime, giveUp, inTransaction, newId, runMutation, type Actor } from '@anjie/service-kit/database';
import { insertFile, type FileStorage, type NewFile } from '@anjie/service-kit/files';
import type { Logger } from '@anjie/service-kit/runtime';
import type { AskDataRightInput, DataRequestChannel, DataRequestRefusalCode, DataRight, DecideDataRequestInput, IdentityCorrectionInput, ReadDataRequestInput, RecordDataRequestInput } from '../generated/graphql';
import type { Admitted } from '../petitioner-access/admission';
import type { IdentityVault } from '../petitioners/identity-vault';
import { petitionersOf } from '../petitioners/petitioner-repository';
import { petitionsByIds } from '../petitions/petition-repository';
import { readingsWithinHour } from '../readings/reader-repository';
import { standingInCase } from '../cases/case-repository';
import { askedFault, outcomeBasis, reasonsFault, restricts, type CorrectionAsked } from '../rules/data-rights';
import { isPermitted } from '../rules/permissions';
import { isFitText } from '../rules/text-form';
import { correctIdentity } from './correct-identity';
import { writeDataCopy } from './data-copy';
import { askedOf, decideRequest, insertRequest, requestById, restrict, type DataRequestRow } from './data-request-repository';
import { answerDue } from './answer-due';

export interface DataRequestDeps {
  readonly db: DataSource;
  readonly vault: IdentityVault;
  /** For what is fetched within days. */
  readonly storage: FileStorage;
  readonly log: Logger;
}
export type DataNo = Refusal<DataRequestRefusalCode>;
type Done = { readonly requestId: string };

/** Readings of requests that one person may make within an hour; a reading may show an identity number. */
const READINGS_PER_HOUR = 30;

const NOT_FOUND: DataNo = refuse('NOT_FOUND', '请求或信访件不存在，或对您不可见。', 'The request or petition does not exist or is not visible to you.');
const NOT_PERMITTED: DataNo = refuse('NOT_PERMITTED', '个人信息权利请求由登记单位或联席办办理。', 'Such requests are for the registering unit or the joint office.');
const SEALED: DataNo = refuse('CASE_SEALED', '检举控告件的个人信息权利请向受理机关提出。', 'For an accusation ask the organ that has it.', '《信访工作条例》第三十条第三款');

/** 个人信息权利请求 (《个人信息保护法》第四章). Nothing here touches the case: no event, no version, no message, no figure. */
export function createDataRequestService(deps: DataRequestDeps) {
  const { db, vault } = deps;
  return {
    record: (input: RecordDataRequestInput, actor: Actor) =>
      runMutation<Done | DataNo>(db, { actor, operation: 'recordDataRequest', key: input.idempotencyKey, input: printOf(vault, input), work: (tx) => record(tx, vault, { input, actor }) }),
    /** The petitioner's own; `admitted` says that code and secret were right. */
    ask: ({ secret: _secret, ...input }: AskDataRightInput, { admitted, actor }: { admitted: Admitted; actor: Actor }) =>
      runMutation<Done | DataNo>(db, {
        actor, operation: 'askDataRight', key: input.idempotencyKey, input: printOf(vault, input), work: (tx) => take(tx, vault, { asked: input, via: 'PORTAL', petitionId: admitted.petitionId, actor }),
      }),
    read: (input: ReadDataRequestInput, actor: Actor) => read(deps, input, actor),
    decide: (input: DecideDataRequestInput, actor: Actor) => decide(deps, input, actor),
  };
}

export type DataRequestService = ReturnType<typeof createDataRequestService>;

/** What the idempotency key keeps is keyed: the new value may be an ID number. */
const printOf = (vault: IdentityVault, input: object): unknown => ({ keyed: vault.fingerprint('data-request', input) });

async function record(tx: EntityManager, vault: IdentityVault, { input, actor }: { input: RecordDataRequestInput; actor: Actor }): Promise<Done | DataNo> {
  const [petition] = await petitionsByIds(tx, actor.viewer, [input.petitionId]);
  if (!petition) return NOT_FOUND;
  if (petition.isSealed) return SEALED;
  if (!isPermitted('DATA_RIGHT', await standingInCase(tx, actor.viewer, petition.caseId))) return NOT_PERMITTED;
  return take(tx, vault, { asked: input, via: 'WINDOW', petitionId: petition.id, actor });
}

interface Asking {
  readonly asked: { readonly right: DataRight; readonly words?: string | null | undefined; readonly correction?: IdentityCorrectionInput | null | undefined };
  readonly via: DataRequestChannel;
  readonly petitionId: string;
  readonly actor: Actor;
}

async function take(tx: EntityManager, vault: IdentityVault, asking: Asking): Promise<Done | DataNo> {
  const { asked, via, petitionId, actor } = asking;
  const of = await askedOf(tx, petitionId);
  if (!of) return NOT_FOUND;
  if (of.isSealed) return SEALED;
  const { today } = await businessTime(tx);
  const words = asked.words?.trim() || null;
  const correction = await correctionOf(tx, asking);
  const no = askedFault({ right: asked.right, words, today, correction });
  if (no) return no;
  if (correction && !correction.petitionerId) return refuse('CHANGED_MEANWHILE', '信访件上没有此信访人。', 'The petitioner is not on the petition.');
  const id = newId();
  const due = answerDue(today, of.divisionCode);
  const isNew = await insertRequest(tx, {
    id, petitionId, caseId: of.caseId, officeUnitId: of.registeredUnitId, right: asked.right, via, askedOn: today, askedBy: actor.viewer.subject, dueOn: due.on, dueBasis: due.basis,
    wordsSealed: vault.seal(words, { column: 'data_requests.words_sealed', rowId: id }), petitionerId: correction?.petitionerId ?? null, field: correction?.field ?? null,
    valueSealed: vault.seal(correction?.value, { column: 'data_requests.value_sealed', rowId: id }),
  });
  if (!isNew) return refuse('ASKED_ALREADY', '同一事项的请求正在办理，请等待答复。', 'The same right is asked for already and is being answered.');
  await audit(tx, actor, { action: 'DATA_RIGHT_ASKED', subjectType: 'DataRequest', subjectId: id, caseId: of.caseId, detail: { right: asked.right, via, dueOn: due.on } });
  return { requestId: id };
}

/** What is to be corrected, of whom: the principal, unless the window names another petitioner of the petition. */
async function correctionOf(tx: EntityManager, { asked, via, petitionId }: Asking): Promise<(CorrectionAsked & { readonly petitionerId: string | undefined }) | null> {
  if (!asked.correction) return null;
  const { field, value, ref } = asked.correction;
  const all = await petitionersOf(tx, [petitionId]);
  const concerned = via === 'WINDOW' && ref ? all.find((row) => row.id === ref) : all.find((row) => row.isPrincipal);
  return { field, value: value.trim(), idKind: concerned?.idKind ?? 'RESIDENT_ID', petitionerId: concerned?.id };
}

/** The audit commits before the words are shown. */
async function read({ db, vault }: DataRequestDeps, input: ReadDataRequestInput, actor: Actor): Promise<{ request: DataRequestRow; words: string | null; value: string | null; reasons: string | null } | DataNo> {
  const request = await inTransaction(db, (tx) => noteReading(tx, input, actor));
  if ('refused' in request) return request;
  return {
    request, words: vault.open(request.wordsSealed, { column: 'data_requests.words_sealed', rowId: request.id }), value: vault.open(request.valueSealed, { column: 'data_requests.value_sealed', rowId: request.id }),
    reasons: vault.open(request.reasonsSealed, { column: 'data_requests.reasons_sealed', rowId: request.id }),
  };
}

async function noteReading(tx: EntityManager, input: ReadDataRequestInput, actor: Actor): Promise<DataRequestRow | DataNo> {
  const reason = input.reason.trim();
  if (!isFitText(reason, 5, 200)) return refuse('TEXT_LENGTH', '请填写5至200字的查看事由。', 'Give a reason of 5 to 200 characters.');
  const row = await requestById(tx, actor.viewer, { id: input.requestId });
  if (!row) return NOT_FOUND;
  if ((await readingsWithinHour(tx, actor.viewer.subject, 'DATA_REQUEST_READ')) >= READINGS_PER_HOUR) return refuse('QUOTA_EXCEEDED', '一小时内查看次数已达上限。', 'Too many readings within an hour.');
  await audit(tx, actor, { action: 'DATA_REQUEST_READ', subjectType: 'DataRequest', subjectId: row.id, caseId: row.caseId, detail: { reason, idempotencyKey: input.idempotencyKey } });
  return row;
}

/** A copy is written before the transaction: nobody waits for a workbook with a locked row. */
async function decide(deps: DataRequestDeps, input: DecideDataRequestInput, actor: Actor): Promise<Done | DataNo> {
  const seen = await requestById(deps.db.manager, actor.viewer, { id: input.requestId });
  const isCopy = seen !== undefined && seen.right === 'COPY' && seen.outcome === null && input.outcome === 'GRANTED';
  const copy = isCopy ? await writeDataCopy(deps.db.manager, deps, seen) : undefined;
  let isKept = false;
  try {
    const done = await runMutation<Done | DataNo>(deps.db, {
      actor, operation: 'decideDataRequest', key: input.idempotencyKey, input,
      work: async (tx) => {
        isKept = false;
        const answer = await settle(tx, deps, { input, actor, copy });
        isKept = copy !== undefined && !isRefusal(answer);
        return answer;
      },
    });
    return done;
  } finally {
    if (copy && !isKept) await deps.storage.remove(copy.storageKey);
  }
}

interface Deciding {
  readonly input: DecideDataRequestInput;
  readonly actor: Actor;
  readonly copy: Omit<NewFile, 'owner'> | undefined;
}

async function settle(tx: EntityManager, deps: DataRequestDeps, deciding: Deciding): Promise<Done | DataNo> {
  const { input, actor } = deciding;
  const row = await requestById(tx, actor.viewer, { id: input.requestId, lock: true });
  if (!row) return NOT_FOUND;
  if (row.outcome !== null) return refuse('DECIDED_ALREADY', '该请求已经答复。', 'It is decided already.');
  const basis = outcomeBasis(row.right, input.outcome);
  if (typeof basis !== 'string') return basis;
  const no = reasonsFault(input.reasons, input.evidence ?? null);
  if (no) return no;
  if (Number(row.version) !== input.expectedVersion) throw new AppError('CONFLICT', { currentVersion: Number(row.version) });
  await takeEffect(tx, deps, { ...deciding, row, basis });
  await audit(tx, actor, { action: 'DATA_REQUEST_DECIDED', subjectType: 'DataRequest', subjectId: row.id, caseId: row.caseId, detail: { right: row.right, outcome: input.outcome, basis } });
  return { requestId: row.id };
}

interface Decided extends Deciding {
  readonly row: DataRequestRow;
  readonly basis: string;
}

async function takeEffect(tx: EntityManager, { vault }: DataRequestDeps, { input, actor: { viewer }, copy, row, basis }: Decided): Promise<void> {
  const { today } = await businessTime(tx);
  if (row.right === 'CORRECTION' && input.outcome === 'GRANTED' && !(await correctIdentity(tx, vault, { request: row, on: today, by: viewer.subject }))) {
    giveUp(refuse('CHANGED_MEANWHILE', '该项信息已被更改，请重新核对。', 'The item was changed meanwhile; look at it again.'));
  }
  if (restricts(row.right, input.outcome)) await restrict(tx, row.petitionId, today);
  if (copy) await insertFile(tx, { ...copy, owner: viewer });
  const isFirst = await decideRequest(tx, row, {
    outcome: input.outcome, basis, reasons_sealed: vault.seal(input.reasons.trim(), { column: 'data_requests.reasons_sealed', rowId: row.id }), evidence: input.evidence?.trim() || null,
    decided_on: today, decided_by: viewer.subject, decided_unit_id: viewer.unitId, file_id: copy?.id ?? null,
  });
  if (!isFirst) throw new AppError('CONFLICT');
}
