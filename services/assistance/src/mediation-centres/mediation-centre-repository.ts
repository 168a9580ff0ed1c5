import { inDivision } from '@anjie/access';
import { AppError, DIVISION_CODE, type AgencyLevel } from '@anjie/contracts';
import { insertRows, select, selectIn, updateVersion, type Row, type Sql } from '@anjie/service-kit/database';
import { listConnection, listConnectionsByParent, type Connection, type PageArgs, type SqlPart } from '@anjie/service-kit/subgraph';
import type { MediationCentreFilter } from '../generated/graphql';

export interface MediationCentreRow {
  readonly id: string;
  readonly kind: string;
  readonly level: AgencyLevel;
  readonly name: string;
  readonly unitId: string;
  readonly divisionCode: string;
  readonly services: string;
  readonly openHours: string;
  readonly address: string;
  readonly phone: string | null;
  readonly openedOn: string;
  readonly closedOn: string | null;
  readonly version: number;
}

const COLUMNS = `m.id, m.kind, m.level, m.name, m.unit_id AS unitId, m.division_code AS divisionCode, m.services, m.open_hours AS openHours, m.address, m.phone,
  m.opened_on AS openedOn, m.closed_on AS closedOn, m.version`;
const FROM = 'mediation_centres m';
const BY_PLACE = [{ column: 'm.division_code' }, { column: 'm.name' }, { column: 'm.id' }];

/** Public office information: every viewer sees it. */
export const centresByIds = (sql: Sql, ids: readonly string[]): Promise<MediationCentreRow[]> => selectIn<MediationCentreRow>(sql, `SELECT ${COLUMNS} FROM ${FROM} WHERE m.id IN (?)`, ids);

export interface CentreListArgs extends PageArgs {
  readonly filter?: MediationCentreFilter | null | undefined;
}

function filtered(filter: MediationCentreFilter | null | undefined): SqlPart {
  if (filter?.divisionCode && !DIVISION_CODE.test(filter.divisionCode)) throw new AppError('BAD_USER_INPUT', { field: 'divisionCode' });
  const wanted = ([['m.unit_id', filter?.unitId], ['m.level', filter?.level]] as const).filter(([, value]) => value != null);
  const parts: SqlPart[] = [
    ...wanted.map(([column, value]) => ({ sql: `${column} = ?`, params: [value] })),
    ...(filter?.kinds?.length ? [{ sql: 'm.kind IN (?)', params: [filter.kinds] }] : []),
    ...(filter?.divisionCode ? [inDivision('m.division_code', filter.divisionCode)] : []),
    ...(filter?.isOpen == null ? [] : [{ sql: `m.closed_on IS ${filter.isOpen ? '' : 'NOT '}NULL`, params: [] }]),
  ];
  return { sql: ['TRUE', ...parts.map(({ sql }) => sql)].join(' AND '), params: parts.flatMap(({ params }) => params) };
}

export const listCentres = async (sql: Sql, args: CentreListArgs): Promise<Connection<MediationCentreRow>> =>
  listConnection<MediationCentreRow>(sql, { columns: COLUMNS, from: FROM, where: filtered(args.filter), sort: BY_PLACE }, args);

export const centresUnder = (sql: Sql, parent: 'm.unit_id' | 'm.division_code') => async (parents: readonly string[], args: CentreListArgs): Promise<Connection<MediationCentreRow>[]> =>
  listConnectionsByParent<MediationCentreRow>(sql, { columns: COLUMNS, from: FROM, where: filtered(args.filter), sort: BY_PLACE, parent }, { parents, args });

export const lockCentre = async (tx: Sql, id: string): Promise<MediationCentreRow | undefined> =>
  (await select<MediationCentreRow>(tx, `SELECT ${COLUMNS} FROM ${FROM} WHERE m.id = ? FOR UPDATE`, [id]))[0];

export const addCentre = (tx: Sql, row: Row): Promise<void> => insertRows(tx, 'mediation_centres', [row]);
export const saveCentre = (tx: Sql, change: { id: string; version: number; set: Row }): Promise<boolean> => updateVersion(tx, 'mediation_centres', change);
