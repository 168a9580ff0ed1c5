import { isDuplicate, newId, select, write, type Sql } from '../database';

/**
 * REQUESTED: nobody has begun. WAITING: the new key is made, and not every process knows it yet. RUNNING: what lies under older keys is
 * sealed anew. SETTLING: nothing was found; whoever began to write before the change has the time to finish. DONE: the older keys
 * are destroyed. BLOCKED: values do not open, and a person has to look.
 */
export const ROTATION_STATES = ['REQUESTED', 'WAITING', 'RUNNING', 'SETTLING', 'DONE', 'BLOCKED'] as const;
export type RotationState = (typeof ROTATION_STATES)[number];

export interface Rotation {
  readonly id: string;
  readonly keyClass: string;
  readonly state: RotationState;
  /** The table that is gone through. */
  readonly step: string;
  readonly cursor: string | null;
  readonly round: number;
  /** Of this round: rows that were looked at. */
  readonly rowsSeen: number;
  /** Since the beginning: values that were sealed anew. */
  readonly rowsDone: number;
  /** Of this round: values that lay under an older key. */
  readonly leftOver: number;
  /** Of them, those that did not open. */
  readonly broken: number;
  readonly isSettled: boolean;
  /** Seconds since the state was entered for waiting. */
  readonly waitedS: number;
  readonly requestedAt: Date;
  readonly finishedAt: Date | null;
}

const COLUMNS = `id, key_class AS keyClass, state, step, cursor_id AS \`cursor\`, round, rows_seen AS rowsSeen, rows_done AS rowsDone, left_over AS leftOver, broken,
  settled_at IS NOT NULL AS isSettled, COALESCE(TIMESTAMPDIFF(SECOND, COALESCE(settled_at, told_at), UTC_TIMESTAMP(3)), 0) AS waitedS, requested_at AS requestedAt, finished_at AS finishedAt`;

const read = (row: Rotation): Rotation => ({
  ...row, round: Number(row.round), rowsSeen: Number(row.rowsSeen), rowsDone: Number(row.rowsDone), leftOver: Number(row.leftOver), broken: Number(row.broken), isSettled: Boolean(Number(row.isSettled)), waitedS: Number(row.waitedS),
});

/** Asks for a rotation; answers its id, or undefined while one of the class is under way. */
export async function requestRotation(tx: Sql, { keyClass, by }: { keyClass: string; by: string }): Promise<string | undefined> {
  const id = newId();
  try {
    await write(
      tx,
      `INSERT INTO key_rotations (id, key_class, state, step, requested_by, requested_at, told_at, active_class) VALUES (?, ?, 'REQUESTED', '', ?, UTC_TIMESTAMP(3), UTC_TIMESTAMP(3), ?)`,
      [id, keyClass, by, keyClass],
    );
    return id;
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    return begunAgain(tx, keyClass);
  }
}

/** One that stood still is begun anew by whoever asks for it again. */
async function begunAgain(tx: Sql, keyClass: string): Promise<string | undefined> {
  const [blocked] = await select<{ id: string }>(tx, `SELECT id FROM key_rotations WHERE active_class = ? AND state = 'BLOCKED' FOR UPDATE`, [keyClass]);
  if (!blocked) return undefined;
  await write(tx, `UPDATE key_rotations SET state = 'REQUESTED', step = '', cursor_id = NULL, rows_seen = 0, left_over = 0, broken = 0, settled_at = NULL WHERE id = ?`, [blocked.id]);
  return blocked.id;
}

/** The oldest one that is under way. */
export const activeRotation = async (sql: Sql): Promise<Rotation | undefined> =>
  (await select<Rotation>(sql, `SELECT ${COLUMNS} FROM key_rotations WHERE active_class IS NOT NULL AND state <> 'BLOCKED' ORDER BY requested_at, id LIMIT 1`)).map(read)[0];

export const latestRotations = async (sql: Sql, limit = 50): Promise<Rotation[]> =>
  (await select<Rotation>(sql, `SELECT ${COLUMNS} FROM key_rotations ORDER BY requested_at DESC, id LIMIT ${limit}`)).map(read);

export interface Progress {
  readonly state: RotationState;
  readonly step?: string;
  readonly cursor?: string | null;
  readonly round?: number;
  readonly rowsSeen?: number;
  readonly rowsDone?: number;
  readonly leftOver?: number;
  readonly broken?: number;
  /** Begins, or ends, the time in which writers finish. */
  readonly settles?: boolean;
}

/** False when another worker moved it on in the meantime: then the caller's transaction must not stand. */
export async function saveProgress(tx: Sql, at: Rotation, next: Progress): Promise<boolean> {
  const { state, step = at.step, cursor = at.cursor, round = at.round, rowsSeen = at.rowsSeen, rowsDone = at.rowsDone, leftOver = at.leftOver, broken = at.broken, settles } = next;
  const isOver = state === 'DONE';
  const changed = await write(
    tx,
    `UPDATE key_rotations SET state = ?, step = ?, cursor_id = ?, round = ?, rows_seen = ?, rows_done = ?, left_over = ?, broken = ?, told_at = UTC_TIMESTAMP(3),
       settled_at = CASE ? WHEN 'BEGIN' THEN UTC_TIMESTAMP(3) WHEN 'END' THEN NULL ELSE settled_at END,
       finished_at = IF(?, UTC_TIMESTAMP(3), NULL), active_class = IF(?, NULL, active_class)
      WHERE id = ? AND state = ? AND step = ? AND cursor_id <=> ? AND round = ? AND rows_seen = ?`,
    [
      state, step, cursor, round, rowsSeen, rowsDone, leftOver, broken, settles === undefined ? '' : settles ? 'BEGIN' : 'END', isOver, isOver,
      at.id, at.state, at.step, at.cursor, at.round, at.rowsSeen,
    ],
  );
  return changed === 1;
}
