import type { DataSource, EntityManager } from 'typeorm';
import { AppError, isRefusal, refuse, type Refusal } from '@anjie/contracts';
import { audit, businessTime, runMutation, updateVersion, type Actor } from '@anjie/service-kit/database';
import { lockCase, standingInCase, type CaseRow } from '../cases/case-repository';
import type { AddClaimInput, ClaimRefusalCode, ClarifyClaimInput, WithdrawClaimInput } from '../generated/graphql';
import { recordEvent } from '../history/history-repository';
import { claimFault, MOST_CLAIMS } from '../rules/corrections';
import { isPermitted } from '../rules/permissions';
import { addClaims, claimsByIds, claimsOf, insertClaimChange, updateClaim, type ClaimRow } from './claim-repository';

type No = Refusal<ClaimRefusalCode>;
type Done = { claimId: string; caseId: string };

const NOT_FOUND: No = refuse('NOT_FOUND', '诉求或信访事项不存在，或对您不可见。', 'The claim or case does not exist or is not visible to you.');

export function createClaimService({ db }: { db: DataSource }) {
  return {
    add: (input: AddClaimInput, actor: Actor) =>
      runMutation<Done | No>(db, { actor, operation: 'addClaim', key: input.idempotencyKey, input, work: (tx) => add(tx, input, actor) }),
    clarify: (input: ClarifyClaimInput, actor: Actor) =>
      runMutation<Done | No>(db, { actor, operation: 'clarifyClaim', key: input.idempotencyKey, input, work: (tx) => clarify(tx, input, actor) }),
    withdraw: (input: WithdrawClaimInput, actor: Actor) =>
      runMutation<Done | No>(db, { actor, operation: 'withdrawClaim', key: input.idempotencyKey, input, work: (tx) => withdraw(tx, input, actor) }),
  };
}

interface Asked {
  readonly caseId: string;
  readonly expectedVersion: number;
  readonly reason: string;
  readonly text: string | null;
}

/** The case, locked and judged; every change of its claims is a change of the case. */
async function openCase(tx: EntityManager, { caseId, expectedVersion, reason, text }: Asked, actor: Actor): Promise<CaseRow | No> {
  const found = await lockCase(tx, actor.viewer, caseId);
  if (!found) return NOT_FOUND;
  if (!isPermitted('CORRECT', await standingInCase(tx, actor.viewer, found.id))) return refuse('NOT_PERMITTED', '您的角色不能变更诉求。', 'Your role may not change claims.');
  if (Number(found.version) !== expectedVersion) throw new AppError('CONFLICT', { currentVersion: Number(found.version) });
  return claimFault({ reason, status: found.status, text }) ?? found;
}

async function add(tx: EntityManager, input: AddClaimInput, actor: Actor): Promise<Done | No> {
  const found = await openCase(tx, { ...input, text: input.stated }, actor);
  if (isRefusal(found)) return found;
  const standing = (await claimsOf(tx, [found.id])).filter((claim) => claim.withdrawnOn === null);
  if (standing.length >= MOST_CLAIMS) return refuse('TOO_MANY_CLAIMS', `诉求不超过${MOST_CLAIMS}项。`, `A case holds at most ${MOST_CLAIMS} claims.`);
  const stated = input.stated.trim();
  if (standing.some((claim) => claim.stated === stated)) return refuse('NO_CHANGE', '该诉求已在案。', 'The claim is on file already.');
  const [claimId = ''] = await addClaims(tx, found.id, [stated]);
  return record(tx, { found, actor, claimId, kind: 'ADDED', before: null, after: stated, reason: input.reason.trim() });
}

/** The claim and its case; the case is locked before the claim is read again. */
async function openClaim(tx: EntityManager, asked: Omit<Asked, 'caseId'> & { claimId: string }, actor: Actor): Promise<{ claim: ClaimRow; found: CaseRow } | No> {
  const [seen] = await claimsByIds(tx, actor.viewer, [asked.claimId]);
  if (!seen) return NOT_FOUND;
  const found = await openCase(tx, { ...asked, caseId: seen.caseId }, actor);
  if (isRefusal(found)) return found;
  const [claim] = await claimsByIds(tx, actor.viewer, [asked.claimId]);
  if (!claim) return NOT_FOUND;
  return claim.withdrawnOn === null ? { claim, found } : refuse('WITHDRAWN', '该诉求已撤回。', 'The claim was taken back already.');
}

async function clarify(tx: EntityManager, input: ClarifyClaimInput, actor: Actor): Promise<Done | No> {
  const open = await openClaim(tx, { ...input, text: input.clarified }, actor);
  if (isRefusal(open)) return open;
  const { claim, found } = open;
  const clarified = input.clarified.trim();
  if (claim.clarified === clarified) return refuse('NO_CHANGE', '与已登记的根本诉求相同。', 'The same is on file.');
  await updateClaim(tx, claim.id, { clarified });
  return record(tx, { found, actor, claimId: claim.id, kind: 'CLARIFIED', before: claim.clarified, after: clarified, reason: input.reason.trim() });
}

async function withdraw(tx: EntityManager, input: WithdrawClaimInput, actor: Actor): Promise<Done | No> {
  const open = await openClaim(tx, { ...input, text: null }, actor);
  if (isRefusal(open)) return open;
  const { claim, found } = open;
  await updateClaim(tx, claim.id, { withdrawn_on: (await businessTime(tx)).today });
  return record(tx, { found, actor, claimId: claim.id, kind: 'WITHDRAWN', before: claim.stated, after: null, reason: input.reason.trim() });
}

interface ClaimNote {
  readonly found: CaseRow;
  readonly actor: Actor;
  readonly claimId: string;
  readonly kind: 'ADDED' | 'CLARIFIED' | 'WITHDRAWN';
  readonly before: string | null;
  readonly after: string | null;
  readonly reason: string;
}

async function record(tx: EntityManager, { found, actor, ...note }: ClaimNote): Promise<Done> {
  const isMoved = await updateVersion(tx, 'cases', { id: found.id, version: Number(found.version), set: { status: found.status } });
  if (!isMoved) throw new AppError('CONFLICT', { currentVersion: Number(found.version) });
  await insertClaimChange(tx, { ...note, caseId: found.id, actor });
  await audit(tx, actor, { action: `CLAIM_${note.kind}`, subjectType: 'Claim', subjectId: note.claimId, caseId: found.id });
  await recordEvent(tx, actor, { caseId: found.id, action: `CLAIM_${note.kind}`, ground: note.reason, basis: '《信访工作条例》第三十二条', detail: { claimId: note.claimId } });
  return { claimId: note.claimId, caseId: found.id };
}
