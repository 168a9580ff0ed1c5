import { besideCase, inOwnUnits, scopeColumns, visibleCases, type Viewer } from '@anjie/access';
import { insertRows, select, selectIn, updateVersion, type Row, type Sql } from '@anjie/service-kit/database';
import { listConnection, listConnectionsByParent, type Connection, type PageArgs, type SortKey, type SqlPart } from '@anjie/service-kit/subgraph';

/** A row that hangs on a case and is changed by compare-and-set. */
export interface CaseBound {
  readonly id: string;
  readonly caseId: string;
  readonly version: number;
}

export interface CaseBoundPlan {
  readonly table: string;
  /** Of the table in `columns`, `sort` and `units`. */
  readonly alias: string;
  /** `alias.column AS name, …`, among them id, caseId, version. */
  readonly columns: string;
  readonly sort: readonly SortKey[];
  /** Columns with a unit that has a ground of its own to see the row: it decides, answers, was asked. */
  readonly units: readonly string[];
  /** Columns with an official who owes the row. */
  readonly officials?: readonly string[];
  /** A further ground of its own, by another table. */
  readonly also?: (viewer: Viewer) => SqlPart;
}

/** Conditions of a filter: a value that is not given asks for nothing, a list for one of it. */
export type Wanted = readonly (readonly [column: string, value: unknown])[];

/** What a list under a case or a unit may be narrowed to, where the noun has it. */
export interface ChoiceArgs extends PageArgs {
  readonly kinds?: readonly string[] | null | undefined;
  readonly state?: string | null | undefined;
}

/** The reads and writes that every noun on a case has alike; each list one statement. */
export function caseBoundRows<One extends CaseBound>({ table, alias, columns, sort, units, officials = [], also }: CaseBoundPlan) {
  const from = `${table} ${alias} JOIN case_scopes s ON s.case_id = ${alias}.case_id`;
  const seenBy = (viewer: Viewer): SqlPart => seenBesideCase(viewer, { units: units.map((unit) => `${alias}.${unit}`), officials: officials.map((official) => `${alias}.${official}`), also });
  const whereOf = (viewer: Viewer, wanted: Wanted): SqlPart => {
    const seen = seenBy(viewer);
    const asked = wanted.filter(([, value]) => value != null);
    return {
      sql: [`(${seen.sql})`, ...asked.map(([column, value]) => (Array.isArray(value) ? (value.length > 0 ? `${column} IN (?)` : 'FALSE') : `${column} = ?`))].join(' AND '),
      params: [...seen.params, ...asked.filter(([, value]) => !Array.isArray(value) || value.length > 0).map(([, value]) => value)],
    };
  };
  return {
    byIds(sql: Sql, viewer: Viewer, ids: readonly string[]): Promise<One[]> {
      const seen = seenBy(viewer);
      return selectIn<One>(sql, `SELECT ${columns} FROM ${from} WHERE ${alias}.id IN (?) AND (${seen.sql})`, ids, seen.params);
    },
    list: (sql: Sql, viewer: Viewer, { wanted, args }: { wanted: Wanted; args: PageArgs }): Promise<Connection<One>> =>
      listConnection<One>(sql, { columns, from, where: whereOf(viewer, wanted), sort }, args),
    /** Under many parents: cases by `case_id`, units by one of their columns. */
    under: (sql: Sql, viewer: Viewer, parent: string) => (parents: readonly string[], args: ChoiceArgs): Promise<Connection<One>[]> => {
      const where = whereOf(viewer, [[`${alias}.kind`, args.kinds], [`${alias}.state`, args.state]]);
      return listConnectionsByParent<One>(sql, { columns, from, where, sort, parent: `${alias}.${parent}` }, { parents, args });
    },
    lock: async (tx: Sql, id: string): Promise<One | undefined> => (await select<One>(tx, `SELECT ${columns} FROM ${table} ${alias} WHERE ${alias}.id = ? FOR UPDATE`, [id]))[0],
    add: (tx: Sql, row: Row): Promise<void> => insertRows(tx, table, [row]),
    change: (tx: Sql, row: Pick<One, 'id' | 'version'>, set: Row): Promise<boolean> => updateVersion(tx, table, { id: row.id, version: row.version, set }),
    seenBy,
    from,
  };
}
export type CaseBoundRows<One extends CaseBound> = ReturnType<typeof caseBoundRows<One>>;

interface Grounds {
  readonly units: readonly string[];
  readonly officials: readonly string[];
  readonly also: ((viewer: Viewer) => SqlPart) | undefined;
}

/** Whoever may see the case, the side of the units and the officials in these columns; `case_scopes` stands under the alias s. */
function seenBesideCase(viewer: Viewer, { units, officials, also }: Grounds): SqlPart {
  if (viewer.kind === 'SERVICE') return { sql: 'TRUE', params: [] };
  const named = officials.map((column): SqlPart => ({ sql: `${column} = ?`, params: [viewer.subject] }));
  const grounds = [visibleCases(viewer, scopeColumns('s')), ...units.map((column) => inOwnUnits(viewer, column)), ...named, ...(also ? [also(viewer)] : [])];
  const deny = besideCase(viewer, scopeColumns('s'));
  return { sql: `(${grounds.map((one) => `(${one.sql})`).join(' OR ')}) AND ${deny.sql}`, params: [...grounds.flatMap((one) => one.params), ...deny.params] };
}
