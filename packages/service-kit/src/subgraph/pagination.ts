import { AppError, LIMITS } from '@anjie/contracts';
import { select, type Sql } from '../database';
import { groupBy } from '../runtime';

export const MAX_PAGE = LIMITS.page.limit;
const DEFAULT_PAGE = 20;

export interface PageArgs {
  readonly first?: number | null;
  readonly after?: string | null;
}

export interface SortKey {
  /** SQL expression: a constant of our own code, never a client's text. Must not be NULL. */
  readonly column: string;
  readonly descending?: boolean;
}

/** A part of a statement with its parameters. */
export interface SqlPart {
  readonly sql: string;
  readonly params: readonly unknown[];
}

export interface ListQuery {
  /** Columns of the node as `expression AS alias`, one of them `id`. */
  readonly columns: string;
  readonly from: string;
  readonly where: SqlPart;
  /** Ends with a unique column, so that the order is stable. */
  readonly sort: readonly SortKey[];
}

export interface Edge<Node> {
  readonly cursor: string;
  readonly node: Node;
}
export interface Connection<Node> {
  readonly edges: readonly Edge<Node>[];
  readonly nodes: readonly Node[];
  readonly pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
  /** Counted only when the query asks for it. */
  readonly totalCount: () => Promise<number>;
}

/** @throws AppError BAD_USER_INPUT when `first` is outside 1–100. */
export function pageSize(args: PageArgs): number {
  const first = args.first ?? DEFAULT_PAGE;
  if (!Number.isInteger(first) || first < 1 || first > MAX_PAGE) throw new AppError('BAD_USER_INPUT', { field: 'first', rule: `1-${MAX_PAGE}` });
  return first;
}

/** A Relay connection over one statement: keyset, so that page 1,000 costs what page 1 costs. */
export async function listConnection<Node extends object>(sql: Sql, query: ListQuery, args: PageArgs): Promise<Connection<Node>> {
  const first = pageSize(args);
  const after = keyset(query.sort, args.after);
  const rows = await select<Node & KeyColumns>(
    sql,
    `SELECT ${query.columns}, ${keyColumns(query.sort)} FROM ${query.from} WHERE (${query.where.sql}) AND ${after.sql}
      ORDER BY ${orderBy(query.sort)} LIMIT ?`,
    [...query.where.params, ...after.params, first + 1],
  );
  return toConnection(rows, { query, first, isContinued: Boolean(args.after) }, async () => countRows(sql, query));
}

/** A Relay connection over rows that are in memory, in their order; `keyOf` tells one from the others. @throws AppError BAD_USER_INPUT */
export function connectionOf<Node>(rows: readonly Node[], args: PageArgs, keyOf: (node: Node) => readonly string[]): Connection<Node> {
  const first = pageSize(args);
  const cursors = rows.map((row) => Buffer.from(JSON.stringify(keyOf(row))).toString('base64url'));
  const start = args.after ? cursors.indexOf(args.after) + 1 : 0;
  if (args.after && start === 0) throw new AppError('BAD_USER_INPUT', { field: 'after' });
  const edges = rows.slice(start, start + first).map((node, i) => ({ node, cursor: cursors[start + i] ?? '' }));
  return {
    edges,
    nodes: edges.map((edge) => edge.node),
    pageInfo: { hasNextPage: start + first < rows.length, hasPreviousPage: Boolean(args.after), startCursor: edges[0]?.cursor ?? null, endCursor: edges.at(-1)?.cursor ?? null },
    totalCount: async () => rows.length,
  };
}

async function countRows(sql: Sql, query: ListQuery): Promise<number> {
  const [row] = await select<{ n: string }>(sql, `SELECT COUNT(*) AS n FROM ${query.from} WHERE ${query.where.sql}`, query.where.params);
  return Number(row?.n ?? 0);
}

export interface ParentList extends ListQuery {
  /** SQL expression of the parent's id. */
  readonly parent: string;
}

/** The first page of the same list under each of many parents, in one statement; order of the answer = order of `parents`. */
export async function listConnectionsByParent<Node extends object>(
  sql: Sql, query: ParentList, { parents, args }: { parents: readonly string[]; args: PageArgs },
): Promise<Connection<Node>[]> {
  const first = pageSize(args);
  const after = keyset(query.sort, args.after);
  const rows = parents.length === 0 ? [] : await select<Node & KeyColumns & { parent_key: string }>(
    sql,
    `SELECT * FROM (SELECT ${query.columns}, ${keyColumns(query.sort)}, ${query.parent} AS parent_key,
        ROW_NUMBER() OVER (PARTITION BY ${query.parent} ORDER BY ${orderBy(query.sort)}) AS rank_in_parent
      FROM ${query.from} WHERE ${query.parent} IN (?) AND (${query.where.sql}) AND ${after.sql}) ranked
      WHERE rank_in_parent <= ? ORDER BY parent_key, rank_in_parent`,
    [parents, ...query.where.params, ...after.params, first + 1],
  );
  const byParent = groupBy(rows, (row) => row.parent_key);
  return parents.map((parent) => {
    const own = { ...query, where: { sql: `(${query.where.sql}) AND ${query.parent} = ?`, params: [...query.where.params, parent] } };
    return toConnection(byParent.get(parent) ?? [], { query, first, isContinued: Boolean(args.after) }, async () => countRows(sql, own));
  });
}

type KeyColumns = Readonly<Record<`sort_key_${number}`, unknown>>;
const keyColumns = (sort: readonly SortKey[]): string => sort.map((key, i) => `${key.column} AS sort_key_${i}`).join(', ');
const orderBy = (sort: readonly SortKey[]): string => sort.map((key) => `${key.column} ${key.descending ? 'DESC' : 'ASC'}`).join(', ');

interface PageFrame {
  readonly query: ListQuery;
  readonly first: number;
  readonly isContinued: boolean;
}

function toConnection<Node extends object>(rows: readonly (Node & KeyColumns)[], frame: PageFrame, totalCount: () => Promise<number>): Connection<Node> {
  const edges = rows.slice(0, frame.first).map((node) => ({ node: node as Node, cursor: cursorOf(node, frame.query.sort.length) }));
  return {
    edges,
    nodes: edges.map((edge) => edge.node),
    pageInfo: {
      hasNextPage: rows.length > frame.first,
      hasPreviousPage: frame.isContinued,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    totalCount,
  };
}

function cursorOf(row: KeyColumns, keys: number): string {
  const values = Array.from({ length: keys }, (_unused, i) => {
    const value = row[`sort_key_${i}`];
    return value instanceof Date ? { t: value.getTime() } : value;
  });
  return Buffer.from(JSON.stringify(values)).toString('base64url');
}

function readCursor(cursor: string, keys: number): unknown[] {
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (Array.isArray(values) && values.length === keys) return values.map(readKey);
  } catch {
    // falls through to the same answer as any other damaged cursor
  }
  throw new AppError('BAD_USER_INPUT', { field: 'after' });
}

function readKey(value: unknown): unknown {
  if (typeof value === 'string' || typeof value === 'number') return value;
  const time = (value as { t?: unknown } | null)?.t;
  if (typeof time === 'number') return new Date(time);
  throw new AppError('BAD_USER_INPUT', { field: 'after' });
}

/** `(a > ?) OR (a = ? AND b < ?) …`: rows after the cursor in mixed directions. */
function keyset(sort: readonly SortKey[], cursor: string | null | undefined): SqlPart {
  if (!cursor) return { sql: 'TRUE', params: [] };
  const values = readCursor(cursor, sort.length);
  const steps = sort.map((key, i) => {
    const equal = sort.slice(0, i).map((earlier) => `${earlier.column} = ?`);
    return { sql: `(${[...equal, `${key.column} ${key.descending ? '<' : '>'} ?`].join(' AND ')})`, params: values.slice(0, i + 1) };
  });
  return { sql: `(${steps.map((s) => s.sql).join(' OR ')})`, params: steps.flatMap((s) => s.params) };
}
