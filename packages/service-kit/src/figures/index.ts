import DataLoader from 'dataloader';
import type { EntityManager } from 'typeorm';
import { divisionPrefix } from '@anjie/contracts';
import { select, write, type Sql } from '../database';

/** A change of a figure: `delta` counts from `on` (business day) on, in one county and one campaign. */
export interface FigureDelta {
  readonly campaignId: string;
  readonly figure: string;
  readonly divisionCode: string;
  readonly on: string;
  readonly delta: number;
}

/**
 * Adds dated deltas in the caller's transaction. The figure as of a day is the sum over the days up to it, so every
 * past day can be asked again. Call it last in the transaction: the sequence row is held until commit, which makes
 * `change_seq` appear in order to whoever pulls changes.
 */
export async function addFigures(tx: EntityManager, deltas: readonly FigureDelta[]): Promise<void> {
  const merged = mergeDeltas(deltas);
  if (merged.length === 0) return;
  await write(tx, 'UPDATE figure_sequence SET last_seq = LAST_INSERT_ID(last_seq + 1) WHERE id = 1');
  const [seq] = await select<{ seq: string }>(tx, 'SELECT LAST_INSERT_ID() AS seq');
  await write(
    tx,
    `INSERT INTO figure_deltas (campaign_id, figure, division_code, on_date, delta, change_seq) VALUES ?
     ON DUPLICATE KEY UPDATE delta = delta + VALUES(delta), change_seq = VALUES(change_seq)`,
    [merged.map((d) => [d.campaignId, d.figure, d.divisionCode, d.on, d.delta, seq?.seq ?? '0'])],
  );
}

/** One row per key, in key order, so that two writers never wait for each other crosswise. */
function mergeDeltas(deltas: readonly FigureDelta[]): FigureDelta[] {
  const byKey = new Map<string, FigureDelta>();
  for (const d of deltas) {
    const key = [d.campaignId, d.figure, d.divisionCode, d.on].join('|');
    byKey.set(key, { ...d, delta: d.delta + (byKey.get(key)?.delta ?? 0) });
  }
  return [...byKey.entries()].filter(([, d]) => d.delta !== 0).sort(([a], [b]) => (a < b ? -1 : 1)).map(([, d]) => d);
}

export interface RollupKey {
  readonly campaignId: string;
  readonly divisionCode: string;
  readonly asOf: string;
}

/**
 * Sums by figure for each key, in the keys' order; one statement however many keys. A figure without rows is absent
 * (zero). `figures` are the names that the service owns: with them the primary key finds the days.
 */
export async function figuresAsOf(sql: Sql, figures: readonly string[], keys: readonly RollupKey[]): Promise<ReadonlyMap<string, number>[]> {
  const result = keys.map(() => new Map<string, number>());
  if (keys.length === 0) return result;
  const rows = await select<{ i: number; figure: string; total: string }>(
    sql,
    keys
      .map((_key, i) => `SELECT ${i} AS i, figure, SUM(delta) AS total FROM figure_deltas
        WHERE campaign_id = ? AND figure IN (?) AND division_code LIKE ? AND on_date <= ? GROUP BY figure`)
      .join(' UNION ALL '),
    keys.flatMap((key) => [key.campaignId, figures, `${divisionPrefix(key.divisionCode)}%`, key.asOf]),
  );
  for (const row of rows) result[Number(row.i)]?.set(row.figure, Number(row.total));
  return result;
}

/** One name per row of a rollup. */
export const rollupKeyName = (key: RollupKey): string => [key.campaignId, key.divisionCode, key.asOf].join('|');

/** All rollup rows of a request in one statement. */
export const figuresLoader = (sql: Sql, figures: readonly string[]): DataLoader<RollupKey, ReadonlyMap<string, number>, string> =>
  new DataLoader((keys) => figuresAsOf(sql, figures, keys), { cacheKeyFn: rollupKeyName, maxBatchSize: 500 });

export * from './pull';
