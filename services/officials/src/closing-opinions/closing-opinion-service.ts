import type { DataSource, EntityManager } from 'typeorm';
import { AppError, ClosingOpinionSigned } from '@anjie/contracts';
import { audit, businessTime, isId, newId, runMutation, updateVersion, type Actor } from '@anjie/service-kit/database';
import type { Outbox } from '@anjie/service-kit/messaging';
import { candidatesOf, headsOf } from '../officials/post-repository';
import { caseFactsOf, lockCases } from '../readiness/case-facts-repository';
import { casesInView, exclusionsOf, recusedOf, type CaseInView } from '../readiness/crew-repository';
import { capacityOf, closingRefusals, isWithdrawalReason, signingObjection, textObjection, type ClosingOpinionRefusal, type OpinionText } from '../rules/closing-opinion';
import { closingOpinionsByIds, insertOpinion, signedBefore, type ClosingOpinionRow } from './closing-opinion-repository';

export interface SignClosingOpinionInput extends OpinionText {
  readonly idempotencyKey: string;
  readonly caseId: string;
  readonly isAgreed: boolean;
}
export interface WithdrawClosingOpinionInput {
  readonly idempotencyKey: string;
  readonly opinionId: string;
  readonly expectedVersion: number;
  readonly reason: string;
}
export type ClosingOpinionAnswer = { readonly opinionId: string } | ClosingOpinionRefusal;
interface Doing {
  readonly actor: Actor;
  readonly outbox: Outbox;
}

/** 包案领导书面意见: signed in person, never changed, at most withdrawn. */
export function createClosingOpinionService({ db, outbox }: { db: DataSource; outbox: Outbox }) {
  const run = <Input extends { readonly idempotencyKey: string }>(operation: string, work: (tx: EntityManager, doing: Doing, input: Input) => Promise<ClosingOpinionAnswer>) =>
    (actor: Actor, input: Input): Promise<ClosingOpinionAnswer> =>
      runMutation<ClosingOpinionAnswer>(db, { actor, operation, key: input.idempotencyKey, input, work: (tx) => work(tx, { actor, outbox }, input) });
  return { sign: run<SignClosingOpinionInput>('signClosingOpinion', sign), withdraw: run<WithdrawClosingOpinionInput>('withdrawClosingOpinion', withdraw) };
}
export type ClosingOpinionService = ReturnType<typeof createClosingOpinionService>;

async function caseToSign(tx: EntityManager, { viewer }: Actor, caseId: string): Promise<CaseInView | ClosingOpinionRefusal> {
  const found = isId(caseId) ? (await casesInView(tx, viewer, [caseId])).get(caseId.toLowerCase()) : undefined;
  if (!found) return closingRefusals.notFound();
  return found.isSealed ? closingRefusals.sealed() : found;
}

async function sign(tx: EntityManager, { actor, outbox }: Doing, input: SignClosingOpinionInput): Promise<ClosingOpinionAnswer> {
  if (input.reportDocumentId != null && !isId(input.reportDocumentId)) throw new AppError('BAD_USER_INPUT', { field: 'reportDocumentId' });
  const found = await caseToSign(tx, actor, input.caseId);
  if ('refused' in found) return found;
  await lockCases(tx, [found.id]);
  const facts = await signingFacts(tx, actor, found.id);
  const objection = signingObjection(facts) ?? textObjection(input);
  if (objection) return objection;
  const capacity = capacityOf(facts);
  const unitId = capacity === 'UNIT_HEAD' ? facts.leadUnitId : facts.candidate?.unitId;
  if (!capacity || !unitId) return closingRefusals.notTheSigner();
  const { today } = await businessTime(tx);
  const opinion = { id: newId(), caseId: found.id, officialId: facts.subject, capacity, unitId, revision: facts.revisions + 1, signedOn: today, ...wordsOf(input) };
  await insertOpinion(tx, opinion);
  await audit(tx, actor, {
    action: 'signClosingOpinion', subjectType: 'ClosingOpinion', subjectId: opinion.id, caseId: found.id, detail: { capacity, isAgreed: input.isAgreed, revision: opinion.revision },
  });
  await announce(tx, { actor, outbox }, { ...opinion, withdrawnOn: null, version: 1 });
  return { opinionId: opinion.id };
}

const wordsOf = (input: SignClosingOpinionInput) => ({
  isAgreed: input.isAgreed, opinion: input.opinion.trim(), onReport: input.onReport?.trim() || null, reportDocumentId: input.reportDocumentId?.toLowerCase() ?? null,
});

/** Who answers for the case's close today, and how the one who asks stands to it. The caller holds the case. */
async function signingFacts(tx: EntityManager, { viewer }: Actor, caseId: string) {
  // a service holds no post: its name stands for no official
  const subject = viewer.kind === 'OFFICIAL' && isId(viewer.subject) ? viewer.subject.toLowerCase() : '';
  const [facts] = await caseFactsOf(tx, [caseId]);
  const heads = await headsOf(tx, facts?.leadUnitId ? [facts.leadUnitId] : []);
  return {
    subject, sponsorId: facts?.sponsorId ?? null, leadUnitId: facts?.leadUnitId ?? null, leadUnitHeadId: (facts?.leadUnitId && heads.get(facts.leadUnitId)) || null,
    candidate: subject ? (await candidatesOf(tx, [subject])).get(subject) : undefined,
    excluded: (await exclusionsOf(tx, [caseId])).get(caseId) ?? new Set<string>(),
    recused: (await recusedOf(tx, [caseId])).get(caseId),
    ...(await signedBefore(tx, caseId, subject || caseId)),
  };
}

async function withdraw(tx: EntityManager, { actor, outbox }: Doing, input: WithdrawClosingOpinionInput): Promise<ClosingOpinionAnswer> {
  const row = isId(input.opinionId) ? (await closingOpinionsByIds(tx, actor.viewer, [input.opinionId]))[0] : undefined;
  if (!row) return closingRefusals.notFound();
  if (actor.viewer.kind !== 'OFFICIAL' || actor.viewer.subject !== row.officialId) return closingRefusals.notTheSigner();
  if (!isWithdrawalReason(input.reason)) return closingRefusals.badText();
  if (row.withdrawnOn !== null) return closingRefusals.alreadyWithdrawn();
  await lockCases(tx, [row.caseId]);
  const { today } = await businessTime(tx);
  const set = { active_case_id: null, withdrawn_on: today, withdrawal_reason: input.reason.trim() };
  const isFirst = await updateVersion(tx, 'closing_opinions', { id: row.id, version: input.expectedVersion, set });
  if (!isFirst) throw new AppError('CONFLICT', { currentVersion: Number((await closingOpinionsByIds(tx, actor.viewer, [row.id]))[0]?.version) });
  await audit(tx, actor, { action: 'withdrawClosingOpinion', subjectType: 'ClosingOpinion', subjectId: row.id, caseId: row.caseId, detail: { revision: row.revision } });
  await announce(tx, { actor, outbox }, { ...row, isAgreed: Boolean(Number(row.isAgreed)), withdrawnOn: today, version: input.expectedVersion + 1 });
  return { opinionId: row.id };
}

type Told = Pick<ClosingOpinionRow, 'id' | 'caseId' | 'officialId' | 'capacity' | 'signedOn' | 'withdrawnOn' | 'version'> & { readonly isAgreed: boolean };

/** The text stays here: cases is told who agreed, in what capacity, and whether it stands. */
const announce = (tx: EntityManager, { actor, outbox }: Doing, { id, caseId, officialId, capacity, isAgreed, signedOn, withdrawnOn, version }: Told): Promise<void> =>
  outbox.announce(tx, ClosingOpinionSigned, {
    aggregateId: id, version, requestId: actor.requestId, payload: { opinionId: id, caseId, officialId, capacity, isAgreed, signedOn, withdrawnOn },
  });
