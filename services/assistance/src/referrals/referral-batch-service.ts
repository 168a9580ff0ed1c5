import type { DataSource, EntityManager } from 'typeorm';
import { AppError, isRefusal, refuse, type Refusal } from '@anjie/contracts';
import { audit, runMutation, type Actor } from '@anjie/service-kit/database';
import { holdCases } from '../cases/case-repository';
import type { AcceptReferralsInput, ReferralRefusalCode, SendReferralsInput } from '../generated/graphql';
import { accepting, signing } from './referral-moves';
import { takeMove, type MoveDeps } from './referral-move-service';
import { visibleReferralsByIds } from './referral-repository';
import { sendOne, type ReferralAnswer } from './referral-service';

export const MAX_ROWS = 200;
export type BatchAnswer = { readonly rows: readonly ReferralAnswer[] } | Refusal<ReferralRefusalCode>;

/** 批量交办、批量接办: one act and one key, an answer for each row; what one row refuses undoes no other. */
export function createReferralBatchService(deps: MoveDeps) {
  const run = (actor: Actor, call: { operation: string; input: { idempotencyKey: string; items: readonly unknown[] }; work: (tx: EntityManager) => Promise<readonly ReferralAnswer[]> }) =>
    runMutation<BatchAnswer>(deps.db as DataSource, {
      actor, operation: call.operation, key: call.input.idempotencyKey, input: call.input,
      work: async (tx) => refusesCount(call.input.items.length) ?? { rows: await call.work(tx) },
    });
  return {
    send: (actor: Actor, input: SendReferralsInput) => run(actor, { operation: 'sendReferrals', input, work: (tx) => sendAll(tx, { actor, input, deps }) }),
    accept: (actor: Actor, input: AcceptReferralsInput) => run(actor, { operation: 'acceptReferrals', input, work: (tx) => acceptAll(tx, { actor, input, deps }) }),
  };
}
export type ReferralBatchService = ReturnType<typeof createReferralBatchService>;

export const refusesCount = (rows: number): Refusal<'COUNT_OUT_OF_RANGE'> | null =>
  rows >= 1 && rows <= MAX_ROWS ? null : refuse('COUNT_OUT_OF_RANGE', `每次1至${MAX_ROWS}件。`, `1 to ${MAX_ROWS} rows at a time.`);

async function sendAll(tx: EntityManager, { actor, input, deps }: { actor: Actor; input: SendReferralsInput; deps: MoveDeps }): Promise<readonly ReferralAnswer[]> {
  await holdCases(tx, input.items.map(({ caseId }) => caseId));
  const answers: ReferralAnswer[] = [];
  for (const [row, order] of input.items.entries()) answers.push(await rowOf(tx, { actor, row, work: () => sendOne(tx, { actor, order, deps }) }));
  return answers;
}

/** A row that is only delivered is signed for on the way. */
async function acceptAll(tx: EntityManager, { actor, input, deps }: { actor: Actor; input: AcceptReferralsInput; deps: MoveDeps }): Promise<readonly ReferralAnswer[]> {
  const seen = new Map((await visibleReferralsByIds(tx, actor.viewer, input.items.map(({ referralId }) => referralId))).map((one) => [one.id, one]));
  await holdCases(tx, [...seen.values()].map(({ caseId }) => caseId));
  const answers: ReferralAnswer[] = [];
  for (const [row, item] of input.items.entries()) {
    const keyed = { ...item, idempotencyKey: input.idempotencyKey };
    const isUnsigned = seen.get(item.referralId.toLowerCase())?.state === 'DELIVERED';
    answers.push(await rowOf(tx, {
      actor, row,
      work: async () => {
        const signed = isUnsigned ? await takeMove(tx, { actor, move: signing(keyed), deps }) : null;
        if (isRefusal(signed)) return signed as ReferralAnswer;
        return takeMove(tx, { actor, deps, move: accepting({ ...keyed, expectedVersion: item.expectedVersion + (signed ? 1 : 0) }) });
      },
    }));
  }
  return answers;
}

interface BatchRow {
  readonly actor: Actor;
  readonly row: number;
  readonly work: () => Promise<ReferralAnswer>;
}

/** What a row writes before it is refused is undone; that it was refused is on record. */
async function rowOf(tx: EntityManager, { actor, row, work }: BatchRow): Promise<ReferralAnswer> {
  await tx.query('SAVEPOINT batch_row');
  const answer = await work().catch(refusalIn);
  if (!isRefusal(answer)) {
    await tx.query('RELEASE SAVEPOINT batch_row');
    return answer;
  }
  await tx.query('ROLLBACK TO SAVEPOINT batch_row');
  await audit(tx, actor, { action: 'REFERRAL_ROW_REFUSED', subjectType: 'ReferralBatch', subjectId: actor.requestId, detail: { row: row + 1, code: answer.code } });
  return answer;
}

/** A stale version, and what gave up deep inside, are the row's own; everything else is a fault of the whole. @throws */
function refusalIn(error: unknown): Refusal<ReferralRefusalCode> {
  const inside = (error as { refusal?: unknown } | null)?.refusal;
  if (isRefusal(inside)) return inside as Refusal<ReferralRefusalCode>;
  if (error instanceof AppError && error.code === 'CONFLICT') return refuse('CHANGED_MEANWHILE', '该件已被他人修改，请刷新后重试。', 'Somebody changed this row first; reload it.');
  throw error;
}
