import { createHash } from 'node:crypto';
import type { DataSource, EntityManager } from 'typeorm';
import { AppError, isRefusal, type Refusal } from '@anjie/contracts';
import type { Actor } from './audit';
import { select, write } from './statements';
import { inTransaction, isDuplicate, sqlErrno } from './transaction';

export interface MutationCall<Answer> {
  readonly actor: Actor;
  readonly operation: string;
  /** The client's idempotency key: 8–64 visible ASCII characters. */
  readonly key: string;
  /** The whole input: the same key with another input is a mistake of the client's. */
  readonly input: unknown;
  /** The change, in one transaction. A refusal rolls everything back and leaves the key unused. */
  readonly work: (tx: EntityManager) => Promise<Answer>;
}

class RolledBack extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super('refused');
    this.refusal = refusal;
  }
}

/** Ends the mutation from deep inside with a refusal: `runMutation` rolls back and answers it. */
export function giveUp(refusal: Refusal): never {
  throw new RolledBack(refusal);
}

/**
 * Runs a mutation once however often it is sent: idempotency row, change, audit and outbox commit together.
 * `Answer` must be plain JSON of references; it is stored and given back to a repeat.
 * @throws AppError BAD_USER_INPUT (bad key), IDEMPOTENCY_KEY_REUSED (other input), REQUEST_IN_FLIGHT (still running)
 */
export async function runMutation<Answer>(db: DataSource, call: MutationCall<Answer>): Promise<Answer> {
  if (!/^[\x21-\x7e]{8,64}$/.test(call.key)) throw new AppError('BAD_USER_INPUT', { field: 'idempotencyKey', rule: '8-64 visible ASCII characters' });
  const hash = createHash('sha256').update(canonicalJson(call.input)).digest();
  try {
    return await inTransaction(db, async (tx) => {
      const earlier = await claimKey(tx, call, hash);
      if (earlier !== undefined) return earlier as Answer;
      const answer = await call.work(tx);
      if (isRefusal(answer)) throw new RolledBack(answer);
      await write(tx, 'UPDATE idempotency_keys SET response = ? WHERE actor = ? AND idempotency_key = ?', [
        JSON.stringify(answer), call.actor.viewer.subject, Buffer.from(call.key),
      ]);
      return answer;
    });
  } catch (error) {
    if (error instanceof RolledBack) return error.refusal as Answer;
    throw error;
  }
}

async function claimKey(tx: EntityManager, call: MutationCall<unknown>, hash: Buffer): Promise<unknown> {
  const owner = [call.actor.viewer.subject, Buffer.from(call.key)];
  try {
    await write(
      tx,
      'INSERT INTO idempotency_keys (actor, idempotency_key, operation, request_hash, created_at) VALUES (?, ?, ?, ?, UTC_TIMESTAMP(3))',
      [...owner, call.operation, hash],
    );
    return undefined;
  } catch (error) {
    if (sqlErrno(error) === 1205) throw new AppError('REQUEST_IN_FLIGHT');
    if (!isDuplicate(error)) throw error;
  }
  const [row] = await select<{ operation: string; request_hash: Buffer; response: string | null }>(
    tx, 'SELECT operation, request_hash, response FROM idempotency_keys WHERE actor = ? AND idempotency_key = ?', owner,
  );
  if (!row || row.response === null) throw new AppError('REQUEST_IN_FLIGHT');
  if (row.operation !== call.operation || !row.request_hash.equals(hash)) throw new AppError('IDEMPOTENCY_KEY_REUSED');
  return JSON.parse(row.response);
}

/** Key order does not make another request. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
