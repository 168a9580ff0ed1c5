import { inDivision } from '@anjie/access';
import { AppError, DIVISION_CODE } from '@anjie/contracts';
import { insertRows, select, selectIn, type Row, type Sql } from '@anjie/service-kit/database';
import { listConnection, listConnectionsByParent, type Connection, type PageArgs, type SqlPart } from '@anjie/service-kit/subgraph';
import type { PublicityActivityFilter } from '../generated/graphql';

export interface PublicityActivityRow {
  readonly id: string;
  readonly centreId: string;
  readonly kind: string;
  readonly month: string;
  readonly topic: string;
  readonly heldOn: string;
  readonly attendance: number;
  readonly materials: number;
  readonly rightsSheets: number;
}

const COLUMNS = `p.id, p.centre_id AS centreId, p.kind, p.month, p.topic, p.held_on AS heldOn, p.attendance, p.materials, p.rights_sheets AS rightsSheets`;
const FROM = 'publicity_activities p JOIN mediation_centres m ON m.id = p.centre_id';
const NEWEST_FIRST = [{ column: 'p.held_on', descending: true }, { column: 'p.id' }];

export const publicityByIds = (sql: Sql, ids: readonly string[]): Promise<PublicityActivityRow[]> => selectIn<PublicityActivityRow>(sql, `SELECT ${COLUMNS} FROM ${FROM} WHERE p.id IN (?)`, ids);

export interface PublicityListArgs extends PageArgs {
  readonly filter?: PublicityActivityFilter | null | undefined;
}

function filtered(filter: PublicityActivityFilter | null | undefined): SqlPart {
  if (filter?.divisionCode && !DIVISION_CODE.test(filter.divisionCode)) throw new AppError('BAD_USER_INPUT', { field: 'divisionCode' });
  const wanted = ([['p.centre_id', filter?.centreId], ['m.unit_id', filter?.unitId], ['p.month', filter?.month]] as const).filter(([, value]) => value != null);
  const place = filter?.divisionCode ? [inDivision('m.division_code', filter.divisionCode)] : [];
  return {
    sql: ['TRUE', ...wanted.map(([column]) => `${column} = ?`), ...place.map(({ sql }) => sql)].join(' AND '),
    params: [...wanted.map(([, value]) => value), ...place.flatMap(({ params }) => params)],
  };
}

/** Public office information: every viewer sees it. */
export const listPublicity = async (sql: Sql, args: PublicityListArgs): Promise<Connection<PublicityActivityRow>> =>
  listConnection<PublicityActivityRow>(sql, { columns: COLUMNS, from: FROM, where: filtered(args.filter), sort: NEWEST_FIRST }, args);

export const publicityOfCentres = (sql: Sql) => async (parents: readonly string[], args: PublicityListArgs): Promise<Connection<PublicityActivityRow>[]> =>
  listConnectionsByParent<PublicityActivityRow>(sql, { columns: COLUMNS, from: FROM, where: filtered(args.filter), sort: NEWEST_FIRST, parent: 'p.centre_id' }, { parents, args });

/** 一月一主题: what a place's month is about, once something was held in it. */
export const topicOfMonth = async (sql: Sql, centreId: string, month: string): Promise<string | undefined> =>
  (await select<{ topic: string }>(sql, 'SELECT topic FROM publicity_activities WHERE centre_id = ? AND month = ? ORDER BY held_on, id LIMIT 1', [centreId, month]))[0]?.topic;

export const addPublicity = (tx: Sql, row: Row): Promise<void> => insertRows(tx, 'publicity_activities', [row]);
