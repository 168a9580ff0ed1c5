import { chunksOf, groupBy } from '@anjie/service-kit/runtime';
import { insertRows, selectIn, write, type Sql } from '@anjie/service-kit/database';

interface Pair {
  readonly descendantId: string;
  readonly ancestorId: string;
}

/** Rows per statement, far below the server's packet limit. */
const CHUNK = 2_000;

/** The units and everything below them, by the parent column; UNION ends even where a loop was written. */
export const subtreeOf = async (tx: Sql, unitIds: readonly string[]): Promise<string[]> =>
  (
    await selectIn<{ id: string }>(
      tx,
      `WITH RECURSIVE below (id) AS (
         SELECT id FROM units WHERE id IN (?)
         UNION SELECT u.id FROM below JOIN units u ON u.parent_unit_id = below.id)
       SELECT id FROM below`,
      unitIds,
    )
  ).map((row) => row.id);

/** Each unit with itself and every unit above it, by the parent column. */
const linesOf = (tx: Sql, unitIds: readonly string[]): Promise<Pair[]> =>
  selectIn<Pair>(
    tx,
    `WITH RECURSIVE line (descendant_id, ancestor_id) AS (
       SELECT id, id FROM units WHERE id IN (?)
       UNION SELECT line.descendant_id, u.parent_unit_id FROM line JOIN units u ON u.id = line.ancestor_id WHERE u.parent_unit_id IS NOT NULL)
     SELECT descendant_id AS descendantId, ancestor_id AS ancestorId FROM line`,
    unitIds,
  );

/** Writes the closure of these units anew. Give it whole subtrees: a move changes the line of everything below. */
export async function rebuildClosure(tx: Sql, unitIds: readonly string[]): Promise<void> {
  for (const ids of chunksOf(unitIds, CHUNK)) {
    const pairs = await linesOf(tx, ids);
    await write(tx, 'DELETE FROM unit_closure WHERE descendant_id IN (?)', [ids]);
    for (const part of chunksOf(pairs, CHUNK)) await insertRows(tx, 'unit_closure', part.map((p) => ({ descendant_id: p.descendantId, ancestor_id: p.ancestorId })));
  }
}

/** A unit that stands above itself, from a freshly built closure; undefined when the tree is one. */
export const unitInLoop = async (tx: Sql, unitIds: readonly string[]): Promise<string | undefined> =>
  (
    await selectIn<{ code: string }>(
      tx,
      `SELECT u.code FROM unit_closure c JOIN units u ON u.id = c.descendant_id JOIN units a ON a.id = c.ancestor_id
        WHERE c.descendant_id IN (?) AND a.parent_unit_id = c.descendant_id LIMIT 1`,
      unitIds,
    )
  )[0]?.code;

/** Each unit's line from the closure, the unit itself included. */
export async function unitLines(sql: Sql, unitIds: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
  const pairs = await selectIn<Pair>(
    sql, 'SELECT descendant_id AS descendantId, ancestor_id AS ancestorId FROM unit_closure WHERE descendant_id IN (?)', unitIds,
  );
  return new Map([...groupBy(pairs, (p) => p.descendantId)].map(([id, line]) => [id, line.map((p) => p.ancestorId)]));
}
