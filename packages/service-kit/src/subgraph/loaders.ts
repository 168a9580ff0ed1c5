import DataLoader from 'dataloader';
import type { Connection, PageArgs } from './pagination';

/** One row per id in one statement; an id without a visible row answers null. Rows must carry `id`. */
export function loaderById<Row extends { readonly id: string }>(load: (ids: readonly string[]) => Promise<readonly Row[]>): DataLoader<string, Row | null> {
  return new DataLoader(async (ids) => {
    const rows = new Map((await load(ids)).map((row) => [row.id, row]));
    return ids.map((id) => rows.get(id.toLowerCase()) ?? null);
  });
}

/** Like loaderById for rows that are found by another key. */
export function loaderBy<Key extends string, Row>(keyOf: (row: Row) => Key, load: (keys: readonly Key[]) => Promise<readonly Row[]>): DataLoader<Key, Row | null> {
  return new DataLoader(async (keys) => {
    const rows = new Map((await load(keys)).map((row) => [keyOf(row), row]));
    return keys.map((key) => rows.get(key) ?? null);
  });
}

/** All rows of each parent, in the statement's order. For short lists only; long ones are connections. */
export function loaderOfMany<Row>(parentOf: (row: Row) => string, load: (parents: readonly string[]) => Promise<readonly Row[]>): DataLoader<string, Row[]> {
  return new DataLoader(async (parents) => {
    const groups = new Map<string, Row[]>(parents.map((parent) => [parent, []]));
    for (const row of await load(parents)) groups.get(parentOf(row))?.push(row);
    return parents.map((parent) => groups.get(parent) ?? []);
  });
}

/** Pages under many parents: parents that ask with the same arguments share one statement. */
export function loaderOfConnections<Node, Args extends PageArgs>(
  load: (parents: readonly string[], args: Args) => Promise<Connection<Node>[]>,
): (parent: string, args: Args) => Promise<Connection<Node>> {
  const byArgs = new Map<string, DataLoader<string, Connection<Node>>>();
  return (parent, args) => {
    const key = JSON.stringify(args);
    const loader = byArgs.get(key) ?? new DataLoader<string, Connection<Node>>((parents) => load(parents, args));
    byArgs.set(key, loader);
    return loader.load(parent);
  };
}
